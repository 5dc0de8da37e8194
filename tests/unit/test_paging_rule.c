/* Where each service says that there is more, and how the next page is asked for. */
#include "unit/check.h"

#include "azure/paging_rule.h"
#include "base/json.h"

#define FIRST "https://api.example/v1/things?limit=2&offset=0&x=1"

static const struct rule_case {
	const char *name, *rule, *page, *header;
	const char *next; /* the address asked, or the mark; NULL: the last page */
	int items;	  /* -1: no list */
} cases[] = {
	{"nothing is paged", "none", "{\"value\":[1],\"nextLink\":\"https://a/b\"}", "",
	 NULL, -1},
	{"k8s", "k8s", "{\"metadata\":{\"continue\":\"a+b/=\"},\"items\":[1,2]}", "",
	 FIRST "&continue=a%2Bb%2F%3D", 2},
	{"k8s ends", "k8s", "{\"metadata\":{\"continue\":\"\"},\"items\":[]}", "", NULL,
	 0},
	{"a link header", "link", "[1,2,3]",
	 "<https://api.example/x?page=1>; rel=\"prev\", <https://api.example/x?page=3>; "
	 "rel=\"next\"",
	 "https://api.example/x?page=3", 3},
	{"the last link header", "link", "{\"workflow_runs\":[1]}",
	 "<https://api.example/x?page=1>; rel=\"prev\"", NULL, 1},
	{"a broken link header", "link", "[]", "<https://api.example; rel=\"next\"", NULL,
	 0},
	{"a uri", "uri",
	 "{\"value\":[1],\"continuationUri\":\"https://api.example/n\","
	 "\"continuationToken\":\"t\"}",
	 "", "https://api.example/n", 1},
	{"related links", "links",
	 "{\"results\":[],\"links\":[{\"rel\":\"self\",\"href\":\"https://a/s\"},"
	 "{\"rel\":\"next\",\"href\":\"https://a/n\"}]}",
	 "", "https://a/n", 0},
	{"by cursor", "zendesk",
	 "{\"tickets\":[1],\"links\":{\"next\":\"https://z/t?page%5Bafter%5D=1\"}}", "",
	 "https://z/t?page%5Bafter%5D=1", 1},
	{"by number", "zendesk", "{\"results\":[1],\"next_page\":null}", "", NULL, 1},
	{"starting after", "intercom",
	 "{\"conversations\":[1],\"pages\":{\"next\":{\"starting_after\":\"WzE\"}}}", "",
	 FIRST "&starting_after=WzE", 1},
	{"an offset takes the place of the first one", "pagerduty",
	 "{\"incidents\":[1,2],\"limit\":2,\"offset\":4,\"more\":true}", "",
	 "https://api.example/v1/things?limit=2&x=1&offset=6", 2},
	{"no more", "pagerduty",
	 "{\"incidents\":[1],\"limit\":2,\"offset\":6,\"more\":false}", "", NULL, 1},
	{"a limit of nothing", "pagerduty",
	 "{\"incidents\":[],\"limit\":0,\"more\":true}", "", NULL, 0},
	{"a page number", "json-api",
	 "{\"data\":[1],\"meta\":{\"pagination\":{\"next-page\":2}}}", "",
	 FIRST "&page%5Bnumber%5D=2", 1},
	{"a page token", "google", "{\"endpoints\":[1],\"nextPageToken\":\"t\"}", "",
	 FIRST "&pageToken=t", 1},
	{"google has none", "google", "{}", "", NULL, -1},
	{"a header's token", "devops", "{\"count\":1,\"value\":[1]}", "2026-01",
	 FIRST "&continuationToken=2026-01", 1},
};

static void test_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct rule_case *c = &cases[i];
		const struct paging_rule *rule = paging_rule_find(str_from(c->rule));
		cJSON *page = cJSON_Parse(c->page), *list;
		struct strbuf mark, next;
		bool has_next;

		strbuf_init(&mark, 4096);
		strbuf_init(&next, 4096);
		check_case(c->name, rule && page);
		has_next = paging_rule_mark(rule, page, str_from(c->header), &mark);
		check_case(c->name, has_next == (c->next != NULL));
		if (has_next && rule->to == PAGING_TO_QUERY)
			paging_rule_address(rule, STR(FIRST), strbuf_str(&mark), &next);
		else if (has_next)
			strbuf_put(&next, strbuf_str(&mark));
		if (has_next)
			check_text(c->name, strbuf_str(&next), c->next);
		list = paging_rule_list(rule, page);
		check_case(c->name, (list ? cJSON_GetArraySize(list) : -1) == c->items);
		strbuf_fini(&next);
		strbuf_fini(&mark);
		cJSON_Delete(page);
	}
}

static void test_names(void **state)
{
	const struct paging_rule *rule;

	(void)state;
	for (size_t i = 0; (rule = paging_rule_at(i)); i++) {
		assert_ptr_equal(paging_rule_find(str_from(rule->name)), rule);
		check_case(rule->name,
			   rule->to != PAGING_TO_QUERY || (rule->into && rule->mark));
	}
	assert_null(paging_rule_find(STR("nothing")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
