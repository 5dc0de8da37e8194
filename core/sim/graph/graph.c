/* The HTTP side of Resource Graph: the question, its pages and its refusals.
 * Thread: core. Pages go on by a token in the body's options, and only when the
 * rows keep their id and nothing limits them. */
#include "sim/graph/graph.h"

#include <stdio.h>

#include "base/json.h"
#include "base/timefmt.h"

#define TOP_DEFAULT 100
#define TOP_MOST    1000
#define MAX_TABLES  16

struct question {
	cJSON *tree; /* the body */
	const char *query;
	bool is_table; /* resultFormat */
	size_t top, skip;
	struct graph_scope scope;
	uint64_t hash; /* of what the token must go with */
};

/* The envelope of this service: what is wrong stands in the details. */
static struct strbuf *begin_refusal(const struct world *w, struct reply *rep, int status,
				    const char *code)
{
	struct strbuf *out = &rep->body;
	struct guid id = guid_of(w->seed, "graph", w->n_requests);
	struct strbuf at;

	strbuf_init(&at, 64);
	time_format_iso(&at, w->now_ms, true);
	rep->status = status;
	strbuf_reset(out);
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "code", code);
	jw_format(out, "message",
		  "Please provide below info when asking for support: timestamp = %s, "
		  "correlationId = %s.",
		  at.p, id.text);
	jw_list(out, "details");
	strbuf_fini(&at);
	return out;
}

static void end_refusal(struct strbuf *out)
{
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static void detail(struct strbuf *out, const char *code, const char *message)
{
	jw_object(out, NULL);
	jw_text(out, "code", code);
	jw_text(out, "message", message);
	jw_object_end(out);
}

static bool refuse(const struct world *w, struct reply *rep, const char *code,
		   const char *message)
{
	struct strbuf *out = begin_refusal(w, rep, 400, "BadRequest");

	detail(out, code, message);
	end_refusal(out);
	return false;
}

#define INVALID                                                                          \
	"Query is invalid. Please refer to the documentation for the Azure Resource "    \
	"Graph service and fix the error before retrying."

static void refuse_query(const struct world *w, struct reply *rep,
			 const struct kql_error *error)
{
	struct strbuf *out = begin_refusal(w, rep, 400, "BadRequest");

	detail(out, "InvalidQuery", INVALID);
	jw_object(out, NULL);
	switch (error->problem) {
	case KQL_TABLE:
		jw_text(out, "code", "DisallowedLogicalTableName");
		jw_format(out, "message",
			  "Table %.*s is invalid, unsupported or "
			  "disallowed.",
			  STR_ARG(error->token));
		break;
	case KQL_NAME:
		jw_text(out, "code", "SemanticError");
		jw_format(out, "message",
			  "Failed to resolve scalar expression named "
			  "'%.*s'",
			  STR_ARG(error->token));
		break;
	case KQL_UNKNOWN:
		jw_text(out, "code", "DisallowedQueryOperator");
		jw_format(out, "message", "Operator or expression '%.*s' is unsupported.",
			  STR_ARG(error->token));
		break;
	case KQL_SYNTAX:
		jw_text(out, "code", "ParserFailure");
		jw_text(out, "message", "ParserFailure");
		jw_int(out, "line", error->line);
		jw_int(out, "characterPositionInLine", error->column);
		jw_str(out, "token", error->token);
		jw_text(out, "expectedToken", error->expected ? error->expected : "");
		break;
	}
	jw_object_end(out);
	end_refusal(out);
}

static bool take_quota(struct world *w, struct reply *rep)
{
	int wait_s;

	if (w->now_ms - w->graph.began_ms >= GRAPH_WINDOW_MS ||
	    w->now_ms < w->graph.began_ms)
		w->graph = (struct graph_quota){.began_ms = w->now_ms};
	wait_s = (int)((w->graph.began_ms + GRAPH_WINDOW_MS - w->now_ms + 999) / 1000);
	w->graph.used += w->graph.used < GRAPH_QUERIES + 1;
	reply_header(rep, "x-ms-user-quota-remaining", "%d",
		     w->graph.used > GRAPH_QUERIES ? 0 : GRAPH_QUERIES - w->graph.used);
	reply_header(rep, "x-ms-user-quota-resets-after", "00:00:%02d", wait_s);
	if (w->graph.used <= GRAPH_QUERIES)
		return true;
	reply_header(rep, "Retry-After", "%d", wait_s);
	detail(begin_refusal(w, rep, 429, "RateLimiting"), "RateLimiting",
	       "Client application has been throttled and should not attempt to repeat "
	       "the request until an amount of time has elapsed.");
	end_refusal(&rep->body);
	return false;
}

static bool read_number(const cJSON *options, const char *name, double least, double most,
			size_t *out)
{
	double value;

	if (!json_member(options, name))
		return true;
	if (!json_number(options, name, &value) || value < least || value > most)
		return false;
	*out = (size_t)value;
	return true;
}

static bool read_scope(const struct world *w, struct question *q, struct reply *rep)
{
	const cJSON *list = json_member(q->tree, "subscriptions"), *one;
	bool has_any = !cJSON_IsArray(list) || !list->child;

	for (int i = 0; i < SUB_COUNT; i++)
		q->scope.has[i] = has_any;
	cJSON_ArrayForEach (one, list) {
		const struct subscription *sub =
			estate_find_sub(str_from(cJSON_GetStringValue(one)));

		if (sub) {
			q->scope.has[estate_sub_index(sub)] = true;
			has_any = true;
		}
	}
	return has_any ||
	       refuse(w, rep, "NoValidSubscriptionsInQueryRequest",
		      "No valid subscriptions were found in the query request.");
}

static uint64_t hash_of(const struct question *q)
{
	uint64_t hash = str_hash(str_from(q->query));

	for (int i = 0; i < SUB_COUNT; i++)
		hash = hash * 31 + q->scope.has[i];
	return hash;
}

static bool read_token(const struct world *w, struct question *q, const cJSON *options,
		       struct reply *rep)
{
	const char *token = json_text(options, "$skipToken");
	unsigned long long hash = 0;
	unsigned from = 0;
	int used = 0;

	if (!token)
		return true;
	if (sscanf(token, "%8x%16llx==%n", &from, &hash, &used) != 2 || token[used] ||
	    used == 0 || hash != q->hash)
		return refuse(w, rep, "InvalidSkipToken",
			      "The $skipToken is not one of this query.");
	q->skip = from;
	return true;
}

static bool read_question(const struct world *w, struct question *q,
			  const struct request *req, struct reply *rep)
{
	const cJSON *options;
	const char *format;
	struct err err;

	q->tree = json_parse(req->body, &json_wire, NULL, &err);
	q->query = json_text(q->tree, "query");
	if (!q->query)
		return refuse(w, rep, "InvalidRequestContent",
			      "The request has no query.");
	if (json_member(q->tree, "facets"))
		return refuse(w, rep, "UnsupportedFacets", "Facets are not answered.");
	options = json_member(q->tree, "options");
	format = json_text(options, "resultFormat");
	q->is_table = format && str_eq_nocase(str_from(format), STR("table"));
	q->top = TOP_DEFAULT;
	if (!read_number(options, "$top", 1, TOP_MOST, &q->top) ||
	    !read_number(options, "$skip", 0, 1e9, &q->skip))
		return refuse(w, rep, "InvalidPaginationParameters",
			      "$top is from 1 to 1000, $skip is not negative.");
	if (!read_scope(w, q, rep))
		return false;
	q->hash = hash_of(q);
	return read_token(w, q, options, rep);
}

static void put_value(struct strbuf *out, const cJSON *value)
{
	if (out->p[out->n - 1] != '[')
		strbuf_putc(out, ',');
	json_print(out, value);
}

static void put_table(struct strbuf *out, cJSON *rows, size_t from, size_t to)
{
	const cJSON *head = cJSON_GetArrayItem(rows, (int)from), *at;

	jw_object(out, "data");
	jw_list(out, "columns");
	cJSON_ArrayForEach (at, head) {
		jw_object(out, NULL);
		jw_text(out, "name", at->string);
		jw_text(out, "type",
			cJSON_IsNumber(at)   ? "integer"
			: cJSON_IsBool(at)   ? "boolean"
			: cJSON_IsString(at) ? "string"
					     : "object");
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_list(out, "rows");
	for (size_t i = from; i < to; i++) {
		jw_list(out, NULL);
		cJSON_ArrayForEach (at, cJSON_GetArrayItem(rows, (int)i))
			put_value(out, at);
		jw_list_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_objects(struct strbuf *out, const cJSON *rows, size_t from, size_t to)
{
	const cJSON *row;
	size_t i = 0;

	jw_list(out, "data");
	cJSON_ArrayForEach (row, rows) {
		if (i >= from && i < to)
			put_value(out, row);
		i++;
	}
	jw_list_end(out);
}

static void put_answer(const struct question *q, bool can_page, cJSON *rows,
		       struct strbuf *out)
{
	size_t total = (size_t)cJSON_GetArraySize(rows);
	size_t from = q->skip < total ? q->skip : total;
	size_t to = total - from > q->top ? from + q->top : total;
	bool has_id = rows->child && json_text(rows->child, "id");
	bool has_more = to < total;

	jw_object(out, NULL);
	jw_int(out, "totalRecords", (int64_t)total);
	jw_int(out, "count", (int64_t)(to - from));
	jw_text(out, "resultTruncated",
		has_more && !(has_id && can_page) ? "true" : "false");
	if (has_more && has_id && can_page)
		jw_format(out, "$skipToken", "%08x%016llx==", (unsigned)to,
			  (unsigned long long)q->hash);
	if (q->is_table)
		put_table(out, rows, from, to);
	else
		put_objects(out, rows, from, to);
	jw_list(out, "facets");
	jw_list_end(out);
	jw_object_end(out);
}

static const struct graph_source *source_of(const struct kql *q,
					    const struct kql_table *tables)
{
	return &graph_sources[kql_table(q) - tables];
}

static void answer(const struct world *w, const struct question *q, struct reply *rep)
{
	struct kql_table tables[MAX_TABLES];
	struct kql_error error;
	const struct kql *query;
	cJSON *rows;

	for (size_t i = 0; i < graph_n_sources; i++)
		tables[i] = graph_sources[i].table;
	query = kql_parse(rep->arena, str_from(q->query), tables, graph_n_sources,
			  &error);
	if (!query) {
		refuse_query(w, rep, &error);
		return;
	}
	rows = cJSON_CreateArray();
	source_of(query, tables)->add(w, &q->scope, query, rows);
	writes_apply(&w->written, STR(""), w->now_ms, rows);
	rows = kql_run(query, rows, w->now_ms);
	put_answer(q, kql_is_pageable(query), rows, &rep->body);
	cJSON_Delete(rows);
}

void graph_query(struct world *w, const struct request *req, struct reply *rep)
{
	struct question q = {0};

	if (take_quota(w, rep) && read_question(w, &q, req, rep))
		answer(w, &q, rep);
	cJSON_Delete(q.tree);
}
