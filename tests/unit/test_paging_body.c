/* The body of the next page: the first one with the token in its place. */
#include "unit/check.h"

#include "azure/paging_body.h"
#include "base/json.h"

static const struct body_case {
	const char *name, *first, *page;
	const char *next; /* NULL: it cannot go on */
} cases[] = {
	{"into options that are there", "{\"query\":\"q\",\"options\":{\"$top\":9}}",
	 "{\"$skipToken\":\"a\\\"b\"}",
	 "{\"query\":\"q\",\"options\":{\"$top\":9,\"$skipToken\":\"a\\\"b\"}}"},
	{"into options that are made", "{\"query\":\"q\"}", "{\"$skipToken\":\"t\"}",
	 "{\"query\":\"q\",\"options\":{\"$skipToken\":\"t\"}}"},
	{"in place of the last token", "{\"options\":{\"$skipToken\":\"old\"}}",
	 "{\"$skipToken\":\"new\"}", "{\"options\":{\"$skipToken\":\"new\"}}"},
	{"beside the filters", "{\"filters\":[]}", "{\"continuationToken\":\"c\"}",
	 "{\"filters\":[],\"continuationToken\":\"c\"}"},
	{"options that are no object", "{\"options\":[]}", "{\"$skipToken\":\"t\"}",
	 NULL},
	{"a body that is no object", "[1]", "{\"continuationToken\":\"c\"}", NULL},
	{"a body that is no JSON", "query", "{\"$skipToken\":\"t\"}", NULL},
};

static void test_next_bodies(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct body_case *c = &cases[i];
		cJSON *page = cJSON_Parse(c->page);
		struct paging_body b;
		struct err err = {0};
		bool ok;

		paging_body_init(&b, str_from(c->first));
		ok = paging_body_follow(&b, page, &err);
		check_case(c->name, ok == (c->next != NULL));
		check_case(c->name, ok == (err.code == ERR_NONE));
		if (c->next)
			check_text(c->name, strbuf_str(&b.next), c->next);
		paging_body_fini(&b);
		cJSON_Delete(page);
	}
}

/* Each page writes its body anew, out of the first one. */
static void test_page_after_page(void **state)
{
	cJSON *one = cJSON_Parse("{\"$skipToken\":\"1\"}");
	cJSON *two = cJSON_Parse("{\"$skipToken\":\"2\"}");
	struct paging_body b;
	struct err err;

	(void)state;
	paging_body_init(&b, STR("{}"));
	assert_true(paging_body_follow(&b, one, &err));
	assert_true(paging_body_follow(&b, two, &err));
	check_text("two", strbuf_str(&b.next), "{\"options\":{\"$skipToken\":\"2\"}}");
	paging_body_fini(&b);
	cJSON_Delete(one);
	cJSON_Delete(two);
}

static void test_the_last_page(void **state)
{
	static const char *const pages[] = {"{}", "{\"$skipToken\":null}",
					    "{\"$skipToken\":\"\"}",
					    "{\"continuationToken\":null}",
					    "{\"$skipToken\":7}"};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		cJSON *page = cJSON_Parse(pages[i]);

		check_case(pages[i], !paging_body_token(page));
		cJSON_Delete(page);
	}
	assert_null(paging_body_token(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_bodies),
		cmocka_unit_test(test_page_after_page),
		cmocka_unit_test(test_the_last_page),
	};

	return cmocka_run_group_tests_name("paging_body", tests, NULL, NULL);
}
