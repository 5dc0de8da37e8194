/* The board agent-waits: every job that waits, and every run that waits for a person,
 * with why. Thread: core. */
#include <math.h>
#include <string.h>

#include "agents/rules.h"
#include "agents/wait.h"

enum { APPROVALS = FLEET_BOARDS };

static cJSON *row_new(cJSON *rows, const char *key, const char *job, const char *run)
{
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "key", key);
	derive_put_text(row, "job", job);
	derive_put_text(row, "run", run);
	cJSON_AddItemToArray(rows, row);
	return row;
}

static void put_wait(cJSON *row, const struct wait *w)
{
	derive_put_text(row, "reason", wait_reason_word(w->reason));
	cJSON_AddBoolToObject(row, "is_stuck", wait_reason_is_stuck(w->reason));
	derive_put_text(row, "evidence", w->evidence.p);
	derive_put_text(row, "todo", w->todo.p);
}

static void put_jobs(cJSON *rows, const struct fleet *f)
{
	const struct fleet_job *job;
	struct wait w;

	wait_init(&w);
	vec_each (job, &f->jobs) {
		cJSON *row;

		if (!job->is_waiting)
			continue;
		row = row_new(rows, job->key, job->pipeline, job->run);
		wait_explain(&w, f, job);
		put_wait(row, &w);
		derive_put_text(row, "pool", job->pool);
		derive_put_time(row, "queued", job->queued_ms);
	}
	wait_fini(&w);
}

/* Before it is approved a run has no job: nothing of it stands in any pool. */
static void put_approvals(cJSON *rows, const struct board *board, int64_t now_ms)
{
	struct wait w;

	wait_init(&w);
	for (size_t i = 0; board && i < board->n_rows; i++) {
		const char *asked = read_text(board, i, "approvers");
		double since_ms = read_number(board, i, "since");
		cJSON *row;

		if (strcmp(read_text(board, i, "state"), "pending") != 0)
			continue;
		row = row_new(rows, board->rows[i].key.p, read_text(board, i, "pipeline"),
			      read_text(board, i, "build"));
		wait_set(&w, WAIT_APPROVAL);
		strbuf_printf(&w.evidence, "asked: %s",
			      *asked ? asked : "approvers who are not listed");
		strbuf_puts(&w.todo, "Approve or reject the run: see approvals");
		put_wait(row, &w);
		derive_put_text(row, "pool", NULL);
		derive_put_time(row, "queued",
				isfinite(since_ms) && since_ms < (double)now_ms
					? (int64_t)since_ms
					: 0);
	}
	wait_fini(&w);
}

static cJSON *make_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();
	struct fleet f;

	fleet_init(&f, d->boards, d->now_ms);
	put_jobs(rows, &f);
	put_approvals(rows, d->boards[APPROVALS], d->now_ms);
	fleet_fini(&f);
	return rows;
}

const struct derive_rule rule_agent_waits = {
	.name = "agent-waits",
	.from = {[FLEET_JOBS] = "agent-jobs",
		 [FLEET_AGENTS] = "?agents",
		 [FLEET_POOLS] = "?agent-pools",
		 [FLEET_CAPABILITIES] = "?agent-capabilities",
		 [FLEET_LIMITS] = "?parallel-jobs",
		 [FLEET_ELASTIC] = "?elastic-pools",
		 [FLEET_KEDA] = "?keda",
		 [APPROVALS] = "?approvals"},
	.rows = make_rows,
};
