/* Rows with the same keys become one, with a figure over all of them; distinct is
 * the same without figures. Groups stand in the order their first rows came in.
 * Thread: any (no state). */
#include <math.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "sim/kql/kql_tree.h"

struct tally {
	double n, sum, least, most;
	cJSON *first, *last; /* of texts; NULL: there was none. Of take_any, the first */
	struct map seen;     /* dcount */
	cJSON *list;	     /* make_list, make_set */
};

struct kql_aggregate {
	const char *name;
	size_t n_args;
	cJSON *(*result)(struct tally *t);
	bool is_distinct, is_list;
};

static cJSON *number_or_null(double value, double n)
{
	return n > 0 ? cJSON_CreateNumber(value) : cJSON_CreateNull();
}

static cJSON *result_count(struct tally *t)
{
	return cJSON_CreateNumber(t->n);
}

static cJSON *result_sum(struct tally *t)
{
	return cJSON_CreateNumber(t->sum);
}

static cJSON *result_avg(struct tally *t)
{
	return number_or_null(t->n > 0 ? t->sum / t->n : 0, t->n);
}

static cJSON *taken(cJSON **text)
{
	cJSON *it = *text;

	*text = NULL;
	return it;
}

/* Moments are texts of one form here: their order is that of time. */
static cJSON *result_min(struct tally *t)
{
	return t->first ? taken(&t->first) : number_or_null(t->least, t->n);
}

static cJSON *result_max(struct tally *t)
{
	return t->last ? taken(&t->last) : number_or_null(t->most, t->n);
}

static cJSON *result_any(struct tally *t)
{
	return t->first ? taken(&t->first) : cJSON_CreateNull();
}

static cJSON *result_dcount(struct tally *t)
{
	return cJSON_CreateNumber((double)t->seen.n);
}

static cJSON *result_list(struct tally *t)
{
	cJSON *list = t->list ? t->list : cJSON_CreateArray();

	t->list = NULL;
	return list;
}

static const struct kql_aggregate aggregates[] = {
	{"count", 0, result_count, false, false},
	{"countif", 1, result_count, false, false},
	{"sum", 1, result_sum, false, false},
	{"avg", 1, result_avg, false, false},
	{"min", 1, result_min, false, false},
	{"max", 1, result_max, false, false},
	{"take_any", 1, result_any, false, false},
	{"dcount", 1, result_dcount, true, false},
	{"make_list", 1, result_list, false, true},
	{"make_set", 1, result_list, true, true},
};

const struct kql_aggregate *kql_aggregate(struct str name, size_t n_args)
{
	for (size_t i = 0; i < COUNT(aggregates); i++)
		if (str_eq(name, str_from(aggregates[i].name)) &&
		    n_args == aggregates[i].n_args)
			return &aggregates[i];
	return NULL;
}

const char *kql_aggregate_name(const struct kql_aggregate *aggregate)
{
	return aggregate->name;
}

struct group {
	cJSON *row; /* its keys, by name */
	struct tally tallies[KQL_MAX_ARGS];
};

struct kql_groups {
	const struct kql_stage *stage;
	VEC(struct group *) all;
	struct map by_key;
	struct strbuf key; /* of the row that is looked at */
};

static void add_number(struct tally *t, double value, double times)
{
	t->least = t->n > 0 ? fmin(t->least, value) : value;
	t->most = t->n > 0 ? fmax(t->most, value) : value;
	t->sum += value * times;
	t->n += times;
}

/* Unless the one that is kept comes before it, or behind it. */
static void keep_text(cJSON **kept, struct kql_value v, bool is_least)
{
	int order = *kept ? str_cmp(v.text, str_from((*kept)->valuestring)) : 0;

	if (*kept && (is_least ? order >= 0 : order <= 0))
		return;
	cJSON_Delete(*kept);
	*kept = kql_to_json(v);
}

static void add_text(struct tally *t, const struct kql_aggregate *aggregate,
		     struct kql_value v)
{
	if (aggregate->result == result_min)
		keep_text(&t->first, v, true);
	else if (aggregate->result == result_max)
		keep_text(&t->last, v, false);
	else if (aggregate->result == result_any && !t->first)
		t->first = kql_to_json(v);
}

static void add_value(struct tally *t, const struct kql_aggregate *aggregate,
		      struct kql_eval *e, struct kql_value v, size_t times)
{
	if (aggregate->is_distinct && map_put(&t->seen, kql_to_text(e, v), t))
		return;
	if (aggregate->is_list) {
		if (!t->list)
			t->list = cJSON_CreateArray();
		for (size_t i = 0; i < (aggregate->is_distinct ? 1 : times); i++)
			cJSON_AddItemToArray(t->list, kql_to_json(v));
	} else if (v.type == KQL_NUMBER) {
		add_number(t, v.number, (double)times);
	} else if (v.type == KQL_TEXT) {
		add_text(t, aggregate, v);
	}
}

static void tally_row(const struct kql_stage *stage, struct group *g, struct kql_eval *e,
		      size_t times)
{
	for (size_t i = 0; i < stage->n_aggregates; i++) {
		const struct kql_term *term = &stage->terms[i];
		struct kql_value v = {.type = KQL_NULL};

		if (term->expr)
			v = kql_eval(e, term->expr);
		if (term->aggregate->result == result_count)
			g->tallies[i].n +=
				!term->expr || kql_is_true(v) ? (double)times : 0;
		else if (v.type != KQL_NULL)
			add_value(&g->tallies[i], term->aggregate, e, v, times);
	}
}

static struct group *new_group(struct kql_groups *groups, struct str key, cJSON *row)
{
	struct group *g = xcalloc(1, sizeof(*g));

	g->row = row;
	for (size_t i = 0; i < KQL_MAX_ARGS; i++)
		map_init(&g->tallies[i].seen);
	vec_push(&groups->all, g);
	map_put(&groups->by_key, key, g);
	return g;
}

/* The group a row belongs to: its keys as text tell it from others. */
static struct group *group_of(const struct kql_stage *stage, struct kql_groups *groups,
			      struct kql_eval *e)
{
	struct kql_value values[KQL_MAX_ARGS];
	size_t n = stage->n_terms - stage->n_aggregates;
	cJSON *keys;

	strbuf_reset(&groups->key);
	for (size_t i = 0; i < n; i++) {
		values[i] = kql_eval(e, stage->terms[stage->n_aggregates + i].expr);
		strbuf_printf(&groups->key, "%d:", (int)values[i].type);
		strbuf_put(&groups->key, kql_to_text(e, values[i]));
		strbuf_putc(&groups->key, '\n');
	}
	if (map_find(&groups->by_key, strbuf_str(&groups->key)))
		return map_find(&groups->by_key, strbuf_str(&groups->key));
	keys = cJSON_CreateObject();
	for (size_t i = 0; i < n; i++) {
		struct str name = stage->terms[stage->n_aggregates + i].name;

		cJSON_AddItemToObject(keys, arena_strdup(e->arena, name),
				      kql_to_json(values[i]));
	}
	return new_group(groups, strbuf_str(&groups->key), keys);
}

/* The keys, then the figures; what was made for it goes. */
static cJSON *finish_group(const struct kql_stage *stage, struct group *g,
			   struct arena *arena)
{
	cJSON *row = g->row;

	for (size_t i = 0; i < stage->n_aggregates; i++)
		cJSON_AddItemToObject(row, arena_strdup(arena, stage->terms[i].name),
				      stage->terms[i].aggregate->result(&g->tallies[i]));
	for (size_t i = 0; i < KQL_MAX_ARGS; i++) {
		map_fini(&g->tallies[i].seen);
		cJSON_Delete(g->tallies[i].first);
		cJSON_Delete(g->tallies[i].last);
	}
	free(g);
	return row;
}

struct kql_groups *kql_groups_new(const struct kql_stage *stage)
{
	struct kql_groups *groups = xcalloc(1, sizeof(*groups));

	groups->stage = stage;
	map_init(&groups->by_key);
	strbuf_init(&groups->key, 1 << 20);
	/* Without keys there is one group, of no rows too. */
	if (stage->n_aggregates == stage->n_terms)
		new_group(groups, STR(""), cJSON_CreateObject());
	return groups;
}

void kql_groups_add(struct kql_groups *groups, struct kql_eval *e, size_t times)
{
	tally_row(groups->stage, group_of(groups->stage, groups, e), e, times);
}

cJSON *kql_groups_finish(struct kql_groups *groups)
{
	cJSON *out = cJSON_CreateArray();
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < groups->all.n; i++)
		cJSON_AddItemToArray(out, finish_group(groups->stage, groups->all.p[i],
						       &arena));
	vec_fini(&groups->all);
	map_fini(&groups->by_key);
	strbuf_fini(&groups->key);
	free(groups);
	arena_fini(&arena);
	return out;
}

cJSON *kql_summarize(const struct kql_stage *stage, cJSON *rows, int64_t now_ms)
{
	struct kql_groups *groups = kql_groups_new(stage);
	struct arena arena;
	struct kql_eval e = {.arena = &arena, .now_ms = now_ms};

	arena_init(&arena);
	cJSON_ArrayForEach (e.row, rows) {
		kql_groups_add(groups, &e, 1);
		arena_reset(&arena);
	}
	arena_fini(&arena);
	cJSON_Delete(rows);
	return kql_groups_finish(groups);
}
