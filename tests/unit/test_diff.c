/* What a person calls a change. */
#include "store_fixture.h"

#include "base/strbuf.h"
#include "store/diff.h"

static void put(const struct change *c, void *ctx)
{
	struct strbuf *out = ctx;

	strbuf_printf(out, "%s%s %s", out->n ? "; " : "", c->what,
		      change_kind_name(c->kind));
	if (c->title[0])
		strbuf_printf(out, " %s %s>%s", c->title, c->before, c->after);
	strbuf_printf(out, " %s>%s", severity_name(c->sev_before),
		      severity_name(c->sev_after));
}

static const struct change_case {
	const char *name, *before, *after, *want;
	bool is_partial;
} cases[] = {
	{"nothing", "x Online 7", "x Online 7", "", false},
	{"a figure is no change", "x Online 7", "x Online 8", "", false},
	{"a word", "x Online 7", "x Paused 7", "x became STATE Online>Paused ok>warn",
	 false},
	{"a figure that is critical now", "x Online 7", "x Online 95",
	 "x became CPU 7.0%>95.0% ok>crit", false},
	{"and not any more", "x Online 95", "x Online 7",
	 "x became CPU 95.0%>7.0% crit>ok", false},
	{"a row came", "x Online 7", "x Online 7, y Paused 1", "y came none>warn", false},
	{"a row went", "x Online 7, y Paused 1", "y Paused 1", "x went ok>none", false},
	{"what was not asked did not go", "x Online 7, y Paused 1", "y Down 1",
	 "y became STATE Paused>Down warn>crit", true},
	{"both", "x Online 95", "x Down 7", "x became STATE Online>Down crit>crit",
	 false},
};

static void test_changes(void **state)
{
	struct board_def *def = store_def();
	struct strbuf got;

	(void)state;
	strbuf_init(&got, 4096);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct change_case *c = &cases[i];
		struct board *before = store_board(def, c->before, FIXTURE_NOW_MS);
		struct board *after = store_board(def, c->after, FIXTURE_NOW_MS);
		struct pairs pairs;

		after->is_partial = c->is_partial;
		strbuf_reset(&got);
		pairs_init(&pairs, before, NULL, after);
		board_changes(before, after, &pairs, FIXTURE_NOW_MS, put, &got);
		pairs_fini(&pairs);
		check_text(c->name, strbuf_str(&got), c->want);
		board_put(before);
		board_put(after);
	}
	strbuf_fini(&got);
	board_def_put(def);
}

static void test_compare(void **state)
{
	static const struct {
		const char *a, *b;
		enum row_diff want;
	} rows[] = {
		{"x Online 7", "x Online 7", ROW_SAME},
		{"x Online 7", "x Online 8", ROW_FIGURES},
		{"x Online 7", "x Online null", ROW_FIGURES},
		{"x Online 7", "x Paused 7", ROW_WORDS},
		{"x Online 7", "x Online 99", ROW_WORDS},
	};
	struct board_def *def = store_def();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct board *a = store_board(def, rows[i].a, FIXTURE_NOW_MS);
		struct board *b = store_board(def, rows[i].b, FIXTURE_NOW_MS);

		check_case(rows[i].b,
			   row_compare(def, &a->rows[0], &b->rows[0]) == rows[i].want);
		board_put(a);
		board_put(b);
	}
	board_def_put(def);
}

static const struct sentence_case {
	const char *name, *before, *after;
	bool is_change;
} sentences[] = {
	{"it counts", "5 of 8 agents run", "6 of 8 agents run", false},
	{"how long ago", "Protected, newest 8h55m ago", "Protected, newest 9h01m ago",
	 false},
	{"in brackets", "waits (3 of 5)", "waits (4 of 5)", false},
	{"a word of it", "5 of 8 agents run", "5 of 8 agents wait", true},
	{"a word more", "5 of 8 agents run", "5 of 8 agents run now", true},
	{"a word less", "5 of 8 agents run", "5 of 8 agents", true},
	{"a name with a digit", "atlas-build-04 runs 2", "atlas-build-05 runs 2", true},
	{"a version", "1.29.4", "1.30.1", true},
	{"a size", "GP_Gen5_4", "GP_Gen5_8", true},
};

/* A figure among words is a figure all the same. */
static void test_sentences(void **state)
{
	struct board_def *def = store_def();

	(void)state;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++) {
		const struct sentence_case *c = &sentences[i];
		struct board *before = store_board(def, "x Online 7", FIXTURE_NOW_MS);
		struct board *after = store_board(def, "x Online 7", FIXTURE_NOW_MS);
		struct strbuf got;
		struct pairs pairs;

		before->rows[0].cells[1].text = c->before;
		after->rows[0].cells[1].text = c->after;
		strbuf_init(&got, 4096);
		pairs_init(&pairs, before, NULL, after);
		board_changes(before, after, &pairs, FIXTURE_NOW_MS, put, &got);
		pairs_fini(&pairs);
		check_case(c->name, (got.n > 0) == c->is_change);
		strbuf_fini(&got);
		board_put(before);
		board_put(after);
	}
	board_def_put(def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
