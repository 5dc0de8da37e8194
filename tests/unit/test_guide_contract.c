/* The guide over simulated estates: what it says is held against the rows as JSON, which
 * knows nothing of fields, references or phrases. Of what can be answered it answers most,
 * nothing wrongly; what is swapped it follows, what is null it does not know, and what
 * does not exist it says. A guide that is no help does not get through. */
#include "unit/check.h"

#include <stdio.h>

#include "answer/ground.h"
#include "answer/field.h"
#include "base/count.h"
#include "guide/estate.h"
#include "guide/judge.h"

/* An answer is read at night: a few lines, not the board. */
enum { ROWS_ASKED = 5, REPEATS = 3, MOST_CLAIMS = 60, MOST_BYTES = 4000 };

/* Who is asked; answer_fini is due. */
typedef void (*ask_fn)(const char *question, const struct evidence *e,
		       struct guide_plan *plan, struct answer *out);

/* A question about a row, and the cell that answers it. */
static const struct probe {
	const char *question; /* with the row's name in it */
	const char *board, *name, *column;
	const char *only, *is; /* rows in which this column is that; NULL: all */
} probes[] = {
	{"How does the budget %s stand?", "budgets", "name", "used_pct", NULL, NULL},
	{"budget %s", "budgets", "name", "used_pct", NULL, NULL},
	{"What does %s cost this month?", "cost-services", "service", "mtd",
	 "subscription", "Contoso Production"},
	{"cost %s mtd", "cost-groups", "group", "mtd", NULL, NULL},
	{"What tier is %s on?", "sql", "name", "size", "role", NULL},
	{"%s db tier?", "sql", "name", "size", "role", NULL},
	{"Why is the database %s slow?", "sql", "name", "cpu", "role", NULL},
	{"Did the last scaling of %s work?", "sql-operations", "database", "state", NULL,
	 NULL},
	{"When does the schedule of %s change next?", "sql-schedules", "name", "next",
	 NULL, NULL},
	{"next edge %s", "sql-schedules", "name", "next", NULL, NULL},
	{"Is %s still on out of its schedule?", "off-hours", "what", "is", NULL, NULL},
	{"%s schedule drift", "off-hours", "what", "is", NULL, NULL},
	{"Could %s fail over now?", "dr-readiness", "workload", "verdict", "check",
	 "score"},
	{"dr ready %s", "dr-readiness", "workload", "verdict", "check", "score"},
	{"What is the replication lag of %s?", "dr-groups", "name", "lag", NULL, NULL},
	{"lag %s replica", "dr-groups", "name", "lag", NULL, NULL},
	{"What would a forced failover of %s lose?", "dr-groups", "name", "lag", NULL,
	 NULL},
	{"What RTO did the last drill of %s measure?", "drills", "subject", "took",
	 "newest", "yes"},
	{"drills %s", "drills", "subject", "state", "newest", "yes"},
	{"Why is the job %s stuck?", "agent-waits", "job", "reason", NULL, NULL},
	{"why job %s stuck", "agent-waits", "job", "reason", NULL, NULL},
	{"Does the scaler of pool %s keep up with the queue?", "agent-scaling", "pool",
	 "queued", NULL, NULL},
	{"Which task of the failed run %s failed?", "build-failures", "build", "task",
	 NULL, NULL},
	{"%s run failed why", "build-failures", "id", "task", NULL, NULL},
	{"Is the agent %s offline?", "agents", "name", "state", NULL, NULL},
	{"When does the certificate of %s end?", "certs", "endpoint", "state", NULL,
	 NULL},
	{"cert %s days left", "certs", "endpoint", "state", NULL, NULL},
	{"Is the certificate to blame for %s?", "certs", "endpoint", "state", NULL, NULL},
	{"upstream dependencies of %s", "dependencies", "service", "upstream", "type",
	 "SQL"},
	{"what depends on %s", "dependencies", "upstream", "service", "type", "HTTP"},
	{"Is the model %s up?", "ai", "name", "state", NULL, NULL},
	{"what is the log lag of %s", "log-storms", "container", "lag", NULL, NULL},
};

struct score {
	unsigned asked, answered, asked_back, unknown, wrong;
};

static struct estate estate;

static bool is_brief(const struct answer *a)
{
	return a->n_claims <= MOST_CLAIMS && a->prose.n <= MOST_BYTES;
}

static bool is_told(const struct answer *a, const struct board *board,
		    const struct row *row, const cJSON *cell)
{
	for (size_t i = 0; i < a->n_claims; i++)
		if (a->claims[i].board && a->claims[i].key &&
		    strcmp(a->claims[i].board, board->def->name) == 0 &&
		    str_is(row->key, a->claims[i].key) &&
		    judge_is_value(a->claims[i].value, cell))
			return true;
	return false;
}

static void judge(ask_fn ask, const struct evidence *e, const struct probe *probe,
		  const struct board *board, size_t i, struct score *score)
{
	const cJSON *cell =
		cJSON_GetObjectItem(cJSON_GetArrayItem(judge_rows(board), (int)i),
				    probe->column);
	ptrdiff_t c = board_def_column(board->def, str_from(probe->name));
	char question[300];
	struct guide_plan plan;
	struct answer a;
	bool is_answer;

	judge_put_question(question, sizeof(question), probe->question,
			   board->rows[i].cells[c].text);
	ask(question, e, &plan, &a);
	is_answer = a.type == ANSWER_FACT || a.type == ANSWER_DIAG;
	score->asked++;
	score->asked_back += a.type == ANSWER_ASK;
	score->unknown += a.type == ANSWER_UNKNOWN;
	if (!judge_is_sound(e, &a) ||
	    (is_answer && !is_told(&a, board, &board->rows[i], cell)) ||
	    (is_answer && (judge_has_loose_figure(&a) || !is_brief(&a)))) {
		score->wrong++;
		if (ask == judge_ask)
			printf("# wrong: %s (%s %s)\n%s\n", question,
			       guide_kind_name(plan.kind), answer_type_name(a.type),
			       a.prose.p);
	} else {
		score->answered += is_answer;
		if (!is_answer && ask == judge_ask)
			printf("# not answered: %s (%s %s)\n", question,
			       guide_kind_name(plan.kind), answer_type_name(a.type));
	}
	answer_fini(&a);
}

/* The first rows that it is about, each name once. */
static size_t rows_for(const struct probe *probe, const struct board *board,
		       const cJSON *rows, size_t out[ROWS_ASKED])
{
	size_t n = 0;

	for (size_t i = 0; i < board->n_rows && n < ROWS_ASKED; i++) {
		const cJSON *row = cJSON_GetArrayItem(rows, (int)i);
		const char *name =
			cJSON_GetStringValue(cJSON_GetObjectItem(row, probe->name));
		const char *is = probe->only
					 ? cJSON_GetStringValue(
						   cJSON_GetObjectItem(row, probe->only))
					 : NULL;
		bool is_known = false;

		for (size_t k = 0; name && k < n; k++)
			is_known |= strcmp(name,
					   cJSON_GetStringValue(cJSON_GetObjectItem(
						   cJSON_GetArrayItem(rows, (int)out[k]),
						   probe->name))) == 0;
		if (!name || is_known ||
		    cJSON_IsNull(cJSON_GetObjectItem(row, probe->column)) ||
		    (probe->only &&
		     strcmp(is ? is : "", probe->is ? probe->is : "") != 0))
			continue;
		out[n++] = i;
	}
	return n;
}

static void ask_one(ask_fn ask, const struct evidence *e, const struct probe *probe,
		    struct score *score)
{
	const struct board *board = evidence_board(e, probe->board);
	const cJSON *rows = judge_rows(board);
	size_t at[ROWS_ASKED], n = rows_for(probe, board, rows, at);

	for (size_t i = 0; i < n; i++)
		judge(ask, e, probe, board, at[i], score);
}

static void ask_all(ask_fn ask, const struct evidence *e, struct score *score)
{
	for (size_t p = 0; p < COUNT(probes); p++)
		ask_one(ask, e, &probes[p], score);
}

/* What a guide has to come to. */
static bool passes(const struct score *score)
{
	return score->wrong == 0 && score->answered * 100 >= score->asked * 60;
}

static bool read_estate(uint64_t seed)
{
	struct err err;
	size_t n;

	return estate_read(&estate, seed, INT64_C(1773224430000)) &&
	       knowledge_refresh(estate.evidence.knowledge, &n, &err);
}

static int setup(void **state)
{
	(void)state;
	return read_estate(1) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	judge_forget_rows();
	estate_fini(&estate);
	return 0;
}

static void what_is_on_the_boards_is_answered(void **state)
{
	struct score score = {0};

	(void)state;
	ask_all(judge_ask, &estate.evidence, &score);
	printf("# %u asked, %u answered (%u%%), %u asked back, %u unknown, %u wrong\n",
	       score.asked, score.answered, score.answered * 100 / score.asked,
	       score.asked_back, score.unknown, score.wrong);
	assert_true(score.asked >= 80);
	assert_true(passes(&score));
}

static void other_estates_are_answered_as_well(void **state)
{
	static const uint64_t seeds[] = {7, 42};

	(void)state;
	for (size_t s = 0; s < COUNT(seeds); s++) {
		struct estate first = estate;
		struct score score = {0};

		judge_forget_rows();
		assert_true(read_estate(seeds[s]));
		ask_all(judge_ask, &estate.evidence, &score);
		printf("# seed %u: %u asked, %u answered, %u wrong\n", (unsigned)seeds[s],
		       score.asked, score.answered, score.wrong);
		judge_forget_rows();
		estate_fini(&estate);
		estate = first;
		assert_true(passes(&score));
	}
}

static void what_does_not_exist_is_said(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(probes); p++) {
		char question[300];
		struct guide_plan plan;
		struct answer a;

		judge_put_question(question, sizeof(question), probes[p].question,
				   "zzyzx-4711");
		judge_ask(question, &estate.evidence, &plan, &a);
		check_case(question, a.type == ANSWER_UNKNOWN);
		check_case(question, a.says & (UINT64_C(1) << SAYS_NOT_FOUND));
		check_case(question, judge_is_sound(&estate.evidence, &a));
		answer_fini(&a);
	}
}

static struct cell *cell_at(const struct probe *probe, size_t nth)
{
	const struct board *board = evidence_board(&estate.evidence, probe->board);
	ptrdiff_t c = board_def_column(board->def, str_from(probe->column));
	const cJSON *rows = judge_rows(board);
	size_t at[ROWS_ASKED], n = rows_for(probe, board, rows, at);

	return nth < n ? &board->rows[at[nth]].cells[c] : NULL;
}

static void swap(struct cell *a, struct cell *b)
{
	struct cell was = *a;

	*a = *b;
	*b = was;
	judge_forget_rows();
}

static void what_is_swapped_is_followed(void **state)
{
	struct score score = {0};

	(void)state;
	for (size_t p = 0; p < COUNT(probes); p++) {
		struct cell *a = cell_at(&probes[p], 0), *b = cell_at(&probes[p], 1);

		if (!a || !b)
			continue;
		swap(a, b);
		ask_one(judge_ask, &estate.evidence, &probes[p], &score);
		swap(a, b);
	}
	assert_true(score.asked > 0);
	assert_int_equal(score.wrong, 0);
}

static void what_is_null_is_not_known(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(probes); p++) {
		const struct probe *probe = &probes[p];
		const struct board *board =
			evidence_board(&estate.evidence, probe->board);
		ptrdiff_t name = board_def_column(board->def, str_from(probe->name));
		struct cell *cell = cell_at(probe, 0);
		char question[300];
		struct guide_plan plan;
		struct answer a;
		const cJSON *rows;
		size_t at[ROWS_ASKED];

		if (!cell)
			continue;
		rows = judge_rows(board);
		(void)rows_for(probe, board, rows, at);
		judge_put_question(question, sizeof(question), probe->question,
				   board->rows[at[0]].cells[name].text);
		cell->is_null = true;
		judge_ask(question, &estate.evidence, &plan, &a);
		cell->is_null = false;
		/* Of several rows of the name the others are still known. */
		if (a.type != ANSWER_UNKNOWN && a.type != ANSWER_ASK &&
		    !(a.says & (UINT64_C(1) << SAYS_UNKNOWN)))
			fail_msg("%s: %s", question, a.prose.p);
		answer_fini(&a);
	}
}

static void without_boards_nothing_is_known(void **state)
{
	struct evidence none = estate.evidence;

	(void)state;
	none.n = 0;
	for (size_t p = 0; p < COUNT(probes); p++) {
		struct guide_plan plan;
		struct answer a;

		judge_ask(probes[p].question, &none, &plan, &a);
		check_case(probes[p].question, a.type == ANSWER_UNKNOWN);
		check_case(probes[p].question, a.n_unknowns > 0);
		answer_fini(&a);
	}
}

/* Asked of boards in another order, and once more: the same answer, word by word. */
static void the_order_of_evidence_does_not_matter(void **state)
{
	struct evidence turned = estate.evidence;

	(void)state;
	for (size_t i = 0; i < turned.n; i++)
		turned.boards[i] = estate.evidence.boards[turned.n - 1 - i];
	for (size_t p = 0; p < COUNT(probes); p++) {
		const struct board *board =
			evidence_board(&estate.evidence, probes[p].board);
		ptrdiff_t c = board_def_column(board->def, str_from(probes[p].name));
		struct answer answers[REPEATS + 1];
		size_t at[ROWS_ASKED];
		struct guide_plan plan;
		char question[300];

		if (!rows_for(&probes[p], board, judge_rows(board), at))
			continue;
		judge_put_question(question, sizeof(question), probes[p].question,
				   board->rows[at[0]].cells[c].text);
		for (size_t i = 0; i <= REPEATS; i++)
			judge_ask(question, i == REPEATS ? &turned : &estate.evidence,
				  &plan, &answers[i]);
		for (size_t i = 1; i <= REPEATS; i++) {
			check_text(question, strbuf_str(&answers[i].prose),
				   answers[0].prose.p);
			check_case(question, answers[i].type == answers[0].type &&
						     answers[i].says == answers[0].says);
		}
		for (size_t i = 0; i <= REPEATS; i++)
			answer_fini(&answers[i]);
	}
}

/* Guides that would be no help: one that knows nothing, and one that says all there is,
 * each with its citation. */
static void knows_nothing(const char *question, const struct evidence *e,
			  struct guide_plan *plan, struct answer *out)
{
	(void)e;
	guide_understand(str_from(question), NULL, e->now_ms, plan);
	answer_init(out);
	answer_says(out, SAYS_UNKNOWN);
	answer_unknown(out, question);
	strbuf_puts(&out->prose, "That is not known.\n");
}

static void says_everything(const char *question, const struct evidence *e,
			    struct guide_plan *plan, struct answer *out)
{
	struct ground_options options = {.question = str_from(question), .is_ours = true};
	struct strbuf draft;

	guide_understand(str_from(question), NULL, e->now_ms, plan);
	answer_init(out);
	out->type = ANSWER_FACT;
	strbuf_init(&draft, 1 << 20);
	for (size_t b = 0; b < e->n && plan->n_boards; b++) {
		const struct board *board = e->boards[b];

		for (size_t i = 0; strcmp(board->def->name, plan->boards[0]) == 0 &&
				   i < board->n_rows * board->def->n_columns;
		     i++) {
			strbuf_puts(&draft, "- [S:");
			(void)field_name_cell(
				&draft, board, &board->rows[i / board->def->n_columns],
				&board->def->columns[i % board->def->n_columns]);
			strbuf_puts(&draft, "]\n");
		}
	}
	ground(strbuf_str(&draft), e, &options, out);
	strbuf_fini(&draft);
}

static void guides_that_are_no_help_fail(void **state)
{
	static const ask_fn shams[] = {knows_nothing, says_everything};

	(void)state;
	for (size_t i = 0; i < COUNT(shams); i++) {
		struct score score = {0};

		ask_all(shams[i], &estate.evidence, &score);
		printf("# %u asked, %u answered, %u wrong\n", score.asked, score.answered,
		       score.wrong);
		assert_true(score.asked >= 80);
		assert_false(passes(&score));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_on_the_boards_is_answered),
		cmocka_unit_test(what_does_not_exist_is_said),
		cmocka_unit_test(what_is_swapped_is_followed),
		cmocka_unit_test(what_is_null_is_not_known),
		cmocka_unit_test(without_boards_nothing_is_known),
		cmocka_unit_test(the_order_of_evidence_does_not_matter),
		cmocka_unit_test(guides_that_are_no_help_fail),
		cmocka_unit_test(other_estates_are_answered_as_well),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
