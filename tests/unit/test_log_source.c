/* What people write for where lines come from, and what is no such thing.
 * Thread: the test's. */
#include "stream/log_source.h"

#include "base/count.h"
#include "unit/check.h"

static const struct {
	const char *text;
	enum log_source_kind kind;
	const char *connection, *namespace, *name, *container, *rest;
} good[] = {
	{"pods:atlas/checkout-7d4b9c6f58-x2x7k", LOG_SOURCE_PODS, "", "atlas",
	 "checkout-7d4b9c6f58-x2x7k", "", ""},
	{"pods:atlas/checkout-*", LOG_SOURCE_PODS, "", "atlas", "checkout-*", "", ""},
	{"pods:*/indexer/migrate@aks-qodex-prod", LOG_SOURCE_PODS, "aks-qodex-prod", "*",
	 "indexer", "migrate", ""},
	{"kql:ContainerLogV2 | where LogLevel == 'error'", LOG_SOURCE_KQL, "", "", "", "",
	 "ContainerLogV2 | where LogLevel == 'error'"},
	{"kql:AppTraces@logs", LOG_SOURCE_KQL, "logs", "", "", "", "AppTraces"},
	{"kql:AppTraces | where Message has \"a@b.example\" @ logs.eu", LOG_SOURCE_KQL,
	 "", "", "", "", "AppTraces | where Message has \"a@b.example\" @ logs.eu"},
	{"kql:T | where M == @\"c:\\x\"", LOG_SOURCE_KQL, "", "", "", "",
	 "T | where M == @\"c:\\x\""},
	{"search:QodexEvents_CL@logs", LOG_SOURCE_SEARCH, "logs", "", "", "",
	 "QodexEvents_CL"},
	{"file:/var/log/a@b.log", LOG_SOURCE_FILE, "", "", "", "", "/var/log/a@b.log"},
};

static void is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct log_source s;
		struct err err = {0};

		check_case(good[i].text,
			   log_source_parse(str_from(good[i].text), &s, &err));
		check_case(good[i].text, s.kind == good[i].kind);
		check_text(good[i].text, s.connection, good[i].connection);
		check_text(good[i].text, s.namespace, good[i].namespace);
		check_text(good[i].text, s.name, good[i].name);
		check_text(good[i].text, s.container, good[i].container);
		check_text(good[i].text, s.text, good[i].rest);
		check_case(good[i].text, log_source_has_kind(str_from(good[i].text)));
	}
}

static const struct {
	const char *text, *says;
} bad[] = {
	{"", "begins with pods:, kql:, search: or file:"},
	{"atlas/checkout", "begins with pods:, kql:, search: or file:"},
	{"pods:checkout", "write pods:NAMESPACE/NAME[/CONTAINER][@CONNECTION]"},
	{"pods:/checkout", "write pods:NAMESPACE/NAME"},
	{"pods:atlas/", "write pods:NAMESPACE/NAME"},
	{"pods:atlas/Checkout", "write pods:NAMESPACE/NAME"},
	{"pods:atlas/a/b/c", "write pods:NAMESPACE/NAME"},
	{"pods:atlas/a?limit=1", "write pods:NAMESPACE/NAME"},
	{"pods:atlas/a@", "write pods:NAMESPACE/NAME"},
	{"kql:  ", "write kql:QUERY[@CONNECTION]"},
	{"kql:@logs", "write kql:QUERY[@CONNECTION]"},
	{"file:", "write file:PATH"},
};

static void is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct log_source s;
		struct err err = {0};

		check_case(bad[i].text,
			   !log_source_parse(str_from(bad[i].text), &s, &err));
		check_case(bad[i].text, err.code == ERR_USAGE);
		if (!strstr(err.text, bad[i].says))
			fail_msg("\"%s\" says: %s", bad[i].text, err.text);
	}
}

/* Help has a line for each kind. */
static void has_forms(void **state)
{
	const char *help;
	size_t n = 0;

	(void)state;
	for (const char *form; (form = log_source_form(n, &help)); n++) {
		assert_true(log_source_has_kind(str_from(form)));
		assert_true(help[0] != '\0');
	}
	assert_int_equal(n, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_read),
		cmocka_unit_test(is_refused),
		cmocka_unit_test(has_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
