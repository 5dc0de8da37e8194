/* Evidence for tests: boards of the library, with rows as JSON has them. */
#ifndef AZ_TESTS_UNIT_ANSWER_WORLD_H
#define AZ_TESTS_UNIT_ANSWER_WORLD_H

#include "answer/evidence.h"

/* 2026-03-11T10:20:30Z, a Wednesday. */
#define WORLD_NOW_MS 1773224430000LL

struct world {
	struct library *library;
	struct config *config;
	struct evidence evidence;
};

void world_init(struct world *w);
void world_fini(struct world *w);
/* The runbooks that ship are in it from now on. */
void world_read(struct world *w);
/* A board with these rows, a JSON list of objects by column; "key" is the row's key, else
 * its first column is. Moments are ISO texts, durations seconds, money is in EUR unless
 * NAME_currency says otherwise. What has no member is null. The world's own, until the
 * next one of its name; for its caller to mark. */
struct board *world_add(struct world *w, const char *board, const char *rows);

#endif
