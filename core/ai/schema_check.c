/* See schema_check.h. It goes as deep as the schema does, never as deep as the value. */
#include "ai/schema_check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/utf8.h"

enum { PATH_MOST = 160, NAME_SHOWN = 40 };

struct check {
	struct strbuf path; /* of the value that is looked at: "fields[3]" */
	struct err *err;
};

static bool refuse(struct check *c, const char *what)
{
	return err_set(c->err, ERR_USAGE, "%s%s%s", c->path.p, c->path.n ? ": " : "",
		       what);
}

static bool is_integer(const cJSON *value)
{
	return cJSON_IsNumber(value) && isfinite(value->valuedouble) &&
	       value->valuedouble == floor(value->valuedouble) &&
	       fabs(value->valuedouble) <= JSON_LAST_EXACT;
}

static bool is_number(const cJSON *value)
{
	return cJSON_IsNumber(value) && isfinite(value->valuedouble);
}

static bool is_object(const cJSON *value)
{
	return cJSON_IsObject(value);
}

static bool is_array(const cJSON *value)
{
	return cJSON_IsArray(value);
}

static bool is_text(const cJSON *value)
{
	return cJSON_IsString(value);
}

static bool is_boolean(const cJSON *value)
{
	return cJSON_IsBool(value);
}

static const struct {
	const char *name, *wrong;
	bool (*fits)(const cJSON *value);
} types[] = {
	{"object", "must be an object", is_object},
	{"array", "must be a list", is_array},
	{"string", "must be a text", is_text},
	{"integer", "must be a whole number", is_integer},
	{"number", "must be a number", is_number},
	{"boolean", "must be true or false", is_boolean},
};

static bool check_type(struct check *c, const cJSON *schema, const cJSON *value)
{
	const char *type = json_text(schema, "type");

	for (size_t i = 0; type && i < COUNT(types); i++) {
		if (strcmp(types[i].name, type) == 0)
			return types[i].fits(value) || refuse(c, types[i].wrong);
	}
	return refuse(c, "is not known to the schema");
}

static size_t letters(const char *text)
{
	struct str rest = str_from(text);
	size_t n = 0, step;
	uint32_t cp;

	while ((step = utf8_decode(rest, &cp)) > 0) {
		rest = str_sub(rest, step, rest.n);
		n++;
	}
	return n;
}

/* How much of it there is: letters, items or the number itself. */
static bool check_bounds(struct check *c, const cJSON *schema, const char *least,
			 const char *most, double size)
{
	double bound;
	char what[96];

	if (json_number(schema, least, &bound) && size < bound) {
		snprintf(what, sizeof(what), "is below its %s of %.15g", least, bound);
		return refuse(c, what);
	}
	if (json_number(schema, most, &bound) && size > bound) {
		snprintf(what, sizeof(what), "is above its %s of %.15g", most, bound);
		return refuse(c, what);
	}
	return true;
}

static bool check_enum(struct check *c, const cJSON *schema, const cJSON *value)
{
	const cJSON *words = json_member(schema, "enum"), *word;
	struct strbuf what;
	bool ok;

	if (!words)
		return true;
	strbuf_init(&what, 200);
	strbuf_puts(&what, "must be one of ");
	cJSON_ArrayForEach (word, words) {
		if (cJSON_Compare(word, value, true)) {
			strbuf_fini(&what);
			return true;
		}
		json_print(&what, word);
		strbuf_puts(&what, word->next ? ", " : "");
	}
	ok = refuse(c, what.p);
	strbuf_fini(&what);
	return ok;
}

static bool check_value(struct check *c, const cJSON *schema, const cJSON *value);

static bool check_in(struct check *c, const cJSON *schema, const cJSON *value,
		     const char *name, size_t index)
{
	size_t mark = c->path.n;
	bool ok;

	if (name)
		strbuf_printf(&c->path, "%s%.*s", mark ? "." : "", NAME_SHOWN, name);
	else
		strbuf_printf(&c->path, "[%zu]", index);
	ok = check_value(c, schema, value);
	strbuf_cut(&c->path, mark);
	return ok;
}

static bool check_items(struct check *c, const cJSON *schema, const cJSON *value)
{
	const cJSON *of = json_member(schema, "items"), *item;
	size_t i = 0;

	if (!check_bounds(c, schema, "minItems", "maxItems",
			  (double)cJSON_GetArraySize(value)))
		return false;
	cJSON_ArrayForEach (item, value) {
		if (!check_in(c, of, item, NULL, i++))
			return false;
	}
	return true;
}

static bool refuse_member(struct check *c, const char *name, const char *why)
{
	char what[NAME_SHOWN + 80];

	snprintf(what, sizeof(what), "\"%.*s\" %s", NAME_SHOWN, name, why);
	return refuse(c, what);
}

static bool check_members(struct check *c, const cJSON *schema, const cJSON *value)
{
	const cJSON *members = json_member(schema, "properties"), *item, *name;

	cJSON_ArrayForEach (item, value) {
		const cJSON *of = json_member(members, item->string);

		if (!of)
			return refuse_member(c, item->string, "is not known");
		if (json_member(value, item->string) != item)
			return refuse_member(c, item->string, "stands twice");
		if (!check_in(c, of, item, item->string, 0))
			return false;
	}
	cJSON_ArrayForEach (name, json_member(schema, "required")) {
		if (!json_member(value, name->valuestring))
			return refuse_member(c, name->valuestring, "is missing");
	}
	return true;
}

static bool check_value(struct check *c, const cJSON *schema, const cJSON *value)
{
	if (!check_type(c, schema, value) || !check_enum(c, schema, value))
		return false;
	if (cJSON_IsString(value))
		return check_bounds(c, schema, "minLength", "maxLength",
				    (double)letters(value->valuestring));
	if (cJSON_IsNumber(value))
		return check_bounds(c, schema, "minimum", "maximum", value->valuedouble);
	if (cJSON_IsArray(value))
		return check_items(c, schema, value);
	return !cJSON_IsObject(value) || check_members(c, schema, value);
}

bool schema_check(const cJSON *schema, const cJSON *value, struct err *err)
{
	struct check c = {.err = err};
	bool ok;

	strbuf_init(&c.path, PATH_MOST);
	ok = check_value(&c, schema, value);
	strbuf_fini(&c.path);
	return ok;
}
