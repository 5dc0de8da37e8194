/* See config_actions.h. */
#include "config/config_actions.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "config/config.h"

enum { MOST = 200, LEAST_LIFETIME_MS = 60 * 1000, MOST_LIFETIME_MS = 24 * 3600 * 1000 };

const struct config_actions config_actions_default = {.lifetime_ms = 30 * MINUTE_MS};

struct reader {
	struct config *config;
	struct err *err;
	char path[200];
	size_t n;
};

static size_t enter(struct reader *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The result is for leave. */
static size_t enter(struct reader *r, const char *fmt, ...)
{
	size_t mark = r->n;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(r->path + r->n, sizeof(r->path) - r->n, fmt, args);
	va_end(args);
	r->n = n < 0 ? r->n : strlen(r->path);
	return mark;
}

static void leave(struct reader *r, size_t mark)
{
	r->path[mark] = '\0';
	r->n = mark;
}

static bool fail(struct reader *r, const char *what)
{
	return config_fail(r->config, r->path, what, r->err);
}

static bool fail_at(struct reader *r, const char *key, const char *what)
{
	enter(r, ".%s", key);
	return fail(r, what);
}

static void *room_for(struct reader *r, const cJSON *list, size_t size)
{
	return arena_calloc(&r->config->arena, (size_t)cJSON_GetArraySize(list) + 1,
			    size);
}

static const char *copy(struct reader *r, const char *text)
{
	return arena_strdup(&r->config->arena, str_from(text));
}

/* Every member is one of these words, each once. */
static bool has_only(struct reader *r, const cJSON *object, const char *const *keys)
{
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return fail(r, "must be an object");
	cJSON_ArrayForEach (item, object) {
		size_t k = 0;

		while (keys[k] && strcmp(keys[k], item->string) != 0)
			k++;
		if (!keys[k])
			return fail_at(r, item->string, "there is no such key");
		if (json_member(object, item->string) != item)
			return fail_at(r, item->string, "stands there twice");
	}
	return true;
}

static bool read_text(struct reader *r, const cJSON *object, const char *key,
		      bool is_needed, const char **out)
{
	const cJSON *item = json_member(object, key);

	if (!item && !is_needed)
		return true;
	if (!cJSON_IsString(item) || !item->valuestring[0])
		return fail_at(r, key, "must be a text");
	*out = copy(r, item->valuestring);
	return true;
}

static bool read_bool(struct reader *r, const cJSON *object, const char *key, bool *out)
{
	const cJSON *item = json_member(object, key);

	if (item && !cJSON_IsBool(item))
		return fail_at(r, key, "must be true or false");
	*out = cJSON_IsTrue(item);
	return true;
}

/* A text, or a list of them. */
static bool read_texts(struct reader *r, const cJSON *object, const char *key,
		       const char *const **out, size_t *n)
{
	const cJSON *item = json_member(object, key), *at;
	const char **texts;

	if (!item)
		return true;
	if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) > MOST)
		return fail_at(r, key, "must be a list of at most 200 texts");
	texts = room_for(r, item, sizeof(*texts));
	cJSON_ArrayForEach (at, item) {
		if (!cJSON_IsString(at) || !at->valuestring[0])
			return fail_at(r, key, "must be a list of texts");
		texts[(*n)++] = copy(r, at->valuestring);
	}
	*out = texts;
	return true;
}

static bool read_people(struct reader *r, const cJSON *map)
{
	struct config_person *people;
	const cJSON *at;

	if (!map)
		return true;
	if (!cJSON_IsObject(map) || cJSON_GetArraySize(map) > MOST)
		return fail_at(r, "people", "must be an object: keys by name");
	people = room_for(r, map, sizeof(*people));
	r->config->actions.people = people;
	cJSON_ArrayForEach (at, map) {
		if (!cJSON_IsString(at) || !at->valuestring[0] || !at->string[0])
			return fail_at(r, "people", "must hold a public key each");
		people[r->config->actions.n_people++] =
			(struct config_person){.name = copy(r, at->string),
					       .key = copy(r, at->valuestring)};
	}
	return true;
}

static bool read_limit(struct reader *r, const cJSON *at, struct config_limit *limit)
{
	static const char *const keys[] = {"least", "most", NULL};
	const cJSON *least, *most;

	limit->input = copy(r, at->string);
	if (cJSON_IsArray(at)) /* read above, by its name */
		return true;
	if (!has_only(r, at, keys))
		return false;
	least = json_member(at, "least");
	most = json_member(at, "most");
	limit->least = cJSON_IsNumber(least) ? least->valuedouble : -INFINITY;
	limit->most = cJSON_IsNumber(most) ? most->valuedouble : INFINITY;
	if ((least && !cJSON_IsNumber(least)) || (most && !cJSON_IsNumber(most)))
		return fail(r, "must hold numbers");
	return true;
}

static bool read_limits(struct reader *r, const cJSON *rule,
			struct config_action_rule *out)
{
	const cJSON *map = json_member(rule, "limits"), *at;
	struct config_limit *limits;
	size_t mark;

	if (!map)
		return true;
	mark = enter(r, ".limits");
	if (!cJSON_IsObject(map) || cJSON_GetArraySize(map) > MOST)
		return fail(r, "must be an object: by input");
	out->limits = limits = room_for(r, map, sizeof(*limits));
	cJSON_ArrayForEach (at, map) {
		struct config_limit *limit = &limits[out->n_limits++];
		size_t inner;

		if (cJSON_IsArray(at) &&
		    !read_texts(r, map, at->string, &limit->values, &limit->n_values))
			return false;
		inner = enter(r, ".%s", at->string);
		if (!read_limit(r, at, limit))
			return false;
		leave(r, inner);
	}
	leave(r, mark);
	return true;
}

static bool read_rule(struct reader *r, const cJSON *at, struct config_action_rule *rule)
{
	static const char *const keys[] = {"actions", "targets", "deny",
					   "why",     "people",	 "window",
					   "second",  "limits",	 NULL};

	return has_only(r, at, keys) &&
	       read_texts(r, at, "actions", &rule->actions, &rule->n_actions) &&
	       read_texts(r, at, "targets", &rule->targets, &rule->n_targets) &&
	       read_bool(r, at, "deny", &rule->is_denied) &&
	       read_text(r, at, "why", false, &rule->why) &&
	       read_texts(r, at, "people", &rule->people, &rule->n_people) &&
	       read_text(r, at, "window", false, &rule->window) &&
	       read_bool(r, at, "second", &rule->needs_second) &&
	       read_limits(r, at, rule);
}

static bool read_day(struct reader *r, const cJSON *object, const char *key, int64_t *out)
{
	const char *text = json_text(object, key);

	if (text && strlen(text) == 10 && time_parse(str_from(text), out))
		return true;
	return fail_at(r, key, "must be a day: 2026-12-24");
}

static bool read_freeze(struct reader *r, const cJSON *at, struct config_freeze *freeze)
{
	static const char *const keys[] = {"from", "to", "why", "except", NULL};

	if (!has_only(r, at, keys) || !read_day(r, at, "from", &freeze->from_ms) ||
	    !read_day(r, at, "to", &freeze->to_ms) ||
	    !read_text(r, at, "why", true, &freeze->why) ||
	    !read_texts(r, at, "except", &freeze->except, &freeze->n_except))
		return false;
	freeze->to_ms += 24 * HOUR_MS;
	return freeze->to_ms > freeze->from_ms || fail_at(r, "to", "is before it begins");
}

static bool is_list(struct reader *r, const cJSON *list, const char *key)
{
	return !list || (cJSON_IsArray(list) && cJSON_GetArraySize(list) <= MOST) ||
	       fail_at(r, key, "must be a list of at most 200");
}

static bool read_rules(struct reader *r, const cJSON *list)
{
	struct config_actions *out = &r->config->actions;
	struct config_action_rule *rules;
	const cJSON *at;

	if (!is_list(r, list, "rules"))
		return false;
	out->rules = rules = room_for(r, list, sizeof(*rules));
	cJSON_ArrayForEach (at, list) {
		size_t mark = enter(r, ".rules[%zu]", out->n_rules);

		if (!read_rule(r, at, &rules[out->n_rules++]))
			return false;
		leave(r, mark);
	}
	return true;
}

static bool read_freezes(struct reader *r, const cJSON *list)
{
	struct config_actions *out = &r->config->actions;
	struct config_freeze *freezes;
	const cJSON *at;

	if (!is_list(r, list, "freezes"))
		return false;
	out->freezes = freezes = room_for(r, list, sizeof(*freezes));
	cJSON_ArrayForEach (at, list) {
		size_t mark = enter(r, ".freezes[%zu]", out->n_freezes);

		if (!read_freeze(r, at, &freezes[out->n_freezes++]))
			return false;
		leave(r, mark);
	}
	return true;
}

static bool read_lifetime(struct reader *r, const cJSON *object)
{
	const char *text = json_text(object, "expires");

	if (!json_member(object, "expires"))
		return true;
	if (!text || !span_parse(str_from(text), &r->config->actions.lifetime_ms) ||
	    r->config->actions.lifetime_ms < LEAST_LIFETIME_MS ||
	    r->config->actions.lifetime_ms > MOST_LIFETIME_MS)
		return fail_at(r, "expires", "must be a time from 1m to 24h: \"30m\"");
	return true;
}

bool config_read_actions(struct config *config, const cJSON *object, struct err *err)
{
	static const char *const keys[] = {"off",   "expires", "people",
					   "rules", "freezes", NULL};
	struct reader r = {.config = config, .err = err};

	enter(&r, "actions");
	return has_only(&r, object, keys) &&
	       read_bool(&r, object, "off", &config->actions.is_off) &&
	       read_lifetime(&r, object) &&
	       read_people(&r, json_member(object, "people")) &&
	       read_rules(&r, json_member(object, "rules")) &&
	       read_freezes(&r, json_member(object, "freezes"));
}
