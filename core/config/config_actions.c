/* See config_actions.h. */
#include "config/config_actions.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "config/config_reader.h"

enum { MOST = 200 };

const struct config_actions config_actions_default = {.lifetime_ms = 30 * MINUTE_MS,
						      .keep_days = 90,
						      .keep_changes = 512};

static bool read_people(struct config_reader *r, const struct config_key *key,
			const cJSON *map, void *out)
{
	struct config_actions *actions = out;
	struct config_person *people;
	const cJSON *at;

	(void)key;
	if (!cJSON_IsObject(map) || cJSON_GetArraySize(map) > MOST)
		return config_mistake(r, "must be an object: keys by name");
	actions->people = people = config_room(r, map, sizeof(*people));
	cJSON_ArrayForEach (at, map) {
		if (!cJSON_IsString(at) || !at->valuestring[0] || !at->string[0])
			return config_mistake(r, "must hold a public key each");
		people[actions->n_people++] =
			(struct config_person){.name = config_copy(r, at->string),
					       .key = config_copy(r, at->valuestring)};
	}
	return true;
}

static bool read_range(struct config_reader *r, const cJSON *at,
		       struct config_limit *limit)
{
	static const struct config_key keys[] = {{.name = "least"},
						 {.name = "most"},
						 {0}};
	const cJSON *least = json_member(at, "least"), *most = json_member(at, "most");

	if (!config_read_keys(r, keys, at, CONFIG_NO_SUCH_KEY, limit))
		return false;
	limit->least = cJSON_IsNumber(least) ? least->valuedouble : -INFINITY;
	limit->most = cJSON_IsNumber(most) ? most->valuedouble : INFINITY;
	if ((least && !cJSON_IsNumber(least)) || (most && !cJSON_IsNumber(most)))
		return config_mistake(r, "must hold numbers");
	return true;
}

static bool read_limits(struct config_reader *r, const struct config_key *key,
			const cJSON *map, void *out)
{
	static const struct config_key values = {CONFIG_TEXTS(config_limit, values)};
	struct config_action_rule *rule = out;
	struct config_limit *limits;
	const cJSON *at;

	(void)key;
	if (!cJSON_IsObject(map) || cJSON_GetArraySize(map) > MOST)
		return config_mistake(r, "must be an object: by input");
	rule->limits = limits = config_room(r, map, sizeof(*limits));
	cJSON_ArrayForEach (at, map) {
		struct config_limit *limit = &limits[rule->n_limits++];
		size_t mark = config_enter(r, at->string);

		limit->input = config_copy(r, at->string);
		if (cJSON_IsArray(at) ? !config_read_texts(r, &values, at, limit)
				      : !read_range(r, at, limit))
			return false;
		config_leave(r, mark);
	}
	return true;
}

static const struct config_key rule_keys[] = {
	{CONFIG_TEXTS(config_action_rule, actions)},
	{CONFIG_TEXTS(config_action_rule, targets)},
	{.name = "deny",
	 .read = config_read_bool,
	 CONFIG_AT(config_action_rule, is_denied)},
	{.name = "why",
	 .read = config_read_text,
	 CONFIG_AT(config_action_rule, why),
	 .least = 1},
	{CONFIG_TEXTS(config_action_rule, people)},
	{.name = "window",
	 .read = config_read_text,
	 CONFIG_AT(config_action_rule, window),
	 .least = 1},
	{.name = "second",
	 .read = config_read_bool,
	 CONFIG_AT(config_action_rule, needs_second)},
	{.name = "limits", .read = read_limits},
	{0},
};

static bool read_rules(struct config_reader *r, const struct config_key *key,
		       const cJSON *list, void *out)
{
	struct config_actions *actions = out;
	struct config_action_rule *rules;
	const cJSON *at;

	(void)key;
	if (!config_is_list(r, list, MOST))
		return false;
	actions->rules = rules = config_room(r, list, sizeof(*rules));
	cJSON_ArrayForEach (at, list) {
		size_t mark = config_enter_item(r, actions->n_rules);

		if (!config_read_keys(r, rule_keys, at, CONFIG_NO_SUCH_KEY,
				      &rules[actions->n_rules++]))
			return false;
		config_leave(r, mark);
	}
	return true;
}

#define A_DAY "must be a day: 2026-12-24"

static bool read_day(struct config_reader *r, const struct config_key *key,
		     const cJSON *item, void *out)
{
	int64_t ms;

	if (!cJSON_IsString(item) || strlen(item->valuestring) != 10 ||
	    !time_parse(str_from(item->valuestring), &ms))
		return config_mistake(r, A_DAY);
	memcpy((char *)out + key->field, &ms, sizeof(ms));
	return true;
}

static const struct config_key freeze_keys[] = {
	{.name = "from", .read = read_day, CONFIG_AT(config_freeze, from_ms)},
	{.name = "to", .read = read_day, CONFIG_AT(config_freeze, to_ms)},
	{.name = "why",
	 .read = config_read_text,
	 CONFIG_AT(config_freeze, why),
	 .least = 1},
	{CONFIG_TEXTS(config_freeze, except)},
	{0},
};

static bool read_freeze(struct config_reader *r, const cJSON *at,
			struct config_freeze *freeze)
{
	if (!config_read_keys(r, freeze_keys, at, CONFIG_NO_SUCH_KEY, freeze))
		return false;
	if (!json_member(at, "from"))
		return config_mistake_at(r, "from", A_DAY);
	if (!json_member(at, "to"))
		return config_mistake_at(r, "to", A_DAY);
	if (!freeze->why)
		return config_mistake_at(r, "why", "must be a text");
	freeze->to_ms += 24 * HOUR_MS;
	return freeze->to_ms > freeze->from_ms ||
	       config_mistake_at(r, "to", "is before it begins");
}

static bool read_freezes(struct config_reader *r, const struct config_key *key,
			 const cJSON *list, void *out)
{
	struct config_actions *actions = out;
	struct config_freeze *freezes;
	const cJSON *at;

	(void)key;
	if (!config_is_list(r, list, MOST))
		return false;
	actions->freezes = freezes = config_room(r, list, sizeof(*freezes));
	cJSON_ArrayForEach (at, list) {
		size_t mark = config_enter_item(r, actions->n_freezes);

		if (!read_freeze(r, at, &freezes[actions->n_freezes++]))
			return false;
		config_leave(r, mark);
	}
	return true;
}

static bool read_lifetime(struct config_reader *r, const struct config_key *key,
			  const cJSON *item, void *out)
{
	int64_t ms;

	if (!cJSON_IsString(item) || !span_parse(str_from(item->valuestring), &ms) ||
	    ms < key->least || ms > key->most)
		return config_mistake(r, "must be a time from 1m to 24h: \"30m\"");
	((struct config_actions *)out)->lifetime_ms = ms;
	return true;
}

static const struct config_key keys[] = {
	{.name = "off", .read = config_read_bool, CONFIG_AT(config_actions, is_off)},
	{.name = "expires",
	 .read = read_lifetime,
	 .least = MINUTE_MS,
	 .most = 24 * HOUR_MS},
	{.name = "keep_days",
	 .read = config_read_count,
	 CONFIG_AT(config_actions, keep_days)},
	{.name = "keep_changes",
	 .read = config_read_count,
	 CONFIG_AT(config_actions, keep_changes)},
	{.name = "people", .read = read_people},
	{.name = "rules", .read = read_rules},
	{.name = "freezes", .read = read_freezes},
	{0},
};

bool config_read_actions(struct config_reader *r, const struct config_key *key,
			 const cJSON *object, void *out)
{
	(void)key;
	return config_read_keys(r, keys, object, CONFIG_NO_SUCH_KEY,
				&((struct config *)out)->actions);
}
