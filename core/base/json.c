/* See json.h. */
#include "base/json.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/secret.h"
#include "base/utf8.h"

const struct json_limits json_wire = {.max_bytes = 32u << 20,
				      .max_depth = JSON_MAX_DEPTH};
const struct json_limits json_file = {.max_bytes = 4u << 20,
				      .max_depth = 64,
				      .allow_comments = true};

static bool only_blanks(struct str s)
{
	return str_trim(s).n == 0;
}

/* cJSON's place is in the cleaned text; lines and columns are the same there
 * except after a quoted number, where the column may be a little late. */
static void report(struct str parsed, const char *end, struct json_place *place,
		   struct err *err)
{
	size_t offset = end && end >= parsed.p ? (size_t)(end - parsed.p) : 0;

	if (only_blanks(str_sub(parsed, offset, parsed.n)))
		offset = parsed.n;
	*place = json_place_at(parsed, offset);
	err_set(err, ERR_PARSE, "line %d, column %d: %s", place->line, place->column,
		place->offset >= parsed.n ? "the text ends too early"
					  : "this is not valid JSON");
}

cJSON *json_parse(struct str text, const struct json_limits *limits,
		  struct json_place *place, struct err *err)
{
	struct json_place ignored;
	const char *end = NULL;
	struct strbuf clean;
	struct str parsed;
	cJSON *tree = NULL;

	place = place ? place : &ignored;
	*place = (struct json_place){0};
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	strbuf_init(&clean, text.n * 2 + 16);
	if (!json_scan(text, limits, &clean, place, err))
		goto out;
	parsed = clean.n ? strbuf_str(&clean) : text;
	if (parsed.n)
		tree = cJSON_ParseWithLengthOpts(parsed.p, parsed.n, &end, false);
	if (tree && !only_blanks(str_sub(parsed, (size_t)(end - parsed.p), parsed.n))) {
		cJSON_Delete(tree);
		tree = NULL;
	}
	if (!tree)
		report(parsed, end, place, err);
out:
	strbuf_fini(&clean);
	return tree;
}

cJSON *json_parse_file(struct str text, const char *source, struct err *err)
{
	cJSON *root = json_parse(text, &json_file, NULL, err);

	if (!root) {
		err->code = ERR_CONFIG;
		err_wrap(err, "%s", source);
	}
	return root;
}

const cJSON *json_member(const cJSON *object, const char *name)
{
	return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name)
				      : NULL;
}

const cJSON *json_at(const cJSON *value, struct str path)
{
	struct str name;
	char text[64];

	while (value && path.n && str_next(&path, '.', &name)) {
		if (name.n >= sizeof(text))
			return NULL;
		memcpy(text, name.p, name.n);
		text[name.n] = '\0';
		value = json_member(value, text);
	}
	return value;
}

const char *json_text(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(json_member(object, name));
}

bool json_number(const cJSON *object, const char *name, double *out)
{
	const cJSON *item = json_member(object, name);

	if (cJSON_IsNumber(item)) {
		*out = item->valuedouble;
		return true;
	}
	return cJSON_IsString(item) && str_to_f64(str_from(item->valuestring), out);
}

bool json_bool(const cJSON *object, const char *name, bool fallback)
{
	const cJSON *item = json_member(object, name);

	return cJSON_IsBool(item) ? cJSON_IsTrue(item) : fallback;
}

/* Figures have few decimals, mostly: what is a multiple of 0.0001. */
static bool print_short(struct strbuf *out, double value)
{
	char text[32], *p = text + sizeof(text);
	double scaled = round(fabs(value) * 1e4);
	uint64_t rest = scaled < 1e15 ? (uint64_t)scaled : 0;
	int places = 4;

	if (scaled >= 1e15 || scaled / 1e4 != fabs(value))
		return false;
	for (; places > 0 && rest % 10 == 0; places--)
		rest /= 10;
	for (int i = 0; i < places; i++, rest /= 10)
		*--p = (char)('0' + rest % 10);
	if (places > 0)
		*--p = '.';
	do {
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		*--p = '-';
	strbuf_put(out, (struct str){.p = p, .n = (size_t)(text + sizeof(text) - p)});
	return true;
}

/* A whole number that stands for its neighbours too gets an exponent: without
 * one it would read back as text. */
void json_print_number(struct strbuf *out, double value)
{
	bool is_far = fabs(value) > JSON_LAST_EXACT;
	char text[40];

	if (!isfinite(value)) {
		strbuf_puts(out, "null");
		return;
	}
	if (print_short(out, value))
		return;
	if (!is_far && value == trunc(value)) {
		strbuf_printf(out, "%.0f", value);
		return;
	}
	/* A subnormal number has fewer digits than the others. */
	for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
		double back;

		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (is_far && !strpbrk(text, ".e"))
			snprintf(text, sizeof(text), "%.*e", digits - 1, value);
		if (str_to_f64(str_from(text), &back) && back == value)
			break;
	}
	strbuf_puts(out, text);
}

/* The second set of control characters, which terminals obey too. */
static bool is_c1(struct str s)
{
	return s.n == 2 && (unsigned char)s.p[0] == 0xc2 &&
	       ((unsigned char)s.p[1] & 0xe0) == 0x80;
}

/* Control characters of any kind come out as escapes. */
void json_print_text(struct strbuf *out, struct str s)
{
	static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	size_t run = 0;

	strbuf_putc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		const char *name = NULL;

		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\')
			continue;
		if (c > 0x7f && !is_c1(str_sub(s, i, 2)))
			continue;
		strbuf_put(out, str_sub(s, run, i - run));
		if (c > 0x7f)
			c = (unsigned char)s.p[++i];
		run = i + 1;
		for (const char *p = named; *p; p += 2) {
			if ((unsigned char)*p == c)
				name = p + 1;
		}
		if (name)
			strbuf_printf(out, "\\%c", *name);
		else
			strbuf_printf(out, "\\u%04x", c);
	}
	strbuf_put(out, str_sub(s, run, s.n - run));
	strbuf_putc(out, '"');
}

static void newline(struct strbuf *out, int indent)
{
	if (indent < 0)
		return;
	strbuf_putc(out, '\n');
	strbuf_pad(out, ' ', (size_t)indent * 2);
}

/* indent < 0: compact. Depth is bounded by the parser that made the tree. */
static void print(struct strbuf *out, const cJSON *value, int indent)
{
	int inner = indent < 0 ? -1 : indent + 1;
	bool is_object = cJSON_IsObject(value);
	const cJSON *item;

	if (cJSON_IsString(value) || cJSON_IsRaw(value)) {
		json_print_text(out, str_from(value->valuestring));
	} else if (cJSON_IsNumber(value)) {
		json_print_number(out, value->valuedouble);
	} else if (cJSON_IsBool(value)) {
		strbuf_puts(out, cJSON_IsTrue(value) ? "true" : "false");
	} else if (is_object || cJSON_IsArray(value)) {
		strbuf_putc(out, is_object ? '{' : '[');
		cJSON_ArrayForEach (item, value) {
			newline(out, inner);
			if (is_object) {
				json_print_text(out, str_from(item->string));
				strbuf_puts(out, indent < 0 ? ":" : ": ");
			}
			print(out, item, inner);
			if (item->next)
				strbuf_putc(out, ',');
		}
		if (value->child)
			newline(out, indent);
		strbuf_putc(out, is_object ? '}' : ']');
	} else {
		strbuf_puts(out, "null");
	}
}

void json_print(struct strbuf *out, const cJSON *value)
{
	print(out, value, -1);
}

void json_print_pretty(struct strbuf *out, const cJSON *value)
{
	print(out, value, 0);
}

static void wipe_texts(cJSON *node)
{
	for (; node; node = node->next) {
		if (cJSON_IsString(node))
			secret_wipe(node->valuestring, strlen(node->valuestring));
		wipe_texts(node->child);
	}
}

void json_wipe(cJSON *root)
{
	wipe_texts(root);
	cJSON_Delete(root);
}
