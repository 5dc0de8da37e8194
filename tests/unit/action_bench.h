/* A simulated world, the deck's own client and boards above it, and a clock that moves
 * when the test says: for actions from a row of a board to the end of their run. No
 * sockets, no threads. A broken promise of the bench fails the test. Thread: the
 * test's. */
#ifndef AZ_TESTS_UNIT_ACTION_BENCH_H
#define AZ_TESTS_UNIT_ACTION_BENCH_H

#include "act/runner.h"
#include "board/poller.h"
#include "fake/world_http.h"
#include "worker/connect.h"

enum { BENCH_BOARDS = 8 };

/* What all benches of a test read: made once. */
struct action_kit {
	struct library *library;
	struct actions *actions;
};
void action_kit_init(struct action_kit *kit);
void action_kit_fini(struct action_kit *kit);

struct action_bench {
	struct loop *loop;
	struct world world;
	struct http *http;
	struct api *api;
	const struct action_kit *kit;
	struct connections connections;
	struct poller *poller;
	struct board *boards[BENCH_BOARDS]; /* as last published, held */
	/* of what is planned or run */
	const struct action *action;
	const struct connection *connection;
	bool is_looked;
	struct err look_err;
	bool trusts; /* it helped, without looking at a board */
	int64_t refreshed_ms;
	bool is_ended;
};

void action_bench_init(struct action_bench *b, const struct action_kit *kit,
		       int64_t wall_ms);
void action_bench_fini(struct action_bench *b);

/* {"row", "source", "input": {}} of the first row whose target column is that and that
 * the action is for; the caller's. Its board is asked anew. NULL: there is none. */
cJSON *action_bench_row(struct action_bench *b, const struct action *action,
			const char *target);
/* The reads into the scope; false: b->look_err. */
bool action_bench_look(struct action_bench *b, const struct action *action, cJSON *scope);
/* Looks, chooses ("size=S2 n=3") and plans. NULL: err. */
struct plan *action_bench_plan(struct action_bench *b, const struct action *action,
			       cJSON *scope, const char *choices, struct err *err);

/* To its end, as the runner does it. The plan is taken, the scope borrowed. */
struct bench_run {
	enum run_outcome outcome;
	struct err err;
	char moved[400];
	size_t n_steps;
	int sent[PLAN_MOST];
	int64_t took_ms;
	uint64_t taken; /* writes that the world took meanwhile */
};
void action_bench_run(struct action_bench *b, const struct action *action,
		      struct plan *plan, const cJSON *scope, struct bench_run *out);

#endif
