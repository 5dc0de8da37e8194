/* How long a row was in which state: a story of looks at a board, and what is read out of
 * it. Minutes count from the first look. */
#include "store_fixture.h"

#include "store/frames.h"
#include "store/recorder.h"
#include "store/spans.h"

#define NOW FIXTURE_NOW_MS

enum { LOOKS_MOST = 12 };

struct spans_case {
	const char *name;
	struct {
		int minute;
		const char *rows; /* NULL: azdeck does not run; "": no rows */
		const char *mark; /* "stale", "partial" */
	} looks[LOOKS_MOST];
	int from, to;
	const char *column, *want;
};

static const struct spans_case cases[] = {
	{"one state",
	 {{0, "x Online 1", ""}, {2, "x Online 2", ""}, {4, "x Online 3", ""}},
	 0,
	 5,
	 "state",
	 "0-5 Online"},
	{"as it changes",
	 {{0, "x Online 1", ""},
	  {1, "x Paused 1", ""},
	  {3, "x Paused 1", ""},
	  {4, "x Online 1", ""}},
	 0,
	 6,
	 "state",
	 "0-1 Online, 1-4 Paused, 4-6 Online"},
	{"from the middle of it",
	 {{0, "x Online 1", ""}, {1, "x Paused 1", ""}, {3, "x Online 1", ""}},
	 2,
	 4,
	 "state",
	 "2-3 Paused, 3-4 Online"},
	{"what came before the first look is unseen",
	 {{10, "x Online 1", ""}},
	 5,
	 12,
	 "state",
	 "5-10 ?, 10-12 Online"},
	{"a look holds five minutes",
	 {{0, "x Online 1", ""}, {20, "x Online 1", ""}},
	 0,
	 30,
	 "state",
	 "0-5 Online, 5-20 ?, 20-25 Online, 25-30 ?"},
	{"the same again and again",
	 {{0, "x Online 1", ""},
	  {4, "x Online 1", ""},
	  {8, "x Online 1", ""},
	  {12, "x Online 1", ""}},
	 0,
	 14,
	 "state",
	 "0-14 Online"},
	{"a row that goes and comes",
	 {{0, "x Online 1, y Online 1", ""},
	  {2, "y Online 1", ""},
	  {4, "x Down 1, y Online 1", ""}},
	 0,
	 5,
	 "state",
	 "0-2 Online, 2-4 -, 4-5 Down"},
	{"what could not be asked is not gone",
	 {{0, "x Online 1, y Online 1", ""},
	  {2, "y Online 1", "partial"},
	  {4, "x Online 1, y Online 1", ""}},
	 0,
	 5,
	 "state",
	 "0-2 Online, 2-4 ?, 4-5 Online"},
	{"the last good rows are not seen again",
	 {{0, "x Online 1", ""},
	  {4, "x Online 1", "stale"},
	  {8, "x Online 1", "stale"},
	  {12, "x Down 1", ""}},
	 0,
	 14,
	 "state",
	 "0-5 Online, 5-12 ?, 12-14 Down"},
	{"severity of the row, of its figures too",
	 {{0, "x Online 1", ""}, {1, "x Online 95", ""}, {3, "x Online 2", ""}},
	 0,
	 4,
	 NULL,
	 "0-1 ok, 1-3 crit, 3-4 ok"},
	{"unknown is a state of its own",
	 {{0, "x Online 1", ""}, {1, "x null 1", ""}, {3, "x Online 2", ""}},
	 0,
	 4,
	 "state",
	 "0-1 Online, 1-3 , 3-4 Online"},
	{"no such row", {{0, "y Online 1", ""}}, 0, 4, "state", "0-4 -"},
	{"figures are no states", {{0, "x Online 1", ""}}, 0, 4, "cpu", "none"},
	{"nor is what is not there", {{0, "x Online 1", ""}}, 0, 4, "no", "none"},
	{"no time at all", {{0, "x Online 1", ""}}, 4, 4, "state", ""},
};

static int minute_of(int64_t at_ms)
{
	return (int)((at_ms - NOW) / MINUTE_MS);
}

static void put_span(const struct span *span, void *ctx)
{
	struct strbuf *out = ctx;

	strbuf_printf(out, "%s%d-%d ", out->n ? ", " : "", minute_of(span->from_ms),
		      minute_of(span->to_ms));
	if (span->kind == SPAN_SEEN && !span->state.p)
		strbuf_puts(out, "broken");
	else if (span->kind == SPAN_SEEN && span->state.n == 0 && span->sev != SEV_NONE &&
		 span->sev != SEV_UNKNOWN)
		strbuf_puts(out, severity_name(span->sev));
	else if (span->kind == SPAN_SEEN)
		strbuf_put(out, span->state);
	else
		strbuf_puts(out, span->kind == SPAN_ABSENT ? "-" : "?");
}

static struct board *board_of(const struct board_def *def, const char *rows,
			      int64_t at_ms)
{
	char text[256];
	struct board *board;
	char *null;

	/* The fixture's words are quoted; this one is none. */
	snprintf(text, sizeof(text), "%s", rows);
	null = strstr(text, " null ");
	if (null)
		memcpy(null, " Null ", 6);
	board = store_board(def, text, at_ms);
	for (size_t i = 0; null && i < board->n_rows; i++)
		board->rows[i].cells[1] = (struct cell){.text = "", .is_null = true};
	return board;
}

static void tell_story(struct recorder *r, const struct board_def *def,
		       const struct spans_case *c)
{
	int64_t good_ms = 0;

	for (size_t i = 0; i < LOOKS_MOST && c->looks[i].rows; i++) {
		int64_t at_ms = NOW + c->looks[i].minute * MINUTE_MS;
		struct board *board = board_of(def, c->looks[i].rows, at_ms);
		struct err err;

		board->is_stale = strcmp(c->looks[i].mark, "stale") == 0;
		board->is_partial = strcmp(c->looks[i].mark, "partial") == 0;
		good_ms = board->is_stale ? good_ms : at_ms;
		board->fetched_ms = good_ms;
		recorder_begin(r);
		recorder_add(r, board, at_ms);
		assert_true(recorder_end(r, &err));
		board_put(board);
	}
}

static void test_spans(void **state)
{
	struct board_def *def = store_def();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		static const struct recorder_limits ample = {.keep_ms = 1 << 30,
							     .max_bytes = 1 << 30};
		const struct spans_case *c = &cases[i];
		const struct str key = STR("x");
		const struct spans_ask ask = {.def = def,
					      .keys = &key,
					      .n_keys = 1,
					      .column = c->column,
					      .from_ms = NOW + c->from * MINUTE_MS,
					      .to_ms = NOW + c->to * MINUTE_MS,
					      .holds_ms = 5 * MINUTE_MS};
		struct recorder *r = recorder_new(store_db(), &ample);
		struct strbuf got;
		struct err err;

		strbuf_init(&got, 4096);
		tell_story(r, def, c);
		if (!spans_read(recorder_db(r), &ask, put_span, &got))
			strbuf_puts(&got, "none");
		check_text(c->name, strbuf_str(&got), c->want);
		check_case(c->name, db_is_fine(recorder_db(r), &err));
		strbuf_fini(&got);
		recorder_free(r);
	}
	board_def_put(def);
}

/* Random stories: the spans of each row are without a hole, and agree with what the
 * board looked like at every minute. */
struct walked {
	int64_t at_ms[3];
	enum span_kind kinds[3][240];
	char states[3][240];
};

static void check_span(const struct span *span, void *ctx)
{
	struct walked *w = ctx;

	assert_true(span->key < 3 && span->from_ms == w->at_ms[span->key]);
	assert_true(span->to_ms > span->from_ms);
	w->at_ms[span->key] = span->to_ms;
	for (int m = minute_of(span->from_ms); m < minute_of(span->to_ms); m++) {
		w->kinds[span->key][m] = span->kind;
		w->states[span->key][m] = span->state.n ? span->state.p[0] : ' ';
	}
}

static void check_minute(struct recorder *r, const struct board_def *def, int minute,
			 const struct walked *w)
{
	static const char names[] = "xyz";
	struct board *board = frames_at(recorder_db(r), def, NOW + minute * MINUTE_MS);

	for (size_t k = 0; k < 3; k++) {
		const struct str key = {.p = &names[k], .n = 1};
		ptrdiff_t row = board ? board_find(board, key) : -1;
		enum span_kind want = row >= 0 ? SPAN_SEEN : SPAN_ABSENT;

		if (w->kinds[k][minute] == SPAN_UNSEEN)
			continue;
		assert_int_equal(w->kinds[k][minute], want);
		if (row >= 0)
			assert_int_equal(w->states[k][minute],
					 board->rows[row].cells[1].text[0]);
	}
	board_put(board);
}

static void put_random(char *rows, size_t size, unsigned *seed)
{
	static const char *const words[] = {"Online", "Paused", "Down"};
	size_t n = 0;

	rows[0] = '\0';
	for (int k = 0; k < 3; k++) {
		*seed = *seed * 1103515245u + 12345u;
		if (*seed >> 16 & 1)
			n += (size_t)snprintf(rows + n, size - n, "%s%c %s %u",
					      n ? ", " : "", 'x' + k,
					      words[(*seed >> 17) % 3], *seed >> 20 & 15);
	}
}

static void test_random(void **state)
{
	static const struct recorder_limits ample = {.keep_ms = 1 << 30,
						     .max_bytes = 1 << 30};
	static const struct str keys[] = {STR("x"), STR("y"), STR("z")};
	struct board_def *def = store_def();
	unsigned seed = 7;

	(void)state;
	for (int story = 0; story < 6; story++) {
		struct recorder *r = recorder_new(store_db(), &ample);
		struct walked w = {.at_ms = {NOW, NOW, NOW}};
		const struct spans_ask ask = {.def = def,
					      .keys = keys,
					      .n_keys = 3,
					      .column = "state",
					      .from_ms = NOW,
					      .to_ms = NOW + 240 * MINUTE_MS,
					      .holds_ms = 4 * MINUTE_MS};
		char rows[128];
		struct err err;

		for (int m = 0; m < 240; m += 1 + (int)(seed >> 18) % (story + 1)) {
			struct board *board;

			put_random(rows, sizeof(rows), &seed);
			board = store_board(def, rows, NOW + m * MINUTE_MS);
			recorder_begin(r);
			recorder_add(r, board, NOW + m * MINUTE_MS);
			assert_true(recorder_end(r, &err));
			board_put(board);
		}
		assert_true(spans_read(recorder_db(r), &ask, check_span, &w));
		for (int k = 0; k < 3; k++)
			assert_true(w.at_ms[k] == ask.to_ms);
		for (int m = 0; m < 240; m++)
			check_minute(r, def, m, &w);
		recorder_free(r);
	}
	board_def_put(def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
