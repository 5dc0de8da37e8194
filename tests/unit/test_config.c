/* The configuration file: what it gives, and where its mistakes are said to be. */
#include "unit/check.h"

#include <stdio.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "config/config.h"

#define AZURE "{\"name\":\"azure\",\"kind\":\"arm\",\"credential\":\"env:T\"}"

#define W(keys) "{\"workloads\":[{\"name\":\"a\"," keys "}]}"

static const struct mistake {
	const char *name, *text, *says;
} mistakes[] = {
	{"not JSON", "{\"ui\":", "line 1"},
	{"not an object", "[]", "must be an object"},
	{"unknown key", "{\n  \"colour\": 1}", "line 2, column 13: colour: there is no"},
	{"list of connections", "{\"connections\":{}}", "connections: must be a list"},
	{"a connection", "{\"connections\":[1]}", "connections[0]: must be an object"},
	{"no name", "{\"connections\":[{\"kind\":\"arm\",\"credential\":\"none\"}]}",
	 "\"name\" is missing"},
	{"no credential", "{\"connections\":[{\"name\":\"a\",\"kind\":\"arm\"}]}",
	 "\"credential\" is missing"},
	{"closed cloud",
	 "{\"connections\":[{\"name\":\"a\",\"kind\":\"arm\",\"credential\":\"none\","
	 "\"cloud\":\"german\"}]}",
	 "must be one of: public usgovernment china"},
	{"number for text",
	 "{\"connections\":[{\"name\":7,\"kind\":\"arm\",\"credential\":\"none\"}]}",
	 "connections[0].name: must be a text"},
	{"a token in the file",
	 "{\"connections\":[{\"name\":\"a\",\"kind\":\"arm\",\"credential\":\"eyJ0\"}]}",
	 "names where the token is, never the token"},
	{"env without a name",
	 "{\"connections\":[{\"name\":\"a\",\"kind\":\"arm\",\"credential\":\"env:\"}]}",
	 "connections[0].credential"},
	{"one name twice", "{\"connections\":[" AZURE ",\n" AZURE "]}",
	 "line 2, column 1: connections[1]: another connection has this name"},
	{"text for a switch", "{\"ui\":{\"mouse\":\"on\"}}",
	 "ui.mouse: must be true or false"},
	{"runbooks without folders", "{\"runbooks\":{}}",
	 "runbooks: \"directories\" is missing"},
	{"a folder of runbooks that is none",
	 "{\"runbooks\":{\"directories\":[\"a\", 1]}}",
	 "runbooks.directories[1]: must be a text"},
	{"too many folders of runbooks",
	 "{\"runbooks\":{\"directories\":[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\","
	 "\"a\","
	 "\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]}}",
	 "runbooks.directories: must be a list of at most 16 paths"},
	{"number for a folder", "{\"boards_dir\":1}", "boards_dir: must be a text"},
	{"no folder", "{\n\"boards_dir\":\"\"}",
	 "line 2, column 14: boards_dir: must name a file or folder"},
	{"a credential without a method",
	 "{\"credentials\":{\"a\":\n{\"tenant\":\"t\"}}}",
	 "line 2, column 1: credentials.a: \"method\" is missing"},
	{"a credential that is a text", "{\"credentials\":{\"a\":\"eyJ0\"}}",
	 "credentials.a: must be an object"},
	{"a number in a credential",
	 "{\"credentials\":{\"a\":{\"method\":\"secret\",\"tenant\":7}}}",
	 "credentials.a.tenant: must be a text"},
	{"credentials in a list", "{\"credentials\":[]}",
	 "credentials: must be an object"},
	{"a workload without a name", "{\"workloads\":[{\"words\":[\"a\"]}]}",
	 "workloads[0]: \"name\" is missing"},
	{"a workload of what", "{\"workloads\":[{\"name\":\"a\",\"word\":\"a\"}]}",
	 "workloads[0].word: there is no such key of a workload"},
	{"one key of a workload twice",
	 W("\"tags\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"},\"tags\":{\"d\":\"4\"}"),
	 "workloads[0].tags: stands there twice"},
	{"workloads twice",
	 "{\"workloads\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"workloads\":[]}",
	 "workloads: stands there twice"},
	{"groups that are none", "{\"workloads\":[{\"name\":\"a\",\"groups\":\"a\"}]}",
	 "workloads[0].groups: must be a list"},
	{"two workloads of one name",
	 "{\"workloads\":[{\"name\":\"A\"},\n{\"name\":\"a\"}]}",
	 "line 2, column 9: workloads[1].name: another workload has this name"},
	{"a promise of all", W("\"slo\":100"), "workloads[0].slo: must be percent"},
	{"a promise as a text", W("\"slo\":\"99.99\""), "workloads[0].slo: must be"},
	{"a promise of nothing", W("\"slo\":0.9999"), "workloads[0].slo: must be"},
	{"a window past what is known", W("\"window\":\"31d\""),
	 "workloads[0].window: must be from 1d to 30d"},
	{"a time in ISO", W("\"rto\":\"PT1H\""), "workloads[0].rto: must be a time span"},
	{"a time as a number", W("\"rpo\":900"), "workloads[0].rpo: must be a time span"},
	{"a drill in two years", W("\"drill_every\":\"730d\""),
	 "workloads[0].drill_every: must be from 1s to 366d"},
	{"one region", W("\"regions\":[\"westeurope\"]"),
	 "workloads[0].regions: must be two regions"},
	{"one region twice", W("\"regions\":[\"westeurope\",\"westeurope\"]"),
	 "workloads[0].regions: must be two different regions"},
	{"what to recover", W("\"recover\":[1]"),
	 "workloads[0].recover: must be a list of texts"},
	{"logs in a list", "{\"logs\":[]}", "logs: must be an object"},
	{"unknown part of logs", "{\"logs\":{\n\"source\":{}}}",
	 "line 2, column 10: logs.source: there is no such key"},
	{"a source that is none",
	 "{\"logs\":{\"sources\":{\"a\":\"pods:x/y\",\n\"b\":1}}}",
	 "line 2, column 5: logs.sources[1]: must be a source of lines"},
	{"a source called like one", "{\"logs\":{\"sources\":{\"pods:a\":\"pods:x/y\"}}}",
	 "logs.sources[0]: its name must be 1 to 60 bytes without ':'"},
	{"two sources of a name",
	 "{\"logs\":{\"sources\":{\"a\":\"kql:A\",\"a\":\"kql:B\"}}}",
	 "logs.sources[1]: another source has this name"},
	{"schedules in a list", "{\"schedules\":[]}", "schedules: must be an object"},
	{"unknown part of schedules", "{\"schedules\":{\n\"zone\":\"cet\"}}",
	 "line 2, column 8: schedules.zone: there is no such key"},
	{"a number for a zone", "{\"schedules\":{\"timezone\":1}}",
	 "schedules.timezone: must be a text"},
	{"no name of the tag", "{\"schedules\":{\"tag\":\"\"}}",
	 "schedules.tag: must not be empty"},
	{"prices for nothing", "{\"schedules\":{\"price_factor\":0}}",
	 "schedules.price_factor: must be a number above 0"},
	{"a mark at the beginning", "\xef\xbb\xbf{\"colour\": 1}",
	 "line 1, column 12: colour: there is no such key"},
	{"a name with escapes", "\n {\"\\u0063olour\": 1}",
	 "line 2, column 2: colour: there is no such key"},
	{"unknown part of ui", "{\"ui\":{\"skin\":1}}", "ui.skin: there is no such key"},
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		const struct mistake *m = &mistakes[i];
		struct err err = {0};

		check_case(m->name,
			   !config_parse(str_from(m->text), "config.json", &err));
		if (err.code != ERR_CONFIG || !strstr(err.text, m->says) ||
		    !strstr(err.text, "config.json"))
			fail_msg("%s: %s", m->name, err.text);
	}
}

static void test_whole(void **state)
{
	struct err err = {0};
	struct config *c = config_parse(
		STR("{ // who is asked\n\"connections\": [" AZURE
		    ",{\"name\":\"builds\",\"kind\":\"devops\",\"organization\":"
		    "\"contoso\",\"credential\":\"env:D\",\"cloud\":\"china\","
		    "\"scope\":\"s\"},],\n\"ui\":{\"theme\":\"dusk\",\"keymap\":\"vim\","
		    "\"mouse\":false,\"ascii\":true}}"),
		"config.json", &err);

	(void)state;
	assert_non_null(c);
	assert_int_equal(c->n_connections, 2);
	assert_string_equal(c->connections[0].name, "azure");
	assert_string_equal(c->connections[0].cloud, "public");
	assert_string_equal(c->connections[0].credential, "env:T");
	assert_null(c->connections[0].base);
	assert_string_equal(json_text(c->connections[1].object, "organization"),
			    "contoso");
	assert_string_equal(c->connections[1].cloud, "china");
	assert_string_equal(c->connections[1].scope, "s");
	assert_string_equal(c->theme, "dusk");
	assert_string_equal(c->keymap, "vim");
	assert_false(c->has_mouse);
	assert_true(c->is_ascii);
	config_free(c);
}

static void test_workload(void **state)
{
	struct err err = {0};
	struct config *c = config_parse(
		STR("{\"workloads\":[{\"name\":\"Atlas\",\"groups\":[\"rg-atlas-*\"],"
		    "\"tags\":{\"workload\":\"atlas\"},\"words\":[\"atlas\",\"at\"],"
		    "\"slo\":99.99,\"window\":\"28d\",\"rto\":\"1h\",\"rpo\":\"15m\","
		    "\"drill_every\":\"90d\",\"recover\":[\"rg-atlas-prod-*\"],"
		    "\"regions\":[\"westeurope\",\"northeurope\"]},"
		    "{\"name\":\"Qodex\"}]}"),
		"config.json", &err);
	const struct workload *w;

	(void)state;
	if (!c)
		fail_msg("%s", err.text);
	assert_int_equal(c->n_workloads, 2);
	w = &c->workloads[0];
	assert_string_equal(w->name, "Atlas");
	assert_int_equal(w->n_groups, 1);
	assert_string_equal(w->groups[0], "rg-atlas-*");
	assert_int_equal(w->n_tags, 1);
	assert_string_equal(w->tags[0].value, "atlas");
	assert_int_equal(w->n_words, 2);
	assert_string_equal(w->words[1], "at");
	assert_true(w->slo == 99.99);
	assert_int_equal(w->window_ms, 28 * DAY_MS);
	assert_int_equal(w->rto_ms, HOUR_MS);
	assert_int_equal(w->rpo_ms, 15 * MINUTE_MS);
	assert_int_equal(w->drill_every_ms, 90 * DAY_MS);
	assert_string_equal(w->home, "westeurope");
	assert_string_equal(w->pair, "northeurope");
	assert_int_equal(w->n_recover, 1);
	assert_string_equal(w->recover[0], "rg-atlas-prod-*");
	assert_true(c->workloads[1].slo == 0);
	assert_null(c->workloads[1].pair);
	assert_int_equal(c->workloads[1].n_recover, 0);
	config_free(c);
}

static void test_defaults(void **state)
{
	struct err err = {0};
	struct config *c = config_parse(STR("{}"), "config.json", &err);

	(void)state;
	assert_non_null(c);
	assert_int_equal(c->n_connections, 0);
	assert_true(c->has_mouse);
	assert_true(c->keeps_answers);
	assert_false(c->is_ascii);
	assert_null(c->theme);
	assert_null(c->boards_dir);
	config_free(c);
}

static void test_schedules(void **state)
{
	struct err err = {0};
	struct config *c = config_parse(STR("{}"), "config.json", &err);

	(void)state;
	assert_string_equal(c->schedules.tag, "businessHours");
	assert_null(c->schedules.timezone);
	assert_null(c->schedules.untagged);
	assert_null(c->schedules.off_size);
	assert_string_equal(c->schedules.currency, "USD");
	assert_true(c->schedules.price_factor == 1);
	config_free(c);
	c = config_parse(STR("{\"schedules\":{\"tag\":\"hours\",\"timezone\":\"cet\","
			     "\"default\":\"\",\"off_size\":\"S0\",\"currency\":\"EUR\","
			     "\"price_factor\":0.9}}"),
			 "config.json", &err);
	assert_non_null(c);
	assert_string_equal(c->schedules.tag, "hours");
	assert_string_equal(c->schedules.timezone, "cet");
	assert_string_equal(c->schedules.untagged, "");
	assert_string_equal(c->schedules.off_size, "S0");
	assert_string_equal(c->schedules.currency, "EUR");
	assert_true(c->schedules.price_factor == 0.9);
	config_free(c);
}

static void test_a_folder_starts_from_the_file(void **state)
{
	static const struct {
		const char *name, *source, *dir, *want;
	} folders[] = {
		{"beside", "/etc/azdeck/config.json", "boards", "/etc/azdeck/boards"},
		{"above", "conf/config.json", "../boards", "conf/../boards"},
		{"anywhere", "/etc/azdeck/config.json", "/srv/boards", "/srv/boards"},
		{"here", "config.json", "boards", "boards"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		char text[200];
		struct config *c;
		struct err err = {0};

		snprintf(text, sizeof(text), "{\"boards_dir\":\"%s\"}", folders[i].dir);
		c = config_parse(str_from(text), folders[i].source, &err);
		check_case(folders[i].name, c);
		check_text(folders[i].name, str_from(c->boards_dir), folders[i].want);
		config_free(c);
	}
}

static void test_missing_file(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(config_load("/nowhere/azdeck/config.json", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void test_escape_in_a_key(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(config_parse(STR("{\"a\\u001b[2Jb\":1}"), "config.json", &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_null(strchr(err.text, '\033'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_workload),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_schedules),
		cmocka_unit_test(test_a_folder_starts_from_the_file),
		cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_escape_in_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
