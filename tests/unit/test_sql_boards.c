/* From answers of Azure to the boards sql-schedules and sql-advice, through the real
 * definitions: tags by whatever name, what the configuration says where they are silent,
 * and what is not known staying so. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "board/decode.h"
#include "board/def.h"
#include "config/config.h"
#include "schedule/zones.h"
#include "sql/rules.h"
#include "unit/zone_fixture.h"

/* 2026-03-11T21:00:00Z, a Wednesday evening. */
#define NOW_MS INT64_C(1773262800000)
#define ID(name)                                                                         \
	"/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/srv/"         \
	"databases/" name

static struct zones zones;
static struct library *library;

static int setup(void **state)
{
	if (zone_fixture_make(state) != 0)
		return -1;
	zones_init(&zones, zone_fixture_folder());
	library = library_new(NULL, NULL, NULL);
	return 0;
}

static int teardown(void **state)
{
	zones_fini(&zones);
	library_free(library);
	return zone_fixture_drop(state);
}

static struct board *board_of(const char *name, const char *answers)
{
	struct err err = {0};
	cJSON *json = json_parse(str_from(answers), &json_wire, NULL, &err);
	struct board *board = NULL;

	if (!json || !board_decode(library_find(library, str_from(name)), json, NOW_MS,
				   &board, &err))
		fail_msg("%s: %s", name, err.text);
	cJSON_Delete(json);
	board->fetched_ms = NOW_MS;
	return board;
}

/* Databases by these members, in their server's answer. */
static struct board *databases(const char *members)
{
	struct strbuf text;
	struct board *board;

	strbuf_init(&text, 1 << 16);
	strbuf_printf(&text,
		      "{\"subs\":{\"value\":[]},\"servers\":[],\"metrics\":[],\"dbs\":[{"
		      "\"item\":{},\"answer\":{\"value\":[%s]}}]}",
		      members);
	board = board_of("sql", text.p);
	strbuf_fini(&text);
	return board;
}

#define DB(name, size, tags, more) SCALING(name, size, size, tags, more)
#define SCALING(name, size, target, tags, more)                                          \
	"{\"id\":\"" ID(name) "\",\"name\":\"" name "\",\"tags\":{" tags                 \
			      "},\"properties\":{\"status\":\"Online\","                 \
			      "\"currentServiceObjectiveName\":\"" size                  \
			      "\",\"requestedServiceObjectiveName\":\"" target "\"" more \
			      "}}"

#define OPERATION(name, at, state)                                                       \
	"{\"id\":\"" ID(name) "/operations/o\",\"properties\":{\"databaseName\":\"" name \
			      "\",\"serverName\":\"srv\",\"operationFriendlyName\":"     \
			      "\"ALTER DATABASE\",\"state\":\"" state                    \
			      "\",\"startTime\":\"" at "\"}}"

static struct config *configured(const char *schedules)
{
	struct err err = {0};
	struct config *config;
	char text[600];

	snprintf(text, sizeof(text), "{\"schedules\":{%s}}", schedules);
	config = config_parse(str_from(text), "config.json", &err);
	if (!config)
		fail_msg("%s", err.text);
	return config;
}

/* What the rule makes of them, as its own board shows it. */
static struct board *derive_board(const struct derive_rule *rule, const struct derive *d,
				  const char *request)
{
	cJSON *json = cJSON_CreateObject();
	cJSON *answer = cJSON_AddObjectToObject(json, request);
	struct board *board = NULL;
	struct err err = {0};

	cJSON_AddItemToObject(answer, "rows", rule->rows(d));
	if (!board_decode(library_find(library, str_from(rule->name)), json, NOW_MS,
			  &board, &err))
		fail_msg("%s: %s", rule->name, err.text);
	assert_int_equal(board->surprises, 0);
	cJSON_Delete(json);
	return board;
}

/* "name drift want|..." */
static void check_rows(const char *name, const struct board *board,
		       const char *const columns[3], const char *want)
{
	struct strbuf got;

	strbuf_init(&got, 4096);
	for (size_t i = 0; i < board->n_rows; i++)
		strbuf_printf(&got, "%s%s %s %s", i ? "|" : "",
			      read_text(board, i, columns[0]),
			      read_text(board, i, columns[1]),
			      read_text(board, i, columns[2]));
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

#define TAG(size) "\"businessHours\":\"tz=cet;size=" size "\""

static void schedules_of_databases(void **state)
{
	static const char *const columns[3] = {"name", "drift", "want"};
	static const struct {
		const char *name, *config, *members, *want;
	} cases[] = {
		{"by the usual tag", "",
		 DB("a", "S3", TAG("S3/S0"), "") "," DB("b", "S3", "", ""),
		 "a larger S0"},
		{"in other letters", "",
		 DB("a", "S3", "\"BUSINESSHOURS\":\"tz=cet;size=S3/S0\"", ""),
		 "a larger S0"},
		{"by a tag of another name", "\"tag\":\"officeHours\"",
		 DB("a", "S3", TAG("S3/S0"),
		    "") "," DB("b", "S3", "\"officehours\":\"tz=cet;size=S3/S1\"", ""),
		 "b larger S1"},
		{"whoever has none, too", "\"default\":\"tz=cet;size=S3/S0\"",
		 DB("a", "S0", "", "") "," DB("b", "S1", "", ""),
		 "a as intended S0|b larger S0"},
		{"but not those in a pool", "\"default\":\"tz=cet;size=S3/S0\"",
		 DB("a", "ElasticPool", "", ",\"elasticPoolId\":\"/x/elasticPools/p\""),
		 ""},
		{"a tag in a pool", "",
		 DB("a", "ElasticPool", TAG("S3/S0"),
		    ",\"elasticPoolId\":\"/x/elasticPools/p\""),
		 "a undecidable "},
		{"a zone for those that name none", "\"timezone\":\"Asia/Kolkata\"",
		 DB("a", "S0", "\"businessHours\":\"on=(m-u,2);off=(m-u,3);size=S3/S0\"",
		    ""),
		 "a smaller S3"},
		{"a zone that is none", "\"timezone\":\"Mars/Phobos\"",
		 DB("a", "S0", "\"businessHours\":\"Monday\"", ""), "a undecidable "},
		{"a size for off", "\"off_size\":\"S0\"",
		 DB("a", "S3", "\"businessHours\":\"tz=cet\"", ""), "a larger S0"},
		{"a value that is no text", "", DB("a", "S3", "\"businessHours\":7", ""),
		 "a undecidable "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct config *config = configured(cases[i].config);
		struct board *sql = databases(cases[i].members);
		const struct derive d = {.boards = {sql},
					 .now_ms = NOW_MS,
					 .config = config,
					 .zones = &zones};
		struct board *board = derive_board(&sql_rule_schedules, &d, "schedules");

		check_rows(cases[i].name, board, columns, cases[i].want);
		board_put(board);
		board_put(sql);
		config_free(config);
	}
}

/* What a proposal would rest on. */
static void missed_edges_and_their_reasons(void **state)
{
	static const struct {
		const char *name, *operations, *missed;
		bool is_partial, is_known;
	} cases[] = {
		{"nobody did it", "", "off S0 was due at 19:00 CET; nobody did it", false,
		 true},
		{"it failed", OPERATION("a", "2026-03-11T18:00:09Z", "Failed"),
		 "off S0 was due at 19:00 CET; it failed", false, true},
		{"it was done, and undone",
		 OPERATION("a", "2026-03-11T18:00:09Z",
			   "Succeeded") "," OPERATION("a", "2026-03-11T20:30:00Z",
						      "Succeeded"),
		 "", false, true},
		{"of another database",
		 OPERATION("b", "2026-03-11T18:00:09Z", "Succeeded"),
		 "off S0 was due at 19:00 CET; nobody did it", false, true},
		{"not all operations are known", "", "", true, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct config *config = configured("");
		struct board *sql = databases(DB("a", "S3", TAG("S3/S0"), ""));
		struct board *operations, *board;
		struct derive d = {.boards = {sql, NULL},
				   .now_ms = NOW_MS,
				   .config = config,
				   .zones = &zones};
		char text[1500];

		snprintf(text, sizeof(text),
			 "{\"operations\":[{\"item\":{},\"answer\":{\"value\":[%s]}}]}",
			 cases[i].operations);
		operations = board_of("sql-operations", text);
		operations->is_partial = cases[i].is_partial;
		d.boards[2] = operations;
		board = derive_board(&sql_rule_schedules, &d, "schedules");
		check_text(cases[i].name, str_from(read_text(board, 0, "missed")),
			   cases[i].missed);
		check_case(cases[i].name,
			   !isnan(read_number(board, 0, "since")) == cases[i].is_known);
		check_case(cases[i].name,
			   !isnan(read_number(board, 0, "due")) == !!cases[i].missed[0]);
		board_put(board);
		board_put(operations);
		board_put(sql);
		config_free(config);
	}
}

static void changes_under_way(void **state)
{
	static const char *const columns[3] = {"name", "state", "to"};
	static const struct {
		const char *name, *operations, *want;
	} cases[] = {
		{"nothing", "", ""},
		{"one runs", OPERATION("a", "2026-03-11T20:58:00Z", "InProgress"),
		 "a InProgress S0"},
		{"it is done", OPERATION("a", "2026-03-11T20:58:00Z", "Succeeded"), ""},
		{"it failed", OPERATION("a", "2026-03-11T18:00:00Z", "Failed"), ""},
		{"of a database nobody knows",
		 OPERATION("z", "2026-03-11T20:58:00Z", "Pending"), "z Pending "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct board *sql = databases(SCALING("a", "S3", "S0", "", ""));
		struct board *operations, *board;
		struct derive d = {.boards = {NULL, sql}, .now_ms = NOW_MS};
		char text[1500];

		snprintf(text, sizeof(text),
			 "{\"operations\":[{\"item\":{},\"answer\":{\"value\":[%s]}}]}",
			 cases[i].operations);
		operations = board_of("sql-operations", text);
		d.boards[0] = operations;
		board = derive_board(&sql_rule_changes, &d, "changes");
		check_rows(cases[i].name, board, columns, cases[i].want);
		board_put(board);
		board_put(operations);
		board_put(sql);
	}
}

/* Two weeks of hours at that busiest minute, of that many vCores. */
static void put_load(struct strbuf *out, const char *name, double percent, int vcores,
		     int hours)
{
	static const char *const metrics[] = {"cpu_percent", "log_write_percent",
					      "workers_percent", "cpu_limit"};

	strbuf_printf(out,
		      "{\"item\":{\"id\":\"" ID("%s") "\",\"name\":\"%s\"},\"answer\":{"
						      "\"value\":[",
		      name, name);
	for (size_t m = 0; m < COUNT(metrics); m++) {
		strbuf_printf(
			out, "%s{\"name\":{\"value\":\"%s\"},\"timeseries\":[{\"data\":[",
			m ? "," : "", metrics[m]);
		for (int i = 0; i < hours; i++) {
			strbuf_puts(out, i ? ",{\"timeStamp\":\"" : "{\"timeStamp\":\"");
			time_format_iso(out, NOW_MS - (hours - i) * HOUR_MS, false);
			strbuf_printf(out, "\",\"maximum\":%g}",
				      m == 3 ? vcores : percent);
		}
		strbuf_puts(out, "]}]}");
	}
	strbuf_puts(out, "]}}");
}

static struct board *load_of(double percent, int hours)
{
	struct strbuf text;
	struct board *board;

	strbuf_init(&text, 4 << 20);
	strbuf_puts(&text, "{\"load\":[");
	put_load(&text, "a", percent, 4, hours);
	strbuf_puts(&text, "]}");
	board = board_of("sql-load", text.p);
	strbuf_fini(&text);
	return board;
}

static void advice_from_boards(void **state)
{
	static const char *const columns[3] = {"name", "verdict", "to"};
	static const struct {
		const char *name;
		double percent;
		int hours;
		bool is_partial; /* the board of replicas */
		const char *want;
	} cases[] = {
		{"quiet", 20, 336, false, "a smaller GP_Gen5_2"},
		{"busy", 60, 336, false, "a keep "},
		{"at its limit", 99, 336, false, "a larger "},
		{"one week", 20, 168, false, "a unknown "},
		{"replicas half known", 20, 336, true, "a unknown "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct config *config = configured("\"currency\":\"EUR\"");
		struct board *sql =
			databases(DB("a", "GP_Gen5_4", "", ",\"maxSizeBytes\":1000000"));
		struct board *load = load_of(cases[i].percent, cases[i].hours);
		struct board *replicas =
			board_of("sql-replicas",
				 "{\"servers\":[],\"dbs\":[],\"links\":[],\"lag\":[]}");
		const struct derive d = {.boards = {sql, load, replicas},
					 .now_ms = NOW_MS,
					 .config = config,
					 .zones = &zones};
		struct board *board;

		/* How full it is comes with metrics, which are not part of this. */
		sql->rows[0].cells[board_def_column(sql->def, STR("storage"))].number =
			10;
		sql->rows[0].cells[board_def_column(sql->def, STR("storage"))].is_null =
			false;
		replicas->is_partial = cases[i].is_partial;
		board = derive_board(&sql_rule_advice, &d, "advice");
		check_rows(cases[i].name, board, columns, cases[i].want);
		if (cases[i].want[2] == 's')
			check_text(cases[i].name,
				   str_from(read_cell(board, 0, "monthly")->text), "EUR");
		board_put(board);
		board_put(replicas);
		board_put(load);
		board_put(sql);
		config_free(config);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schedules_of_databases),
		cmocka_unit_test(missed_edges_and_their_reasons),
		cmocka_unit_test(changes_under_way),
		cmocka_unit_test(advice_from_boards),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
