/* The board drills: every test failover and every restore there is on record, newest
 * first, with what it measured against what was promised; and each plan that has none.
 * Thread: core. */
#include <math.h>
#include <string.h>

#include "base/map.h"
#include "board/workload.h"
#include "dr/drill.h"
#include "dr/ready.h"
#include "dr/rules.h"

enum { PLANS, JOBS, RESTORES };

struct drills {
	const struct derive *d;
	cJSON *rows;
	struct map plans; /* by name: row of dr-plans + 1 */
	struct map seen;  /* plans and workloads that have had their newest */
};

static double cell(const struct board *board, ptrdiff_t row, const char *column)
{
	return row < 0 ? NAN : read_number(board, (size_t)row, column);
}

static ptrdiff_t plan_row(const struct drills *d, const char *name)
{
	return (ptrdiff_t)(uintptr_t)map_find(&d->plans, str_from(name)) - 1;
}

/* Whose it is: the first workload that has the row. NULL: nobody's. */
static const struct workload *owner(const struct drills *d, const struct board *board,
				    ptrdiff_t row)
{
	for (size_t i = 0; row >= 0 && i < d->d->config->n_workloads; i++) {
		const struct workload *w = &d->d->config->workloads[i];

		if (workload_has(w, board, &board->rows[row]))
			return w;
	}
	return NULL;
}

static bool is_first(struct drills *d, const char *what)
{
	return !map_put(&d->seen, str_from(what), d);
}

static void put(struct drills *d, const struct workload *w, const char *subject,
		const struct drill_facts *facts, const char *step)
{
	enum drill_state state = drill_judge(facts, d->d->now_ms);
	double due = facts->is_newest && isfinite(facts->started_ms)
			     ? facts->started_ms + facts->every_ms
			     : NAN;
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "workload", w ? w->name : "");
	derive_put_text(row, "kind", facts->is_restore ? "restore" : "failover");
	derive_put_text(row, "subject", subject);
	derive_put_text(row, "state", drill_word(state));
	derive_put_text(row, "result", facts->result);
	derive_put_time(row, "started",
			isfinite(facts->started_ms) ? (int64_t)facts->started_ms : 0);
	derive_put_number(row, "took", facts->took_ms);
	derive_put_number(row, "rto", facts->rto_ms);
	derive_put_number(row, "lost", facts->lost_ms);
	derive_put_number(row, "rpo", facts->rpo_ms);
	derive_put_text(row, "step", state == DRILL_FAILED ? step : "");
	derive_put_text(row, "cleanup",
			strcmp(facts->result, "Suspended") == 0 ? "pending"
			: facts->is_restore			? ""
								: "done");
	derive_put_time(row, "due", isfinite(due) ? (int64_t)due : 0);
	cJSON_AddBoolToObject(row, "newest", facts->is_newest);
	cJSON_AddItemToArray(d->rows, row);
}

static struct drill_facts promised(const struct drills *d, const struct workload *w,
				   ptrdiff_t plan)
{
	const struct board *plans = d->d->boards[PLANS];
	int64_t every_ms = w && w->drill_every_ms ? w->drill_every_ms : DR_DRILL_EVERY_MS;

	return (struct drill_facts){
		.rto_ms = ready_promise(w ? w->rto_ms : 0, cell(plans, plan, "rto")),
		.rpo_ms =
			ready_promise(w ? w->rpo_ms : 0, cell(plans, plan, "rpo_target")),
		.every_ms = (double)every_ms};
}

/* Jobs come newest first. */
static void put_jobs(struct drills *d)
{
	const struct board *jobs = d->d->boards[JOBS];

	for (size_t i = 0; jobs && i < jobs->n_rows; i++) {
		const char *name = read_text(jobs, i, "target");
		ptrdiff_t plan = plan_row(d, name);
		const struct workload *w;
		struct drill_facts facts;

		if (strcmp(read_text(jobs, i, "scenario"), "TestFailover") != 0 || !*name)
			continue;
		w = owner(d, d->d->boards[PLANS], plan);
		if (!w)
			w = owner(d, jobs, (ptrdiff_t)i);
		facts = promised(d, w, plan);
		facts.result = read_text(jobs, i, "state");
		facts.started_ms = read_number(jobs, i, "started");
		facts.took_ms = read_number(jobs, i, "took");
		facts.lost_ms = read_number(jobs, i, "lost");
		facts.is_newest = is_first(d, name);
		put(d, w, name, &facts, read_text(jobs, i, "step"));
	}
}

/* Plans whose drills are older than the jobs Azure keeps, and those without any. */
static void put_plans(struct drills *d)
{
	const struct board *plans = d->d->boards[PLANS];

	for (size_t i = 0; plans && i < plans->n_rows; i++) {
		const char *name = read_text(plans, i, "name");
		const struct workload *w = owner(d, plans, (ptrdiff_t)i);
		struct drill_facts facts = promised(d, w, (ptrdiff_t)i);

		if (!*name || !is_first(d, name))
			continue;
		facts.result = "";
		facts.started_ms = read_number(plans, i, "last");
		facts.took_ms = facts.lost_ms = NAN;
		facts.is_newest = true;
		put(d, w, name, &facts, "");
	}
}

static void put_restores(struct drills *d)
{
	const struct board *board = d->d->boards[RESTORES];

	for (size_t i = 0; board && i < board->n_rows; i++) {
		const struct workload *w = owner(d, board, (ptrdiff_t)i);
		struct drill_facts facts = promised(d, w, -1);

		facts.result = read_text(board, i, "state");
		facts.started_ms = read_number(board, i, "started");
		facts.took_ms = read_number(board, i, "took");
		facts.lost_ms = facts.rto_ms = facts.rpo_ms = NAN;
		facts.is_restore = true;
		facts.is_newest = is_first(d, read_text(board, i, "item"));
		put(d, w, read_text(board, i, "item"), &facts,
		    read_text(board, i, "error"));
	}
}

static cJSON *rows_of(const struct derive *in)
{
	struct drills d = {.d = in, .rows = cJSON_CreateArray()};
	const struct board *plans = in->boards[PLANS];

	map_init(&d.plans);
	map_init(&d.seen);
	for (size_t i = 0; plans && i < plans->n_rows; i++)
		map_put(&d.plans, str_from(read_text(plans, i, "name")),
			(void *)(uintptr_t)(i + 1));
	put_jobs(&d);
	put_plans(&d);
	put_restores(&d);
	map_fini(&d.plans);
	map_fini(&d.seen);
	return d.rows;
}

const struct derive_rule dr_rule_drills = {
	.name = "drills",
	.from = {[PLANS] = "dr-plans", [JOBS] = "dr-jobs", [RESTORES] = "?restore-tests"},
	.rows = rows_of,
};
