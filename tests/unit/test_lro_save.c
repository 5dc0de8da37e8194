/* Operations on paper: what is written is read again, and nothing else is. */
#include "unit/check.h"

#include "azure/lro.h"

#define ARM	 "https://management.azure.com"
#define RESOURCE ARM "/subscriptions/s/databases/d?api-version=1"
#define OP	 ARM "/operations/1?t=2&s=secret"
#define FOREIGN	 "https://management.azure.com.evil.example/operations/1"

#define START_MS INT64_C(1795233600000)

static void test_written_and_read(void **state)
{
	struct api_answer a = {.status = 202, .retry_after_ms = -1};
	struct strbuf url, text;
	struct lro l, loaded;
	struct err err;

	(void)state;
	/* As long as Azure's signed addresses are, and somewhat longer. */
	strbuf_init(&url, 8192);
	strbuf_init(&text, 1 << 16);
	strbuf_puts(&url, ARM "/operations/1?s=\"\\");
	strbuf_pad(&url, 'x', 4096);
	a.async_operation = strbuf_str(&url);
	a.location = STR(OP);
	lro_init(&l, HTTP_POST, STR(RESOURCE), START_MS);
	lro_begin(&l, &a, START_MS + 123);
	lro_save(&l, &text);
	assert_true(lro_load(&loaded, strbuf_str(&text), &err));
	assert_int_equal(loaded.method, HTTP_POST);
	assert_int_equal(loaded.phase, LRO_OPERATION);
	assert_int_equal(loaded.outcome, LRO_RUNNING);
	assert_int_equal(loaded.started_utc_ms, START_MS + 123);
	check_text("poll", strbuf_str(&url), loaded.poll_url);
	assert_string_equal(loaded.result_url, OP);
	assert_string_equal(loaded.resource_url, RESOURCE);
	/* Followed at once, however long it lay. */
	assert_int_equal(loaded.wait_ms, 0);
	lro_fini(&l);
	lro_fini(&loaded);
	strbuf_fini(&url);
	strbuf_fini(&text);
}

static void test_what_has_ended_is_not_followed(void **state)
{
	struct api_answer a = {.status = 200, .retry_after_ms = -1};
	struct strbuf text;
	struct lro l, loaded;
	struct err err;

	(void)state;
	strbuf_init(&text, 1 << 16);
	lro_init(&l, HTTP_PUT, STR(RESOURCE), START_MS);
	lro_begin(&l, &a, START_MS);
	lro_save(&l, &text);
	assert_false(lro_load(&loaded, strbuf_str(&text), &err));
	assert_int_equal(err.code, ERR_PARSE);
	lro_fini(&l);
	strbuf_fini(&text);
}

#define SAVED(method, phase, poll)                                                       \
	"{\"version\":1,\"method\":\"" method "\",\"phase\":\"" phase                    \
	"\",\"resource\":\"" RESOURCE "\",\"poll\":\"" poll                              \
	"\",\"started\":\"2026-11-21T04:00:00.000Z\"}"

static void test_what_is_no_saved_operation(void **state)
{
	static const struct {
		const char *name, *text;
		bool is_good;
	} files[] = {
		{"good", SAVED("PUT", "operation", OP), true},
		{"empty", "", false},
		{"no object", "[1]", false},
		{"another method", SAVED("HEAD", "operation", OP), false},
		{"ended", SAVED("PUT", "ended", OP), false},
		{"another host", SAVED("PUT", "operation", FOREIGN), false},
		{"another version", "{\"version\":2}", false},
		{"cut", "{\"version\":1,\"method\":\"PUT\"", false},
		{"no address",
		 "{\"version\":1,\"method\":\"PUT\",\"phase\":\"operation\",\"resource\":"
		 "\"" RESOURCE "\",\"started\":\"2026-11-21T04:00:00Z\"}",
		 false},
		{"no time",
		 "{\"version\":1,\"method\":\"PUT\",\"phase\":\"operation\",\"resource\":"
		 "\"" RESOURCE "\",\"poll\":\"" OP "\",\"started\":\"soon\"}",
		 false},
		{"a resource that is no address",
		 "{\"version\":1,\"method\":\"PUT\",\"phase\":\"operation\",\"resource\":"
		 "\"/x\",\"poll\":\"/x\",\"started\":\"2026-11-21T04:00:00Z\"}",
		 false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct lro l = {0};
		struct err err;
		bool ok;

		err_clear(&err);
		ok = lro_load(&l, str_from(files[i].text), &err);
		check_case(files[i].name, ok == files[i].is_good);
		check_case(files[i].name, ok == (err.code == ERR_NONE));
		lro_fini(&l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written_and_read),
		cmocka_unit_test(test_what_has_ended_is_not_followed),
		cmocka_unit_test(test_what_is_no_saved_operation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
