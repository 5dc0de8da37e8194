/* See readiness.h. */
#include "dr/readiness.h"

#include <stdlib.h>
#include <string.h>

#include "dr/ready.h"

static int by_check(const void *a, const void *b)
{
	const struct dr_line *x = a, *y = b;

	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	return text_compare(x->subject, y->subject);
}

/* Lines are sorted: a check counts when none of its lines is anything but ready. */
static void add_up(struct dr_report *report)
{
	size_t i = 0;

	report->verdict = report->lines.n ? VERDICT_READY : VERDICT_UNKNOWN;
	while (i < report->lines.n) {
		enum dr_check check = report->lines.p[i].check;
		bool is_ready = true;

		for (; i < report->lines.n && report->lines.p[i].check == check; i++) {
			enum verdict verdict = report->lines.p[i].verdict;

			is_ready = is_ready && verdict == VERDICT_READY;
			if (verdict > report->verdict)
				report->verdict = verdict;
		}
		report->possible += dr_check_weight(check);
		report->points += is_ready ? dr_check_weight(check) : 0;
	}
	/* Rounded down: 100 is said of nothing that lacks a point. */
	if (report->possible)
		report->score = report->points * 100 / report->possible;
}

void dr_report_init(struct dr_report *report, const struct workload *workload,
		    const struct dr_boards *boards, int64_t now_ms)
{
	struct ready r = {.boards = boards,
			  .workload = workload,
			  .now_ms = now_ms,
			  .report = report};

	*report = (struct dr_report){.workload = workload};
	arena_init(&report->arena);
	ready_sql(&r);
	ready_machines(&r);
	ready_plans(&r);
	ready_ways(&r);
	if (report->lines.n)
		qsort(report->lines.p, report->lines.n, sizeof(*report->lines.p),
		      by_check);
	add_up(report);
}

void dr_report_fini(struct dr_report *report)
{
	vec_fini(&report->lines);
	arena_fini(&report->arena);
}
