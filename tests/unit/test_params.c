/* Paths and bodies filled in, and what must not get into them. */
#include "board_fixture.h"

#include "board/def_read.h"

/* One request around the member, asked for one item. */
static struct board_def *request_def(const char *members, struct err *err)
{
	struct strbuf text;
	struct board_def *def;

	strbuf_init(&text, 8192);
	strbuf_printf(&text,
		      "{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"
		      "\"subs\":{\"get\":\"/subs\"},"
		      "\"x\":{\"for_each\":\"subs.value\",\"as\":\"s\",%s}},"
		      "\"rows\":\"x\",\"key\":\"id\",\"columns\":[{\"name\":\"n\","
		      "\"title\":\"N\",\"value\":\"n\"}]}",
		      members);
	def = board_def_parse(strbuf_str(&text), "t", "t.json", err);
	strbuf_fini(&text);
	return def;
}

static const char answers_text[] =
	"{\"subs\":{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}}";
static const char item_text[] =
	"{\"id\":\"/subscriptions/1/x "
	"y\",\"n\":5,\"f\":0.5,\"b\":true,\"q\":\"a\\\"b\\\\c\\u0001\","
	"\"none\":null,\"empty\":\"\",\"list\":[1,\"2\"],\"up\":\"/a/../b\",\"dot\":\"./"
	"b\","
	"\"amp\":\"a&b=c?d#e%2F\",\"uni\":\"\xc3\xa4\",\"o\":{\"k\":\"v\"}}";

/* Text on success, "!" and the error's text on failure. */
static void expand(const char *members, bool body, struct strbuf *out)
{
	struct err err = {0};
	struct board_def *def = request_def(members, &err);
	cJSON *answers = cJSON_Parse(answers_text), *item = cJSON_Parse(item_text);
	bool ok = false;

	assert_non_null(answers);
	assert_non_null(item);
	if (def)
		ok = body ? request_body(&def->requests[1], answers, item, FIXTURE_NOW_MS,
					 out, &err)
			  : request_path(&def->requests[1], answers, item, FIXTURE_NOW_MS,
					 out, &err);
	if (!ok) {
		strbuf_reset(out);
		strbuf_printf(out, "!%s", err.text);
	}
	board_def_put(def);
	cJSON_Delete(answers);
	cJSON_Delete(item);
}

struct expand_case {
	const char *source, *want; /* '!': the error has this text */
};

static void run_cases(const struct expand_case *cases, size_t n, bool is_body)
{
	for (size_t i = 0; i < n; i++) {
		struct strbuf members, out;

		strbuf_init(&members, 4096);
		strbuf_init(&out, 4096);
		strbuf_printf(&members,
			      is_body ? "\"post\":\"/p\",\"read\":true,\"body\":%s"
				      : "\"get\":\"%s\"",
			      cases[i].source);
		expand(members.p, is_body, &out);
		if (cases[i].want[0] != '!')
			check_text(cases[i].source, strbuf_str(&out), cases[i].want);
		else if (str_find(strbuf_str(&out), str_from(cases[i].want + 1)) < 0 ||
			 out.p[0] != '!')
			fail_msg("case \"%s\": got \"%s\"", cases[i].source, out.p);
		strbuf_fini(&members);
		strbuf_fini(&out);
	}
}

static void test_paths(void **state)
{
	static const struct expand_case cases[] = {
		{"/plain?api-version=1", "/plain?api-version=1"},
		{"{s.id}/databases", "/subscriptions/1/x%20y/databases"},
		{"/n/{s.n}/{s.f}/{s.b}", "/n/5/0.5/true"},
		{"/q?x={s.amp}", "/q?x=a%26b%3Dc%3Fd%23e%252F"},
		{"/u/{s.uni}", "/u/%C3%A4"},
		{"/f?$filter=name eq '*'&a=%20", "/f?$filter=name%20eq%20'*'&a=%20"},
		{"/t/{@now-30m}/{@now}", "/t/2026-11-21T03:35:06Z/2026-11-21T04:05:06Z"},
		{"/t/{@day:date}/{@now:unix}", "/t/2026-11-21/1795233906"},
		{"/c/{subs.value[1].id}", "/c/2"},
		{"/j/{join('}', ['a','b'])}", "/j/a%7Db"},
		{"/h/{{x}}/{s.o.{v: k}.v}", "/h/{x}/v"},
		{"/x/{s.none}", "!parameter {s.none} is null"},
		{"/x/{s.gone}", "!request x: parameter {s.gone} is null"},
		{"/x/{s.empty}", "!is empty"},
		{"/x/{s.list}", "!is no text"},
		{"/x{s.up}", "!dot segment"},
		{"/x/{s.dot}", "!dot segment"},
		{"{s.n}", "!does not begin with '/'"},
		{"/x/{s.n", "!a lone brace"},
		{"/x/s.n}", "!a lone brace"},
		{"/x/{}", "!a lone brace"},
		{"/x/{@nowhere}", "!is no time such as"},
		{"/x/{s.[}", "!syntax"},
		{"x", "!must begin with '/'"},
	};

	(void)state;
	run_cases(cases, sizeof(cases) / sizeof(cases[0]), false);
}

static void test_bodies(void **state)
{
	static const struct expand_case cases[] = {
		{"{\"a\":[1,true,null,\"x\"]}", "{\"a\":[1,true,null,\"x\"]}"},
		{"{\"a\":\"{s.n}\"}", "{\"a\":5}"},
		{"{\"a\":\"{s.list}\"}", "{\"a\":[1,\"2\"]}"},
		{"{\"a\":\"{s.none}\"}", "{\"a\":null}"},
		{"{\"a\":\"{s.q}\"}", "{\"a\":\"a\\\"b\\\\c\\u0001\"}"},
		{"{\"a\":\"<{s.q}>\"}", "{\"a\":\"<a\\\"b\\\\c\\u0001>\"}"},
		{"{\"subs\":\"{subs.value[].id}\"}", "{\"subs\":[\"1\",\"2\"]}"},
		{"{\"from\":\"{@month}\"}", "{\"from\":\"2026-11-01T00:00:00Z\"}"},
		{"{\"q\":\"where t > {@day:date} | x == '{{}}'\"}",
		 "{\"q\":\"where t > 2026-11-21 | x == '{}'\"}"},
		{"\"{s.o}\"", "{\"k\":\"v\"}"},
		{"{\"{s.n}\":1}", "{\"{s.n}\":1}"},
		{"{\"a\":\"say \\\"{s.n}\\\"\\n\xc3\xa4\"}",
		 "{\"a\":\"say \\\"5\\\"\\u000a\xc3\xa4\"}"},
		{"{\"a\":\"x {s.list}\"}", "!is no text"},
		{"{\"a\":\"x {s.n\"}", "!a lone brace"},
	};

	(void)state;
	run_cases(cases, sizeof(cases) / sizeof(cases[0]), true);
}

static void test_too_long(void **state)
{
	struct err err = {0};
	struct board_def *def = request_def("\"get\":\"/0123456789\"", &err);
	struct strbuf out;

	(void)state;
	assert_non_null(def);
	strbuf_init(&out, 8);
	assert_false(request_path(&def->requests[1], NULL, NULL, 0, &out, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	strbuf_fini(&out);
	board_def_put(def);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests_name("params", tests, NULL, NULL);
}
