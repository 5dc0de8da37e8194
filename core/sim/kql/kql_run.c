/* The operators, each from one list of rows to the next. Thread: any (no state). */
#include <stdlib.h>

#include "base/xalloc.h"
#include "sim/kql/kql_tree.h"

#define SCRATCH_EVERY 256 /* rows */
#define EXPAND_MOST   128 /* rows out of one, as the service has it */

static bool keeps(const struct kql_stage *stage, const cJSON *row, struct arena *arena,
		  int64_t now_ms)
{
	struct kql_eval e = {.row = row, .arena = arena, .now_ms = now_ms};

	return kql_is_true(kql_eval(&e, stage->where));
}

/* Every column of the expression is a member of the row. */
static bool is_over(const struct kql_expr *expr, const cJSON *row)
{
	const cJSON *at;
	bool is_there = expr->kind != KQL_COLUMN;

	for (size_t i = 0; i < expr->n_args; i++)
		if (!is_over(expr->args[i], row))
			return false;
	if (!is_there)
		cJSON_ArrayForEach (at, row)
			is_there |= str_eq(str_from(at->string), expr->steps[0].name);
	return is_there;
}

bool kql_keeps(const struct kql *q, const cJSON *row, int64_t now_ms)
{
	struct arena arena;
	bool is_kept = true;

	arena_init(&arena);
	for (size_t i = 0; is_kept && i < q->n_stages; i++) {
		const struct kql_stage *stage = &q->stages[i];

		if (stage->verb != KQL_WHERE || !is_over(stage->where, row))
			break;
		is_kept = keeps(stage, row, &arena, now_ms);
	}
	arena_fini(&arena);
	return is_kept;
}

static void put(cJSON *row, struct str name, cJSON *value)
{
	char key[256];

	memcpy(key, name.p, name.n < sizeof(key) ? name.n : sizeof(key) - 1);
	key[name.n < sizeof(key) ? name.n : sizeof(key) - 1] = '\0';
	if (cJSON_GetObjectItemCaseSensitive(row, key))
		cJSON_ReplaceItemInObjectCaseSensitive(row, key, value);
	else
		cJSON_AddItemToObject(row, key, value);
}

/* All values before any is put: a term sees the row as it was. */
void kql_extend(const struct kql_stage *stage, struct kql_eval *e, cJSON *into)
{
	cJSON *values[KQL_MAX_ARGS];

	for (size_t i = 0; i < stage->n_terms; i++)
		values[i] = kql_to_json(kql_eval(e, stage->terms[i].expr));
	for (size_t i = 0; i < stage->n_terms; i++)
		put(into, stage->terms[i].name, values[i]);
}

/* What an operator makes of one row: rows added to `out`. It owns the row. */
typedef void (*row_fn)(const struct kql_stage *stage, struct kql_eval *e, cJSON *row,
		       cJSON *out);

static void row_where(const struct kql_stage *stage, struct kql_eval *e, cJSON *row,
		      cJSON *out)
{
	if (kql_is_true(kql_eval(e, stage->where)))
		cJSON_AddItemToArray(out, row);
	else
		cJSON_Delete(row);
}

static void row_extend(const struct kql_stage *stage, struct kql_eval *e, cJSON *row,
		       cJSON *out)
{
	kql_extend(stage, e, row);
	cJSON_AddItemToArray(out, row);
}

static void row_project(const struct kql_stage *stage, struct kql_eval *e, cJSON *row,
			cJSON *out)
{
	cJSON *made = cJSON_CreateObject();

	kql_extend(stage, e, made);
	cJSON_AddItemToArray(out, made);
	cJSON_Delete(row);
}

static void row_project_away(const struct kql_stage *stage, struct kql_eval *e,
			     cJSON *row, cJSON *out)
{
	for (size_t i = 0; i < stage->n_terms; i++)
		cJSON_DeleteItemFromObjectCaseSensitive(
			row, arena_strdup(e->arena, stage->terms[i].name));
	cJSON_AddItemToArray(out, row);
}

static void row_expand(const struct kql_stage *stage, struct kql_eval *e, cJSON *row,
		       cJSON *out)
{
	struct kql_value list = kql_eval(e, stage->terms[0].expr);
	cJSON *values = kql_to_json(list), *one;
	int n = 0;

	if (!cJSON_IsArray(values) || !values->child) {
		/* Nothing to unfold: the row stays, with null. */
		cJSON_Delete(values);
		put(row, stage->terms[0].name, cJSON_CreateNull());
		cJSON_AddItemToArray(out, row);
		return;
	}
	while (n++ < EXPAND_MOST && (one = cJSON_DetachItemFromArray(values, 0))) {
		cJSON *copy = cJSON_Duplicate(row, true);

		put(copy, stage->terms[0].name, one);
		cJSON_AddItemToArray(out, copy);
	}
	cJSON_Delete(values);
	cJSON_Delete(row);
}

static cJSON *each_row(const struct kql_stage *stage, cJSON *rows, int64_t now_ms,
		       row_fn fn)
{
	cJSON *out = cJSON_CreateArray(), *row;
	struct arena arena;
	struct kql_eval e = {.arena = &arena, .now_ms = now_ms};
	size_t n = 0;

	arena_init(&arena);
	while ((row = cJSON_DetachItemFromArray(rows, 0))) {
		e.row = row;
		fn(stage, &e, row, out);
		if (++n % SCRATCH_EVERY == 0)
			arena_reset(&arena);
	}
	arena_fini(&arena);
	cJSON_Delete(rows);
	return out;
}

struct sorted {
	cJSON *row;
	size_t at; /* where it was: equal rows keep their order */
	const struct kql_stage *stage;
	struct kql_value keys[KQL_MAX_ARGS];
};

static int compare_sorted(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;

	for (size_t i = 0; i < a->stage->n_terms; i++) {
		int order = kql_order(a->keys[i], b->keys[i]);

		if (order)
			return a->stage->terms[i].is_ascending ? order : -order;
	}
	return (a->at > b->at) - (a->at < b->at);
}

static cJSON *order(const struct kql_stage *stage, cJSON *rows, int64_t now_ms)
{
	size_t n = (size_t)cJSON_GetArraySize(rows);
	struct sorted *all = xcalloc(n + 1, sizeof(*all));
	struct arena arena;
	struct kql_eval e = {.arena = &arena, .now_ms = now_ms};

	arena_init(&arena);
	for (size_t i = 0; i < n; i++) {
		all[i] = (struct sorted){.row = cJSON_DetachItemFromArray(rows, 0),
					 .at = i,
					 .stage = stage};
		e.row = all[i].row;
		for (size_t k = 0; k < stage->n_terms; k++)
			all[i].keys[k] = kql_eval(&e, stage->terms[k].expr);
	}
	qsort(all, n, sizeof(*all), compare_sorted);
	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(rows, all[i].row);
	arena_fini(&arena);
	free(all);
	return rows;
}

static cJSON *take(const struct kql_stage *stage, cJSON *rows, int64_t now_ms)
{
	cJSON *out = cJSON_CreateArray(), *row;

	if (stage->n_terms)
		rows = order(stage, rows, now_ms);
	for (size_t i = 0; i < stage->take; i++) {
		row = cJSON_DetachItemFromArray(rows, 0);
		if (!row)
			break;
		cJSON_AddItemToArray(out, row);
	}
	cJSON_Delete(rows);
	return out;
}

static cJSON *count_all(cJSON *rows)
{
	cJSON *out = cJSON_CreateArray(), *row = cJSON_CreateObject();

	cJSON_AddNumberToObject(row, "Count", cJSON_GetArraySize(rows));
	cJSON_AddItemToArray(out, row);
	cJSON_Delete(rows);
	return out;
}

static cJSON *run_stage(const struct kql_stage *stage, cJSON *rows, int64_t now_ms)
{
	switch (stage->verb) {
	case KQL_WHERE:
		return each_row(stage, rows, now_ms, row_where);
	case KQL_EXTEND:
		return each_row(stage, rows, now_ms, row_extend);
	case KQL_PROJECT:
		return each_row(stage, rows, now_ms, row_project);
	case KQL_PROJECT_AWAY:
		return each_row(stage, rows, now_ms, row_project_away);
	case KQL_MV_EXPAND:
		return each_row(stage, rows, now_ms, row_expand);
	case KQL_ORDER:
		return order(stage, rows, now_ms);
	case KQL_TAKE:
		return take(stage, rows, now_ms);
	case KQL_COUNT:
		return count_all(rows);
	case KQL_DISTINCT:
	case KQL_SUMMARIZE:
		return kql_summarize(stage, rows, now_ms);
	}
	return rows;
}

cJSON *kql_run_from(const struct kql *q, size_t stage, cJSON *rows, int64_t now_ms)
{
	for (size_t i = stage; i < q->n_stages; i++)
		rows = run_stage(&q->stages[i], rows, now_ms);
	return rows;
}

cJSON *kql_run(const struct kql *q, cJSON *rows, int64_t now_ms)
{
	return kql_run_from(q, 0, rows, now_ms);
}
