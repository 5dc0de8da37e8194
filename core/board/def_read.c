/* Typed reading of a definition file, with the place of every error. The reader
 * keeps going after an error but stores nothing more, so that the code that reads
 * a definition has no error branches. Thread: any; one reader at a time. */
#include "board/def_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "base/sanitize.h"

static void path_add(struct def_reader *r, const char *dot, const char *key, size_t index)
{
	size_t room = sizeof(r->path) - r->path_n;
	int n = key ? snprintf(r->path + r->path_n, room, "%s%s", dot, key)
		    : snprintf(r->path + r->path_n, room, "[%zu]", index);

	r->path_n += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

size_t def_enter(struct def_reader *r, const char *key)
{
	size_t mark = r->path_n;

	path_add(r, mark ? "." : "", key, 0);
	return mark;
}

size_t def_enter_item(struct def_reader *r, size_t index)
{
	size_t mark = r->path_n;

	path_add(r, "", NULL, index);
	return mark;
}

void def_leave(struct def_reader *r, size_t mark)
{
	r->path_n = mark;
	r->path[mark] = '\0';
}

void def_fail(struct def_reader *r, const char *key, const char *fmt, ...)
{
	struct json_place place;
	char what[200];
	size_t mark = r->path_n;
	va_list ap;

	if (r->failed)
		return;
	r->failed = true;
	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	if (key)
		def_enter(r, key);
	place = json_locate(r->text, r->path);
	if (r->path_n)
		err_set(r->err, ERR_CONFIG, "%s: line %d, column %d: %s: %s", r->source,
			place.line, place.column, r->path, what);
	else
		err_set(r->err, ERR_CONFIG, "%s: %s", r->source, what);
	def_leave(r, mark);
}

static bool is_listed(const char *keys, const char *key)
{
	struct str rest = str_from(keys), word;

	while (str_next(&rest, ' ', &word))
		if (str_is(word, key))
			return true;
	return false;
}

void def_only(struct def_reader *r, const cJSON *object, const char *keys)
{
	const cJSON *at, *before;

	cJSON_ArrayForEach (at, object) {
		if (!is_listed(keys, at->string)) {
			def_fail(r, at->string, "no such key here (there are: %s)", keys);
			return;
		}
		for (before = object->child; before != at; before = before->next)
			if (strcmp(before->string, at->string) == 0)
				def_fail(r, at->string, "given twice");
	}
}

static const cJSON *member(struct def_reader *r, const cJSON *object, const char *key,
			   enum def_need need)
{
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(object, key);

	if (r->failed)
		return NULL;
	if (!at && need == DEF_REQUIRED)
		def_fail(r, NULL, "needs \"%s\"", key);
	return at;
}

const cJSON *def_object(struct def_reader *r, const cJSON *object, const char *key,
			enum def_need need)
{
	const cJSON *at = member(r, object, key, need);

	if (at && !cJSON_IsObject(at))
		def_fail(r, key, "must be an object {...}");
	return r->failed ? NULL : at;
}

const cJSON *def_array(struct def_reader *r, const cJSON *object, const char *key,
		       enum def_need need)
{
	const cJSON *at = member(r, object, key, need);

	if (at && !cJSON_IsArray(at))
		def_fail(r, key, "must be a list [...]");
	return r->failed ? NULL : at;
}

static const char *raw_text(struct def_reader *r, const cJSON *object, const char *key,
			    enum def_need need)
{
	const cJSON *at = member(r, object, key, need);

	if (!at)
		return NULL;
	if (!cJSON_IsString(at))
		def_fail(r, key, "must be a text \"...\"");
	else if (!at->valuestring[0])
		def_fail(r, key, "must not be empty");
	return r->failed ? NULL : at->valuestring;
}

const char *def_text(struct def_reader *r, const cJSON *object, const char *key,
		     enum def_need need)
{
	const char *text = raw_text(r, object, key, need);

	return text ? sanitize_to_arena(r->arena, str_from(text)).p : NULL;
}

bool def_bool(struct def_reader *r, const cJSON *object, const char *key)
{
	const cJSON *at = member(r, object, key, DEF_OPTIONAL);

	if (at && !cJSON_IsBool(at))
		def_fail(r, key, "must be true or false");
	return at && cJSON_IsTrue(at);
}

int def_int(struct def_reader *r, const cJSON *object, const char *key, int min, int max,
	    int fallback)
{
	const cJSON *at = member(r, object, key, DEF_OPTIONAL);

	if (!at)
		return fallback;
	if (!cJSON_IsNumber(at) || at->valuedouble != floor(at->valuedouble) ||
	    at->valuedouble < min || at->valuedouble > max) {
		def_fail(r, key, "must be a whole number from %d to %d", min, max);
		return fallback;
	}
	return (int)at->valuedouble;
}

int64_t def_span(struct def_reader *r, const cJSON *object, const char *key,
		 int64_t min_ms, int64_t fallback_ms)
{
	const char *text = raw_text(r, object, key, DEF_OPTIONAL);
	int64_t ms;

	if (!text)
		return fallback_ms;
	if (!span_parse(str_from(text), &ms)) {
		def_fail(r, key, "must be a time span such as 30s, 10m, 6h or 1d");
		return fallback_ms;
	}
	if (ms < min_ms)
		def_fail(r, key, "must be %d seconds or more", (int)(min_ms / 1000));
	return ms;
}

const struct query *def_compile(struct def_reader *r, const char *key, struct str text)
{
	struct query_error qe = {0};
	struct query *q;

	if (r->failed)
		return NULL;
	q = query_compile_in(r->arena, text, &qe);
	if (!q) {
		def_fail(r, key, "%s: %s (character %zu of the expression)",
			 query_error_name(qe.class), qe.text, qe.offset + 1);
		return NULL;
	}
	vec_push(&r->queries, q);
	return q;
}

const struct query *def_query(struct def_reader *r, const cJSON *object, const char *key,
			      enum def_need need)
{
	const char *text = raw_text(r, object, key, need);

	return text ? def_compile(r, key, str_from(text)) : NULL;
}

bool def_is_name(struct str s)
{
	if (!s.n || s.n > 40 || (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '_')
			return false;
	}
	return true;
}
