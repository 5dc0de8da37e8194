/* Rows of Log Analytics, asked for again and again. Rows arrive minutes after they were
 * written and in no order, so each question reaches back over the last ones, and what was
 * given before is left out. A question with too many rows is asked in halves. Thread:
 * core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "live/feeder.h"
#include "live/kql_answer.h"
#include "net/retry.h"
#include "stream/seen.h"

enum {
	EVERY_MS = 30000,
	/* Rows come two to five minutes late, as a rule. */
	REACH_MS = 6 * 60 * 1000,
	ROWS_MOST = 10000,
	SPAN_LEAST_MS = 2000, /* no question is halved any more below it */
	SLICE_ROWS = 1000,
	TURN_MS = 500,
	PAUSE_MOST_MS = 120000,
	DEADLINE_MS = 60000,
};

/* A row and its moment, for putting them in order. */
struct timed_row {
	int64_t time_ms;
	size_t number;
	const cJSON *row;
};

struct kql_tail {
	struct feeder *f;
	const struct connection *connection;
	uint64_t call;		  /* 0: none is open */
	struct loop_timer *timer; /* the next question, or the next slice */
	int64_t from_ms, to_ms;	  /* of the question */
	int64_t begin_ms, end_ms; /* of all the questions of this round */
	int64_t done_ms;	  /* all before it was asked for; 0: nothing yet */
	struct seen seen;
	int tries;
	bool has_answered, is_cut;
	char partial[LIVE_NOTE_BYTES];
	/* being given */
	cJSON *json;
	struct kql_answer answer;
	struct timed_row *rows;
	size_t n, at;
	struct strbuf text;
};

static void begin_round(void *ctx);
static void ask(void *ctx);

static void next(struct kql_tail *t, int64_t ms, loop_fn fn)
{
	loop_timer_stop(t->timer);
	t->timer = loop_timer_start(feeder_options(t->f)->loop, ms, fn, t);
}

static void end_round(struct kql_tail *t)
{
	/* What was answered in part is asked for once more. */
	if (!t->partial[0])
		t->done_ms = t->end_ms;
	t->tries = 0;
	feeder_set_note(t->f, t->partial[0] ? t->partial
			      : t->is_cut   ? "more rows than can be read within a "
					      "second: some are left out"
					    : NULL);
	if (t->f->is_once) {
		feeder_set_state(t->f, LIVE_ENDED, NULL);
		return;
	}
	feeder_set_state(t->f, LIVE_FOLLOWING, NULL);
	next(t, feeder_pace(t->f, EVERY_MS), begin_round);
}

static void delete_tree(void *tree)
{
	cJSON_Delete(tree);
}

static void deleted(void *tree)
{
	(void)tree;
}

/* A large tree takes longer to take apart than the loop may be held. */
static void drop_tree(struct kql_tail *t, cJSON *tree, size_t n_rows)
{
	if (n_rows > SLICE_ROWS)
		loop_work(feeder_options(t->f)->loop, delete_tree, deleted, tree);
	else
		cJSON_Delete(tree);
}

static void free_answer(struct kql_tail *t)
{
	if (t->json)
		drop_tree(t, t->json, t->answer.n_rows);
	free(t->rows);
	t->json = NULL;
	t->rows = NULL;
	t->n = t->at = 0;
}

/* A message of several lines is a record: its first line says all of it. */
static void put_row(struct kql_tail *t, const cJSON *row)
{
	struct line line;
	struct str rest, part;

	kql_answer_line(&t->answer, row, feeder_now_ms(t->f), &t->text, &line);
	if (str_find_char(line.raw, '\n') < 0) {
		feeder_put(t->f, &line);
		return;
	}
	rest = line.raw;
	while (str_next(&rest, '\n', &part)) {
		if (part.n && part.p[part.n - 1] == '\r')
			part.n--;
		line.raw = part;
		if (line.message.p < part.p || line.message.p > part.p + part.n)
			line.message = part;
		else
			line.message =
				str_sub(line.message, 0,
					(size_t)(part.p + part.n - line.message.p));
		feeder_put(t->f, &line);
		line.has_time = false;
		line.level = LINE_UNKNOWN;
		line.message = (struct str){0};
	}
}

static void give_slice(void *ctx)
{
	struct kql_tail *t = ctx;

	t->timer = NULL;
	for (size_t n = 0; n < SLICE_ROWS && t->at < t->n; n++, t->at++) {
		const struct timed_row *r = &t->rows[t->at];

		if (seen_is_new(&t->seen, kql_answer_hash(r->row), r->time_ms))
			put_row(t, r->row);
	}
	if (t->at < t->n) {
		next(t, 0, give_slice);
		return;
	}
	free_answer(t);
	if (t->to_ms >= t->end_ms) {
		end_round(t);
		return;
	}
	t->from_ms = t->to_ms;
	t->to_ms = t->end_ms;
	ask(t);
}

static int by_time(const void *a, const void *b)
{
	const struct timed_row *x = a, *y = b;

	if (x->time_ms != y->time_ms)
		return x->time_ms < y->time_ms ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static void sort_rows(struct kql_tail *t)
{
	const cJSON *row;
	size_t number = 0;

	t->rows = xcalloc(t->answer.n_rows + 1, sizeof(*t->rows));
	cJSON_ArrayForEach (row, t->answer.rows) {
		struct timed_row *r = &t->rows[t->n];

		*r = (struct timed_row){.number = number++, .row = row};
		if (cJSON_IsArray(row) && kql_answer_time(&t->answer, row, &r->time_ms))
			t->n++;
	}
	seen_begin(&t->seen, t->begin_ms);
	qsort(t->rows, t->n, sizeof(*t->rows), by_time);
}

static void fail(struct kql_tail *t, const struct err *why)
{
	struct err err = *why;
	int64_t told = err.retry_after_ms;

	err_wrap(&err, "%s", t->connection->name);
	t->tries++;
	if ((!err_is_retryable(err.code) && !t->has_answered) ||
	    (t->f->is_once && t->tries >= RETRY_MAX_TRIES)) {
		feeder_set_state(t->f, LIVE_FAILED, &err);
		return;
	}
	if (!t->f->is_once)
		feeder_set_state(t->f, LIVE_WAITING, &err);
	next(t, told > 0 ? told : retry_pause_ms(t->tries + 2, PAUSE_MOST_MS, 0.7),
	     begin_round);
}

/* Too many rows: the first half first, as long as there is something to halve. */
static bool is_halved(struct kql_tail *t)
{
	int64_t span = t->to_ms - t->from_ms;

	if (t->answer.n_rows < ROWS_MOST)
		return false;
	if (span <= SPAN_LEAST_MS) {
		t->is_cut = true;
		feeder_note_gap(t->f);
		return false;
	}
	t->to_ms = t->from_ms + span / 2;
	return true;
}

static void query_done(struct api_answer *answer, void *ctx)
{
	struct kql_tail *t = ctx;
	struct err err;

	t->call = 0;
	feeder_end_query(t->f);
	if (answer->err.code != ERR_NONE && !answer->is_partial) {
		fail(t, &answer->err);
		return;
	}
	if (answer->is_partial)
		snprintf(t->partial, sizeof(t->partial), "answered in part: %.200s",
			 answer->err.text);
	if (!kql_answer_open(&t->answer, answer->json, &err)) {
		fail(t, &err);
		return;
	}
	t->has_answered = true;
	feeder_set_origins(t->f, 1);
	t->json = answer->json;
	answer->json = NULL;
	if (is_halved(t)) {
		drop_tree(t, t->json, t->answer.n_rows);
		t->json = NULL;
		ask(t);
		return;
	}
	sort_rows(t);
	give_slice(t);
}

static void put_timespan(struct strbuf *out, const struct kql_tail *t)
{
	time_format_iso(out, t->from_ms, true);
	strbuf_putc(out, '/');
	time_format_iso(out, t->to_ms, true);
}

/* {"query", "timespan", and the workspaces beside the first}. The path in *path. */
static bool put_question(const struct kql_tail *t, struct strbuf *path,
			 struct strbuf *body)
{
	const cJSON *list = json_member(t->connection->about, "workspaces"), *first,
		    *more;
	bool is_search = t->f->source.kind == LOG_SOURCE_SEARCH;
	struct strbuf text;
	bool has_more;

	first = cJSON_IsArray(list) ? list->child : NULL;
	strbuf_printf(path, "/v1/workspaces/%s/%s",
		      cJSON_IsString(first) ? first->valuestring : json_text(first, "id"),
		      is_search ? "search" : "query");
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&text, "%.*s\n| take %d", STR_ARG(t->f->source.text), ROWS_MOST);
	strbuf_puts(body, "{\"query\":");
	json_print_text(body, strbuf_str(&text));
	strbuf_reset(&text);
	put_timespan(&text, t);
	strbuf_printf(body, ",\"timespan\":\"%s\"", text.p);
	strbuf_fini(&text);
	has_more = first && first->next;
	strbuf_puts(body, has_more ? ",\"workspaces\":[" : "");
	for (more = first ? first->next : NULL; more; more = more->next) {
		json_print_text(body,
				str_from(cJSON_IsString(more) ? more->valuestring
							      : json_text(more, "id")));
		strbuf_puts(body, more->next ? "," : "]");
	}
	strbuf_puts(body, "}");
	return !path->overflow && !body->overflow;
}

static void ask(void *ctx)
{
	struct kql_tail *t = ctx;
	/* The service gives up before we do, and says why. */
	static const struct http_header prefer[] = {{{"Prefer", 6}, {"wait=50", 7}}};
	struct api_call call = {.connection = t->connection,
				.method = HTTP_POST,
				.headers = prefer,
				.n_headers = 1,
				.is_read = true,
				.deadline_ms = DEADLINE_MS};
	struct strbuf path, body;
	struct err err;

	t->timer = NULL;
	if (!feeder_begin_query(t->f)) {
		next(t, TURN_MS, ask);
		return;
	}
	strbuf_init(&path, 1024);
	strbuf_init(&body, 1 << 20);
	if (put_question(t, &path, &body)) {
		call.path = strbuf_str(&path);
		call.body = strbuf_str(&body);
		t->call = api_start(feeder_options(t->f)->api, &call, query_done, t);
	} else {
		feeder_end_query(t->f);
		err_set(&err, ERR_TOO_LARGE, "the query is too long");
		feeder_set_state(t->f, LIVE_FAILED, &err);
	}
	strbuf_fini(&path);
	strbuf_fini(&body);
}

static void begin_round(void *ctx)
{
	struct kql_tail *t = ctx;
	int64_t now_ms = feeder_now_ms(t->f), since_ms = t->f->since_ms;

	t->timer = NULL;
	t->end_ms = t->f->is_once && t->f->until_ms && t->f->until_ms < now_ms
			    ? t->f->until_ms
			    : now_ms;
	t->from_ms = t->done_ms ? t->done_ms - REACH_MS : since_ms;
	if (t->from_ms < since_ms)
		t->from_ms = since_ms;
	t->to_ms = t->end_ms;
	t->partial[0] = '\0';
	t->is_cut = false;
	t->begin_ms = t->from_ms;
	ask(t);
}

static bool has_workspace(const struct connection *conn, struct err *err)
{
	const cJSON *list = json_member(conn->about, "workspaces"), *each;
	bool is_good = cJSON_IsArray(list) && list->child;

	cJSON_ArrayForEach (each, list) {
		struct str id = str_from(cJSON_IsString(each) ? each->valuestring
							      : json_text(each, "id"));

		is_good &= id.n > 0;
		for (size_t i = 0; i < id.n; i++)
			is_good &= (id.p[i] >= 'a' && id.p[i] <= 'z') ||
				   (id.p[i] >= 'A' && id.p[i] <= 'Z') ||
				   (id.p[i] >= '0' && id.p[i] <= '9') || id.p[i] == '-';
	}
	return is_good || err_set(err, ERR_CONFIG,
				  "connection \"%s\": \"workspaces\" must list the ids "
				  "of the workspaces to ask",
				  conn->name);
}

static bool start(struct feeder *f, struct err *err)
{
	const struct connection *conn = feeder_connection(f, CONN_LOG_ANALYTICS, err);
	struct kql_tail *t;

	if (!conn || !has_workspace(conn, err))
		return false;
	if (!f->since_ms)
		f->since_ms = feeder_now_ms(f) - LIVE_SINCE_MS;
	f->span.since_ms = f->since_ms;
	t = xcalloc(1, sizeof(*t));
	t->f = f;
	t->connection = conn;
	strbuf_init(&t->text, KQL_ROW_MOST_BYTES);
	f->own = t;
	begin_round(t);
	return true;
}

static void stop(struct feeder *f)
{
	struct kql_tail *t = f->own;

	if (t->call) {
		api_cancel(feeder_options(f)->api, t->call);
		feeder_end_query(f);
	}
	loop_timer_stop(t->timer);
	free_answer(t);
	seen_fini(&t->seen);
	strbuf_fini(&t->text);
	free(t);
}

const struct feeder_ops feeder_kql = {.start = start, .stop = stop};
