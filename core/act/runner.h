/* Runs an approved plan on the loop: run.h with the looking, the sending, the waiting and
 * the writing down. Nothing leaves before the journal has it that it may have left. It is
 * the only code that changes anything outside: see docs/adr. Thread: core. */
#ifndef AZ_ACT_RUNNER_H
#define AZ_ACT_RUNNER_H

#include "act/run.h"
#include "act/state_look.h"

struct runner;

typedef void (*runner_saved_fn)(const struct err *err, void *ctx);

struct runner_options {
	struct state_look_options look;
	/* The plan's connection, for its requests. */
	const struct connection *(*connection)(void *ctx, enum conn_kind kind);
	/* Writes the run down so that no power cut undoes it, then tells; later, once. The
	 * text is borrowed for the call. */
	void (*save)(void *ctx, const struct run *run, runner_saved_fn done,
		     void *done_ctx);
	/* Whether what the plan was for can be seen, by boards that came since. */
	bool (*check)(void *ctx, const struct run *run, const cJSON *scope);
	/* Something happened; the last time its state is RUN_ENDED, and then it may be
	 * freed, not in the call. */
	void (*told)(void *ctx, const struct run *run);
	void *ctx;
};

/* A new run or one that was loaded: *run is taken. The scope (taken) has what the plan
 * was made of: row, source, input. The action outlives it. */
struct runner *runner_start(const struct runner_options *options,
			    const struct action *action, struct run *run, cJSON *scope);
/* Nothing more comes of it; what goes on outside goes on. What was not written down is
 * as it was before. */
void runner_free(struct runner *r);
const struct run *runner_run(const struct runner *r);
/* A person wants it to end: after the step that is under way. */
void runner_stop(struct runner *r);
/* A board came: whoever watches looks again. */
void runner_look_again(struct runner *r);

#endif
