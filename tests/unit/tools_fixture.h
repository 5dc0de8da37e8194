/* Evidence for tests of the tools: boards of tests/tools/boards from JSON as a service
 * would send it, the shipped runbooks, a leash and the tools over it. Thread: the
 * test's. */
#ifndef AZ_TESTS_UNIT_TOOLS_FIXTURE_H
#define AZ_TESTS_UNIT_TOOLS_FIXTURE_H

#include "ai/tools.h"

/* 2026-03-11T10:20:30Z */
#define TOOLS_NOW_MS INT64_C(1773224430000)

struct tools_world {
	struct library *library;
	struct config *config;
	struct evidence e;
	struct leash *leash;
	struct ai_tools *tools;
	struct strbuf out, proposal; /* of the last call */
};

/* Fails the test where it cannot be made. No board is in it. */
void tools_world_init(struct tools_world *w);
void tools_world_fini(struct tools_world *w);
/* A board as this answer makes it, read `age_ms` ago. */
void tools_world_add(struct tools_world *w, const char *board, const char *answer,
		     uint64_t version, int64_t age_ms);
/* Checks and runs one call with a budget of its own; false: it was refused. */
bool tools_world_call(struct tools_world *w, const char *tool, const char *arguments);

#endif
