/* See config_workload.h. What was promised of a workload is optional, all of it: a
 * promise that nobody made is not held against anything. Thread: any (no state). */
#include "config/config_workload.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"

#define LONGEST_MS (366 * DAY_MS)
#define WINDOW_MS  (30 * DAY_MS) /* as far back as figures are asked for */

struct reader {
	struct config *config;
	struct workload *out;
	struct err *err;
	char at[48]; /* "workloads[0]" */
};

struct key;
typedef bool (*key_fn)(struct reader *r, const struct key *key, const cJSON *item);

struct key {
	const char *name;
	key_fn read;
	size_t field, count; /* where it goes; of a list, also how many */
	int64_t least_ms, most_ms;
};

static bool fail_at(struct reader *r, const char *key, const char *what)
{
	char path[160];

	snprintf(path, sizeof(path), "%s%s%s", r->at, key ? "." : "", key ? key : "");
	return config_fail(r->config, path, what, r->err);
}

static const char *copy(struct reader *r, const char *text)
{
	return arena_strdup(&r->config->arena, str_from(text));
}

static void *field_of(struct reader *r, size_t offset)
{
	return (char *)r->out + offset;
}

static bool read_name(struct reader *r, const struct key *key, const cJSON *item)
{
	if (!cJSON_IsString(item) || !item->valuestring[0])
		return fail_at(r, key->name, "must be a text");
	r->out->name = copy(r, item->valuestring);
	return true;
}

static bool read_texts(struct reader *r, const struct key *key, const cJSON *list)
{
	const char **texts;
	const cJSON *item;
	size_t n = 0;

	if (!cJSON_IsArray(list))
		return fail_at(r, key->name, "must be a list");
	texts = arena_calloc(&r->config->arena, (size_t)cJSON_GetArraySize(list) + 1,
			     sizeof(*texts));
	cJSON_ArrayForEach (item, list) {
		if (!cJSON_IsString(item) || !item->valuestring[0])
			return fail_at(r, key->name, "must be a list of texts");
		texts[n++] = copy(r, item->valuestring);
	}
	memcpy(field_of(r, key->field), &texts, sizeof(texts));
	memcpy(field_of(r, key->count), &n, sizeof(n));
	return true;
}

static bool read_tags(struct reader *r, const struct key *key, const cJSON *object)
{
	struct workload_tag *tags;
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return fail_at(r, key->name, "must be an object");
	tags = arena_calloc(&r->config->arena, (size_t)cJSON_GetArraySize(object) + 1,
			    sizeof(*tags));
	cJSON_ArrayForEach (item, object) {
		if (!cJSON_IsString(item))
			return fail_at(r, key->name, "must be texts by name");
		tags[r->out->n_tags++] =
			(struct workload_tag){copy(r, item->string),
					      copy(r, item->valuestring)};
	}
	r->out->tags = tags;
	return true;
}

static bool read_regions(struct reader *r, const struct key *key, const cJSON *list)
{
	const cJSON *home = cJSON_GetArrayItem(list, 0), *pair = home ? home->next : NULL;

	if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) != 2 ||
	    !cJSON_IsString(home) || !cJSON_IsString(pair) || !home->valuestring[0] ||
	    !pair->valuestring[0])
		return fail_at(r, key->name,
			       "must be two regions: where it runs, and where it can");
	if (strcmp(home->valuestring, pair->valuestring) == 0)
		return fail_at(r, key->name, "must be two different regions");
	r->out->home = copy(r, home->valuestring);
	r->out->pair = copy(r, pair->valuestring);
	return true;
}

/* All of 100 % would leave no budget to count. */
static bool read_slo(struct reader *r, const struct key *key, const cJSON *item)
{
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 50) ||
	    !(item->valuedouble < 100))
		return fail_at(r, key->name, "must be percent, from 50 to below 100");
	r->out->slo = item->valuedouble;
	return true;
}

static bool read_span(struct reader *r, const struct key *key, const cJSON *item)
{
	int64_t ms;

	if (!cJSON_IsString(item) || !span_parse(str_from(item->valuestring), &ms))
		return fail_at(r, key->name,
			       "must be a time span such as 90s, 15m, 4h or 90d");
	if (ms < key->least_ms || ms > key->most_ms)
		return fail_at(r, key->name,
			       key->most_ms == WINDOW_MS ? "must be from 1d to 30d"
							 : "must be from 1s to 366d");
	memcpy(field_of(r, key->field), &ms, sizeof(ms));
	return true;
}

#define AT(field) offsetof(struct workload, field)
static const struct key keys[] = {
	{.name = "name", .read = read_name},
	{.name = "groups",
	 .read = read_texts,
	 .field = AT(groups),
	 .count = AT(n_groups)},
	{.name = "tags", .read = read_tags},
	{.name = "words", .read = read_texts, .field = AT(words), .count = AT(n_words)},
	{.name = "slo", .read = read_slo},
	{.name = "window",
	 .read = read_span,
	 .field = AT(window_ms),
	 .least_ms = DAY_MS,
	 .most_ms = WINDOW_MS},
	{.name = "rto",
	 .read = read_span,
	 .field = AT(rto_ms),
	 .least_ms = 1000,
	 .most_ms = LONGEST_MS},
	{.name = "rpo",
	 .read = read_span,
	 .field = AT(rpo_ms),
	 .least_ms = 1000,
	 .most_ms = LONGEST_MS},
	{.name = "drill_every",
	 .read = read_span,
	 .field = AT(drill_every_ms),
	 .least_ms = 1000,
	 .most_ms = LONGEST_MS},
	{.name = "regions", .read = read_regions},
	{.name = "recover",
	 .read = read_texts,
	 .field = AT(recover),
	 .count = AT(n_recover)},
	{0},
};

static const struct key *find_key(const char *name)
{
	const struct key *key = keys;

	while (key->name && strcmp(key->name, name) != 0)
		key++;
	return key->name ? key : NULL;
}

static bool read_workload(struct reader *r, const cJSON *object)
{
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return fail_at(r, NULL, "must be an object");
	cJSON_ArrayForEach (item, object) {
		const struct key *key = find_key(item->string);

		if (!key)
			return fail_at(r, item->string,
				       "there is no such key of a workload");
		if (json_member(object, item->string) != item)
			return fail_at(r, item->string, "stands there twice");
		if (!key->read(r, key, item))
			return false;
	}
	if (!r->out->name)
		return fail_at(r, NULL, "\"name\" is missing");
	return true;
}

static bool is_taken(const struct config *c, const char *name)
{
	for (size_t i = 0; i < c->n_workloads; i++) {
		if (str_eq_nocase(str_from(c->workloads[i].name), str_from(name)))
			return true;
	}
	return false;
}

bool config_read_workloads(struct config *c, const cJSON *list, struct err *err)
{
	const cJSON *item;

	if (!cJSON_IsArray(list))
		return config_fail(c, "workloads", "must be a list", err);
	c->workloads = arena_calloc(&c->arena, (size_t)cJSON_GetArraySize(list) + 1,
				    sizeof(*c->workloads));
	cJSON_ArrayForEach (item, list) {
		struct reader r = {.config = c,
				   .out = &c->workloads[c->n_workloads],
				   .err = err};

		snprintf(r.at, sizeof(r.at), "workloads[%zu]", c->n_workloads);
		if (!read_workload(&r, item))
			return false;
		if (is_taken(c, r.out->name))
			return fail_at(&r, "name", "another workload has this name");
		c->n_workloads++;
	}
	return true;
}
