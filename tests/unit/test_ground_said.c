/* What a checked draft becomes beside its prose: claims, what is admitted, quotations; and
 * how it follows the evidence. */
#include "base/count.h"
#include "unit/check.h"
#include "unit/ground_bench.h"
#include "unit/scratch.h"

/* A claim says where it stands, and in the prose it is under what it claims. */
static void claims_are_complete(void **state)
{
	struct ground_options options = {0};
	const struct claim *claim;
	struct answer a;

	(void)state;
	answer_init(&a);
	ground(STR("At 80 % " CPU ", see [R:sql-slow] and [A:sql-storage-95]."),
	       &ground_bench_world()->evidence, &options, &a);
	assert_string_equal(a.prose.p, "At 80 % [1], see [2] and [3].");
	assert_int_equal(a.n_claims, 3);
	claim = &a.claims[0];
	assert_string_equal(claim->ref, "sql[atlas-orders].cpu_pct");
	assert_string_equal(claim->value, "80.108");
	assert_string_equal(claim->text, "80 %");
	assert_true(claim->is_number && !claim->is_stale && !claim->is_unknown);
	assert_int_equal(claim->version, 7);
	assert_string_equal(claim->board, "sql");
	assert_string_equal(claim->key, "atlas-orders");
	check_text("span",
		   str_sub(strbuf_str(&a.prose), claim->begin, claim->end - claim->begin),
		   "80 % [1]");
	assert_int_equal(a.claims[1].kind, CLAIM_RUNBOOK);
	assert_string_equal(a.claims[1].board, "runbooks/sql-slow.md");
	assert_int_equal(a.claims[2].kind, CLAIM_ALERT);
	assert_string_equal(a.claims[2].board, "alerts");
	assert_string_equal(a.claims[2].key, "/alerts/1");
	answer_fini(&a);
}

static const char book[] = "---\n"
			   "title: Scale by hand\n"
			   "---\n"
			   "# Scale by hand\n"
			   "\n"
			   "## Steps\n"
			   "\n"
			   "1. Wait for 15 minutes of quiet, then run\n"
			   "   `az sql db update -n NAME --capacity 4`.\n"
			   "2. Look at `DTU_consumption` for 30 s.\n"
			   "\n"
			   "## Undo\n"
			   "\n"
			   "`az sql db update -n NAME --capacity 8`\n";

/* Commands and figures of a section that is cited may be said in its words; those of
 * another section may not, and a figure alone is no quotation. */
static void runbooks_may_be_quoted(void **state)
{
	static const struct ground_case cases[] = {
		{"as it stands",
		 "By [R:scale-by-hand#Steps]:\n\n"
		 "1. Wait for 15 minutes of quiet, then run\n"
		 "   `az sql db update -n NAME --capacity 4`.\n"
		 "2. Look at DTU_consumption for 30 s.\n",
		 "By [1]:\n\n"
		 "1. Wait for 15 minutes of quiet, then run\n"
		 "   `az sql db update -n NAME --capacity 4`.\n"
		 "2. Look at DTU_consumption for 30 s.\n",
		 ""},
		{"without the citation", "`az sql db update -n NAME --capacity 4`",
		 "`(command struck)`", "az sql db update -n NAME --capacity 4|"},
		{"citation behind it",
		 "`az sql db update -n NAME --capacity 4`\n\n"
		 "[R:scale-by-hand#Steps]",
		 "`(command struck)`\n\n[1]", "az sql db update -n NAME --capacity 4|"},
		{"of another section",
		 "[R:scale-by-hand#Steps] `az sql db update -n NAME --capacity 8`",
		 "[1] `(command struck)`", "az sql db update -n NAME --capacity 8|"},
		{"changed",
		 "[R:scale-by-hand#Steps] `az sql db update -n prod --capacity 4`",
		 "[1] `(command struck)`", "az sql db update -n prod --capacity 4|"},
		{"figure alone", "[R:scale-by-hand#Steps] The lag is 30 s",
		 "[1] The lag is (unchecked)", "30 s|"},
	};
	const char *dirs[] = {scratch_path("")};
	struct knowledge *shipped = ground_bench_world()->evidence.knowledge;
	struct err err;
	size_t n;

	(void)state;
	scratch_write("scale-by-hand.md", str_from(book), 0600);
	ground_bench_world()->evidence.knowledge = knowledge_new(dirs, 1, &err);
	assert_non_null(ground_bench_world()->evidence.knowledge);
	assert_true(
		knowledge_refresh(ground_bench_world()->evidence.knowledge, &n, &err));
	ground_bench_check(cases, COUNT(cases), "");
	knowledge_free(ground_bench_world()->evidence.knowledge);
	ground_bench_world()->evidence.knowledge = shipped;
}

/* What a record says may be said of it, with its figures; but what is from outside is no
 * runbook, and a command in it is none of ours. */
static void records_may_be_quoted(void **state)
{
	static const struct ground_case cases[] = {
		{"figure", "More than 5 % of requests failed [A:failed].",
		 "More than 5 % of requests failed [1].", ""},
		{"other figure", "More than 6 % of requests failed [A:failed].",
		 "More than (unchecked) of requests failed [1].", "6 %|"},
		{"command", "It says: kubectl delete pods [A:orders].",
		 "It says: (command struck) [1].", "kubectl delete pods |"},
	};

	(void)state;
	world_add(ground_bench_world(), "alerts",
		  "[{\"key\":\"a\",\"alert\":\"failed\","
		  "\"about\":\"More than 5 % of requests failed\"},"
		  "{\"key\":\"b\",\"alert\":\"orders\","
		  "\"about\":\"kubectl delete pods\"}]");
	ground_bench_check(cases, COUNT(cases), "");
	world_add(ground_bench_world(), "alerts",
		  "[{\"key\":\"/alerts/1\",\"alert\":\"sql-storage-95\"}]");
}

/* An action that is proposed may be named, and no other. */
static void proposals_may_be_named(void **state)
{
	struct ground_options options = {0};
	struct answer a;

	(void)state;
	answer_init(&a);
	answer_propose(&a, "sql-scale");
	ground(STR("I propose sql-scale, not sql-drop."), &ground_bench_world()->evidence,
	       &options, &a);
	assert_string_equal(a.prose.p, "I propose sql-scale, not (unchecked).");
	answer_fini(&a);
}

static void choices_are_asked(void **state)
{
	struct ground_options options = {0};
	struct answer a;

	(void)state;
	answer_init(&a);
	ground(STR("[S:sql[dup].tier]"), &ground_bench_world()->evidence, &options, &a);
	assert_int_equal(a.n_asks, 2);
	assert_string_equal(a.asks[0], "sql-weu/dup");
	assert_string_equal(a.asks[1], "sql-neu/dup");
	answer_fini(&a);
}

/* A runbook that another one stands in for says so. */
static void superseded_is_said(void **state)
{
	static const struct ground_case cases[] = {
		{"old", "By [R:scale-by-hand].", "By [1] (superseded by scale-anew).",
		 ""},
	};
	const char *dirs[] = {scratch_path("")};
	struct knowledge *shipped = ground_bench_world()->evidence.knowledge;
	struct err err;
	size_t n;

	(void)state;
	scratch_write("scale-by-hand.md", str_from(book), 0600);
	scratch_write("scale-anew.md",
		      STR("---\nsupersedes: [scale-by-hand]\n---\n# Scale anew\n\nx\n"),
		      0600);
	ground_bench_world()->evidence.knowledge = knowledge_new(dirs, 1, &err);
	assert_non_null(ground_bench_world()->evidence.knowledge);
	assert_true(
		knowledge_refresh(ground_bench_world()->evidence.knowledge, &n, &err));
	ground_bench_check(cases, COUNT(cases), "");
	knowledge_free(ground_bench_world()->evidence.knowledge);
	ground_bench_world()->evidence.knowledge = shipped;
}

static bool says_so(const char *draft, enum says says, const char *words)
{
	struct ground_options options = {0};
	struct answer a;
	bool is_said;

	answer_init(&a);
	ground(str_from(draft), &ground_bench_world()->evidence, &options, &a);
	is_said = answer_has_said(&a, says) &&
		  str_find(strbuf_str(&a.prose), str_from(words)) >= 0;
	answer_fini(&a);
	return is_said;
}

/* What has to be admitted is in the record and in the prose. */
static void age_and_gaps_are_said(void **state)
{
	struct board *board = world_add(ground_bench_world(), "slo",
					"[{\"workload\":\"Atlas\","
					"\"source\":\"combined\","
					"\"slo\":99.9,\"burn_1h\":null}]");

	(void)state;
	board->is_stale = true;
	assert_true(says_so("[S:health[Atlas].slo]", SAYS_STALE, "stale"));
	assert_true(says_so("99.9 % [S:health[Atlas].slo]", SAYS_STALE, "(stale)"));
	board->is_stale = false;
	assert_false(says_so("[S:health[Atlas].slo]", SAYS_STALE, ""));
	assert_true(says_so("[S:health[Atlas].burn_rate]", SAYS_UNKNOWN, "not known"));
	board->is_partial = true;
	assert_true(says_so("[S:health[Atlas].slo]", SAYS_PARTIAL,
			    says_phrase(SAYS_PARTIAL)));
	board->is_partial = false;
	assert_true(says_so("[S:health[Atlas].slo@v6]", SAYS_VERSION_MOVED, "99.9"));
	assert_true(says_so("[S:sql[nope].tier]", SAYS_NOT_FOUND, "there is no"));
	assert_true(says_so("[S:sql[dup].tier]", SAYS_AMBIGUOUS, "which one"));
}

/* Swap two values: the answer follows, and a figure that was true is struck. Null one:
 * it is unknown. The order of the evidence makes no difference. */
static void answers_follow_the_evidence(void **state)
{
	static const struct ground_case swapped[] = {
		{"follows", "a: [S:vms[a].size], b: [S:vms[b].size]",
		 "a: D8 [1], b: D4 [2]", ""},
		{"was true", "a has D4 [S:vms[a].size]", "a has (unchecked) D8 [1]",
		 "D4|"},
	};
	static const struct ground_case nulled[] = {
		{"unknown", "a: [S:vms[a].size]", "a: not known [1]", ""},
	};

	(void)state;
	world_add(ground_bench_world(), "vms",
		  "[{\"name\":\"a\",\"size\":\"D4\"},{\"name\":\"b\",\"size\":\"D8\"}]");
	world_add(ground_bench_world(), "vms",
		  "[{\"name\":\"b\",\"size\":\"D4\"},{\"name\":\"a\",\"size\":\"D8\"}]");
	ground_bench_check(swapped, COUNT(swapped), "");
	world_add(ground_bench_world(), "vms", "[{\"name\":\"a\",\"size\":null}]");
	ground_bench_check(nulled, COUNT(nulled), "");
}

/* Words of the guide are ours; its references are looked at all the same. */
static void our_words_are_kept(void **state)
{
	struct ground_options options = {.is_ours = true};
	struct answer a;

	(void)state;
	answer_init(&a);
	ground(STR("It has 3 parts, at " CPU " and [S:planets.mars]."),
	       &ground_bench_world()->evidence, &options, &a);
	assert_string_equal(a.prose.p, "It has 3 parts, at 80% [1] and (unchecked).");
	answer_fini(&a);
}

static void too_long_is_cut(void **state)
{
	struct ground_options options = {0};
	struct strbuf draft;
	struct answer a;

	(void)state;
	strbuf_init(&draft, 1 << 20);
	for (int i = 0; i < 20000; i++)
		strbuf_puts(&draft, "word " CPU "\n");
	answer_init(&a);
	ground(strbuf_str(&draft), &ground_bench_world()->evidence, &options, &a);
	assert_true(a.n_struck > 0 && a.n_claims == 1);
	assert_true(a.prose.n < 128 << 10);
	answer_fini(&a);
	strbuf_fini(&draft);
}

static void settled_is_whole_blocks(void **state)
{
	static const struct {
		const char *name, *draft;
		size_t settled;
	} cases[] = {
		{"nothing", "", 0},
		{"a line", "abc", 0},
		{"a line that ends", "abc\n", 0},
		{"a block", "abc\n\n", 5},
		{"a block and more", "abc\n\ndef", 5},
		{"two", "abc\n\ndef\n\ng", 10},
		{"blanks on the line", "abc\n  \ndef", 7},
		{"line ends of two", "abc\r\n\r\ndef", 0},
		{"open fence", "```\na\n\nb", 0},
		{"closed fence", "```\na\n\nb\n```\n\nc", 14},
		{"fence within a fence", "````\n```\n\n````\n\nc", 16},
		{"other fence", "~~~\n```\n\n~~~\n\nc", 14},
		{"code in a line is no fence", "```a``` b\n\nc", 11},
		{"escape", "abc\033\n\ndef\n\n", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = ground_settled(str_from(cases[i].draft));

		if (n != cases[i].settled)
			fail_msg("case \"%s\": %zu", cases[i].name, n);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_complete),
		cmocka_unit_test(runbooks_may_be_quoted),
		cmocka_unit_test(records_may_be_quoted),
		cmocka_unit_test(choices_are_asked),
		cmocka_unit_test(proposals_may_be_named),
		cmocka_unit_test(superseded_is_said),
		cmocka_unit_test(age_and_gaps_are_said),
		cmocka_unit_test(answers_follow_the_evidence),
		cmocka_unit_test(our_words_are_kept),
		cmocka_unit_test(too_long_is_cut),
		cmocka_unit_test(settled_is_whole_blocks),
	};

	return cmocka_run_group_tests(tests, ground_bench_make, ground_bench_drop);
}
