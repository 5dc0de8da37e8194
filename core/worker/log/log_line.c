/* See log_reader_part.h: a line taken apart. Members of JSON come one a row, with nested
 * names joined by points, as people write them in filters. Runs on the pool. */
#include <stdlib.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "worker/log/log_reader_part.h"

enum { FIELDS_MOST = 400, NAME_MOST = 512, VALUE_MOST = 512 << 10 };

static char *clean(struct str s)
{
	struct strbuf out;

	strbuf_init(&out, VALUE_MOST);
	sanitize_text(&out, s);
	return strbuf_take(&out);
}

static void add(struct log_line *out, struct str name, struct str value)
{
	if (out->fields.n == FIELDS_MOST)
		return;
	vec_push(&out->fields,
		 (struct log_field){.name = clean(name), .value = clean(value)});
}

static void add_json(struct log_line *out, struct strbuf *name, const cJSON *value)
{
	size_t before = name->n;
	const cJSON *item;
	struct strbuf text;

	if (cJSON_IsObject(value) && value->child) {
		cJSON_ArrayForEach (item, value) {
			if (before > 0)
				strbuf_putc(name, '.');
			strbuf_puts(name, item->string);
			add_json(out, name, item);
			strbuf_cut(name, before);
		}
		return;
	}
	if (cJSON_IsString(value)) {
		add(out, strbuf_str(name), str_from(value->valuestring));
		return;
	}
	strbuf_init(&text, VALUE_MOST);
	json_print(&text, value);
	add(out, strbuf_str(name), strbuf_str(&text));
	strbuf_fini(&text);
}

/* Behind what stands before it, such as a pod's name. */
static bool add_members(struct log_line *out, struct str raw)
{
	ptrdiff_t brace = str_find_char(raw, '{');
	struct strbuf name;
	struct err ignored;
	cJSON *json;

	if (brace < 0)
		return false;
	json = json_parse(str_sub(raw, (size_t)brace, raw.n), &json_wire, NULL, &ignored);
	if (!json)
		return false;
	strbuf_init(&name, NAME_MOST);
	add_json(out, &name, json);
	strbuf_fini(&name);
	cJSON_Delete(json);
	return true;
}

void log_line_read(struct lines *lines, int64_t at, struct log_line *out)
{
	struct strbuf message;
	struct lines_row row;
	struct line line;

	if (!lines_row(lines, at, &row))
		return;
	lines_recognise(lines, &row, &line);
	out->time_ms = line.time_ms;
	out->has_time = line.has_time;
	out->level = line.level;
	out->source = clean(line.source);
	if (line.format == LINE_FORMAT_JSON && add_members(out, line.raw))
		return;
	strbuf_init(&message, VALUE_MOST);
	line_put_message(&message, &line);
	if (message.n > 0 && message.n != line.raw.n)
		add(out, STR("message"), strbuf_str(&message));
	strbuf_fini(&message);
	add(out, STR("line"), line.raw);
}
