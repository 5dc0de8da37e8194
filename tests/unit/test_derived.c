/* Boards worked out of others: what is waited for, what a missing one means, how old
 * and how sure the result is. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/json.h"
#include "unit/board_fixture.h"
#include "worker/derived.h"

static struct board_def *def_of(const char *name)
{
	static const char text[] =
		"{\"title\":\"T\",\"category\":\"test\",\"about\":\"T.\",\"requests\":{"
		"\"a\":{\"get\":\"/a\"}},\"rows\":\"a\",\"key\":\"k\",\"columns\":["
		"{\"name\":\"k\",\"title\":\"K\",\"value\":\"k\"},"
		"{\"name\":\"n\",\"title\":\"N\",\"type\":\"number\",\"value\":\"n\"}]}";
	struct err err;
	struct board_def *def = board_def_parse(STR(text), name, "test", &err);

	assert_non_null(def);
	return def;
}

/* One row: the sum, and what can be done without. */
static cJSON *sum_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray(), *row = cJSON_CreateObject();

	derive_put_number(row, "sum", read_sum(d->boards[0], "n"));
	derive_put_number(row, "beside", read_sum(d->boards[1], "n"));
	derive_put_text(row, "nothing", "");
	derive_put_time(row, "never", 0);
	derive_put_time(row, "now", d->now_ms);
	cJSON_AddItemToArray(rows, row);
	return rows;
}

static const struct derive_rule sum_rule = {.name = "sum",
					    .from = {"things", "?others"},
					    .rows = sum_rows};
static const struct derive_rule *const rules[] = {&sum_rule, NULL};

struct bench {
	struct clock clock;
	struct derived *derived;
	struct board_def *things, *others, *strangers;
	const char *waits_for; /* board names; "" none */
};

static void bench_init(struct bench *b)
{
	*b = (struct bench){.things = def_of("things"),
			    .others = def_of("others"),
			    .strangers = def_of("strangers"),
			    .waits_for = ""};
	clock_init_manual(&b->clock, FIXTURE_NOW_MS);
	b->derived = derived_new(&b->clock, NULL, rules);
}

static void bench_fini(struct bench *b)
{
	derived_free(b->derived);
	board_def_put(b->things);
	board_def_put(b->others);
	board_def_put(b->strangers);
}

struct mark {
	int64_t fetched_ms;
	enum err_code code;
	bool is_stale;
};

static void see(struct bench *b, const struct board_def *def, const char *answers,
		struct mark mark)
{
	struct board *board = fixture_board(def, answers);

	board->fetched_ms = mark.fetched_ms;
	board->is_stale = mark.is_stale;
	if (mark.code != ERR_NONE)
		err_set(&board->err, mark.code, "it went wrong");
	derived_saw(b->derived, board);
	board_put(board);
}

static bool waits(void *ctx, const char *board, bool is_needed)
{
	const struct bench *b = ctx;

	(void)is_needed;
	return strstr(b->waits_for, board) != NULL;
}

/* "early", or the rows, or the error; then age and doubt. */
static void check(struct bench *b, const char *name, const char *rule, const char *want)
{
	struct api_local answer = {0};
	struct strbuf got;

	derived_answer(b->derived, str_from(rule), waits, b, &answer);
	strbuf_init(&got, 4096);
	if (answer.is_early)
		strbuf_puts(&got, "early");
	if (answer.json)
		json_print(&got, json_member(answer.json, "rows"));
	if (answer.known_ms)
		strbuf_printf(&got, " %lld",
			      (long long)(answer.known_ms - FIXTURE_NOW_MS));
	if (answer.err.code != ERR_NONE)
		strbuf_printf(&got, " %s", answer.err.text);
	check_text(name, strbuf_str(&got), want);
	cJSON_Delete(answer.json);
	strbuf_fini(&got);
}

static void test_inputs(void **state)
{
	struct bench b;
	char want[300];

	(void)state;
	bench_init(&b);
	b.waits_for = "things others";
	check(&b, "nothing came", "sum", "early");
	see(&b, b.strangers, "{\"a\":[]}", (struct mark){.fetched_ms = FIXTURE_NOW_MS});
	see(&b, b.things, "{\"a\":[{\"k\":\"x\",\"n\":1},{\"k\":\"y\",\"n\":2}]}",
	    (struct mark){.fetched_ms = FIXTURE_NOW_MS - 500});
	check(&b, "the other is waited for", "sum", "early");
	b.waits_for = "things";
	snprintf(want, sizeof(want),
		 "[{\"sum\":3,\"beside\":null,\"nothing\":null,\"never\":null,"
		 "\"now\":%lld}] -500",
		 (long long)(FIXTURE_NOW_MS / 1000));
	check(&b, "done without", "sum", want);
	see(&b, b.others, "{\"a\":[{\"k\":\"z\",\"n\":7}]}",
	    (struct mark){.fetched_ms = FIXTURE_NOW_MS - 900,
			  .is_stale = true,
			  .code = ERR_NETWORK});
	snprintf(want, sizeof(want),
		 "[{\"sum\":3,\"beside\":7,\"nothing\":null,\"never\":null,"
		 "\"now\":%lld}] -900 others: it went wrong",
		 (long long)(FIXTURE_NOW_MS / 1000));
	check(&b, "as old as the oldest, as doubtful as the worst", "sum", want);
	bench_fini(&b);
}

static void test_missing(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	check(&b, "it does not come", "sum",
	      " it is made of the board things, which does not come: `azdeck show "
	      "things` says why");
	see(&b, b.things, "{\"a\":[]}", (struct mark){.code = ERR_FORBIDDEN});
	check(&b, "it came with a reason only", "sum", " things: it went wrong");
	check(&b, "no such rule", "mean",
	      " there is no rule \"mean\" to derive a board by");
	bench_fini(&b);
}

/* Each rule has its board, and what it reads is there: a name that is wrong would be
 * waited for in vain. */
static void test_table(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t r = 0; derive_rules[r]; r++) {
		const struct derive_rule *rule = derive_rules[r];
		size_t n_boards = 0;
		bool is_needed;
		const char *name;

		assert_true(r == 0 || strcmp(derive_rules[r - 1]->name, rule->name) < 0);
		for (size_t i = 0; (name = derived_input(rule, i, &is_needed)); i++) {
			if (!library_find(library, str_from(name)))
				fail_msg("%s reads %s, which is no board", rule->name,
					 name);
		}
		for (size_t i = 0; i < library_size(library); i++) {
			const char *derived = library_at(library, i)->derived;

			n_boards += derived && strcmp(derived, rule->name) == 0;
		}
		if (n_boards == 0)
			fail_msg("%s makes no board", rule->name);
	}
	library_free(library);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inputs),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
