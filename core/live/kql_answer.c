/* See kql_answer.h. */
#include "live/kql_answer.h"

#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "stream/recognise.h"

enum { LIKELY_MOST = 7 };

/* Names that services use, the likeliest first. */
static const struct {
	const char *type; /* what it must be; NULL: any */
	const char *names[LIKELY_MOST];
} likely[] = {
	{"datetime",
	 {"TimeGenerated", "timestamp", "Timestamp", "EventTime", "time_generated"}},
	{NULL,
	 {"LogMessage", "Message", "message", "RenderedDescription", "SyslogMessage",
	  "LogEntry", "OuterMessage"}},
	{NULL, {"LogLevel", "SeverityLevel", "severityLevel", "Level", "Severity"}},
	{"string",
	 {"PodName", "AppRoleName", "cloud_RoleName", "ContainerName", "Computer",
	  "HostName", "Resource"}},
};
enum likely_row { TIME, MESSAGE, LEVEL, SOURCE };

static const char *type_of(const cJSON *column)
{
	const char *type = json_text(column, "type");

	return type ? type : "";
}

static int find_named(const cJSON *columns, enum likely_row row)
{
	for (size_t k = 0; k < LIKELY_MOST && likely[row].names[k]; k++) {
		const cJSON *column;
		int i = 0;

		cJSON_ArrayForEach (column, columns) {
			const char *name = json_text(column, "name");

			if (name && strcmp(name, likely[row].names[k]) == 0 &&
			    (!likely[row].type ||
			     strcmp(type_of(column), likely[row].type) == 0))
				return i;
			i++;
		}
	}
	return -1;
}

static int find_time(const cJSON *columns)
{
	int found = find_named(columns, TIME), i = 0;
	const cJSON *column;

	cJSON_ArrayForEach (column, columns) {
		if (found < 0 && strcmp(type_of(column), "datetime") == 0)
			found = i;
		i++;
	}
	return found;
}

bool kql_answer_open(struct kql_answer *out, const cJSON *answer, struct err *err)
{
	const cJSON *table = json_member(answer, "tables");

	table = cJSON_IsArray(table) ? table->child : NULL;
	*out = (struct kql_answer){.columns = json_member(table, "columns"),
				   .rows = json_member(table, "rows")};
	if (!cJSON_IsArray(out->columns) || !cJSON_IsArray(out->rows) ||
	    cJSON_GetArraySize(out->columns) > KQL_COLUMNS_MOST)
		return err_set(err, ERR_PARSE, "the answer holds no table of rows");
	out->n_rows = (size_t)cJSON_GetArraySize(out->rows);
	out->time = find_time(out->columns);
	out->message = find_named(out->columns, MESSAGE);
	out->level = find_named(out->columns, LEVEL);
	out->source = find_named(out->columns, SOURCE);
	return out->time >= 0 ||
	       err_set(err, ERR_USAGE,
		       "no column of the query's rows is a time, so they are no lines "
		       "of a log: keep TimeGenerated");
}

static const cJSON *cell(const cJSON *row, int i)
{
	return i >= 0 ? cJSON_GetArrayItem(row, i) : NULL;
}

static struct str text_of(const cJSON *cell)
{
	return cJSON_IsString(cell) ? str_from(cell->valuestring) : (struct str){0};
}

bool kql_answer_time(const struct kql_answer *a, const cJSON *row, int64_t *time_ms)
{
	return time_parse(text_of(cell(row, a->time)), time_ms);
}

static uint64_t mix(uint64_t hash, struct str bytes)
{
	return (hash ^ str_hash(bytes)) * 0x9e3779b97f4a7c15u + 1;
}

static uint64_t hash_of(const cJSON *value, int depth)
{
	uint64_t hash = (uint64_t)(value->type & 0xff);
	const cJSON *child;

	if (cJSON_IsString(value))
		return mix(hash, str_from(value->valuestring));
	if (cJSON_IsNumber(value))
		return mix(hash, (struct str){.p = (const char *)&value->valuedouble,
					      .n = sizeof(value->valuedouble)});
	cJSON_ArrayForEach (child, value) {
		hash = mix(hash, str_from(child->string));
		if (depth < JSON_MAX_DEPTH)
			hash = (hash ^ hash_of(child, depth + 1)) * 0x9e3779b97f4a7c15u;
	}
	return hash;
}

uint64_t kql_answer_hash(const cJSON *row)
{
	return hash_of(row, 0);
}

/* Azure counts from 0, verbose, to 4, critical; others write words. */
static enum line_level level_of(const cJSON *cell)
{
	static const enum line_level levels[] = {LINE_DEBUG, LINE_INFO, LINE_WARNING,
						 LINE_ERROR, LINE_CRITICAL};
	int64_t number;

	if (cJSON_IsString(cell) && !str_to_i64(text_of(cell), &number))
		return line_level_of(text_of(cell));
	if (cJSON_IsNumber(cell))
		number = (int64_t)cell->valuedouble;
	else if (!cJSON_IsString(cell))
		return LINE_UNKNOWN;
	return number >= 0 && number < (int64_t)COUNT(levels) ? levels[number]
							      : LINE_UNKNOWN;
}

/* What is the same in every row, or of no use to a reader. */
static bool is_noise(const char *name)
{
	static const char *const names[] = {"TenantId", "SourceSystem",	       "MG",
					    "Type",	"ManagementGroupName", "table"};

	return name[0] == '_' || name[0] == '\0' ||
	       str_is_among(str_from(name), names, COUNT(names));
}

static bool is_bare(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '=' ||
		    s.p[i] == '\\')
			return false;
	}
	return s.n > 0;
}

/* As logfmt has it. */
static void put_columns(const struct kql_answer *a, const cJSON *row, struct strbuf *out)
{
	const cJSON *value = row->child, *column;
	int i = 0;

	for (column = a->columns->child; column && value;
	     column = column->next, value = value->next, i++) {
		const char *name = json_text(column, "name");

		if (!name || i == a->time || is_noise(name) || cJSON_IsNull(value) ||
		    (cJSON_IsString(value) && !value->valuestring[0]))
			continue;
		strbuf_printf(out, "%s%s=", out->n ? " " : "", name);
		if (cJSON_IsString(value) && is_bare(text_of(value)))
			strbuf_put(out, text_of(value));
		else if (cJSON_IsString(value) || cJSON_IsNumber(value) ||
			 cJSON_IsBool(value))
			json_print(out, value);
		else
			strbuf_puts(out, "...");
	}
}

void kql_answer_line(const struct kql_answer *a, const cJSON *row, int64_t now_ms,
		     struct strbuf *text, struct line *line)
{
	const cJSON *message = cell(row, a->message);
	enum line_level level = level_of(cell(row, a->level));

	strbuf_reset(text);
	if (cJSON_IsString(message))
		strbuf_put(text, text_of(message));
	else if (cJSON_IsObject(message) || cJSON_IsArray(message))
		json_print(text, message);
	else
		put_columns(a, row, text);
	while (text->n && (text->p[text->n - 1] == '\n' || text->p[text->n - 1] == '\r'))
		strbuf_cut(text, text->n - 1);
	line_recognise(strbuf_str(text), now_ms, line);
	line->raw = strbuf_str(text);
	line->source = text_of(cell(row, a->source));
	line->has_time = kql_answer_time(a, row, &line->time_ms);
	if (level != LINE_UNKNOWN)
		line->level = level;
}
