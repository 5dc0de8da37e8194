/* Rows of a log query as lines: what is asked when, what comes twice or late, what is only
 * a part. Time and the service are the test's. Thread: the test's. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "fake/fake_loop.h"
#include "live/kql_answer.h"
#include "unit/check.h"

#define PATH "/v1/workspaces/w-1/query"
#define HEAD                                                                             \
	"{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":["                         \
	"{\"name\":\"TimeGenerated\",\"type\":\"datetime\"},"                            \
	"{\"name\":\"PodName\",\"type\":\"string\"},"                                    \
	"{\"name\":\"LogMessage\",\"type\":\"dynamic\"}],\"rows\":["
#define TAIL		 "]}]}"
#define ROW(at, message) "[\"2026-03-11T10:" at "Z\",\"web\",\"" message "\"]"

enum { STREAMS = 5 };

struct bench {
	struct loop *loop;
	struct api *api;
	struct credential *credential;
	struct connection connection;
	struct live *live;
	struct ring *ring[STREAMS];
	struct live_status status[STREAMS];
};

static const struct connection *find(void *ctx, enum conn_kind kind, size_t i)
{
	return kind == CONN_LOG_ANALYTICS && i == 0 ? &((struct bench *)ctx)->connection
						    : NULL;
}

static void told(void *ctx, uint64_t id, const struct live_status *status,
		 struct ring *ring)
{
	struct bench *b = ctx;

	if (ring)
		b->ring[id] = ring_share(ring);
	b->status[id] = *status;
}

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_true(time_parse(str_from(text), &ms));
	return ms;
}

static void begin(struct bench *b)
{
	static char name[] = "logs", base[] = "https://logs.example";

	*b = (struct bench){.loop = fake_loop_new(at("2026-03-11T10:20:00Z"))};
	b->api = fake_api_new();
	b->credential = fake_credential_new(b->loop, "t");
	b->connection = (struct connection){
		.name = name,
		.kind = CONN_LOG_ANALYTICS,
		.base_url = base,
		.credential = b->credential,
		.about = cJSON_Parse("{\"workspaces\":[\"w-1\",{\"name\":\"b\",\"id\":"
				     "\"w-2\"}]}")};
	b->live = live_new(&(struct live_options){.loop = b->loop,
						  .api = b->api,
						  .speed = 1,
						  .connection = find,
						  .tell = told,
						  .ctx = b});
}

static void end(struct bench *b)
{
	live_free(b->live);
	for (size_t i = 0; i < STREAMS; i++)
		ring_free(b->ring[i]);
	cJSON_Delete(b->connection.about);
	fake_credential_free(b->credential);
	fake_api_free(b->api);
	fake_loop_free(b->loop);
}

static void follow(struct bench *b, uint64_t id, const char *source, bool is_once)
{
	live_follow(b->live, id,
		    &(struct live_request){.source = str_from(source),
					   .since_ms = at("2026-03-11T10:10:00Z"),
					   .is_once = is_once});
}

static void check_asked(const struct bench *b, size_t i, const char *from, const char *to)
{
	struct strbuf want;

	strbuf_init(&want, 2000);
	strbuf_printf(&want,
		      "POST " PATH " {\"query\":\"T\\n| take 10000\",\"timespan\":"
		      "\"2026-03-11T10:%sZ/2026-03-11T10:%sZ\",\"workspaces\":[\"w-2\"]}",
		      from, to);
	check_text("asked", str_from(fake_api_call(b->api, i)), want.p);
	strbuf_fini(&want);
}

static void check_lines(const struct bench *b, uint64_t id, const char *want)
{
	struct ring_view view;
	struct strbuf got;
	struct line line;

	strbuf_init(&got, 1 << 16);
	ring_view_take(b->ring[id], &view);
	for (uint64_t i = view.first; i < view.end; i++) {
		assert_true(ring_view_line(&view, i, &line));
		strbuf_printf(&got, "%.*s|", STR_ARG(line.raw));
	}
	ring_view_drop(&view);
	check_text("lines", strbuf_str(&got), want);
	strbuf_fini(&got);
}

/* Each question reaches back; what came before is left out, what came late is not. */
static void overlaps(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	follow(&b, 0, "kql:T", false);
	check_asked(&b, 0, "10:00.000", "20:00.000");
	fake_api_answer(b.api, PATH,
			HEAD ROW("19:00.5", "b") "," ROW("11:00", "a") "," ROW("19:00.5",
									       "b") TAIL);
	fake_loop_advance(b.loop, 100);
	check_lines(&b, 0, "a|b|b|");
	assert_int_equal(b.status[0].state, LIVE_FOLLOWING);
	fake_loop_advance(b.loop, 30000);
	check_asked(&b, 1, "14:00.000", "20:30.000");
	fake_api_answer(b.api, PATH,
			HEAD ROW("19:00.5", "b") "," ROW("19:00.5", "b") "," ROW(
				"19:00.5", "b") "," ROW("15:00", "late") TAIL);
	fake_loop_advance(b.loop, 100);
	check_lines(&b, 0, "a|b|b|late|b|");
	assert_int_equal(b.status[0].gaps, 0);
	end(&b);
}

/* Rows that came, and the reason why others did not; they are asked for once more. */
static void parts(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	follow(&b, 0, "kql:T", false);
	fake_api_cut(b.api, PATH, HEAD ROW("11:00", "a") TAIL, "EngineError: no memory");
	fake_loop_advance(b.loop, 100);
	check_lines(&b, 0, "a|");
	assert_string_equal(b.status[0].note, "answered in part: EngineError: no memory");
	fake_loop_advance(b.loop, 30000);
	check_asked(&b, 1, "10:00.000", "20:30.000");
	fake_api_answer(b.api, PATH, HEAD ROW("11:00", "a") "," ROW("11:01", "b") TAIL);
	fake_loop_advance(b.loop, 100);
	check_lines(&b, 0, "a|b|");
	assert_string_equal(b.status[0].note, "");
	end(&b);
}

static char *many_rows(const char *minute)
{
	struct strbuf text;
	char *taken;

	strbuf_init(&text, 4 << 20);
	strbuf_puts(&text, HEAD);
	for (int i = 0; i < 10000; i++)
		strbuf_printf(&text, "%s[\"2026-03-11T10:%s:00Z\",\"web\",\"%d\"]",
			      i ? "," : "", minute, i);
	strbuf_puts(&text, TAIL);
	taken = strbuf_take(&text);
	strbuf_fini(&text);
	return taken;
}

/* What is cut off at the limit is asked for in halves, in order. */
static void halves(void **state)
{
	struct bench b;
	char *many = many_rows("12");

	(void)state;
	begin(&b);
	follow(&b, 0, "kql:T", true);
	fake_api_answer(b.api, PATH, many);
	check_asked(&b, 1, "10:00.000", "15:00.000");
	fake_loop_advance(b.loop, 1);
	assert_int_equal(ring_published(b.ring[0]), 0);
	fake_api_answer(b.api, PATH, HEAD ROW("12:00", "a") "," ROW("15:00", "b") TAIL);
	fake_loop_advance(b.loop, 10);
	check_asked(&b, 2, "15:00.000", "20:00.000");
	/* The row between the two comes with both. */
	fake_api_answer(b.api, PATH, HEAD ROW("15:00", "b") "," ROW("16:00", "c") TAIL);
	fake_loop_advance(b.loop, 10);
	check_lines(&b, 0, "a|b|c|");
	assert_int_equal(b.status[0].state, LIVE_ENDED);
	fake_loop_work(b.loop);
	end(&b);
	free(many);
}

/* Down to where nothing is to be halved any more: then it is said. */
static void too_many(void **state)
{
	struct bench b;
	char *many = many_rows("10");
	int asked = 0;

	(void)state;
	begin(&b);
	follow(&b, 0, "kql:T", true);
	for (; asked < 12 && !b.status[0].gaps; asked++) {
		fake_api_answer(b.api, PATH, many);
		fake_loop_advance(b.loop, 100);
	}
	assert_int_equal(asked, 10);
	assert_int_equal(b.status[0].gaps, 1);
	assert_int_equal(ring_published(b.ring[0]), 10000);
	fake_loop_work(b.loop);
	end(&b);
	free(many);
}

static void failures(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	/* A query that is wrong does not get better. */
	follow(&b, 0, "kql:T", false);
	fake_api_fail_status(b.api, PATH, ERR_REFUSED, 400, "SEM0100: no table T");
	fake_loop_advance(b.loop, 100);
	assert_int_equal(b.status[0].state, LIVE_FAILED);
	assert_string_equal(b.status[0].err.text, "logs: SEM0100: no table T");
	/* One that worked once is asked again, when it was told to. */
	follow(&b, 1, "kql:T", false);
	fake_api_answer(b.api, PATH, HEAD TAIL);
	fake_loop_advance(b.loop, 30100);
	fake_api_retry_after(b.api, 45000);
	fake_api_fail_status(b.api, PATH, ERR_THROTTLED, 429, "too many");
	fake_loop_advance(b.loop, 44000);
	assert_int_equal(b.status[1].state, LIVE_WAITING);
	assert_int_equal(fake_api_open(b.api), 0);
	fake_loop_advance(b.loop, 2000);
	/* All that was missed meanwhile, and what it always reaches back. */
	check_asked(&b, 3, "14:00.100", "21:15.200");
	fake_api_answer(b.api, PATH, HEAD ROW("20:40", "x") TAIL);
	fake_loop_advance(b.loop, 100);
	check_lines(&b, 1, "x|");
	assert_int_equal(b.status[1].state, LIVE_FOLLOWING);
	end(&b);
}

/* Three at once, over all streams. */
static void turns(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	for (uint64_t id = 0; id < STREAMS; id++)
		follow(&b, id, "kql:T", true);
	assert_int_equal(fake_api_open(b.api), 3);
	fake_loop_advance(b.loop, 1000);
	assert_int_equal(fake_api_open(b.api), 3);
	fake_api_answer(b.api, PATH, HEAD TAIL);
	live_unfollow(b.live, 1);
	fake_loop_advance(b.loop, 1000);
	assert_int_equal(fake_api_open(b.api), 3);
	assert_int_equal(fake_api_count(b.api), 5);
	end(&b);
}

#define COLUMNS(list)	   "{\"tables\":[{\"columns\":[" list "],\"rows\":["
#define COLUMN(name, type) "{\"name\":\"" name "\",\"type\":\"" type "\"}"
#define TIME		   COLUMN("TimeGenerated", "datetime")

static const struct {
	const char *name, *answer;
	const char *raw, *source, *message; /* raw NULL: no time in it */
	enum line_level level;
} rows[] = {
	{"a container's",
	 COLUMNS(TIME "," COLUMN("PodName", "string") "," COLUMN(
		 "LogMessage",
		 "dynamic") "," COLUMN("LogLevel",
				       "string")) "[\"2026-03-11T10:20:30.1234567Z\","
						  "\"web\",\"hi\",\"CRITICAL\"]" TAIL,
	 "hi", "web", "hi", LINE_CRITICAL},
	{"JSON in a text",
	 COLUMNS(TIME "," COLUMN("LogMessage",
				 "dynamic")) "[\"2026-03-11T10:20:30Z\",\"{\\\"level\\\":"
					     "\\\"warn\\\",\\\"msg\\\":"
					     "\\\"low\\\"}\"]" TAIL,
	 "{\"level\":\"warn\",\"msg\":\"low\"}", "", "low", LINE_WARNING},
	{"JSON as it is",
	 COLUMNS(TIME "," COLUMN("LogMessage",
				 "dynamic")) "[\"2026-03-11T10:20:30Z\",{\"level\":"
					     "\"error\",\"msg\":\"x\"}]" TAIL,
	 "{\"level\":\"error\",\"msg\":\"x\"}", "", "x", LINE_ERROR},
	{"an application's, with a number for a level",
	 COLUMNS(TIME "," COLUMN("Message", "string") "," COLUMN(
		 "SeverityLevel",
		 "int") "," COLUMN("AppRoleName", "string")) "[\"2026-03-11T10:20:30Z\","
							     "\"slow\",2,\"api\"]" TAIL,
	 "slow", "api", "slow", LINE_WARNING},
	{"a number in a text, as samples have it",
	 COLUMNS(TIME "," COLUMN("Message", "string") "," COLUMN(
		 "SeverityLevel",
		 "int")) "[\"2026-03-11T10:20:30Z\",\"slow\",\"3\"]" TAIL,
	 "slow", "", "slow", LINE_ERROR},
	{"columns without a message",
	 COLUMNS(COLUMN("when", "datetime") "," COLUMN("User", "string") "," COLUMN(
		 "n",
		 "long") "," COLUMN("TenantId",
				    "string") "," COLUMN("empty",
							 "string")) "[\"2026-03-11T10:20:"
								    "30Z\",\"a "
								    "b\",7,\"t\","
								    "null]" TAIL,
	 "User=\"a b\" n=7", "", "User=\"a b\" n=7", LINE_UNKNOWN},
	{"a time that is none", COLUMNS(TIME) "[\"soon\"]" TAIL, NULL, NULL, NULL,
	 LINE_UNKNOWN},
	{"a time that is null", COLUMNS(TIME) "[null]" TAIL, NULL, NULL, NULL,
	 LINE_UNKNOWN},
};

static void rows_are_lines(void **state)
{
	struct strbuf text;

	(void)state;
	strbuf_init(&text, KQL_ROW_MOST_BYTES);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cJSON *json = cJSON_Parse(rows[i].answer);
		struct kql_answer a;
		struct line line;
		struct err err = {0};
		int64_t ms;

		assert_non_null(json);
		check_case(rows[i].name, kql_answer_open(&a, json, &err));
		check_case(rows[i].name,
			   kql_answer_time(&a, a.rows->child, &ms) == !!rows[i].raw);
		if (rows[i].raw) {
			kql_answer_line(&a, a.rows->child, 0, &text, &line);
			check_text(rows[i].name, line.raw, rows[i].raw);
			check_text(rows[i].name, line.source, rows[i].source);
			check_text(rows[i].name, line.message, rows[i].message);
			check_case(rows[i].name, line.level == rows[i].level);
			check_case(rows[i].name, line.has_time && line.time_ms == ms);
		}
		cJSON_Delete(json);
	}
	strbuf_fini(&text);
}

static void no_tables(void **state)
{
	static const char *const answers[] = {
		"{}",
		"{\"tables\":[]}",
		"{\"tables\":{\"columns\":[],\"rows\":[]}}",
		"{\"tables\":[{\"columns\":{},\"rows\":[]}]}",
		"{\"tables\":[{\"columns\":[1],\"rows\":[[1]]}]}",
		COLUMNS(COLUMN("n", "long")) "[1]" TAIL};

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		cJSON *json = cJSON_Parse(answers[i]);
		struct kql_answer a;
		struct err err = {0};

		check_case(answers[i], json && !kql_answer_open(&a, json, &err));
		check_case(answers[i], err.code != ERR_NONE);
		cJSON_Delete(json);
	}
}

/* What the service publishes as its answer, where it is at hand. */
static void published(void **state)
{
	const char *src = getenv("AZ_SRCDIR");
	struct strbuf text, line_text;
	struct kql_answer a;
	struct err err = {0};
	const cJSON *answer, *row;
	char path[4096];
	cJSON *json;
	size_t n = 0;

	(void)state;
	snprintf(path, sizeof(path), "%s/../shared/wire/arm/logs/query-post.json",
		 src ? src : ".");
	strbuf_init(&text, 4 << 20);
	if (!file_read(path, &text, &err)) {
		printf("# there is no %s\n", path);
		strbuf_fini(&text);
		return;
	}
	json = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	answer = json_member(json_member(json_member(json, "responses"), "200"), "body");
	assert_true(kql_answer_open(&a, answer, &err));
	strbuf_init(&line_text, KQL_ROW_MOST_BYTES);
	cJSON_ArrayForEach (row, a.rows) {
		struct line line;

		kql_answer_line(&a, row, 0, &line_text, &line);
		assert_true(line.has_time && line.raw.n > 0);
		n++;
	}
	assert_true(n > 0);
	strbuf_fini(&line_text);
	cJSON_Delete(json);
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(overlaps),	  cmocka_unit_test(parts),
		cmocka_unit_test(halves),	  cmocka_unit_test(too_many),
		cmocka_unit_test(failures),	  cmocka_unit_test(turns),
		cmocka_unit_test(rows_are_lines), cmocka_unit_test(no_tables),
		cmocka_unit_test(published),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
