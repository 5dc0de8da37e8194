/* Answers questions: reads what one needs, asks the guide or a model, checks what is said,
 * and tells each step. Nothing of it is there before somebody asks. A question that is
 * unsafe, or that no model can be asked, is the guide's. Thread: core. */
#ifndef AZ_WORKER_CHAT_DESK_H
#define AZ_WORKER_CHAT_DESK_H

#include "ai/gateway.h"
#include "knowledge/hashed_vector.h"
#include "sim/openai/openai_model.h"
#include "worker/chat/chat.h"

struct chat_desk;

/* All outlive it. */
struct chat_desk_options {
	struct loop *loop;
	struct log *log; /* may be NULL */
	const struct clock *clock;
	const struct library *library;
	const struct config *config;
	struct gateway *gateway; /* of no models, it may be */
	const struct keychain *keychain;
	const char *chats_dir;	  /* of conversations with a name; NULL: in memory */
	const char *vectors_path; /* of runbooks, a file; NULL: in memory */
	/* Somebody wants one whole answer, however slow the machine or the line is: boards
	 * are waited for as long as any still come. */
	bool asks_once;
	/* As it is now, the caller's share; NULL: it has not come. */
	struct board *(*board)(void *ctx, const char *name);
	bool (*can_be_had)(void *ctx, const struct board_def *def);
	/* What chat_desk_wanted says is another set now. */
	void (*wants)(void *ctx);
	/* The news are the receiver's. */
	void (*tell)(void *ctx, uint64_t id, struct chat_news *news);
	void *ctx;
};

struct chat_desk *chat_desk_new(const struct chat_desk_options *options);
void chat_desk_free(struct chat_desk *d); /* accepts NULL */

void chat_desk_ask(struct chat_desk *d, uint64_t id,
		   const struct chat_question *question);
/* The chat is open: somebody is about to ask; answered by CHAT_NAMES, and CHAT_TOLD where a
 * model is read into memory. Or it is closed again. */
void chat_desk_open(struct chat_desk *d, uint64_t id, bool is_open);
void chat_desk_stop(struct chat_desk *d, uint64_t question);
/* Answered by CHAT_TOLD. */
void chat_desk_converse(struct chat_desk *d, uint64_t id, const char *name);
void chat_desk_rate(struct chat_desk *d, uint64_t id, uint64_t question, bool is_good,
		    const char *why);

void chat_desk_search(struct chat_desk *d, uint64_t id, const char *words);

/* A board was published. */
void chat_desk_saw(struct chat_desk *d, struct board *board);
/* Adds what people thought of the answers to rows of gateway_rows, and the guide's row. */
void chat_desk_put_scores(const struct chat_desk *d, cJSON *rows);
/* Boards that questions wait for. */
size_t chat_desk_wanted(const struct chat_desk *d, const char **out, size_t most);

/* Who speaks behind the simulator's Azure OpenAI: the guide, as a model would, looking up
 * what it needs by the tools it is offered. `desk` is where the demo's desk will be. */
struct chat_model {
	struct sim_model model;
	struct chat_desk **desk;
	struct hashed_words *words; /* of vectors; NULL: nobody asked for one yet */
};
void chat_model_init(struct chat_model *m, struct chat_desk **desk);
void chat_model_fini(struct chat_model *m);

#endif
