/* Could this workload fail over now: a line for each thing that is asked of each part
 * of it, with what is known, how old that is and what to do, and a score that is the
 * sum of the checks whose lines are all ready. A workload comes back whole or not at
 * all, so one machine of twenty takes a check as a whole. Pure: boards in, lines out.
 * Thread: any (no state). */
#ifndef AZ_DR_READINESS_H
#define AZ_DR_READINESS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "board/board.h"
#include "config/workload.h"
#include "dr/check.h"

/* NULL: it has not come, so what it would say is unknown. */
struct dr_boards {
	const struct board *groups;   /* dr-groups */
	const struct board *replicas; /* sql-replicas */
	const struct board *sql;
	const struct board *items; /* dr-items */
	const struct board *plans; /* dr-plans */
	const struct board *backups;
	const struct board *restores; /* restore-tests */
	const struct board *frontdoor;
	const struct board *traffic; /* traffic-manager */
	const struct board *health;
};

enum { DR_VALUE_MAX = 96 };

struct dr_line {
	enum dr_check check;
	const char *subject;	  /* "fog-atlas" */
	char value[DR_VALUE_MAX]; /* what is known, with its target */
	int64_t known_ms;	  /* as of when; 0: never */
	enum verdict verdict;
	const char *todo;  /* "" when ready */
	const char *board; /* where to look */
};

struct dr_report {
	const struct workload *workload;
	VEC(struct dr_line) lines; /* by check, then subject */
	int score;		   /* percent; 100: every line is ready */
	int points, possible;	   /* weights of checks: all ready, applying */
	enum verdict verdict;	   /* the worst of its lines; unknown without any */
	struct arena arena;	   /* names of subjects */
};

/* Of a plan or a restore that nobody promised to try more often. */
#define DR_DRILL_EVERY_MS (180 * 86400000LL)

void dr_report_init(struct dr_report *report, const struct workload *workload,
		    const struct dr_boards *boards, int64_t now_ms);
void dr_report_fini(struct dr_report *report);

#endif
