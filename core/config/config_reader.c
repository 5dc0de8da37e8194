/* See config_reader.h. */
#include "config/config_reader.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

enum { COUNT_MOST = 100000 };

static size_t enter(struct config_reader *r, int n)
{
	size_t mark = r->n;

	if (n > 0)
		r->n = strlen(r->path);
	return mark;
}

size_t config_enter(struct config_reader *r, const char *key)
{
	return enter(r, snprintf(r->path + r->n, sizeof(r->path) - r->n, "%s%s",
				 r->n ? "." : "", key));
}

size_t config_enter_item(struct config_reader *r, size_t i)
{
	return enter(r, snprintf(r->path + r->n, sizeof(r->path) - r->n, "[%zu]", i));
}

void config_leave(struct config_reader *r, size_t mark)
{
	r->path[mark] = '\0';
	r->n = mark;
}

bool config_mistake(struct config_reader *r, const char *what)
{
	return config_fail(r->config, r->path, what, r->err);
}

bool config_mistake_at(struct config_reader *r, const char *key, const char *what)
{
	config_enter(r, key);
	return config_mistake(r, what);
}

void *config_room(struct config_reader *r, const cJSON *list, size_t size)
{
	return arena_calloc(&r->config->arena, (size_t)cJSON_GetArraySize(list) + 1,
			    size);
}

const char *config_copy(struct config_reader *r, const char *text)
{
	return arena_strdup(&r->config->arena, str_from(text));
}

/* NULL when there is none. */
static const struct config_key *find_key(const struct config_key *keys, const char *name)
{
	while (keys->name && strcmp(keys->name, name) != 0)
		keys++;
	return keys->name ? keys : NULL;
}

static bool has_required(struct config_reader *r, const struct config_key *keys,
			 const cJSON *object)
{
	char what[80];

	for (const struct config_key *key = keys; key->name; key++) {
		if (!key->is_required || json_member(object, key->name))
			continue;
		snprintf(what, sizeof(what), "\"%s\" is missing", key->name);
		return config_mistake(r, what);
	}
	return true;
}

bool config_read_keys(struct config_reader *r, const struct config_key *keys,
		      const cJSON *object, const char *unknown, void *out)
{
	const cJSON *item;

	if (!cJSON_IsObject(object))
		return config_mistake(r, "must be an object");
	cJSON_ArrayForEach (item, object) {
		const struct config_key *key = find_key(keys, item->string);
		size_t mark = config_enter(r, item->string);

		if (!key && unknown)
			return config_mistake(r, unknown);
		if (json_member(object, item->string) != item)
			return config_mistake(r, "stands there twice");
		if (key && key->read && !key->read(r, key, item, out))
			return false;
		config_leave(r, mark);
	}
	return has_required(r, keys, object);
}

static void *field_of(void *out, size_t offset)
{
	return (char *)out + offset;
}

static bool is_one_of(struct config_reader *r, const char *const *words, const char *text)
{
	char what[160] = "must be one of:";

	for (const char *const *w = words; *w; w++) {
		size_t n = strlen(what);

		if (strcmp(*w, text) == 0)
			return true;
		snprintf(what + n, sizeof(what) - n, " %s", *w);
	}
	return config_mistake(r, what);
}

bool config_read_text(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out)
{
	const char *copy;
	char what[80];

	if (!cJSON_IsString(item))
		return config_mistake(r, "must be a text");
	if (!item->valuestring[0] && key->least > 0)
		return config_mistake(r, "must not be empty");
	snprintf(what, sizeof(what), "must be %lld bytes at most", (long long)key->most);
	if (key->most > 0 && strlen(item->valuestring) > (size_t)key->most)
		return config_mistake(r, what);
	if (key->words && !is_one_of(r, key->words, item->valuestring))
		return false;
	copy = config_copy(r, item->valuestring);
	memcpy(field_of(out, key->field), &copy, sizeof(copy));
	return true;
}

bool config_is_list(struct config_reader *r, const cJSON *list, int most)
{
	char what[60];

	snprintf(what, sizeof(what), "must be a list of at most %d", most);
	return (cJSON_IsArray(list) && cJSON_GetArraySize(list) <= most) ||
	       config_mistake(r, what);
}

bool config_read_texts(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out)
{
	const char **texts;
	const cJSON *at;
	size_t n = 0;

	if (!cJSON_IsArray(item))
		return config_mistake(r, "must be a list");
	texts = config_room(r, item, sizeof(*texts));
	cJSON_ArrayForEach (at, item) {
		if (!cJSON_IsString(at) || !at->valuestring[0])
			return config_mistake(r, "must be a list of texts");
		texts[n++] = config_copy(r, at->valuestring);
	}
	memcpy(field_of(out, key->field), &texts, sizeof(texts));
	memcpy(field_of(out, key->count), &n, sizeof(n));
	return true;
}

bool config_read_bool(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out)
{
	bool value = cJSON_IsTrue(item);

	if (!cJSON_IsBool(item))
		return config_mistake(r, "must be true or false");
	memcpy(field_of(out, key->field), &value, sizeof(value));
	return true;
}

bool config_read_count(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out)
{
	int value = item->valueint;

	if (!cJSON_IsNumber(item) || item->valuedouble != (double)value || value < 1 ||
	    value > COUNT_MOST)
		return config_mistake(r, "must be a whole number from 1 to 100000");
	memcpy(field_of(out, key->field), &value, sizeof(value));
	return true;
}

/* Names in a file start from the file's own folder. */
static const char *resolve(struct config_reader *r, const char *path)
{
	const char *slash = strrchr(r->config->source, '/');
	struct strbuf whole;
	const char *copy;

	if (path[0] == '/' || !slash)
		return config_copy(r, path);
	strbuf_init(&whole, strlen(r->config->source) + strlen(path));
	strbuf_put(&whole, str_sub(str_from(r->config->source), 0,
				   (size_t)(slash - r->config->source) + 1));
	strbuf_puts(&whole, path);
	copy = config_copy(r, whole.p);
	strbuf_fini(&whole);
	return copy;
}

bool config_read_path(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out)
{
	const char *copy;

	if (!cJSON_IsString(item))
		return config_mistake(r, "must be a text");
	if (!item->valuestring[0])
		return config_mistake(r, "must name a file or folder");
	copy = resolve(r, item->valuestring);
	memcpy(field_of(out, key->field), &copy, sizeof(copy));
	return true;
}
