/* Asks the simulated Azure without a socket, at a time the test chooses. A broken
 * promise of the helper itself ends the program. Thread: the test's. */
#ifndef AZ_TESTS_SIM_ASK_H
#define AZ_TESTS_SIM_ASK_H

#include <cjson/cJSON.h>

#include "base/clock.h"
#include "sim/world.h"

#define ASK_BASE "http://sim.test"
/* Thursday 2026-06-18, 10:00 UTC: people are at work. */
#define ASK_NOON_MS 1781776800000LL

struct ask {
	struct clock clock; /* manual */
	struct world world;
	struct strbuf bearer; /* "Bearer ..." for every request; empty: none */
	struct str operation; /* X-Amz-Target; empty: none */
	struct str if_match, content_type; /* empty: none */
};

/* One exchange. Not to be copied: its parts point into each other. */
struct told {
	struct request req;
	struct reply rep;
	cJSON *json; /* NULL: no body, or not JSON */
};

/* With a token that was good when the world began. */
void ask_init(struct ask *a, uint64_t seed, int64_t wall_ms);
void ask_fini(struct ask *a);
/* Moves the clock and takes a new token. */
void ask_at(struct ask *a, int64_t wall_ms);
/* The target is borrowed until told_fini; the body may be NULL. */
void ask(struct ask *a, enum sim_method method, const char *target, const char *body,
	 struct told *t);
/* The same and nothing but the status. */
int ask_status(struct ask *a, enum sim_method method, const char *target,
	       const char *body);
/* A GET that must be answered with 200. The caller owns the tree. */
cJSON *ask_json(struct ask *a, const char *target);
cJSON *ask_post(struct ask *a, const char *target, const char *body);
/* All pages of a list, joined; *pages (may be NULL) counts them. */
cJSON *ask_all(struct ask *a, const char *target, size_t *pages);

void told_fini(struct told *t);
/* Path of names down into an answer: ask_text(t->json, "error.code"). Members
 * only; NULL when it is not there. */
const cJSON *told_at(const cJSON *json, const char *path);
const char *told_text(const cJSON *json, const char *path);
double told_number(const cJSON *json, const char *path);

#endif
