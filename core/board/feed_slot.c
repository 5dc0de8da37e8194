/* See feed_slot.h. */
#include "board/feed_slot.h"

#include "board/feed.h"

#include <stdlib.h>

#include "base/json.h"

enum { MOST_ITEMS = 5000, NODES_AN_ITEM = 64 };

void slot_reset(struct slot *s, struct answers *answers)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (s->answers.p[i] != &s->unasked)
			answers_put(answers, s->answers.p[i], s->owner);
	}
	vec_fini(&s->answers);
	cJSON_Delete(s->items);
	*s = (struct slot){.owner = s->owner};
}

void slot_add(struct slot *s, struct got_answer *answer)
{
	vec_push(&s->answers, answer);
}

void slot_add_failure(struct slot *s, const struct err *err)
{
	if (!s->unasked.is_done)
		s->unasked = (struct got_answer){.is_done = true, .err = *err};
	vec_push(&s->answers, &s->unasked);
}

bool slot_items(struct slot *s, const struct request_def *r, const cJSON *root,
		int64_t now_ms, struct err *err)
{
	struct query_env env = {.now_ms = now_ms};
	struct query_value value;
	struct query_error qe;
	struct arena arena;
	bool ok;

	arena_init(&arena);
	env.arena = &arena;
	ok = query_eval(r->for_each_query, root, &env, &value, &qe);
	if (!ok)
		err_set(err, ERR_CONFIG, "for_each: %s: %s", query_error_name(qe.class),
			qe.text);
	else if (value.type == QUERY_NULL)
		s->items = cJSON_CreateArray();
	else if (value.type != QUERY_ARRAY)
		ok = err_set(err, ERR_CONFIG, "for_each gives no list");
	else if (query_array_size(&value) > MOST_ITEMS)
		ok = err_set(err, ERR_TOO_LARGE,
			     "for_each gives %zu items; at most %d are asked",
			     query_array_size(&value), MOST_ITEMS);
	else
		s->items = query_to_json(&value);
	arena_fini(&arena);
	return ok;
}

void slot_give_up(struct slot *s, const struct err *err)
{
	s->given_up = *err;
}

bool slot_is_answered(const struct slot *s)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (!s->answers.p[i]->is_done)
			return false;
	}
	return true;
}

/* cJSON's references share the children and are deleted alone. */
static void add_reference(cJSON *object, const char *name, cJSON *value)
{
	if (value)
		cJSON_AddItemReferenceToObject(object, name, value);
	else
		cJSON_AddNullToObject(object, name);
}

void slot_put_into(const struct slot *s, const char *name, cJSON *root)
{
	cJSON *list, *item;
	size_t i = 0;

	if (!s->items) {
		add_reference(root, name, s->answers.n ? s->answers.p[0]->json : NULL);
		return;
	}
	list = cJSON_AddArrayToObject(root, name);
	cJSON_ArrayForEach (item, s->items) {
		cJSON *pair;

		/* Failed calls leave no pair: rows come from what is there. */
		if (i >= s->answers.n || !s->answers.p[i++]->json)
			continue;
		pair = cJSON_CreateObject();
		add_reference(pair, "item", item);
		add_reference(pair, "answer", s->answers.p[i - 1]->json);
		cJSON_AddNumberToObject(pair, "known",
					(double)s->answers.p[i - 1]->fetched_ms);
		cJSON_AddItemToArray(list, pair);
	}
}

static bool first_error(const struct slot *s, struct err *err)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (s->answers.p[i]->err.code != ERR_NONE) {
			*err = s->answers.p[i]->err;
			return true;
		}
	}
	return false;
}

bool slot_has_failed(const struct slot *s, struct err *err)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (s->answers.p[i]->json || s->answers.p[i]->err.code == ERR_NONE)
			return false;
	}
	return first_error(s, err);
}

bool slot_is_absent(const struct slot *s)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (s->answers.p[i]->json || s->answers.p[i]->err.http_status != 404)
			return false;
	}
	return s->answers.n > 0;
}

bool slot_problem(const struct slot *s, struct err *err)
{
	if (s->given_up.code == ERR_NONE)
		return first_error(s, err);
	*err = s->given_up;
	return true;
}

bool slot_is_filling(const struct slot *s)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (s->answers.p[i]->is_filling)
			return true;
	}
	return false;
}

void slot_age(const struct slot *s, int64_t *oldest_ms)
{
	for (size_t i = 0; i < s->answers.n; i++) {
		if (s->answers.p[i]->json && s->answers.p[i]->fetched_ms < *oldest_ms)
			*oldest_ms = s->answers.p[i]->fetched_ms;
	}
}

void slot_count(const struct slot *s, const struct request_def *r, int64_t now_ms,
		struct feed_stat *stat)
{
	stat->is_absent = r->absent && slot_is_absent(s);
	stat->calls = s->answers.n;
	stat->failed = 0;
	stat->asked_ms = now_ms;
	stat->elapsed_ms = 0;
	stat->throttle_left = -1;
	for (size_t i = 0; i < s->answers.n; i++) {
		const struct got_answer *a = s->answers.p[i];

		stat->failed += !stat->is_absent && a->err.code != ERR_NONE;
		if (a->elapsed_ms > stat->elapsed_ms)
			stat->elapsed_ms = a->elapsed_ms;
		if (a->throttle_left >= 0 &&
		    (stat->throttle_left < 0 || a->throttle_left < stat->throttle_left))
			stat->throttle_left = a->throttle_left;
	}
	if (!stat->is_absent && slot_problem(s, &stat->err)) {
		stat->failures++;
	} else {
		err_clear(&stat->err);
		stat->failures = 0;
		stat->good_ms = now_ms;
	}
}

static size_t list_size(const cJSON *answer)
{
	const cJSON *list = json_member(answer, "value");

	if (!list)
		list = json_member(answer, "data");
	return list ? (size_t)cJSON_GetArraySize(list) : 1;
}

/* A few long series are as much work as many short items. */
size_t slot_size(const struct slot *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->answers.n; i++) {
		const struct got_answer *answer = s->answers.p[i];
		size_t items = list_size(answer->json);
		size_t weight = answer->nodes / NODES_AN_ITEM;

		n += items > weight ? items : weight;
	}
	return n;
}

bool slot_fails_board(const struct slot *s, const struct request_def *r, struct err *err)
{
	return !r->is_optional && !(r->absent && slot_is_absent(s)) &&
	       slot_has_failed(s, err);
}

bool slots_meet(const struct slot *slots, const struct board_def *def, size_t i)
{
	for (size_t k = 0; k < def->n_requests; k++) {
		if ((def->requests[i].needs >> k & 1) && !slots[k].is_complete)
			return false;
	}
	return true;
}
