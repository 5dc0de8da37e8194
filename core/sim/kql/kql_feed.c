/* Rows that come one by one. As long as a query only leaves out, adds columns and then
 * sums up, a row is looked at once and dropped: half an hour of lines is a hundred times
 * what the sums are. Thread: any, one owner. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "sim/kql/kql_tree.h"

enum { KEPT_MOST = 30000 };

struct kql_feed {
	const struct kql *q;
	struct arena arena;
	int64_t now_ms;
	size_t n_before;	   /* stages that a row goes through alone */
	struct kql_groups *groups; /* NULL: rows are kept */
	cJSON *rows;
	size_t n_rows;
};

struct kql_feed *kql_feed_new(const struct kql *q, int64_t now_ms)
{
	struct kql_feed *f = xcalloc(1, sizeof(*f));
	size_t n = 0;

	*f = (struct kql_feed){.q = q, .now_ms = now_ms};
	arena_init(&f->arena);
	while (n < q->n_stages &&
	       (q->stages[n].verb == KQL_WHERE || q->stages[n].verb == KQL_EXTEND))
		n++;
	f->n_before = n;
	if (n < q->n_stages && q->stages[n].verb == KQL_SUMMARIZE)
		f->groups = kql_groups_new(&q->stages[n]);
	else
		f->rows = cJSON_CreateArray();
	return f;
}

static bool speaks_of(const struct kql_expr *expr, struct str column)
{
	if (expr && expr->kind == KQL_COLUMN && str_eq(expr->steps[0].name, column))
		return true;
	for (size_t i = 0; expr && i < expr->n_args; i++) {
		if (speaks_of(expr->args[i], column))
			return true;
	}
	return false;
}

bool kql_feed_wants(const struct kql_feed *f, struct str column)
{
	for (size_t i = 0; f->groups && i <= f->n_before; i++) {
		const struct kql_stage *stage = &f->q->stages[i];

		if (speaks_of(stage->where, column))
			return true;
		for (size_t k = 0; k < stage->n_terms; k++) {
			if (speaks_of(stage->terms[k].expr, column))
				return true;
		}
	}
	return !f->groups;
}

static void sum_up(struct kql_feed *f, cJSON *row, size_t times)
{
	struct kql_eval e = {.row = row, .arena = &f->arena, .now_ms = f->now_ms};
	bool is_kept = true;

	for (size_t i = 0; is_kept && i < f->n_before; i++) {
		const struct kql_stage *stage = &f->q->stages[i];

		if (stage->verb == KQL_EXTEND)
			kql_extend(stage, &e, row);
		else
			is_kept = kql_is_true(kql_eval(&e, stage->where));
	}
	if (is_kept)
		kql_groups_add(f->groups, &e, times);
	arena_reset(&f->arena);
	cJSON_Delete(row);
}

void kql_feed_add(struct kql_feed *f, cJSON *row, size_t times)
{
	if (f->groups) {
		sum_up(f, row, times);
		return;
	}
	for (; times > 1 && f->n_rows < KEPT_MOST; times--, f->n_rows++)
		cJSON_AddItemToArray(f->rows, cJSON_Duplicate(row, true));
	if (f->n_rows++ < KEPT_MOST)
		cJSON_AddItemToArray(f->rows, row);
	else
		cJSON_Delete(row);
}

cJSON *kql_feed_finish(struct kql_feed *f)
{
	size_t from = f->groups ? f->n_before + 1 : 0;
	cJSON *rows = f->groups ? kql_groups_finish(f->groups) : f->rows;

	rows = kql_run_from(f->q, from, rows, f->now_ms);
	arena_fini(&f->arena);
	free(f);
	return rows;
}
