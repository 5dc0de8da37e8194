/* "workloads" of the configuration. What was promised of a workload is optional, all of
 * it: a promise that nobody made is not held against anything. Thread: any. */
#include <stddef.h>
#include <string.h>

#include "base/timefmt.h"
#include "config/config_reader.h"

#define LONGEST_MS (366 * DAY_MS)
#define WINDOW_MS  (30 * DAY_MS) /* as far back as figures are asked for */

static bool read_tags(struct config_reader *r, const struct config_key *key,
		      const cJSON *object, void *out)
{
	struct workload *workload = out;
	struct workload_tag *tags;
	const cJSON *item;

	(void)key;
	if (!cJSON_IsObject(object))
		return config_mistake(r, "must be an object");
	workload->tags = tags = config_room(r, object, sizeof(*tags));
	cJSON_ArrayForEach (item, object) {
		if (!cJSON_IsString(item))
			return config_mistake(r, "must be texts by name");
		tags[workload->n_tags++] =
			(struct workload_tag){config_copy(r, item->string),
					      config_copy(r, item->valuestring)};
	}
	return true;
}

static bool read_regions(struct config_reader *r, const struct config_key *key,
			 const cJSON *list, void *out)
{
	const cJSON *home = cJSON_GetArrayItem(list, 0), *pair = home ? home->next : NULL;
	struct workload *workload = out;

	(void)key;
	if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) != 2 ||
	    !cJSON_IsString(home) || !cJSON_IsString(pair) || !home->valuestring[0] ||
	    !pair->valuestring[0])
		return config_mistake(
			r, "must be two regions: where it runs, and where it can");
	if (strcmp(home->valuestring, pair->valuestring) == 0)
		return config_mistake(r, "must be two different regions");
	workload->home = config_copy(r, home->valuestring);
	workload->pair = config_copy(r, pair->valuestring);
	return true;
}

/* All of 100 % would leave no budget to count. */
static bool read_slo(struct config_reader *r, const struct config_key *key,
		     const cJSON *item, void *out)
{
	(void)key;
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 50) ||
	    !(item->valuedouble < 100))
		return config_mistake(r, "must be percent, from 50 to below 100");
	((struct workload *)out)->slo = item->valuedouble;
	return true;
}

static bool read_span(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out)
{
	int64_t ms;

	if (!cJSON_IsString(item) || !span_parse(str_from(item->valuestring), &ms))
		return config_mistake(r,
				      "must be a time span such as 90s, 15m, 4h or 90d");
	if (ms < key->least || ms > key->most)
		return config_mistake(r, key->most == WINDOW_MS
						 ? "must be from 1d to 30d"
						 : "must be from 1s to 366d");
	memcpy((char *)out + key->field, &ms, sizeof(ms));
	return true;
}

#define SPAN(member, from, to)                                                           \
	.name = #member, .read = read_span, CONFIG_AT(workload, member##_ms),            \
	.least = (from), .most = (to)

static const struct config_key keys[] = {
	{.name = "name",
	 .read = config_read_text,
	 CONFIG_AT(workload, name),
	 .is_required = true,
	 .least = 1},
	{CONFIG_TEXTS(workload, groups)},
	{.name = "tags", .read = read_tags},
	{CONFIG_TEXTS(workload, words)},
	{.name = "slo", .read = read_slo},
	{SPAN(window, DAY_MS, WINDOW_MS)},
	{SPAN(rto, 1000, LONGEST_MS)},
	{SPAN(rpo, 1000, LONGEST_MS)},
	{SPAN(drill_every, 1000, LONGEST_MS)},
	{.name = "regions", .read = read_regions},
	{CONFIG_TEXTS(workload, recover)},
	{0},
};

static bool is_taken(const struct config *c, const char *name)
{
	for (size_t i = 0; i < c->n_workloads; i++) {
		if (str_eq_nocase(str_from(c->workloads[i].name), str_from(name)))
			return true;
	}
	return false;
}

bool config_read_workloads(struct config_reader *r, const struct config_key *key,
			   const cJSON *list, void *out)
{
	struct config *c = out;
	const cJSON *item;

	(void)key;
	if (!cJSON_IsArray(list))
		return config_mistake(r, "must be a list");
	c->workloads = config_room(r, list, sizeof(*c->workloads));
	cJSON_ArrayForEach (item, list) {
		struct workload *workload = &c->workloads[c->n_workloads];
		size_t mark = config_enter_item(r, c->n_workloads);

		if (!config_read_keys(r, keys, item, "there is no such key of a workload",
				      workload))
			return false;
		if (is_taken(c, workload->name))
			return config_mistake_at(r, "name",
						 "another workload has this name");
		c->n_workloads++;
		config_leave(r, mark);
	}
	return true;
}
