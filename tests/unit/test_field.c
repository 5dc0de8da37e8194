/* Fields: what a path means, what its value is and when there is none. */
#include "answer/field.h"

#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "unit/answer_world.h"
#include "unit/check.h"

static const struct {
	const char *board, *rows;
} boards[] = {
	{"sql",
	 "[{\"key\":\"/s/servers/sql-weu/databases/"
	 "atlas-orders\",\"name\":\"atlas-orders\","
	 "\"server\":\"sql-weu\",\"tier\":\"BusinessCritical\",\"cpu\":80.108,"
	 "\"status\":\"Online\",\"used\":335922792518},"
	 "{\"key\":\"/s/servers/sql-neu/databases/"
	 "atlas-orders\",\"name\":\"atlas-orders\","
	 "\"server\":\"sql-neu\",\"tier\":\"GeneralPurpose\",\"role\":\"Geo secondary\","
	 "\"cpu\":3},"
	 "{\"key\":\"/s/servers/sql-weu/databases/qodex[x]\",\"name\":\"qodex[x]\","
	 "\"server\":\"sql-weu\",\"tier\":\"Standard\",\"cpu\":null}]"},
	{"sql-schedules",
	 "[{\"key\":\"1\",\"name\":\"atlas-orders\",\"server\":\"sql-"
	 "weu\",\"want\":\"S2\","
	 "\"skip\":\"2026-12-25T00:00:00Z\","
	 "\"next\":\"2026-03-11T18:00:00Z\",\"since\":\"2026-03-11T07:13:30Z\"},"
	 "{\"key\":\"2\",\"name\":\"atlas-orders\",\"server\":\"sql-"
	 "neu\",\"want\":\"S1\"}]"},
	{"limits",
	 "[{\"key\":\"sql/1\",\"what\":\"atlas-billing\",\"board\":\"sql\","
	 "\"floor\":\"S1\",\"ceiling\":\"P2\",\"window\":\"on=(m-f,20);off=(m-f,"
	 "23)\"},"
	 "{\"key\":\"aks-pools/1\",\"what\":\"atlas-billing\","
	 "\"board\":\"aks-pools\",\"ceiling\":\"9\"}]"},
	{"plans",
	 "[{\"id\":\"00aa11bb22cc33dd\",\"action\":\"sql-scale\",\"target\":\"atlas-"
	 "billing\",\"params\":\"size=P2\",\"risk\":\"low\",\"state\":\"proposed\","
	 "\"by\":\"Contoso on call\",\"shows\":\"size P1 -> P2\",\"undo\":\"sql-scale "
	 "size=P1\",\"bound\":\"size=P1\",\"quorum\":\"0 of 1\","
	 "\"expires\":\"2026-03-11T10:50:30Z\",\"made\":\"2026-03-11T10:19:30Z\"},"
	 "{\"id\":\"99aa11bb22cc33dd\",\"action\":\"vm-start\",\"target\":\"atlas-"
	 "billing\",\"state\":\"expired\",\"made\":\"2026-03-11T08:00:00Z\"}]"},
	{"build-failures",
	 "[{\"key\":\"Atlas/7\",\"pipeline\":\"atlas-web-ci\",\"build\":\"20260311.5\","
	 "\"id\":\"7\",\"stage\":\"Test\",\"task\":\"Run unit "
	 "tests\",\"error\":\"expected "
	 "1189 to be 1190\",\"commit\":\"e69a970\",\"by\":\"Atlas web team\","
	 "\"started\":\"2026-03-11T09:00:00Z\",\"ended\":\"2026-03-11T09:15:00Z\"},"
	 "{\"key\":\"Atlas/6\",\"pipeline\":\"atlas-web-ci\",\"build\":\"20260311.4\","
	 "\"id\":\"6\",\"task\":\"Push\",\"ended\":\"2026-03-11T07:15:00Z\"}]"},
	{"agent-scaling", "[{\"pool\":\"linux\",\"scaled\":\"2026-03-11T10:05:30Z\"}]"},
	{"node-pools", "[{\"key\":\"web\",\"pool\":\"web\",\"cluster\":\"aks\",\"want\":"
		       "8,\"there\":11}]"},
	{"budgets",
	 "[{\"key\":\"/b/budget-atlas\",\"name\":\"budget-atlas\",\"used_pct\":37.06,"
	 "\"amount\":18030,\"spent\":6682.726824}]"},
	{"cost",
	 "[{\"name\":\"Production\",\"mtd\":100.5,\"today\":1,\"as_of\":\"2026-03-11\"},"
	 "{\"name\":\"Test\",\"mtd\":20.25,\"today\":null,\"as_of\":\"2026-03-10\"}]"},
	{"cost-outlook",
	 "[{\"key\":\"b\",\"what\":\"budget-atlas\",\"kind\":\"budget\",\"mid\":7,"
	 "\"breach\":\"2026-03-29T00:00:00Z\",\"state\":\"will breach\","
	 "\"currency\":\"EUR\"},"
	 "{\"key\":\"s\",\"what\":\"Production\",\"kind\":\"subscription\",\"mid\":300,"
	 "\"currency\":\"EUR\"},"
	 "{\"key\":\"t\",\"what\":\"Test\",\"kind\":\"subscription\",\"mid\":60,"
	 "\"mid_currency\":\"USD\",\"currency\":\"USD\"}]"},
	{"cost-days",
	 "[{\"key\":\"d1\",\"day\":\"2026-03-10T00:00:00Z\",\"cost\":818.63},"
	 "{\"key\":\"d2\",\"day\":\"2026-03-09T00:00:00Z\",\"cost\":700}]"},
	{"cost-tags",
	 "[{\"key\":\"1\",\"value\":\"Atlas\",\"tag\":\"workload\",\"mtd\":10},"
	 "{\"key\":\"2\",\"value\":\"Atlas\",\"tag\":\"owner\",\"mtd\":5},"
	 "{\"key\":\"3\",\"value\":\"untagged\",\"tag\":\"workload\",\"mtd\":497}]"},
	{"dr-groups",
	 "[{\"name\":\"fog-atlas\",\"lag\":3,\"lag_age\":\"2026-03-11T10:10:00Z\","
	 "\"workload\":\"Atlas\"}]"},
	{"drills",
	 "[{\"key\":\"1\",\"subject\":\"rp-atlas\",\"workload\":\"Atlas\","
	 "\"kind\":\"failover\",\"started\":\"2025-10-30T09:00:00Z\",\"took\":3480},"
	 "{\"key\":\"2\",\"subject\":\"rp-atlas\",\"workload\":\"Atlas\","
	 "\"kind\":\"failover\",\"started\":\"2026-01-29T09:00:00Z\",\"took\":2580},"
	 "{\"key\":\"3\",\"subject\":\"vm-1\",\"workload\":\"Atlas\","
	 "\"kind\":\"restore\",\"started\":\"2026-03-01T09:00:00Z\",\"took\":1}]"},
	{"agents",
	 "[{\"key\":\"1\",\"name\":\"build-01\",\"state\":\"offline\",\"pool\":\"linux\","
	 "\"since\":\"2026-03-10T06:00:00Z\",\"severity\":\"crit\"},"
	 "{\"key\":\"2\",\"name\":\"build-02\",\"state\":\"idle\",\"pool\":\"linux\"},"
	 "{\"key\":\"3\",\"name\":\"build-03\",\"state\":\"idle\",\"pool\":\"windows\"}"
	 "]"},
	{"certs", "[{\"endpoint\":\"www.atlas.example\",\"left\":86.569,"
		  "\"ends\":\"2026-06-06T00:00:00Z\"}]"},
};

static void setup_world(struct world *w)
{
	world_init(w);
	world_read(w);
	for (size_t i = 0; i < COUNT(boards); i++)
		world_add(w, boards[i].board, boards[i].rows);
}

static const struct {
	const char *path;
	enum field_state state;
	const char *text, *value;
	const char *cited; /* NULL: as it was asked */
} cases[] = {
	{"sql[atlas-orders].tier", FIELD_KNOWN, "BusinessCritical", "BusinessCritical",
	 NULL},
	{"SQL[Atlas-Orders].Tier", FIELD_KNOWN, "BusinessCritical", "BusinessCritical",
	 "sql[atlas-orders].tier"},
	{" sql[ atlas-orders ].cpu_pct ", FIELD_KNOWN, "80%", "80.108",
	 "sql[atlas-orders].cpu_pct"},
	{"sql[sql-neu/atlas-orders].tier", FIELD_KNOWN, "GeneralPurpose",
	 "GeneralPurpose", NULL},
	{"sql[/s/servers/sql-neu/databases/atlas-orders].tier", FIELD_KNOWN,
	 "GeneralPurpose", "GeneralPurpose", "sql[sql-neu/atlas-orders].tier"},
	{"sql[qodex[x]].tier", FIELD_KNOWN, "Standard", "Standard",
	 "sql[qodex%5Bx%5D].tier"},
	{"sql[qodex%5Bx%5D].tier", FIELD_KNOWN, "Standard", "Standard", NULL},
	{"sql[qodex[x]].cpu_pct", FIELD_UNKNOWN, "not known", "",
	 "sql[qodex%5Bx%5D].cpu_pct"},
	{"sql[nobody].tier", FIELD_NO_ROW, "there is no \"nobody\"", "", NULL},
	{"sql[atlas-orders].colour", FIELD_NO_NAME, "not known: no field is called so",
	 "", NULL},
	{"sql[atlas-orders].used", FIELD_AMBIGUOUS,
	 "which one: sql-weu/atlas-orders, sql-neu/atlas-orders", "", NULL},
	{"sql[sql-weu/atlas-orders].used", FIELD_KNOWN, "313 GiB", "335922792518", NULL},
	{"sched[atlas-orders].intended_now", FIELD_AMBIGUOUS,
	 "which one: sql-weu/atlas-orders, sql-neu/atlas-orders", "", NULL},
	{"sched[sql-neu/atlas-orders].intended_now", FIELD_KNOWN, "S1", "S1", NULL},
	{"sched[sql-weu/atlas-orders].next_edge", FIELD_KNOWN, "18:00 UTC (in 7h39m)",
	 "2026-03-11T18:00:00Z", NULL},
	{"sched[sql-weu/atlas-orders].drift_minutes", FIELD_KNOWN, "187 min", "187",
	 NULL},
	{"sched[sql-neu/atlas-orders].drift_minutes", FIELD_UNKNOWN, "not known", "",
	 NULL},
	{"sched[web].intended_now", FIELD_KNOWN, "8", "8", NULL},
	{"sched[sql-weu/atlas-orders].skip_day", FIELD_KNOWN, "25 Dec",
	 "2026-12-25T00:00:00Z", NULL},
	{"sched[sql-neu/atlas-orders].skip_day", FIELD_UNKNOWN, "not known", "", NULL},
	{"sql[atlas-billing].policy.floor", FIELD_KNOWN, "S1", "S1", NULL},
	{"sql[atlas-billing].policy.ceiling", FIELD_KNOWN, "P2", "P2", NULL},
	{"sql[atlas-billing].policy.window", FIELD_KNOWN, "on=(m-f,20);off=(m-f,23)",
	 "on=(m-f,20);off=(m-f,23)", NULL},
	/* No rule fits it. */
	{"sql[atlas-orders].policy.ceiling", FIELD_NO_ROW, "there is no \"atlas-orders\"",
	 "", NULL},
	{"pool[linux].last_scale_at", FIELD_KNOWN, "10:05 UTC (15m ago)",
	 "2026-03-11T10:05:30Z", NULL},
	{"action[atlas-billing].type", FIELD_KNOWN, "sql-scale", "sql-scale",
	 "action[00aa11bb22cc33dd].type"},
	{"action[00aa11bb22cc33dd].params", FIELD_KNOWN, "size=P2", "size=P2", NULL},
	{"action[00aa11bb22cc33dd].risk", FIELD_KNOWN, "low", "low", NULL},
	{"action[00aa11bb22cc33dd].dry_run", FIELD_KNOWN, "size P1 -> P2",
	 "size P1 -> P2", NULL},
	{"action[00aa11bb22cc33dd].reversal", FIELD_KNOWN, "sql-scale size=P1",
	 "sql-scale size=P1", NULL},
	{"action[00aa11bb22cc33dd].approval.state", FIELD_KNOWN, "proposed", "proposed",
	 NULL},
	{"action[00aa11bb22cc33dd].approval.requester", FIELD_KNOWN, "Contoso on call",
	 "Contoso on call", NULL},
	{"action[00aa11bb22cc33dd].approval.approver", FIELD_UNKNOWN, "not known", "",
	 NULL},
	{"action[00aa11bb22cc33dd].approval.expires", FIELD_KNOWN, "10:50 UTC (in 30m)",
	 "2026-03-11T10:50:30Z", NULL},
	{"action[00aa11bb22cc33dd].approval.bound_version", FIELD_KNOWN, "size=P1",
	 "size=P1", NULL},
	{"action[00aa11bb22cc33dd].approval.quorum", FIELD_KNOWN, "0 of 1", "0 of 1",
	 NULL},
	{"run[atlas-web-ci].failed_task", FIELD_KNOWN, "Run unit tests", "Run unit tests",
	 "run[7].failed_task"},
	{"run[20260311.4].failed_task", FIELD_KNOWN, "Push", "Push",
	 "run[6].failed_task"},
	{"run[20260311.4].error_line", FIELD_UNKNOWN, "not known", "",
	 "run[6].error_line"},
	{"run[7].stage", FIELD_KNOWN, "Test", "Test", NULL},
	{"run[7].error_line", FIELD_KNOWN, "expected 1189 to be 1190",
	 "expected 1189 to be 1190", NULL},
	{"run[7].commit", FIELD_KNOWN, "e69a970", "e69a970", NULL},
	{"cost.budget[budget-atlas].pct_used", FIELD_KNOWN, "37.1%", "37.06", NULL},
	{"cost.budget[budget-atlas].spent", FIELD_KNOWN, "€6,682.73", "6682.726824",
	 NULL},
	{"cost.budget[budget-atlas].breach_forecast_date", FIELD_KNOWN, "29 Mar",
	 "2026-03-29T00:00:00Z", NULL},
	{"cost.mtd.actual", FIELD_KNOWN, "€120.75", "120.75", NULL},
	{"cost.mtd[Test].actual", FIELD_KNOWN, "€20.25", "20.25", NULL},
	/* A sum of what is not all known, and of two currencies. */
	{"cost.today", FIELD_UNKNOWN, "not known", "", NULL},
	{"cost.mtd.forecast_eom", FIELD_UNKNOWN, "not known", "", NULL},
	{"cost.mtd[Production].forecast_eom", FIELD_KNOWN, "€300.00", "300", NULL},
	{"cost.as_of", FIELD_KNOWN, "10 Mar", "2026-03-10T00:00:00Z", NULL},
	{"cost.scope", FIELD_KNOWN, "Production, Test", "Production, Test", NULL},
	{"cost.currency", FIELD_KNOWN, "EUR, USD", "EUR, USD", NULL},
	{"cost.daily[2026-03-10]", FIELD_KNOWN, "€818.63", "818.63", NULL},
	{"cost.daily[2026-03-01]", FIELD_NO_ROW, "there is no \"2026-03-01\"", "", NULL},
	{"cost.by_tag[workload][Atlas]", FIELD_KNOWN, "€10.00", "10",
	 "cost.by_tag[workload/Atlas]"},
	/* What two tags say of the same money is not added up. */
	{"cost.by_tag[Atlas]", FIELD_AMBIGUOUS, "which one: workload/Atlas, owner/Atlas",
	 "", NULL},
	{"cost.untagged[workload]", FIELD_KNOWN, "€497.00", "497", NULL},
	{"dr.group[fog-atlas].lag_sec", FIELD_KNOWN, "3s", "3", NULL},
	{"dr.group[Atlas].lag_sec", FIELD_KNOWN, "3s", "3",
	 "dr.group[fog-atlas].lag_sec"},
	{"dr.group[Atlas].drill.measured_rto_sec", FIELD_KNOWN, "43m", "2580",
	 "dr.group[rp-atlas].drill.measured_rto_sec"},
	{"agent[build-01].last_seen", FIELD_KNOWN, "10 Mar 06:00 UTC (1d4h ago)",
	 "2026-03-10T06:00:00Z", NULL},
	{"cert[www.atlas.example].days_left", FIELD_KNOWN, "87", "86.569", NULL},
	{"agents.count", FIELD_KNOWN, "3", "3", NULL},
	{"agents.count[idle]", FIELD_KNOWN, "2", "2", NULL},
	{"agents.count[crit]", FIELD_KNOWN, "1", "1", NULL},
	{"agents.count[pool=linux]", FIELD_KNOWN, "2", "2", NULL},
	{"agents.count[haunted]", FIELD_KNOWN, "0", "0", NULL},
	{"budgets.sum[amount]", FIELD_KNOWN, "€18,030.00", "18030", NULL},
	{"budgets.sum[colour]", FIELD_NO_NAME, "not known: no field is called so", "",
	 NULL},
	{"budgets[budget-atlas]", FIELD_KNOWN, "budget-atlas", "budget-atlas", NULL},
	{"alerts[x].level", FIELD_NO_BOARD, "not known: its board has not been read", "",
	 NULL},
	{"alert[x].sev", FIELD_NO_BOARD, "not known: its board has not been read", "",
	 NULL},
	{"estate.now", FIELD_KNOWN, "10:20 UTC", "2026-03-11T10:20:30Z", NULL},
	{"estate.version", FIELD_KNOWN, "7", "7", NULL},
	{"runbook[sql-slow].title", FIELD_KNOWN, "SQL is slow", "SQL is slow", NULL},
	{"runbook[SQL-Slow].superseded_by", FIELD_UNKNOWN, "not known", "",
	 "runbook[SQL-Slow].superseded_by"},
	{"runbook[coffee].owner", FIELD_NO_ROW, "there is no \"coffee\"", "", NULL},
	{"", FIELD_NO_NAME, "not known: no field is called so", "", ""},
	{"sql", FIELD_NO_NAME, "not known: no field is called so", "", ""},
	{"sql[atlas-orders", FIELD_NO_NAME, "not known: no field is called so", "", ""},
	{"sql[].tier", FIELD_NO_NAME, "not known: no field is called so", "", ""},
	{"sql[a]tier", FIELD_NO_NAME, "not known: no field is called so", "", ""},
	{"sql[a].", FIELD_NO_NAME, "not known: no field is called so", "", ""},
	{"planets[mars].moons", FIELD_NO_NAME, "not known: no field is called so", "",
	 NULL},
	{"sql[\033]0;x\a].tier", FIELD_NO_NAME, "not known: no field is called so", "",
	 ""},
	{"sql[\033[2Jx].tier", FIELD_NO_NAME, "not known: no field is called so", "", ""},
};

static void paths_mean_what_they_say(void **state)
{
	struct strbuf text;
	struct world w;

	(void)state;
	setup_world(&w);
	strbuf_init(&text, 4096);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *path = cases[i].path;
		struct field field;

		field_read(&w.evidence, str_from(path), &field);
		check_text(path, str_from(field_state_name(field.state)),
			   field_state_name(cases[i].state));
		strbuf_reset(&text);
		field_put(&text, &w.evidence, &field);
		check_text(path, strbuf_str(&text), cases[i].text);
		strbuf_reset(&text);
		field_put_value(&text, &field);
		check_text(path, strbuf_str(&text), cases[i].value);
		check_text(path, str_from(field.path),
			   cases[i].cited ? cases[i].cited : path);
	}
	strbuf_fini(&text);
	world_fini(&w);
}

/* What is cited is found again, and is the same. */
static void cited_paths_are_paths(void **state)
{
	struct world w;

	(void)state;
	setup_world(&w);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct field first, again;

		field_read(&w.evidence, str_from(cases[i].path), &first);
		if (first.state != FIELD_KNOWN)
			continue;
		field_read(&w.evidence, str_from(first.path), &again);
		check_case(first.path, again.state == FIELD_KNOWN);
		check_text(first.path, str_from(again.path), first.path);
		check_case(first.path, again.row == first.row);
	}
	world_fini(&w);
}

static void check_state(const struct world *w, const char *path, enum field_state want,
			const char *text)
{
	struct strbuf out;
	struct field field;

	strbuf_init(&out, 1024);
	field_read(&w->evidence, str_from(path), &field);
	check_text(path, str_from(field_state_name(field.state)), field_state_name(want));
	field_put(&out, &w->evidence, &field);
	check_text(path, strbuf_str(&out), text);
	strbuf_fini(&out);
}

static void marks_of_a_board_are_marks_of_its_fields(void **state)
{
	struct board *board;
	struct world w;

	(void)state;
	setup_world(&w);
	board = world_add(&w, "budgets",
			  "[{\"name\":\"budget-atlas\",\"used_pct\":37.06}]");
	board->fetched_ms = WORLD_NOW_MS - board->def->stale_after_ms - 1;
	check_state(&w, "cost.budget[budget-atlas].pct_used", FIELD_STALE,
		    "37.1% (stale: read 10 Mar 08:20 UTC)");
	board->fetched_ms = WORLD_NOW_MS;
	board->is_stale = true;
	check_state(&w, "cost.budget[budget-atlas].pct_used", FIELD_STALE,
		    "37.1% (stale: read 10:20 UTC)");
	board->is_stale = false;
	/* What could not be read may be there, and how many there are nobody knows. */
	board->is_partial = true;
	check_state(&w, "cost.budget[budget-atlas].pct_used", FIELD_KNOWN, "37.1%");
	check_state(&w, "cost.budget[budget-x].pct_used", FIELD_UNKNOWN, "not known");
	check_state(&w, "budgets.count", FIELD_UNKNOWN, "not known");
	board->is_partial = false;
	board->is_loading = true;
	check_state(&w, "cost.budget[budget-atlas].pct_used", FIELD_NO_BOARD,
		    "not known: its board has not been read");
	world_fini(&w);
}

/* Swap two values and the fields follow; null one, and it is unknown. */
static void fields_follow_the_board(void **state)
{
	struct field field;
	struct world w;

	(void)state;
	setup_world(&w);
	world_add(&w, "sql", "[{\"name\":\"a\",\"cpu\":10},{\"name\":\"b\",\"cpu\":90}]");
	check_state(&w, "sql[a].cpu_pct", FIELD_KNOWN, "10%");
	field_read(&w.evidence, STR("sql[a].cpu_pct"), &field);
	assert_int_equal(field.version, 8);
	assert_string_equal(field.unit, "%");
	world_add(&w, "sql", "[{\"name\":\"b\",\"cpu\":10},{\"name\":\"a\",\"cpu\":90}]");
	check_state(&w, "sql[a].cpu_pct", FIELD_KNOWN, "90%");
	check_state(&w, "sql[b].cpu_pct", FIELD_KNOWN, "10%");
	world_add(&w, "sql", "[{\"name\":\"a\",\"cpu\":null}]");
	check_state(&w, "sql[a].cpu_pct", FIELD_UNKNOWN, "not known");
	check_state(&w, "sql[b].cpu_pct", FIELD_NO_ROW, "there is no \"b\"");
	world_fini(&w);
}

/* A measurement is as old as it is, whenever it was read. */
static void measured_when(void **state)
{
	struct field field;
	struct world w;

	(void)state;
	setup_world(&w);
	field_read(&w.evidence, STR("dr.group[fog-atlas].lag_sec"), &field);
	assert_int_equal(field.as_of_ms, WORLD_NOW_MS - 10 * MINUTE_MS - 30000);
	field_read(&w.evidence, STR("sql[atlas-orders].tier"), &field);
	assert_int_equal(field.as_of_ms, WORLD_NOW_MS - MINUTE_MS);
	world_fini(&w);
}

/* The name of every cell of every board leads back to it. */
static void every_cell_has_a_name(void **state)
{
	struct strbuf path;
	struct world w;

	(void)state;
	setup_world(&w);
	strbuf_init(&path, FIELD_PATH_MOST);
	for (size_t b = 0; b < w.evidence.n; b++) {
		const struct board *board = w.evidence.boards[b];

		for (size_t i = 0; i < board->n_rows * board->def->n_columns; i++) {
			const struct row *row = &board->rows[i / board->def->n_columns];
			const struct column *column =
				&board->def->columns[i % board->def->n_columns];
			struct field field;

			strbuf_reset(&path);
			assert_true(field_name_cell(&path, board, row, column));
			field_read(&w.evidence, strbuf_str(&path), &field);
			check_case(path.p, field.row == row);
			check_case(path.p, field.column == column);
			check_text(path.p, str_from(field.path), path.p);
		}
	}
	strbuf_fini(&path);
	world_fini(&w);
}

static void rows_have_names_too(void **state)
{
	const struct board *board;
	struct strbuf path;
	struct world w;

	(void)state;
	setup_world(&w);
	strbuf_init(&path, FIELD_PATH_MOST);
	board = evidence_board(&w.evidence, "budgets");
	assert_true(field_name_cell(&path, board, &board->rows[0], NULL));
	assert_string_equal(path.p, "budgets[budget-atlas]");
	strbuf_fini(&path);
	world_fini(&w);
}

static void boards_are_known_before_they_are_read(void **state)
{
	static const struct {
		const char *path;
		const char *boards[FIELD_BOARDS_MOST];
	} asked[] = {
		{"sql[x].tier", {"sql"}},
		{"sched[x].intended_now", {"sql-schedules", "node-pools"}},
		{"alert[x].sev", {"alerts", "alertmanager", "pagerduty"}},
		{"cost.mtd.actual", {"cost"}},
		{"web-apps[x].plan", {"web-apps"}},
		{"agents.count[idle]", {"agents"}},
		{"off-hours.sum[monthly]", {"off-hours"}},
		{"estate.now", {NULL}},
		{"nothing[x].at", {NULL}},
		{"[", {NULL}},
	};
	struct world w;

	(void)state;
	world_init(&w);
	for (size_t i = 0; i < COUNT(asked); i++) {
		const char *got[FIELD_BOARDS_MOST] = {NULL};
		size_t n = field_boards(w.library, str_from(asked[i].path), got);

		for (size_t k = 0; k < FIELD_BOARDS_MOST; k++) {
			const char *want = asked[i].boards[k];

			check_case(asked[i].path, (k < n) == (want != NULL));
			if (want)
				check_text(asked[i].path, str_from(got[k]), want);
		}
	}
	world_fini(&w);
}

/* Every row of the dictionary stands on a board and in a column that there are; and so do
 * the columns that choose its rows, because a key without any finds none. */
static void dictionary_fits_the_boards(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	assert_true(field_count() > 200);
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);
		const struct board_def *board;

		if (!def->board[0])
			continue;
		board = library_find(w.library, str_from(def->board));
		if (!board)
			fail_msg("%s.%s: no board %s", def->root, def->name, def->board);
		if (board_def_column(board, str_from(def->column)) < 0)
			fail_msg("%s.%s: %s has no column %s", def->root, def->name,
				 def->board, def->column);
		check_case(def->name, def->rows && def->about[0]);
	}
	world_fini(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_mean_what_they_say),
		cmocka_unit_test(cited_paths_are_paths),
		cmocka_unit_test(marks_of_a_board_are_marks_of_its_fields),
		cmocka_unit_test(fields_follow_the_board),
		cmocka_unit_test(measured_when),
		cmocka_unit_test(every_cell_has_a_name),
		cmocka_unit_test(rows_have_names_too),
		cmocka_unit_test(boards_are_known_before_they_are_read),
		cmocka_unit_test(dictionary_fits_the_boards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
