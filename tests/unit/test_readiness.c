/* Readiness: what each line says of what is known, what unknown and stale mean, and
 * that knowing less never makes the score better. */
#include "unit/board_fixture.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "dr/readiness.h"

#define NOW FIXTURE_NOW_MS

enum { N_BOARDS = 10 };

/* Columns that end with ':' are numbers; moments and spans in milliseconds. */
static const struct board_shape {
	const char *name, *columns;
} shapes[N_BOARDS] = {
	{"dr-groups", "name state sides lag: lag_age: measured: databases: policy grace: "
		      "region other_region group"},
	{"sql-replicas", "database use state partner failover_group"},
	{"sql", "database"},
	{"dr-items",
	 "name health readiness rpo: rpo_age: rpo_target: error plan test_state "
	 "group"},
	{"dr-plans",
	 "name state last: result took: rto: rpo_target: proven_rpo: cleanup"},
	{"backups", "item state newest: group"},
	{"restore-tests", "item state ended:"},
	{"frontdoor", "name pool state"},
	{"traffic-manager", "endpoint profile state"},
	{"health", "name kind group"},
};
enum { GROUPS, REPLICAS, SQL, ITEMS, PLANS, BACKUPS, RESTORES, DOOR, TRAFFIC, HEALTH };

static const char *const words[] = {"atlas"};
static const char *const recover[] = {"rg-atlas-prod*"};

static struct workload atlas(void)
{
	return (struct workload){.name = "Atlas",
				 .words = words,
				 .n_words = 1,
				 .rto_ms = HOUR_MS,
				 .rpo_ms = 15 * MINUTE_MS,
				 .drill_every_ms = 90 * DAY_MS,
				 .home = "west",
				 .pair = "north",
				 .recover = recover,
				 .n_recover = 1};
}

static struct board_def *defs[N_BOARDS];

static int setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_BOARDS; i++) {
		struct str rest = str_from(shapes[i].columns), word;
		struct err err = {0};
		struct strbuf text;

		strbuf_init(&text, 8192);
		strbuf_puts(&text,
			    "{\"title\":\"T\",\"category\":\"test\",\"about\":\"A.\","
			    "\"requests\":{\"a\":{\"get\":\"/a\"}},\"rows\":"
			    "\"a.value\",\"key\":\"id\",\"stale_after\":\"10m\","
			    "\"columns\":[");
		while (str_next(&rest, ' ', &word)) {
			bool is_number = word.p[word.n - 1] == ':';

			word.n -= is_number;
			strbuf_printf(&text,
				      "{\"name\":\"%.*s\",\"title\":\"%.*s\",\"value\":"
				      "\"%.*s\"%s},",
				      STR_ARG(word), STR_ARG(word), STR_ARG(word),
				      is_number ? ",\"type\":\"number\"" : "");
		}
		strbuf_puts(&text, "]}");
		defs[i] =
			board_def_parse(strbuf_str(&text), shapes[i].name, "test", &err);
		if (!defs[i])
			fail_msg("%s: %s", shapes[i].name, err.text);
		strbuf_fini(&text);
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_BOARDS; i++)
		board_def_put(defs[i]);
	return 0;
}

/* Moments of the estate are seconds before now. */
static void move_times(cJSON *row)
{
	static const char *const moments[] = {"lag_age", "rpo_age", "last", "newest",
					      "ended"};

	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		cJSON *at = cJSON_GetObjectItem(row, moments[i]);

		if (cJSON_IsNumber(at))
			cJSON_SetNumberValue(at, (double)NOW + at->valuedouble * 1000);
	}
}

/* What else is wrong with a board. */
struct marks {
	uint32_t missing, stale, old, partial; /* a bit a board */
};

static void load(const cJSON *whole, const struct marks *marks,
		 struct board *boards[N_BOARDS])
{
	for (size_t i = 0; i < N_BOARDS; i++) {
		cJSON *answers = cJSON_CreateObject(), *a, *rows, *row;
		struct err err = {0};

		boards[i] = NULL;
		a = cJSON_AddObjectToObject(answers, "a");
		rows = cJSON_Duplicate(json_member(whole, shapes[i].name), true);
		cJSON_ArrayForEach (row, rows)
			move_times(row);
		cJSON_AddItemToObject(a, "value", rows);
		if (!(marks->missing >> i & 1)) {
			if (!board_decode(defs[i], answers, NOW, &boards[i], &err))
				fail_msg("%s: %s", shapes[i].name, err.text);
			boards[i]->is_loading = false;
			boards[i]->fetched_ms =
				NOW - (marks->old >> i & 1 ? HOUR_MS : 30000);
			boards[i]->is_stale = marks->stale >> i & 1;
			boards[i]->is_partial = marks->partial >> i & 1;
		}
		cJSON_Delete(answers);
	}
}

static void report(const cJSON *whole, const struct marks *marks,
		   const struct workload *workload, struct dr_report *out,
		   struct board *boards[N_BOARDS])
{
	load(whole, marks, boards);
	dr_report_init(out, workload,
		       &(struct dr_boards){.groups = boards[GROUPS],
					   .replicas = boards[REPLICAS],
					   .sql = boards[SQL],
					   .items = boards[ITEMS],
					   .plans = boards[PLANS],
					   .backups = boards[BACKUPS],
					   .restores = boards[RESTORES],
					   .frontdoor = boards[DOOR],
					   .traffic = boards[TRAFFIC],
					   .health = boards[HEALTH]},
		       NOW);
}

static void done(struct dr_report *out, struct board *boards[N_BOARDS])
{
	dr_report_fini(out);
	for (size_t i = 0; i < N_BOARDS; i++)
		board_put(boards[i]);
}

static int score_of(const cJSON *whole, const struct marks *marks)
{
	struct workload w = atlas();
	struct board *boards[N_BOARDS];
	struct dr_report out;
	int score;

	report(whole, marks, &w, &out, boards);
	score = out.score;
	done(&out, boards);
	return score;
}

/* All is as it should be, in dr_estate.json. Times there are seconds before now. */
static cJSON *read_estate(void)
{
	struct err err = {0};
	struct strbuf path, text;
	cJSON *json;

	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 16);
	strbuf_printf(&path, "%s/tests/unit/dr_estate.json", getenv("AZ_SRCDIR"));
	if (!file_read(path.p, &text, &err))
		fail_msg("%s", err.text);
	json = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (!json)
		fail_msg("%s", err.text);
	strbuf_fini(&path);
	strbuf_fini(&text);
	return json;
}

/* One thing is otherwise, and one line says so. */
static const struct line_case {
	const char *name;
	int board, row;
	const char *column, *json; /* json NULL: the row is not there */
	const char *check, *subject, *verdict, *value;
	int lost; /* points of 100 */
} lines[] = {
	{"sides disagree", GROUPS, 0, "sides", "\"differ\"", "group sides", "fog-atlas",
	 "not ready", "West to North, differ", 6},
	{"one side is hidden", GROUPS, 0, "sides", "\"one side\"", "group sides",
	 "fog-atlas", "unknown", "West to North, one side", 6},
	{"suspended", GROUPS, 0, "state", "\"SUSPENDED\"", "group state", "fog-atlas",
	 "not ready", "SUSPENDED", 10},
	{"no state", GROUPS, 0, "state", "null", "group state", "fog-atlas", "unknown",
	 "unknown", 10},
	{"behind", GROUPS, 0, "lag", "901000", "group lag", "fog-atlas", "not ready",
	 "15m01s, at most 15m", 8},
	{"on the promise", GROUPS, 0, "lag", "900000", "group lag", "fog-atlas", "ready",
	 "15m, at most 15m", 0},
	{"null is not zero", GROUPS, 0, "lag", "null", "group lag", "fog-atlas",
	 "unknown", "unknown, at most 15m", 8},
	{"lag of last night", GROUPS, 0, "lag_age", "-30000", "group lag", "fog-atlas",
	 "stale", "3s, at most 15m", 8},
	{"lag of nobody knows when", GROUPS, 0, "lag_age", "null", "group lag",
	 "fog-atlas", "unknown", "3s, at most 15m", 8},
	{"lag of half the databases", GROUPS, 0, "databases", "2", "group lag",
	 "fog-atlas", "unknown", "3s, at most 15m, not of every database", 8},
	{"grace past the time to recover", GROUPS, 0, "grace", "7200000", "group policy",
	 "fog-atlas", "not ready", "Automatic after 2h00m", 2},
	{"grace unknown", GROUPS, 0, "grace", "null", "group policy", "fog-atlas",
	 "unknown", "Automatic after unknown", 2},
	{"by hand", GROUPS, 0, "policy", "\"Manual\"", "group policy", "fog-atlas",
	 "ready", "Manual: a person fails over", 0},
	{"the group went", GROUPS, 0, "", NULL, "group state", "fog-atlas", "not ready",
	 "the group is not there", 26},
	{"its copy is stuck", REPLICAS, 0, "state", "\"SUSPENDED\"", "database copy",
	 "atlas-orders", "not ready", "SUSPENDED, to b", 6},
	{"it has no copy", REPLICAS, 0, "partner", "null", "database copy",
	 "atlas-orders", "not ready", "no copy elsewhere", 6},
	{"unwell", ITEMS, 1, "health", "\"Warning\"", "replication", "vm-atlas-2",
	 "not ready", "Warning", 10},
	{"not able to", ITEMS, 1, "readiness", "\"Critical\"", "replication",
	 "vm-atlas-2", "not ready", "Normal", 10},
	{"health None", ITEMS, 1, "health", "\"None\"", "replication", "vm-atlas-2",
	 "unknown", "None", 10},
	{"too far behind", ITEMS, 0, "rpo", "1000000", "machine RPO", "vm-atlas-1",
	 "not ready", "16m40s, at most 15m", 8},
	{"it is seeding", ITEMS, 0, "rpo", "null", "machine RPO", "vm-atlas-1", "unknown",
	 "unknown, at most 15m", 8},
	{"its agent is silent", ITEMS, 0, "rpo_age", "-86400", "machine RPO",
	 "vm-atlas-1", "stale", "1m, at most 15m", 8},
	{"the tag is not asked", ITEMS, 0, "rpo_target", "1", "machine RPO", "vm-atlas-1",
	 "ready", "1m, at most 15m", 0},
	{"in no plan", ITEMS, 0, "plan", "null", "in a plan", "vm-atlas-1", "not ready",
	 "in no plan", 3},
	{"a drill left it", ITEMS, 0, "test_state", "\"WaitingForCompletion\"",
	 "test machine", "vm-atlas-1", "not ready", "WaitingForCompletion", 2},
	{"not replicated", ITEMS, 0, "", NULL, "replication", "vm-atlas-1", "not ready",
	 "not replicated", 23},
	{"its backup fails", BACKUPS, 0, "state", "\"Failing\"", "backup", "vm-atlas-1",
	 "not ready", "Failing, newest 10h00m ago", 6},
	{"its backup is old", BACKUPS, 0, "newest", "-172800", "backup", "vm-atlas-1",
	 "not ready", "Protected, newest 2d ago", 6},
	{"nobody knows how old", BACKUPS, 0, "newest", "null", "backup", "vm-atlas-1",
	 "unknown", "Protected", 6},
	{"no backup", BACKUPS, 1, "", NULL, "backup", "vm-atlas-2", "not ready",
	 "no vault knows it", 6},
	{"no restore", RESTORES, 0, "", NULL, "restore test", "Atlas", "not ready",
	 "none in the time that vaults remember", 4},
	{"a restore that failed", RESTORES, 0, "state", "\"Failed\"", "restore test",
	 "Atlas", "not ready", "none in the time that vaults remember", 4},
	{"a restore long ago", RESTORES, 0, "ended", "-8640000", "restore test", "Atlas",
	 "not ready", "vm-atlas-1, 100d ago", 4},
	{"a drill long ago", PLANS, 0, "last", "-8640000", "drill age", "rp-atlas",
	 "not ready", "100d ago, due every 90d", 8},
	{"never tried", PLANS, 0, "state", "\"Never tried\"", "drill age", "rp-atlas",
	 "ready", "never tried, due every 90d", 0},
	{"nobody knows when", PLANS, 0, "last", "null", "drill age", "rp-atlas",
	 "unknown", "unknown ago, due every 90d", 8},
	{"it failed", PLANS, 0, "result", "\"Failed\"", "drill result", "rp-atlas",
	 "not ready", "Failed", 7},
	{"its job is gone", PLANS, 0, "result", "\"none kept\"", "drill result",
	 "rp-atlas", "unknown", "none kept", 7},
	{"too slow", PLANS, 0, "took", "3660000", "drill RTO", "rp-atlas", "not ready",
	 "1h01m, at most 1h00m", 6},
	{"nobody measured", PLANS, 0, "took", "null", "drill RTO", "rp-atlas", "unknown",
	 "unknown, at most 1h00m", 6},
	{"it began too far back", PLANS, 0, "proven_rpo", "960000", "drill RPO",
	 "rp-atlas", "not ready", "16m, at most 15m", 3},
	{"not cleaned up", PLANS, 0, "cleanup", "\"pending\"", "drill clean-up",
	 "rp-atlas", "not ready", "pending", 3},
	{"the plan went", PLANS, 0, "", NULL, "drill age", "rp-atlas", "not ready",
	 "the plan is not there", 27},
	{"one way in", DOOR, 0, "state", "\"Down\"", "way in", "Atlas", "not ready",
	 "og-atlas: 1 of 2 places well", 8},
	{"one place is switched off", DOOR, 0, "state", "\"Disabled\"", "way in", "Atlas",
	 "not ready", "og-atlas: 1 of 1 places well", 8},
};

static const struct dr_line *line_of(const struct dr_report *out, const char *check,
				     const char *subject)
{
	for (size_t i = 0; i < out->lines.n; i++) {
		const struct dr_line *line = &out->lines.p[i];

		if (strcmp(dr_check_name(line->check), check) == 0 &&
		    strcmp(line->subject, subject) == 0)
			return line;
	}
	return NULL;
}

static void check_line(const char *name, const struct dr_report *out, const char *check,
		       const char *subject, const char *verdict, const char *value)
{
	const struct dr_line *line = line_of(out, check, subject);

	if (!line)
		fail_msg("%s: no line %s of %s", name, check, subject);
	check_text(name, str_from(verdict_word(line->verdict)), verdict);
	check_text(name, str_from(line->value), value);
	/* Who is told that it is not ready is told what to do. */
	check_case(name, (line->verdict == VERDICT_READY) == (line->todo[0] == '\0'));
}

static void test_all_is_well(void **state)
{
	struct workload w = atlas();
	struct board *boards[N_BOARDS];
	struct dr_report out;
	cJSON *whole = read_estate();

	(void)state;
	report(whole, &(struct marks){0}, &w, &out, boards);
	for (size_t i = 0; i < out.lines.n; i++) {
		if (out.lines.p[i].verdict != VERDICT_READY)
			fail_msg("%s of %s: %s", dr_check_name(out.lines.p[i].check),
				 out.lines.p[i].subject, out.lines.p[i].value);
	}
	assert_int_equal(out.score, 100);
	assert_int_equal(out.possible, 100);
	assert_int_equal(out.verdict, VERDICT_READY);
	done(&out, boards);
	cJSON_Delete(whole);
}

static void mutate(cJSON *whole, int board, int row, const char *column, const char *json)
{
	cJSON *rows = cJSON_GetObjectItem(whole, shapes[board].name);

	if (!json)
		cJSON_DeleteItemFromArray(rows, row);
	else
		cJSON_ReplaceItemInObject(cJSON_GetArrayItem(rows, row), column,
					  cJSON_Parse(json));
}

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct line_case *c = &lines[i];
		struct workload w = atlas();
		struct board *boards[N_BOARDS];
		struct dr_report out;
		cJSON *whole = read_estate();

		mutate(whole, c->board, c->row, c->column, c->json);
		report(whole, &(struct marks){0}, &w, &out, boards);
		check_line(c->name, &out, c->check, c->subject, c->verdict, c->value);
		if (out.score != 100 - c->lost)
			fail_msg("%s: the score is %d, not %d", c->name, out.score,
				 100 - c->lost);
		done(&out, boards);
		cJSON_Delete(whole);
	}
}

/* A board that is missing, old or not whole. */
static const struct mark_case {
	const char *name;
	struct marks marks;
	const char *check, *subject, *verdict;
} marked[] = {
	{"no groups", {.missing = 1 << GROUPS}, "group lag", "fog-atlas", "unknown"},
	{"no replicas",
	 {.missing = 1 << REPLICAS},
	 "database copy",
	 "atlas-orders",
	 "unknown"},
	{"no items", {.missing = 1 << ITEMS}, "replication", "vm-atlas-1", "unknown"},
	{"no plans", {.missing = 1 << PLANS}, "drill age", "rp-atlas", "unknown"},
	{"no restores", {.missing = 1 << RESTORES}, "restore test", "Atlas", "unknown"},
	{"nothing", {.missing = (1 << N_BOARDS) - 1}, "backup", "machines", "unknown"},
	{"nothing of SQL",
	 {.missing = (1 << N_BOARDS) - 1},
	 "group lag",
	 "failover groups",
	 "unknown"},
	{"a poll failed", {.stale = 1 << ITEMS}, "replication", "vm-atlas-1", "stale"},
	{"too old", {.old = 1 << BACKUPS}, "backup", "vm-atlas-2", "stale"},
	{"old ways", {.old = 1 << DOOR}, "way in", "Atlas", "stale"},
};

static void test_marked(void **state)
{
	cJSON *whole = read_estate();

	(void)state;
	for (size_t i = 0; i < sizeof(marked) / sizeof(marked[0]); i++) {
		const struct mark_case *c = &marked[i];
		struct workload w = atlas();
		struct board *boards[N_BOARDS];
		const struct dr_line *line;
		struct dr_report out;

		report(whole, &c->marks, &w, &out, boards);
		line = line_of(&out, c->check, c->subject);
		if (!line)
			fail_msg("%s: no line %s of %s", c->name, c->check, c->subject);
		check_text(c->name, str_from(verdict_word(line->verdict)), c->verdict);
		check_case(c->name, out.score < 100 && line->todo[0]);
		done(&out, boards);
	}
	cJSON_Delete(whole);
}

/* A part that is not in a board which came in part is unknown, not gone. */
static void test_partial(void **state)
{
	struct workload w = atlas();
	struct board *boards[N_BOARDS];
	struct dr_report out;
	cJSON *whole = read_estate();

	(void)state;
	mutate(whole, ITEMS, 0, "", NULL);
	report(whole, &(struct marks){.partial = 1 << ITEMS}, &w, &out, boards);
	check_line("partial", &out, "replication", "vm-atlas-1", "unknown",
		   "not in what could be read");
	done(&out, boards);
	cJSON_Delete(whole);
}

/* Without what was promised, figures are held against nothing, which is no praise. */
static void test_no_promise(void **state)
{
	struct workload w = {.name = "Atlas", .words = words, .n_words = 1};
	struct board *boards[N_BOARDS];
	struct dr_report out;
	cJSON *whole = read_estate();

	(void)state;
	mutate(whole, ITEMS, 0, "rpo_target", "null");
	mutate(whole, PLANS, 0, "rto", "null");
	mutate(whole, PLANS, 0, "rpo_target", "null");
	report(whole, &(struct marks){0}, &w, &out, boards);
	check_line("rpo", &out, "machine RPO", "vm-atlas-1", "unknown",
		   "1m, at most nobody said what");
	check_line("its tag counts", &out, "machine RPO", "vm-atlas-2", "ready",
		   "1m, at most 15m");
	check_line("rto", &out, "drill RTO", "rp-atlas", "unknown",
		   "30m, at most nobody said what");
	check_line("lag", &out, "group lag", "fog-atlas", "ready", "3s, at most 5m");
	check_line("drill", &out, "drill age", "rp-atlas", "ready",
		   "10d ago, due every 180d");
	assert_null(line_of(&out, "way in", "Atlas"));
	done(&out, boards);
	cJSON_Delete(whole);
}

/* What need not come back is not asked for. */
static void test_recover(void **state)
{
	static const char *const other[] = {"rg-atlas-live-*"};
	struct workload w = atlas();
	struct board *boards[N_BOARDS];
	struct dr_report out;
	cJSON *whole = read_estate();

	(void)state;
	w.recover = other;
	report(whole, &(struct marks){0}, &w, &out, boards);
	assert_null(line_of(&out, "replication", "vm-atlas-1"));
	assert_null(line_of(&out, "database copy", "atlas-orders"));
	assert_non_null(line_of(&out, "drill age", "rp-atlas"));
	done(&out, boards);
	cJSON_Delete(whole);
}

/* With this many things wrong, chosen by the seed. */
static cJSON *troubled(uint64_t seed)
{
	cJSON *whole = read_estate();

	for (uint64_t i = 0; i < seed % 6; i++) {
		const struct line_case *c =
			&lines[rng_mix(seed, i) % (sizeof(lines) / sizeof(lines[0]))];

		if (c->json)
			mutate(whole, c->board, c->row, c->column, c->json);
	}
	return whole;
}

/* Every cell, row and board is taken away, by itself; what another board vouches for is
 * still asked for, so nothing of it may help. */
static void take_each(cJSON *whole, const char *name)
{
	int before = score_of(whole, &(struct marks){0});

	for (int b = 0; b < N_BOARDS; b++) {
		cJSON *rows = cJSON_GetObjectItem(whole, shapes[b].name), *row;
		const struct marks all[] = {{.missing = 1u << b},
					    {.stale = 1u << b},
					    {.old = 1u << b},
					    {.partial = 1u << b}};

		for (size_t i = 0; i < 4; i++)
			check_case(name, score_of(whole, &all[i]) <= before);
		for (int r = 0; r < cJSON_GetArraySize(rows); r++) {
			cJSON *less = cJSON_Duplicate(whole, true), *cell;

			cJSON_DeleteItemFromArray(cJSON_GetObjectItem(less,
								      shapes[b].name),
						  r);
			if (score_of(less, &(struct marks){0}) > before)
				fail_msg("%s: without %s[%d]", name, shapes[b].name, r);
			cJSON_Delete(less);
			row = cJSON_GetArrayItem(rows, r);
			for (cell = row->child; cell; cell = cell->next) {
				int type = cell->type;

				cell->type = cJSON_NULL;
				if (strcmp(cell->string, "id") != 0 &&
				    score_of(whole, &(struct marks){0}) > before)
					fail_msg("%s: better without %s in row %d of %s",
						 name, cell->string, r, shapes[b].name);
				cell->type = type;
			}
		}
	}
}

static void test_less_is_never_better(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 12; seed++) {
		cJSON *whole = troubled(seed);
		char name[32];

		snprintf(name, sizeof(name), "seed %d", (int)seed);
		take_each(whole, name);
		cJSON_Delete(whole);
	}
}

/* Board after board goes, in any order: the score only falls. */
static void test_boards_go(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		cJSON *whole = troubled(seed);
		struct marks marks = {0};
		int score = score_of(whole, &marks);

		for (uint64_t i = 0; i < 2 * N_BOARDS; i++) {
			uint32_t bit = 1u << rng_mix(seed, 100 + i) % N_BOARDS;
			int next;

			if (rng_mix(seed, 200 + i) % 2)
				marks.missing |= bit;
			else
				marks.stale |= bit;
			next = score_of(whole, &marks);
			if (next > score)
				fail_msg("seed %d: %d became %d", (int)seed, score, next);
			score = next;
		}
		cJSON_Delete(whole);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_is_well),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_partial),
		cmocka_unit_test(test_no_promise),
		cmocka_unit_test(test_recover),
		cmocka_unit_test(test_less_is_never_better),
		cmocka_unit_test(test_boards_go),
	};

	return cmocka_run_group_tests_name("readiness", tests, setup, teardown);
}
