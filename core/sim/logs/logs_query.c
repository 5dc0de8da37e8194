/* Questions to a workspace in its own language: what containers wrote, as the agent of the
 * clusters brings it, minutes late. In the five minutes before a quarter to each hour one of
 * the engine's nodes is out of memory: the answer is a part and says so. Thread: core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "sim/logs/insights_calls.h"
#include "sim/kql/kql.h"
#include "sim/logs/logs.h"
#include "sim/logs/podlog.h"

enum {
	LATE_LEAST_MS = 45000,
	LATE_MORE_MS = 120000,
	TURN_MS = 15000,
	COLUMNS_OF_LINES = 10,
	PARTIAL_FROM_MIN = 40,
	PARTIAL_TO_MIN = 45,
	AGENT_AWAY_FROM_MIN = 9 * 60 + 12,
};

static const struct column {
	const char *name, *type;
} columns[] = {
	{"TimeGenerated", "datetime"}, {"Computer", "string"},
	{"ContainerName", "string"},   {"PodName", "string"},
	{"PodNamespace", "string"},    {"LogMessage", "dynamic"},
	{"LogSource", "string"},       {"LogLevel", "string"},
	{"_ResourceId", "string"},     {"Type", "string"},
	{"AppRoleName", "string"},     {"Target", "string"},
	{"DependencyType", "string"},  {"Success", "bool"},
	{"DurationMs", "real"},	       {"ItemCount", "int"},
};

static const struct kql_table tables[] = {
	{"ContainerLogV2", "TimeGenerated Computer ContainerName PodName PodNamespace "
			   "LogMessage LogSource LogLevel _ResourceId Type"},
	{"AppDependencies", "TimeGenerated AppRoleName Target DependencyType Success "
			    "DurationMs ItemCount"},
};

static const char *const levels[PODLOG_LEVELS] = {
	[PODLOG_UNKNOWN] = "UNKNOWN", [PODLOG_DEBUG] = "DEBUG",
	[PODLOG_INFO] = "INFO",	      [PODLOG_WARNING] = "WARNING",
	[PODLOG_ERROR] = "ERROR",     [PODLOG_CRITICAL] = "CRITICAL",
};

struct asked {
	const struct world *w;
	const struct kql *query;
	const struct cluster *cluster;
	int64_t from_ms, to_ms;
	struct kql_feed *feed;
	/* Columns that the query speaks of: what nobody reads is not made. */
	bool wants_level, wants_time, wants_text, wants_rest;
	enum { LEVEL_NEW, LEVEL_KEPT, LEVEL_LEFT_OUT } verdict[PODLOG_LEVELS];
	/* Of the pod that is gone through: lines of which nothing more is asked. */
	size_t n_alike[PODLOG_LEVELS];
};

static void add_text(cJSON *row, const char *name, struct str text)
{
	char *copy = xstrndup(text.n ? text.p : "", text.n);

	cJSON_AddStringToObject(row, name, copy);
	free(copy);
}

static void add_time(cJSON *row, int64_t ns)
{
	struct strbuf at;

	strbuf_init(&at, 64);
	time_format_iso(&at, ns / 1000000, false);
	strbuf_cut(&at, at.n - 1);
	strbuf_printf(&at, ".%07dZ", (int)(ns % 1000000000 / 100));
	cJSON_AddStringToObject(row, "TimeGenerated", at.p);
	strbuf_fini(&at);
}

/* Whether lines of this level can be kept at all: what a condition is most often about, and
 * then nothing else of the line need be made. */
static bool keeps_level(struct asked *a, enum podlog_level level)
{
	if (a->verdict[level] == LEVEL_NEW) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddStringToObject(row, "LogLevel", levels[level]);
		a->verdict[level] = kql_keeps(a->query, row, a->w->now_ms)
					    ? LEVEL_KEPT
					    : LEVEL_LEFT_OUT;
		cJSON_Delete(row);
	}
	return a->verdict[level] == LEVEL_KEPT;
}

/* What all lines of a pod and a level have; NULL: the query leaves them out. */
static cJSON *row_of(struct asked *a, const struct k8s_pod *pod, enum podlog_level level)
{
	cJSON *row = cJSON_CreateObject();

	if (a->wants_level)
		add_text(row, "LogLevel", str_from(levels[level]));
	add_text(row, "PodName", str_from(pod->name));
	add_text(row, "PodNamespace", str_from(pod->of->namespace));
	add_text(row, "ContainerName", str_from(pod->of->name));
	if (!kql_keeps(a->query, row, a->w->now_ms)) {
		cJSON_Delete(row);
		return NULL;
	}
	if (a->wants_rest) {
		add_text(row, "Computer", str_from(pod->node));
		add_text(row, "LogSource",
			 level >= PODLOG_ERROR ? STR("stderr") : STR("stdout"));
		cJSON_AddStringToObject(row, "_ResourceId", a->cluster->name);
		cJSON_AddStringToObject(row, "Type", "ContainerLogV2");
	}
	return row;
}

static void add_line(struct asked *a, const struct k8s_pod *pod,
		     const struct podlog_line *line, struct podlog_cursor *cursor)
{
	enum podlog_level level = a->wants_level ? line->level : PODLOG_UNKNOWN;
	cJSON *row;

	if (a->wants_level && !keeps_level(a, level))
		return;
	if (!a->wants_time && !a->wants_text) {
		a->n_alike[level]++;
		return;
	}
	row = row_of(a, pod, level);
	if (!row)
		return;
	if (a->wants_time)
		add_time(row, line->time_ns);
	if (a->wants_text)
		add_text(row, "LogMessage", podlog_text(cursor));
	kql_feed_add(a->feed, row, 1);
}

static void add_alike(struct asked *a, const struct k8s_pod *pod)
{
	for (int level = 0; level < PODLOG_LEVELS; level++) {
		cJSON *row = a->n_alike[level] ? row_of(a, pod, (enum podlog_level)level)
					       : NULL;

		if (row)
			kql_feed_add(a->feed, row, a->n_alike[level]);
		a->n_alike[level] = 0;
	}
}

/* On one node of each day the agent is away from a moment on: nothing of it comes until
 * it is noticed, at midnight. */
static bool is_left_alone(const struct asked *a, const struct k8s_pod *pod)
{
	return strcmp(a->cluster->name, "aks-atlas-prod") == 0 &&
	       str_find(str_from(pod->node), STR("-web-")) >= 0 &&
	       str_ends(str_from(pod->node), STR("000003"));
}

/* What has come by now of a pod, by its own seed. */
static bool has_arrived(const struct asked *a, uint64_t seed, int64_t ns)
{
	uint64_t batch =
		(uint64_t)(ns / 1000000000 / 10); /* the agent sends in batches */
	/* It is looked through in turns, too. */
	int64_t looked_ms = a->w->now_ms - a->w->now_ms % TURN_MS;
	int64_t late_ms = looked_ms - LATE_LEAST_MS - ns / 1000000;

	return late_ms >= LATE_MORE_MS ||
	       (int64_t)(rng_at(seed, batch) * LATE_MORE_MS) <= late_ms;
}

/* The agent is told to leave out what is the platform's. */
static void add_pod(void *ctx, const struct k8s_pod *pod)
{
	struct asked *a = ctx;
	const struct podlog log = {.of = pod->of,
				   .pod = pod->name,
				   .container = pod->of->name,
				   .node = pod->node,
				   .fault = pod->fault,
				   .begins_ms = pod->began_ms + 3000,
				   .ends_ms = pod->of->kind == WORKLOAD_JOB
						      ? pod->began_ms + 41000
						      : INT64_MAX};
	struct podlog_cursor cursor;
	struct podlog_line line;
	uint64_t seed = rng_mix(a->w->seed, str_hash(str_from(pod->name)));
	bool is_alone;

	if (!pod->node || pod->is_leaving || pod->fault == FAULT_IMAGE ||
	    pod->fault == FAULT_INIT ||
	    (strcmp(pod->of->namespace, "atlas") != 0 &&
	     strcmp(pod->of->namespace, "qodex") != 0))
		return;
	is_alone = is_left_alone(a, pod);
	podlog_begin(&cursor, a->w, &log, a->from_ms * 1000000);
	while (podlog_next(&cursor, a->to_ms * 1000000, &line)) {
		bool is_brought = !is_alone || line.time_ns / 1000000 % DAY_MS <
						       AGENT_AWAY_FROM_MIN * MINUTE_MS;

		if (is_brought && has_arrived(a, seed, line.time_ns))
			add_line(a, pod, &line, &cursor);
	}
	podlog_end(&cursor);
	add_alike(a, pod);
}

static void look_at_columns(struct asked *a)
{
	static const char *const rest[] = {"Computer", "LogSource", "_ResourceId",
					   "Type"};

	a->wants_time = kql_feed_wants(a->feed, STR("TimeGenerated"));
	a->wants_text = kql_feed_wants(a->feed, STR("LogMessage"));
	for (size_t i = 0; i < COUNT(rest); i++)
		a->wants_rest =
			a->wants_rest || kql_feed_wants(a->feed, str_from(rest[i]));
	/* The source is guessed from the level. */
	a->wants_level = a->wants_rest || kql_feed_wants(a->feed, STR("LogLevel"));
}

/* "start/end", or a duration that ends now; nothing: a day. */
static void read_timespan(struct asked *a, const char *text)
{
	struct str rest = str_from(text), from;
	int64_t span;

	a->to_ms = a->w->now_ms;
	a->from_ms = a->to_ms - DAY_MS;
	if (duration_parse(rest, &span) && span > 0 && span < DAY_MS)
		a->from_ms = a->to_ms - span;
	else if (str_next(&rest, '/', &from) && time_parse(from, &a->from_ms) &&
		 time_parse(rest, &span) && span < a->to_ms)
		a->to_ms = span;
	/* The pods of today are the only ones that are known. */
	if (a->from_ms < a->w->now_ms - DAY_MS)
		a->from_ms = a->w->now_ms - DAY_MS;
}

static void put_value(struct strbuf *out, const cJSON *value)
{
	if (cJSON_IsNumber(value))
		jw_number(out, NULL, value->valuedouble, 6);
	else if (cJSON_IsBool(value))
		jw_bool(out, NULL, cJSON_IsTrue(value));
	else
		jw_text(out, NULL, cJSON_GetStringValue(value));
}

static const char *type_of(const cJSON *value)
{
	for (size_t i = 0; i < COUNT(columns); i++) {
		if (strcmp(columns[i].name, value->string) == 0)
			return columns[i].type;
	}
	return cJSON_IsNumber(value) ? "long" : "string";
}

static void put_columns(struct strbuf *out, const cJSON *head)
{
	const cJSON *at;

	for (size_t i = 0; !head && i < COLUMNS_OF_LINES; i++) {
		jw_object(out, NULL);
		jw_text(out, "name", columns[i].name);
		jw_text(out, "type", columns[i].type);
		jw_object_end(out);
	}
	cJSON_ArrayForEach (at, head) {
		jw_object(out, NULL);
		jw_text(out, "name", at->string);
		jw_text(out, "type", type_of(at));
		jw_object_end(out);
	}
}

static void put_partial(struct strbuf *out)
{
	jw_object(out, "error");
	jw_text(out, "code", "PartialError");
	jw_text(out, "message", "There were some errors when processing your query.");
	jw_list(out, "details");
	jw_object(out, NULL);
	jw_text(out, "code", "EngineError");
	jw_text(out, "message",
		"Something went wrong processing your query on the server.");
	jw_object(out, "innererror");
	jw_text(out, "code", "-2133196797");
	jw_text(out, "message",
		"The query was aborted on one node due to low memory conditions");
	jw_int(out, "severity", 3);
	jw_text(out, "severityName", "Warning");
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

static void put_answer(const struct asked *a, const cJSON *rows, struct strbuf *out)
{
	int minute = utc_from_ms(a->w->now_ms).minute, i = 0;
	bool is_partial = minute >= PARTIAL_FROM_MIN && minute < PARTIAL_TO_MIN;
	const cJSON *row, *at;

	jw_object(out, NULL);
	jw_list(out, "tables");
	jw_object(out, NULL);
	jw_text(out, "name", "PrimaryResult");
	jw_list(out, "columns");
	put_columns(out, rows->child);
	jw_list_end(out);
	jw_list(out, "rows");
	cJSON_ArrayForEach (row, rows) {
		/* The node that is out of memory had one row in five. */
		if (is_partial && i++ % 5 == 4)
			continue;
		jw_list(out, NULL);
		cJSON_ArrayForEach (at, row)
			put_value(out, at);
		jw_list_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
	jw_list_end(out);
	if (is_partial)
		put_partial(out);
	jw_object_end(out);
}

/* Why it is not understood, in the service's nest of errors. */
static void refuse(struct reply *rep, const struct kql_error *error)
{
	struct strbuf *out = &rep->body;
	bool is_syntax = error->problem == KQL_SYNTAX;

	rep->status = 400;
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "code", "BadArgumentError");
	jw_text(out, "message", "The request had some invalid properties");
	jw_object(out, "innererror");
	jw_text(out, "code", is_syntax ? "SyntaxError" : "SemanticError");
	jw_text(out, "message",
		is_syntax ? "A recognition error occurred in the query."
			  : "A semantic error occurred.");
	jw_object(out, "innererror");
	jw_text(out, "code", is_syntax ? "SYN0002" : "SEM0100");
	jw_format(out, "message",
		  is_syntax ? "Query could not be parsed at '%.*s' on line [%d,%d]"
			    : "Failed to resolve table, column or operator named '%.*s' "
			      "on line [%d,%d]",
		  STR_ARG(error->token), error->line, error->column);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static bool is_known(const struct request *req, struct reply *rep)
{
	struct str id = request_param(req, "customer");

	for (size_t i = 0; i < log_n_workspaces; i++) {
		if (str_eq_nocase(id, str_from(log_workspaces[i].customer)))
			return true;
	}
	reply_error(rep, 404, "PathNotFoundError", "The requested path does not exist");
	return false;
}

/* Services report into the large workspace alone. */
static bool is_of_estate(const struct request *req)
{
	return str_eq_nocase(request_param(req, "customer"), STR(LOGS_CUSTOMER));
}

static void add_lines(struct asked *a)
{
	look_at_columns(a);
	for (size_t i = 0; i < aks_n_clusters; i++) {
		a->cluster = &aks_clusters[i];
		if (strcmp(a->cluster->power, "Running") == 0)
			k8s_each_pod(a->w, a->cluster, add_pod, a);
	}
}

/* Calls arrive minutes late, as lines do. */
static void add_calls(const struct asked *a)
{
	int64_t arrived_ms = a->w->now_ms - LATE_LEAST_MS - LATE_MORE_MS;

	insights_each_call(a->w, a->from_ms,
			   a->to_ms < arrived_ms ? a->to_ms : arrived_ms, a->feed);
}

void logs_query_rows(struct world *w, const struct request *req, struct reply *rep)
{
	struct asked a = {.w = w};
	struct kql_error error;
	struct err ignored;
	cJSON *body, *rows;

	if (!is_known(req, rep))
		return;
	body = json_parse(req->body, &json_wire, NULL, &ignored);
	a.query = kql_parse(rep->arena, str_from(json_text(body, "query")), tables,
			    COUNT(tables), &error);
	if (a.query) {
		read_timespan(&a, json_text(body, "timespan"));
		a.feed = kql_feed_new(a.query, w->now_ms);
		if (kql_table(a.query) == &tables[0])
			add_lines(&a);
		else if (is_of_estate(req))
			add_calls(&a);
		rows = kql_feed_finish(a.feed);
		put_answer(&a, rows, &rep->body);
		cJSON_Delete(rows);
	} else {
		refuse(rep, &error);
	}
	cJSON_Delete(body);
}
