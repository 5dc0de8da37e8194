/* Pages become one document, and only links that may be followed are. */
#include "unit/check.h"

#include "azure/paging.h"
#include "base/json.h"

enum { MOST_PAGES = 6 };

#define HOST  "https://management.azure.com"
#define FIRST HOST "/things?api-version=1"

static const struct paging_case {
	const char *name;
	const char *style; /* NULL: arm */
	const char *first; /* NULL: FIRST */
	int max_pages;
	const char *pages[MOST_PAGES];
	const char *continuations[MOST_PAGES];
	int asked;	  /* pages that were asked for */
	const char *all;  /* the list at the end */
	const char *next; /* the last link followed; NULL: none */
	enum err_code code;
} cases[] = {
	{.name = "no link", .pages = {"{\"value\":[1,2]}"}, .asked = 1, .all = "[1,2]"},
	{.name = "null and empty links end",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST "/b\"}",
		   "{\"value\":[2],\"nextLink\":null}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = HOST "/b"},
	{.name = "an empty text ends",
	 .pages = {"{\"value\":[1],\"nextLink\":\"\"}"},
	 .asked = 1,
	 .all = "[1]"},
	{.name = "empty pages go on",
	 .pages = {"{\"value\":[],\"nextLink\":\"" HOST "/b\"}",
		   "{\"value\":[],\"nextLink\":\"" HOST "/c\"}", "{\"value\":[3]}"},
	 .asked = 3,
	 .all = "[3]",
	 .next = HOST "/c"},
	{.name = "a first page without a list",
	 .pages = {"{\"nextLink\":\"" HOST "/b\"}", "{\"value\":[2]}"},
	 .asked = 2,
	 .all = "[2]",
	 .next = HOST "/b"},
	{.name = "rows of a cost query",
	 .pages = {"{\"properties\":{\"rows\":[[1]],\"nextLink\":\"" HOST "/b\"}}",
		   "{\"properties\":{\"rows\":[[2],[3]],\"nextLink\":null}}"},
	 .asked = 2,
	 .all = "[[1],[2],[3]]",
	 .next = HOST "/b"},
	{.name = "a link is followed to the letter",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST
		   "/b?%24skiptoken=a%2Fb+c&API-version=1\"}",
		   "{\"value\":[2]}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = HOST "/b?%24skiptoken=a%2Fb+c&API-version=1"},
	{.name = "the default port is the same host",
	 .pages = {"{\"value\":[1],\"nextLink\":\"https://Management.Azure.com:443/b\"}",
		   "{\"value\":[2]}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = "https://Management.Azure.com:443/b"},
	{.name = "a regional host of the cloud",
	 .pages = {"{\"value\":[1],\"nextLink\":"
		   "\"https://westeurope.management.azure.com/b\"}",
		   "{\"value\":[2]}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = "https://westeurope.management.azure.com/b"},
	{.name = "another host",
	 .pages = {"{\"value\":[1],\"nextLink\":\"https://evil.example/b\"}"},
	 .asked = 1,
	 .all = "[1]",
	 .code = ERR_REFUSED},
	{.name = "our host as a user name",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST "@evil.example/b\"}"},
	 .asked = 1,
	 .all = "[1]",
	 .code = ERR_REFUSED},
	{.name = "our host as a prefix",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST ".evil.example/b\"}"},
	 .asked = 1,
	 .all = "[1]",
	 .code = ERR_REFUSED},
	{.name = "plain http",
	 .pages = {"{\"value\":[1],\"nextLink\":\"http://management.azure.com/b\"}"},
	 .asked = 1,
	 .all = "[1]",
	 .code = ERR_REFUSED},
	{.name = "back to the first page",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" FIRST "\"}"},
	 .asked = 1,
	 .all = "[1]",
	 .code = ERR_SERVICE},
	{.name = "a circle",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST "/b\"}",
		   "{\"value\":[2],\"nextLink\":\"" HOST "/b\"}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = HOST "/b",
	 .code = ERR_SERVICE},
	{.name = "too many pages",
	 .max_pages = 2,
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST "/b\"}",
		   "{\"value\":[2],\"nextLink\":\"" HOST "/c\"}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = HOST "/b",
	 .code = ERR_TOO_LARGE},
	{.name = "continuation tokens are encoded",
	 .style = "devops",
	 .pages = {"{\"value\":[1]}", "{\"value\":[2]}"},
	 .continuations = {"a+b/c="},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = FIRST "&continuationToken=a%2Bb%2Fc%3D"},
	{.name = "a continuation token again",
	 .style = "devops",
	 .pages = {"{\"value\":[1]}", "{\"value\":[2]}"},
	 .continuations = {"a", "a"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = FIRST "&continuationToken=a",
	 .code = ERR_SERVICE},
	{.name = "full pages go on behind what came",
	 .style = "devops-skip",
	 .first = FIRST "&$top=2",
	 .pages = {"{\"value\":[1,2]}", "{\"value\":[3,4]}", "{\"value\":[5]}"},
	 .asked = 3,
	 .all = "[1,2,3,4,5]",
	 .next = FIRST "&$top=2&$skip=4"},
	{.name = "a page of nothing ends",
	 .style = "devops-skip",
	 .first = FIRST "&$top=2",
	 .pages = {"{\"value\":[1,2]}", "{\"value\":[]}"},
	 .asked = 2,
	 .all = "[1,2]",
	 .next = FIRST "&$top=2&$skip=2"},
	{.name = "an address that does not say how many",
	 .style = "devops-skip",
	 .first = FIRST "&top=1",
	 .pages = {"{\"value\":[1,2]}"},
	 .asked = 1,
	 .all = "[1,2]"},
	{.name = "lists that do not page",
	 .style = "none",
	 .pages = {"{\"value\":[1],\"nextLink\":\"" HOST "/b\"}"},
	 .asked = 1,
	 .all = "[1]"},
};

static const cJSON *list_of(const cJSON *all)
{
	const cJSON *value = json_member(all, "value");

	return value ? value : json_member(json_member(all, "properties"), "rows");
}

static void run_case(const struct paging_case *c)
{
	const struct paging_rule *rule =
		paging_rule_find(str_from(c->style ? c->style : "arm"));
	enum paging_step step = PAGING_MORE;
	struct strbuf next, text;
	struct err err = {0};
	struct paging p;
	cJSON *all;
	int i = 0;

	strbuf_init(&next, 4096);
	strbuf_init(&text, 4096);
	paging_init(&p, rule, STR(HOST), str_from(c->first ? c->first : FIRST),
		    c->max_pages);
	while (step == PAGING_MORE) {
		check_case(c->name, i < MOST_PAGES && c->pages[i]);
		step = paging_add(&p, cJSON_Parse(c->pages[i]),
				  str_from(c->continuations[i]), &next, &err);
		i++;
	}
	check_case(c->name, i == c->asked && p.pages == i);
	check_case(c->name, (step == PAGING_CUT) == (c->code != ERR_NONE));
	check_case(c->name, err.code == c->code);
	check_text(c->name, strbuf_str(&next), c->next ? c->next : "");
	all = paging_take(&p);
	json_print(&text, list_of(all));
	check_text(c->name, strbuf_str(&text), c->all);
	cJSON_Delete(all);
	paging_fini(&p);
	strbuf_fini(&next);
	strbuf_fini(&text);
}

static void test_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		run_case(&cases[i]);
}

static void test_link_longer_than_its_buffer(void **state)
{
	struct strbuf next;
	struct err err = {0};
	struct paging p;

	(void)state;
	strbuf_init(&next, 40);
	paging_init(&p, paging_rule_find(STR("arm")), STR(HOST), STR(FIRST), 0);
	assert_int_equal(paging_add(&p,
				    cJSON_Parse("{\"value\":[1],\"nextLink\":\"" HOST
						"/0123456789012345678901234567\"}"),
				    (struct str){0}, &next, &err),
			 PAGING_CUT);
	assert_int_equal(err.code, ERR_TOO_LARGE);
	paging_fini(&p);
	strbuf_fini(&next);
}

static void test_no_content(void **state)
{
	struct strbuf next;
	struct err err = {0};
	struct paging p;

	(void)state;
	strbuf_init(&next, 40);
	paging_init(&p, paging_rule_find(STR("arm")), STR(HOST), STR(FIRST), 0);
	assert_int_equal(paging_add(&p, NULL, (struct str){0}, &next, &err), PAGING_DONE);
	assert_null(paging_take(&p));
	paging_fini(&p);
	strbuf_fini(&next);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_link_longer_than_its_buffer),
		cmocka_unit_test(test_no_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
