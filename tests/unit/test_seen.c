/* What azdeck itself saw, from looks at boards to minutes of an error budget: stories told
 * to a history, the rows of seen-states that come out of it, and what slo makes of them.
 * Minutes count from the first look; a look holds for five. */
#include "unit/board_fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/timefmt.h"
#include "board/read.h"
#include "dr/slo_seen.h"
#include "store/recorder.h"
#include "worker/past/past_states.h"

#define NOW FIXTURE_NOW_MS

enum { LOOKS_MOST = 12 };

/* Of the board health, "x Available"; of traffic-manager, "p/a Online": an endpoint of a
 * profile. "again": azdeck is started anew before it. */
struct look {
	int minute;
	const char *board, *rows, *mark;
};

#define HEALTH "health"
#define PROBES "traffic-manager"

struct seen_case {
	const char *name;
	struct look looks[LOOKS_MOST];
	int to;
	const char *want;   /* "x Available up 0-9/9": from, to, watched */
	double known, lost; /* of health, or where there is none, of probes */
};

static const struct seen_case cases[] = {
	{"nothing", {{0}}, 5, "", 0, 0},
	{"up all the time",
	 {{0, HEALTH, "x Available", ""}, {4, HEALTH, "x Available", ""}},
	 6,
	 "x Available up 0-6/6+; watch 0-6",
	 6,
	 0},
	{"an outage in the middle",
	 {{0, HEALTH, "x Available", ""},
	  {3, HEALTH, "x Unavailable", ""},
	  {5, HEALTH, "x Available", ""}},
	 8,
	 "x Available up 0-3/3; x Unavailable down 3-5/2; x Available up 5-8/3+; "
	 "watch 0-8",
	 8,
	 2},
	{"one that goes on",
	 {{0, HEALTH, "x Available", ""}, {3, HEALTH, "x Unavailable", ""}},
	 6,
	 "x Available up 0-3/3; x Unavailable down 3-6/3+; watch 0-6",
	 6,
	 3},
	{"what nobody saw is neither up nor down",
	 {{0, HEALTH, "x Available", ""}, {20, HEALTH, "x Available", ""}},
	 30,
	 "x Available up 0-25/10; watch 0-5; watch 20-25",
	 10,
	 0},
	{"nor does an outage go on unseen",
	 {{0, HEALTH, "x Unavailable", ""}, {20, HEALTH, "x Available", ""}},
	 22,
	 "x Unavailable down 0-5/5; x Available up 20-22/2+; watch 0-5; watch 20-22",
	 7,
	 5},
	{"a restart forgets nothing",
	 {{0, HEALTH, "x Unavailable", ""},
	  {2, HEALTH, "x Available", ""},
	  {8, HEALTH, "x Available", "again"}},
	 10,
	 "x Unavailable down 0-2/2; x Available up 2-10/7+; watch 0-7; watch 8-10",
	 9,
	 2},
	{"two restarts",
	 {{0, HEALTH, "x Available", ""},
	  {8, HEALTH, "x Unavailable", "again"},
	  {16, HEALTH, "x Unavailable", "again"}},
	 18,
	 "x Available up 0-5/5; x Unavailable down 8-18/7+; watch 0-5; watch 8-13; "
	 "watch 16-18",
	 12,
	 7},
	{"all resources weigh the same",
	 {{0, HEALTH, "x Available, y Available", ""},
	  {4, HEALTH, "x Available, y Unavailable", ""}},
	 8,
	 "x Available up 0-8/8+; y Available up 0-4/4; y Unavailable down 4-8/4+; "
	 "watch 0-8",
	 8,
	 2},
	{"one that came later",
	 {{0, HEALTH, "x Available", ""}, {4, HEALTH, "x Available, y Available", ""}},
	 8,
	 "x Available up 0-8/8+; y Available up 4-8/4+; watch 0-8",
	 6,
	 0},
	{"one that did not answer while another did",
	 {{0, HEALTH, "x Available, y Available", ""},
	  {3, HEALTH, "x Available", "partial"},
	  {6, HEALTH, "x Available, y Available", ""}},
	 8,
	 "x Available up 0-8/8+; y Available up 0-3/3; y Available up 6-8/2+; watch 0-8",
	 6.5,
	 0},
	{"what our own people stopped",
	 {{0, HEALTH, "x Available", ""}, {4, HEALTH, "x Stopped", ""}},
	 8,
	 "x Available up 0-4/4; x Stopped ? 4-8/4+; watch 0-8",
	 4,
	 0},
	{"one endpoint of a name is enough",
	 {{0, PROBES, "p/a Online, p/b Online", ""},
	  {3, PROBES, "p/a Degraded, p/b Online", ""}},
	 6,
	 "a Online up 0-3/3; a Degraded down 3-6/3+; b Online up 0-6/6+; watch 0-6",
	 6,
	 0},
	{"and all of them are not",
	 {{0, PROBES, "p/a Online, p/b Online", ""},
	  {3, PROBES, "p/a Degraded, p/b Degraded", ""}},
	 6,
	 "a Online up 0-3/3; a Degraded down 3-6/3+; b Online up 0-3/3; "
	 "b Degraded down 3-6/3+; watch 0-6",
	 6,
	 3},
	{"every name has to be up",
	 {{0, PROBES, "p/a Online, q/b Degraded", ""}},
	 4,
	 "a Online up 0-4/4+; b Degraded down 0-4/4+; watch 0-4",
	 4,
	 4},
	{"outages that overlap count once",
	 {{0, PROBES, "p/a Degraded, q/b Online", ""},
	  {2, PROBES, "p/a Degraded, q/b Degraded", ""},
	  {4, PROBES, "p/a Online, q/b Degraded", ""}},
	 5,
	 "a Degraded down 0-4/4; a Online up 4-5/1+; b Online up 0-2/2; "
	 "b Degraded down 2-5/3+; watch 0-5",
	 5,
	 /* Of a bin the worse of both counts; six seconds are in the next one. */
	 4.1},
};

static const char text_of_board[] =
	"{\"title\":\"T\",\"category\":\"test\",\"about\":\"A.\",\"requests\":{\"a\":{"
	"\"get\":\"/a\"}},\"rows\":\"a.value\",\"key\":\"id\",\"stale_after\":\"5m\","
	"\"columns\":[{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"n\"},"
	"{\"name\":\"endpoint\",\"title\":\"ENDPOINT\",\"value\":\"n\"},"
	"{\"name\":\"profile\",\"title\":\"PROFILE\",\"value\":\"p\"},"
	"{\"name\":\"state\",\"title\":\"STATE\",\"type\":\"state\",\"value\":\"s\","
	"\"severity\":{\"Available\":\"ok\",\"Online\":\"ok\",\"Stopped\":\"info\","
	"\"*\":\"crit\"}}]}";

struct world {
	char dir[32], path[64];
	struct library *library;
	struct past_states states;
	struct recorder *recorder;
};

static void open_history(struct world *w)
{
	static const struct recorder_limits ample = {.keep_ms = 1 << 30,
						     .max_bytes = 1 << 30};
	struct err err, aside;
	struct db *db = db_open(w->path, &aside, &err);

	if (!db)
		fail_msg("%s", err.text);
	w->recorder = recorder_new(db, &ample);
}

static void begin(struct world *w)
{
	static const char *const boards[] = {HEALTH, PROBES};

	*w = (struct world){.dir = "/tmp/azdeck-unit-XXXXXX"};
	assert_non_null(mkdtemp(w->dir));
	snprintf(w->path, sizeof(w->path), "%s/history.db", w->dir);
	for (size_t i = 0; i < 2; i++) {
		char path[64];
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s.json", w->dir, boards[i]);
		f = fopen(path, "w");
		assert_non_null(f);
		fputs(text_of_board, f);
		assert_int_equal(fclose(f), 0);
	}
	w->library = library_new(w->dir, NULL, NULL);
	past_states_init(&w->states, w->library);
	open_history(w);
}

static void forget(struct world *w)
{
	static const char *const files[] = {"", "-wal", "-shm", "-lock"};
	char path[80];

	recorder_free(w->recorder);
	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s%s", w->path, files[i]);
		unlink(path);
	}
}

static void end(struct world *w)
{
	char command[64];

	forget(w);
	past_states_fini(&w->states);
	library_free(w->library);
	snprintf(command, sizeof(command), "rm -rf %s", w->dir);
	assert_int_equal(system(command), 0);
}

/* "p/a Online": the key is that of a resource of the workload. */
static struct board *board_of(const struct board_def *def, const char *rows)
{
	char answers[4096] = "{\"a\":{\"value\":[", id[16], state[16];
	size_t n = strlen(answers);
	struct str rest = str_from(rows), part;

	while (rest.n && str_next(&rest, ',', &part)) {
		const char *slash;
		char text[64];

		part = str_trim(part);
		snprintf(text, sizeof(text), "%.*s", STR_ARG(part));
		assert_int_equal(sscanf(text, "%15s %15s", id, state), 2);
		slash = strchr(id, '/');
		n += (size_t)snprintf(
			answers + n, sizeof(answers) - n,
			"%s{\"id\":\"/resourcegroups/rg-w/%s\",\"n\":\"%s\","
			"\"p\":\"%.*s\",\"s\":\"%s\"}",
			answers[n - 1] == '[' ? "" : ",", id, slash ? slash + 1 : id,
			slash ? (int)(slash - id) : 0, id, state);
	}
	snprintf(answers + n, sizeof(answers) - n, "]}}");
	return fixture_board(def, answers);
}

static void tell(struct world *w, const struct look *look)
{
	int64_t at_ms = NOW + look->minute * MINUTE_MS;
	const struct board_def *def = library_find(w->library, str_from(look->board));
	struct board *board = board_of(def, look->rows);
	struct err err;

	if (strcmp(look->mark, "again") == 0) {
		recorder_free(w->recorder);
		open_history(w);
	}
	board->is_loading = false;
	board->is_partial = strcmp(look->mark, "partial") == 0;
	board->fetched_ms = board->asked_ms = at_ms;
	recorder_begin(w->recorder);
	recorder_add(w->recorder, board, at_ms);
	assert_true(recorder_end(w->recorder, &err));
	board_put(board);
}

static int minute_of(const struct board *board, size_t row, const char *column)
{
	return (int)((read_moment(board, row, column) - NOW) / MINUTE_MS);
}

static void put_row(struct strbuf *out, const struct board *board, size_t i)
{
	const char *is = read_text(board, i, "is");

	strbuf_puts(out, out->n ? "; " : "");
	if (strcmp(read_text(board, i, "kind"), "watch") == 0)
		strbuf_puts(out, "watch");
	else
		strbuf_printf(out, "%s %s %s", read_text(board, i, "what"),
			      read_text(board, i, "state"), *is ? is : "?");
	strbuf_printf(out, " %d-%d", minute_of(board, i, "from"),
		      minute_of(board, i, "to"));
	if (strcmp(read_text(board, i, "kind"), "watch") != 0)
		strbuf_printf(out, "/%d%s",
			      (int)(read_number(board, i, "seen") / MINUTE_MS),
			      *read_text(board, i, "open") ? "+" : "");
}

/* The board seen-states as the deck decodes it. */
static struct board *seen_board(struct world *w, int to)
{
	cJSON *answers = cJSON_CreateObject();
	cJSON *states = cJSON_AddObjectToObject(answers, "states");
	struct board *board = NULL;
	struct err err = {0};

	cJSON_AddItemToObject(states, "rows",
			      past_states_read(&w->states, recorder_db(w->recorder),
					       NOW + to * MINUTE_MS));
	if (!board_decode(library_find(w->library, STR("seen-states")), answers, NOW,
			  &board, &err))
		fail_msg("%s", err.text);
	cJSON_Delete(answers);
	return board;
}

static void check_minutes(const struct seen_case *c, const struct board *board)
{
	static const char *const groups[] = {"rg-w"};
	const struct workload workload = {.name = "W", .groups = groups, .n_groups = 1};
	struct arena arena;
	struct slo_seen seen = {.arena = &arena,
				.workload = &workload,
				.board = board,
				.from_ms = NOW - DAY_MS,
				.to_ms = NOW + c->to * MINUTE_MS};
	struct slo_line line;
	struct slo_sum sum;
	int n = 0;

	arena_init(&arena);
	slo_line_init(&line, &arena, seen.from_ms, seen.to_ms);
	slo_seen_health(&seen, &line, &n);
	if (n == 0)
		slo_seen_probes(&seen, &line, &n);
	sum = slo_line_sum(&line, seen.from_ms, seen.to_ms);
	if (fabs(sum.known - c->known) > 0.01 || fabs(sum.lost - c->lost) > 0.01)
		fail_msg("%s: %g of %g minutes, not %g of %g", c->name, sum.lost,
			 sum.known, c->lost, c->known);
	check_case(c->name, (n > 0) == (board->n_rows > 0));
	arena_fini(&arena);
}

static void test_stories(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct seen_case *c = &cases[i];
		struct board *board;
		struct strbuf got;

		strbuf_init(&got, 4096);
		for (size_t k = 0; k < LOOKS_MOST && c->looks[k].board; k++)
			tell(&w, &c->looks[k]);
		board = seen_board(&w, c->to);
		for (size_t k = 0; k < board->n_rows; k++)
			put_row(&got, board, k);
		check_text(c->name, strbuf_str(&got), c->want);
		check_minutes(c, board);
		board_put(board);
		strbuf_fini(&got);
		forget(&w);
		open_history(&w);
	}
	end(&w);
}

/* What has not come, or is of somebody else, says nothing. */
static void test_nobodys(void **state)
{
	static const char *const groups[] = {"rg-other"};
	const struct workload workload = {.name = "W", .groups = groups, .n_groups = 1};
	static const struct look look = {0, HEALTH, "x Unavailable", ""};
	struct slo_seen seen = {.workload = &workload,
				.from_ms = NOW,
				.to_ms = NOW + HOUR_MS};
	struct arena arena;
	struct slo_line line;
	struct board *board;
	struct world w;
	int n = 0;

	(void)state;
	arena_init(&arena);
	seen.arena = &arena;
	slo_line_init(&line, &arena, seen.from_ms, seen.to_ms);
	slo_seen_health(&seen, &line, &n);
	slo_seen_probes(&seen, &line, &n);
	begin(&w);
	tell(&w, &look);
	seen.board = board = seen_board(&w, 5);
	slo_seen_health(&seen, &line, &n);
	slo_seen_probes(&seen, &line, &n);
	assert_int_equal(n, 0);
	assert_true(slo_line_last(&line) == 0);
	board_put(board);
	end(&w);
	arena_fini(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stories),
		cmocka_unit_test(test_nobodys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
