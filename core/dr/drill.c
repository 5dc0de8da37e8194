/* See drill.h. */
#include "dr/drill.h"

#include <math.h>
#include <string.h>

#include "base/count.h"

const char *drill_word(enum drill_state state)
{
	static const char *const words[] = {
		[DRILL_PASSED] = "Passed",
		[DRILL_RUNNING] = "Running",
		[DRILL_CANCELLED] = "Cancelled",
		[DRILL_UNMEASURED] = "Unmeasured",
		[DRILL_OVERDUE] = "Overdue",
		[DRILL_TOO_SLOW] = "Too slow",
		[DRILL_LOST_TOO_MUCH] = "Lost too much",
		[DRILL_FAILED] = "Failed",
		[DRILL_NEVER] = "Never tried",
	};

	return words[state];
}

/* What Azure calls the end of a job; a word that is not here proves nothing. */
static const struct {
	const char *result;
	enum drill_state state;
} results[] = {
	{"Succeeded", DRILL_PASSED},
	{"Completed", DRILL_PASSED},
	{"CompletedWithInformation", DRILL_PASSED},
	{"Suspended", DRILL_PASSED}, /* it served, and waits to be cleaned up */
	{"CompletedWithWarnings", DRILL_FAILED},
	{"PartiallySucceeded", DRILL_FAILED},
	{"Failed", DRILL_FAILED},
	{"InProgress", DRILL_RUNNING},
	{"NotStarted", DRILL_RUNNING},
	{"Cancelling", DRILL_RUNNING},
	{"Cancelled", DRILL_CANCELLED},
};

static enum drill_state ended_as(const char *result)
{
	for (size_t i = 0; i < COUNT(results); i++) {
		if (strcmp(results[i].result, result) == 0)
			return results[i].state;
	}
	return DRILL_UNMEASURED;
}

enum drill_state drill_judge(const struct drill_facts *f, int64_t now_ms)
{
	enum drill_state state = ended_as(f->result);
	bool is_due = f->is_newest && !((double)now_ms - f->started_ms <= f->every_ms);

	if (isnan(f->started_ms))
		return DRILL_NEVER;
	if (state != DRILL_PASSED)
		return state == DRILL_UNMEASURED && is_due ? DRILL_OVERDUE : state;
	if (!f->is_restore && f->took_ms > f->rto_ms)
		return DRILL_TOO_SLOW;
	if (!f->is_restore && f->lost_ms > f->rpo_ms)
		return DRILL_LOST_TOO_MUCH;
	if (is_due)
		return DRILL_OVERDUE;
	if (!f->is_restore && (isnan(f->took_ms) || isnan(f->rto_ms) ||
			       isnan(f->lost_ms) || isnan(f->rpo_ms)))
		return DRILL_UNMEASURED;
	return DRILL_PASSED;
}
