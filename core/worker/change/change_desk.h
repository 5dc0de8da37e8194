/* Where changes are planned, decided on and run: does what changes.h and plans.h order, and
 * tells how all of them stand. Nothing is done before the ledger has it. Thread: core. */
#ifndef AZ_WORKER_CHANGE_DESK_H
#define AZ_WORKER_CHANGE_DESK_H

#include "worker/change/acting.h"
#include "worker/change/changes.h"
#include "worker/change/ledger.h"

struct change_desk;

struct change_desk_options {
	struct loop *loop;
	struct api *api;
	struct log *log;
	const struct connections *connections;
	const struct config *config;
	const struct keychain *keychain;
	const char *by; /* who decides, where no key says it better; copied */
	/* Where changes are kept; NULL: in memory. */
	const char *dir;
	const char *audit_path; /* NULL: the user's own */
	/* Changes are told, and every order is refused: nothing is made or written. */
	bool only_looks;
	/* Neither changes nor the audit log could be kept: likewise. */
	bool has_no_place;
	/* Somebody is made up who approves. */
	bool is_demo;
	/* Goes on with runs that another azdeck left behind. */
	bool takes_over;
	/* Each plan that was ordered, once; the plan is the receiver's. */
	void (*planned)(void *ctx, uint64_t id, struct plan *plan, bool needs_second,
			const struct err *err);
	/* Each other order, once. */
	void (*done)(void *ctx, uint64_t id, const struct err *err);
	/* How all stand; the receiver's, to put. */
	void (*told)(void *ctx, struct changes *changes);
	/* A board is needed to see whether something helped; or not any more. */
	void (*want)(void *ctx);
	void (*refresh)(void *ctx, const char *board);
	/* A change is there that cannot be read; NULL: nobody wants to know. */
	void (*noted)(void *ctx, const struct err *err);
	void *ctx;
};

struct change_desk *change_desk_new(const struct change_desk_options *options);
void change_desk_free(struct change_desk *d);

/* A board was published. */
void change_desk_saw(struct change_desk *d, struct board *board);
/* Boards that runs are watched by, besides what anybody looks at. */
size_t change_desk_wanted(const struct change_desk *d, const char **out, size_t most);

/* The rows of the board "plans". NULL: what there is has not been read yet. */
cJSON *change_desk_rows(const struct change_desk *d);

void change_desk_plan(struct change_desk *d, const struct acting_order *order);

enum change_verb {
	VERB_PROPOSE,
	VERB_APPROVE,
	VERB_RUN,
	VERB_STOP,
	VERB_REJECT,
	VERB_FORGET,
};
/* `word`: what was typed, or why; NULL: nothing. Copied. */
void change_desk_do(struct change_desk *d, enum change_verb verb, uint64_t id,
		    const char *change, const char *word);

#endif
