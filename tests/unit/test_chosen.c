/* A connection that means some subscriptions only: its lists and its queries. */
#include "unit/check.h"

#include "azure/chosen.h"
#include "base/json.h"

#define SUBS  "/subscriptions?api-version=2022-12-01"
#define GRAPH "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"

static struct connection connection_of(enum conn_kind kind, const char *about)
{
	return (struct connection){.kind = kind, .about = cJSON_Parse(about)};
}

static void test_lists(void **state)
{
	static const struct {
		const char *name;
		enum conn_kind kind;
		const char *about, *path;
		int left;
	} cases[] = {
		{"one, however it is written", CONN_ARM, "{\"subscriptions\":[\"AAAA\"]}",
		 SUBS, 1},
		{"two", CONN_ARM, "{\"subscriptions\":[\"aaaa\",\"cccc\"]}", SUBS, 2},
		{"one that is gone", CONN_ARM, "{\"subscriptions\":[\"dddd\"]}", SUBS, 0},
		{"an empty list is none", CONN_ARM, "{\"subscriptions\":[]}", SUBS, 3},
		{"no list", CONN_ARM, "{}", SUBS, 3},
		{"another list", CONN_ARM, "{\"subscriptions\":[\"aaaa\"]}",
		 "/subscriptions/aaaa/resourcegroups?api-version=2021-04-01", 3},
		{"another kind", CONN_HTTP, "{\"subscriptions\":[\"aaaa\"]}", SUBS, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct connection conn = connection_of(cases[i].kind, cases[i].about);
		cJSON *answer = cJSON_Parse("{\"value\":[{\"subscriptionId\":\"aaaa\"},"
					    "{\"subscriptionId\":\"bbbb\"},"
					    "{\"subscriptionId\":\"cccc\"}]}");

		chosen_keep(&conn, str_from(cases[i].path), answer);
		check_case(cases[i].name,
			   cJSON_GetArraySize(json_member(answer, "value")) ==
				   cases[i].left);
		cJSON_Delete(answer);
		cJSON_Delete(conn.about);
	}
}

static void test_queries(void **state)
{
	static const struct {
		const char *name, *about, *path, *body, *sent; /* NULL: as it was */
	} cases[] = {
		{"a query", "{\"subscriptions\":[\"a\",\"b\"]}", GRAPH,
		 "{\"query\":\"resources\"}",
		 "{\"query\":\"resources\",\"subscriptions\":[\"a\",\"b\"]}"},
		{"one that says its own", "{\"subscriptions\":[\"a\"]}", GRAPH,
		 "{\"query\":\"resources\",\"subscriptions\":[\"c\"]}", NULL},
		{"no list", "{}", GRAPH, "{\"query\":\"resources\"}", NULL},
		{"another address", "{\"subscriptions\":[\"a\"]}",
		 "/subscriptions/a/providers/Microsoft.CostManagement/query", "{}", NULL},
		{"no JSON", "{\"subscriptions\":[\"a\"]}", GRAPH, "query", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct connection conn = connection_of(CONN_ARM, cases[i].about);
		struct strbuf body;
		bool is_new;

		strbuf_init(&body, 4096);
		is_new = chosen_put_body(&conn, str_from(cases[i].path),
					 str_from(cases[i].body), &body);
		check_case(cases[i].name, is_new == (cases[i].sent != NULL));
		if (is_new)
			check_text(cases[i].name, strbuf_str(&body), cases[i].sent);
		strbuf_fini(&body);
		cJSON_Delete(conn.about);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_queries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
