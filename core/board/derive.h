/* Boards worked out of other boards, in C, for what a table cannot say: a forecast, a
 * drift, a readiness. A rule is pure: the same boards and the same moment give the same
 * rows, so tests need no loop. Its board is a file like any other, whose one request is
 *   {"kind": "deck", "get": "/derived/NAME"}
 * and whose document is {"rows": [...]}. Thread: core. */
#ifndef AZ_BOARD_DERIVE_H
#define AZ_BOARD_DERIVE_H

#include <cjson/cJSON.h>

#include "board/read.h"
#include "config/config.h"

enum { DERIVE_MOST = 12 };

struct zones;

struct derive {
	/* In the order of the rule's `from`. NULL: it has not come, or cannot come; only
	 * what is named with a '?' may be NULL. Rows may be old: see is_stale. */
	const struct board *boards[DERIVE_MOST];
	int64_t now_ms;
	const struct config *config; /* workloads, schedules; never NULL */
	struct zones *zones; /* kept from one time to the next; a zone's small file is
				read when it is first met */
};

struct derive_rule {
	const char *name; /* "/derived/NAME" */
	/* Boards it reads, NULL ended. "?budgets": it can do without. */
	const char *from[DERIVE_MOST + 1];
	/* A list of rows, the caller's. */
	cJSON *(*rows)(const struct derive *d);
};

/* For rows: unknown is null, never 0. Moments in milliseconds become seconds, as
 * columns of type time read them; money and the like stay as they are. */
void derive_put_number(cJSON *row, const char *name, double value);
void derive_put_time(cJSON *row, const char *name, int64_t utc_ms); /* 0: unknown */
void derive_put_text(cJSON *row, const char *name,
		     const char *text); /* "" or NULL: null */

#endif
