/* The board dr-readiness: a row for each workload with its score, and one for each
 * line that made it. Thread: core. */
#include <math.h>
#include <stdio.h>

#include "dr/readiness.h"
#include "dr/rules.h"

enum { GROUPS, REPLICAS, SQL, ITEMS, PLANS, BACKUPS, RESTORES, DOOR, TRAFFIC, HEALTH };

/* What to begin with: the weightiest line that is not ready. NULL: all are. */
static const struct dr_line *first_of(const struct dr_report *report)
{
	const struct dr_line *first = NULL, *line;

	vec_each (line, &report->lines) {
		if (line->verdict == VERDICT_READY)
			continue;
		if (!first || line->verdict > first->verdict ||
		    (line->verdict == first->verdict &&
		     dr_check_weight(line->check) > dr_check_weight(first->check)))
			first = line;
	}
	return first;
}

static void put_whole(cJSON *rows, const struct dr_report *report)
{
	const struct dr_line *first = first_of(report);
	cJSON *row = cJSON_CreateObject();
	char todo[240] = "";
	int n_ready = 0;

	if (first)
		snprintf(todo, sizeof(todo), "%s of %s: %s", dr_check_name(first->check),
			 first->subject, first->todo);

	for (size_t i = 0; i < report->lines.n; i++)
		n_ready += report->lines.p[i].verdict == VERDICT_READY;
	derive_put_text(row, "workload", report->workload->name);
	derive_put_text(row, "is", "workload");
	derive_put_text(row, "verdict", verdict_word(report->verdict));
	derive_put_number(row, "score", report->lines.n ? report->score : NAN);
	derive_put_text(row, "todo", todo);
	derive_put_number(row, "points", report->points);
	derive_put_number(row, "weight", report->possible);
	derive_put_number(row, "ready", n_ready);
	derive_put_number(row, "lines", (double)report->lines.n);
	cJSON_AddItemToArray(rows, row);
}

static void put_line(cJSON *rows, const struct dr_report *report,
		     const struct dr_line *line)
{
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "workload", report->workload->name);
	derive_put_text(row, "is", "check");
	derive_put_text(row, "check", dr_check_name(line->check));
	derive_put_text(row, "subject", line->subject);
	derive_put_text(row, "value", line->value);
	derive_put_time(row, "known", line->known_ms);
	derive_put_text(row, "verdict", verdict_word(line->verdict));
	derive_put_text(row, "todo", line->todo);
	derive_put_number(row, "weight", dr_check_weight(line->check));
	derive_put_text(row, "board", line->board);
	cJSON_AddItemToArray(rows, row);
}

static cJSON *rows_of(const struct derive *d)
{
	const struct dr_boards boards = {
		.groups = d->boards[GROUPS],
		.replicas = d->boards[REPLICAS],
		.sql = d->boards[SQL],
		.items = d->boards[ITEMS],
		.plans = d->boards[PLANS],
		.backups = d->boards[BACKUPS],
		.restores = d->boards[RESTORES],
		.frontdoor = d->boards[DOOR],
		.traffic = d->boards[TRAFFIC],
		.health = d->boards[HEALTH],
	};
	cJSON *rows = cJSON_CreateArray();

	for (size_t i = 0; i < d->config->n_workloads; i++) {
		struct dr_report report;

		dr_report_init(&report, &d->config->workloads[i], &boards, d->now_ms);
		put_whole(rows, &report);
		for (size_t k = 0; k < report.lines.n; k++)
			put_line(rows, &report, &report.lines.p[k]);
		dr_report_fini(&report);
	}
	return rows;
}

const struct derive_rule dr_rule_readiness = {
	.name = "dr-readiness",
	.from = {[GROUPS] = "?dr-groups",
		 [REPLICAS] = "?sql-replicas",
		 [SQL] = "?sql",
		 [ITEMS] = "?dr-items",
		 [PLANS] = "?dr-plans",
		 [BACKUPS] = "?backups",
		 [RESTORES] = "?restore-tests",
		 [DOOR] = "?frontdoor",
		 [TRAFFIC] = "?traffic-manager",
		 [HEALTH] = "?health"},
	.rows = rows_of,
};
