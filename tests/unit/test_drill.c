/* What one drill proved: results in Azure's words, targets that nobody gave, and when
 * the next is due. */
#include "unit/check.h"

#include <math.h>

#include "base/timefmt.h"
#include "dr/drill.h"

#define NOW    INT64_C(1795233906000)
#define AGO(d) ((double)(NOW - (d)*DAY_MS))
#define H(n)   ((double)((n)*HOUR_MS))
#define M(n)   ((double)((n)*MINUTE_MS))

/* Due every 90 days. */
#define D(word, started, took, rto, lost, rpo, newest, restore)                          \
	{                                                                                \
		.result = (word), .started_ms = (started), .took_ms = (took),            \
		.rto_ms = (rto), .lost_ms = (lost), .rpo_ms = (rpo),                     \
		.every_ms = H(24 * 90), .is_newest = (newest), .is_restore = (restore)   \
	}

static const struct drill_case {
	const char *name;
	struct drill_facts facts;
	const char *state;
} cases[] = {
	{"in time", D("Succeeded", AGO(40), M(43), H(1), M(4), M(15), true, false),
	 "Passed"},
	{"it waits to be cleaned up",
	 D("Suspended", AGO(6), M(43), H(1), M(4), M(15), true, false), "Passed"},
	{"on the target", D("Succeeded", AGO(4), H(1), H(1), M(15), M(15), false, false),
	 "Passed"},
	{"a minute over", D("Succeeded", AGO(4), M(61), H(1), M(4), M(15), false, false),
	 "Too slow"},
	{"from too old a point",
	 D("Succeeded", AGO(4), M(43), H(1), M(16), M(15), false, false),
	 "Lost too much"},
	{"too slow and overdue",
	 D("Succeeded", AGO(100), M(61), H(1), M(4), M(15), true, false), "Too slow"},
	{"overdue", D("Succeeded", AGO(91), M(43), H(1), M(4), M(15), true, false),
	 "Overdue"},
	{"due today", D("Succeeded", AGO(90), M(43), H(1), M(4), M(15), true, false),
	 "Passed"},
	{"an older one is never overdue",
	 D("Succeeded", AGO(400), M(43), H(1), M(4), M(15), false, false), "Passed"},
	{"failed", D("Failed", AGO(4), M(9), H(1), NAN, M(15), false, false), "Failed"},
	{"in part",
	 D("PartiallySucceeded", AGO(4), M(9), H(1), M(1), M(15), false, false),
	 "Failed"},
	{"it runs", D("InProgress", AGO(0), NAN, H(1), NAN, M(15), true, false),
	 "Running"},
	{"stopped", D("Cancelled", AGO(1), M(2), H(1), M(1), M(15), false, false),
	 "Cancelled"},
	{"its job is gone", D("", AGO(20), NAN, H(1), NAN, M(15), true, false),
	 "Unmeasured"},
	{"its job is long gone", D("", AGO(200), NAN, H(1), NAN, M(15), true, false),
	 "Overdue"},
	{"a word of the future",
	 D("Rehydrated", AGO(4), M(4), H(1), M(1), M(15), false, false), "Unmeasured"},
	{"nobody promised a time",
	 D("Succeeded", AGO(4), M(43), NAN, M(4), M(15), false, false), "Unmeasured"},
	{"nobody measured the loss",
	 D("Succeeded", AGO(4), M(43), H(1), NAN, M(15), false, false), "Unmeasured"},
	{"never", D("", NAN, NAN, H(1), NAN, M(15), true, false), "Never tried"},
	{"a restore", D("Completed", AGO(30), H(2), NAN, NAN, NAN, true, true), "Passed"},
	{"a restore in part",
	 D("CompletedWithWarnings", AGO(30), H(2), NAN, NAN, NAN, true, true), "Failed"},
	{"a restore long ago", D("Completed", AGO(95), H(2), NAN, NAN, NAN, true, true),
	 "Overdue"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(cases[i].name,
			   str_from(drill_word(drill_judge(&cases[i].facts, NOW))),
			   cases[i].state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};

	return cmocka_run_group_tests_name("drill", tests, NULL, NULL);
}
