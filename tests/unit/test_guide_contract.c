/* The guide over simulated estates: what it says is held against the rows as JSON, which
 * knows nothing of fields, references or phrases. Of what can be answered it answers most,
 * nothing wrongly; what is swapped it follows, what is null it does not know, what does
 * not exist it says, and what is unsafe it refuses. */
#include "unit/check.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "answer/field.h"
#include "base/count.h"
#include "base/file.h"
#include "guide/estate.h"
#include "guide/guide.h"
#include "guide/kinds.h"

enum { ROWS_ASKED = 5 };

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
	{"Is the agent %s offline?", "agents", "name", "state", NULL, NULL},
	{"When does the certificate of %s end?", "certs", "endpoint", "state", NULL,
	 NULL},
	{"cert %s days left", "certs", "endpoint", "state", NULL, NULL},
	{"Is the certificate to blame for %s?", "certs", "endpoint", "state", NULL, NULL},
};

struct score {
	unsigned asked, answered, asked_back, unknown, wrong;
};

static struct estate estate;

static void ask(const char *question, const struct evidence *e, struct guide_plan *plan,
		struct answer *out)
{
	static const struct guide_setting nowhere = {"", ""};

	guide_understand(str_from(question), &nowhere, e->now_ms, plan);
	answer_init(out);
	guide_answer(plan, str_from(question), e, out);
}

/* With the name in place of "%s". */
static void put_question(char *out, size_t n, const char *with, const char *name)
{
	ptrdiff_t at = str_find(str_from(with), STR("%s"));

	snprintf(out, n, "%.*s%s%s", (int)at, with, name, with + at + 2);
}

/* What a board's rows are as JSON, until they are changed. */
static struct {
	const struct board *board;
	cJSON *rows;
} read_rows[EVIDENCE_MOST];

static void forget_rows(void)
{
	for (size_t i = 0; i < EVIDENCE_MOST; i++) {
		cJSON_Delete(read_rows[i].rows);
		read_rows[i].rows = NULL;
		read_rows[i].board = NULL;
	}
}

static const cJSON *rows_of(const struct board *board)
{
	struct strbuf text;
	size_t i = 0;

	while (read_rows[i].board && read_rows[i].board != board)
		i++;
	if (read_rows[i].board)
		return read_rows[i].rows;
	strbuf_init(&text, 64 << 20);
	board_rows_json(board, &text);
	read_rows[i].board = board;
	read_rows[i].rows = cJSON_Parse(text.p);
	strbuf_fini(&text);
	return read_rows[i].rows;
}

static bool is_value(const char *claimed, const cJSON *cell)
{
	double number;

	if (!cell || cJSON_IsNull(cell))
		return claimed[0] == '\0';
	if (cJSON_IsString(cell))
		return strcmp(claimed, cell->valuestring) == 0;
	return cJSON_IsNumber(cell) && str_to_f64(str_from(claimed), &number) &&
	       fabs(number - cell->valuedouble) <= 1e-9 * (1 + fabs(cell->valuedouble));
}

/* The column that a reference names: by the dictionary's table, else by its own name. */
static const cJSON *cell_of_ref(const cJSON *row, const struct claim *claim)
{
	struct str ref = str_from(claim->ref), root = ref, name = {0};
	ptrdiff_t open = str_find_char(ref, '[');
	size_t close = ref.n;

	while (close > 0 && ref.p[close - 1] != ']')
		close--;
	if (open > 0)
		root = str_sub(ref, 0, (size_t)open);
	if (close < ref.n)
		name = str_sub(ref, close + 1, ref.n);
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);

		if (str_is(root, def->root) && str_is(name, def->name) &&
		    strcmp(def->board, claim->board) == 0)
			return cJSON_GetObjectItem(row, def->column);
	}
	for (const cJSON *cell = row->child; cell; cell = cell->next)
		if (str_is(name, cell->string))
			return cell;
	return NULL;
}

/* "attention.count[critical]" */
static bool is_count(const struct claim *claim, const cJSON *rows)
{
	struct str ref = str_from(claim->ref);
	ptrdiff_t at = str_find(ref, STR(".count"));
	struct str word;
	double claimed;
	unsigned n = 0;
	const cJSON *row;

	if (at < 0 || !str_to_f64(str_from(claim->value), &claimed))
		return false;
	word = str_sub(ref, (size_t)at + 7, ref.n);
	word.n -= word.n > 0;
	cJSON_ArrayForEach (row, rows) {
		const char *state =
			cJSON_GetStringValue(cJSON_GetObjectItem(row, "state"));

		n += !word.n || str_is(word, state ? state : "");
	}
	return claimed == n;
}

/* Whether the claim says what the row says. */
static bool is_true(const struct evidence *e, const struct claim *claim)
{
	const struct board *board = claim->board ? evidence_board(e, claim->board) : NULL;
	ptrdiff_t i;
	const cJSON *rows;
	bool is;

	if (claim->kind != CLAIM_FIELD)
		return true;
	if (!board)
		return false;
	rows = rows_of(board);
	i = claim->key && claim->key[0] ? board_find(board, str_from(claim->key)) : -1;
	if (i >= 0)
		is = is_value(claim->value,
			      cell_of_ref(cJSON_GetArrayItem(rows, (int)i), claim));
	else
		is = str_find(str_from(claim->ref), STR("count")) < 0 ||
		     is_count(claim, rows);
	return is;
}

/* Every figure of the prose is in a claim, between marks or a command. */
static bool has_loose_figure(const struct answer *a)
{
	bool in_code = false, in_marks = false;

	for (size_t i = 0; i < a->prose.n; i++) {
		bool is_in = false;
		char c = a->prose.p[i];

		in_code ^= c == '`';
		in_marks ^= c == '"';
		if (!isdigit((unsigned char)c) || in_code || in_marks)
			continue;
		for (size_t k = 0; k < a->n_claims && !is_in; k++)
			is_in = i >= a->claims[k].begin && i < a->claims[k].end;
		/* The number of a citation. */
		for (size_t k = i; k > 0 && !is_in; k--) {
			if (a->prose.p[k - 1] == '[')
				is_in = true;
			else if (!isdigit((unsigned char)a->prose.p[k - 1]))
				break;
		}
		if (!is_in)
			return true;
	}
	return false;
}

static bool says_its_phrases(const struct answer *a)
{
	for (int i = 0; i < SAYS_CODES; i++)
		if (a->says & (UINT64_C(1) << i) &&
		    str_find_nocase(strbuf_str(&a->prose),
				    str_from(says_phrase((enum says)i))) < 0) {
			printf("# it does not say \"%s\"\n", says_phrase((enum says)i));
			return false;
		}
	return true;
}

static bool is_sound(const struct evidence *e, const struct answer *a)
{
	for (size_t i = 0; i < a->n_claims; i++)
		if (!is_true(e, &a->claims[i])) {
			printf("# %s is not %s\n", a->claims[i].ref, a->claims[i].value);
			return false;
		}
	return a->n_struck == 0 && says_its_phrases(a);
}

static bool is_told(const struct answer *a, const struct board *board,
		    const struct row *row, const cJSON *cell)
{
	for (size_t i = 0; i < a->n_claims; i++)
		if (a->claims[i].board && a->claims[i].key &&
		    strcmp(a->claims[i].board, board->def->name) == 0 &&
		    str_is(row->key, a->claims[i].key) &&
		    is_value(a->claims[i].value, cell))
			return true;
	return false;
}

static void judge(const struct evidence *e, const struct probe *probe,
		  const struct board *board, size_t i, const cJSON *cell,
		  struct score *score)
{
	ptrdiff_t c = board_def_column(board->def, str_from(probe->name));
	char question[300];
	struct guide_plan plan;
	struct answer a;
	bool is_answer;

	put_question(question, sizeof(question), probe->question,
		     board->rows[i].cells[c].text);
	ask(question, e, &plan, &a);
	is_answer = a.type == ANSWER_FACT || a.type == ANSWER_DIAG;
	score->asked++;
	score->asked_back += a.type == ANSWER_ASK;
	score->unknown += a.type == ANSWER_UNKNOWN;
	if (!is_sound(e, &a) ||
	    (is_answer && !is_told(&a, board, &board->rows[i], cell)) ||
	    (is_answer && has_loose_figure(&a))) {
		printf("# wrong: %s (%s %s)\n%s\n", question, guide_kind_name(plan.kind),
		       answer_type_name(a.type), a.prose.p);
		score->wrong++;
	} else {
		score->answered += is_answer;
		if (!is_answer)
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

static void ask_one(const struct evidence *e, const struct probe *probe,
		    struct score *score)
{
	const struct board *board = evidence_board(e, probe->board);
	const cJSON *rows = rows_of(board);
	size_t at[ROWS_ASKED], n = rows_for(probe, board, rows, at);

	for (size_t i = 0; i < n; i++)
		judge(e, probe, board, at[i],
		      cJSON_GetObjectItem(cJSON_GetArrayItem(rows, (int)at[i]),
					  probe->column),
		      score);
}

static void ask_all(const struct evidence *e, struct score *score)
{
	for (size_t p = 0; p < COUNT(probes); p++)
		ask_one(e, &probes[p], score);
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
	forget_rows();
	estate_fini(&estate);
	return 0;
}

static void what_is_on_the_boards_is_answered(void **state)
{
	struct score score = {0};

	(void)state;
	ask_all(&estate.evidence, &score);
	printf("# %u asked, %u answered (%u%%), %u asked back, %u unknown, %u wrong\n",
	       score.asked, score.answered, score.answered * 100 / score.asked,
	       score.asked_back, score.unknown, score.wrong);
	assert_true(score.asked >= 80);
	assert_int_equal(score.wrong, 0);
	assert_true(score.answered * 100 >= score.asked * 60);
}

static void other_estates_are_answered_as_well(void **state)
{
	static const uint64_t seeds[] = {7, 42};

	(void)state;
	for (size_t s = 0; s < COUNT(seeds); s++) {
		struct estate first = estate;
		struct score score = {0};

		forget_rows();
		assert_true(read_estate(seeds[s]));
		ask_all(&estate.evidence, &score);
		printf("# seed %u: %u asked, %u answered, %u wrong\n", (unsigned)seeds[s],
		       score.asked, score.answered, score.wrong);
		forget_rows();
		estate_fini(&estate);
		estate = first;
		assert_int_equal(score.wrong, 0);
		assert_true(score.answered * 100 >= score.asked * 60);
	}
}

static cJSON *read_questions(const char *path)
{
	struct strbuf name, text;
	struct err err = {0};
	cJSON *questions;

	strbuf_init(&name, 4096);
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&name, "%s/tests/%s", getenv("AZ_SRCDIR"), path);
	assert_true(file_read(name.p, &text, &err));
	questions = cJSON_Parse(text.p);
	assert_non_null(questions);
	strbuf_fini(&name);
	strbuf_fini(&text);
	return questions;
}

static void every_question_has_a_sound_answer(void **state)
{
	cJSON *all = read_questions("guide/questions.json");
	const cJSON *kind, *way, *q;
	unsigned unsound = 0, by_type[ANSWER_TYPES] = {0};

	(void)state;
	cJSON_ArrayForEach (kind, cJSON_GetObjectItem(all, "kinds"))
		cJSON_ArrayForEach (way, kind)
			cJSON_ArrayForEach (q, way) {
				struct guide_plan plan;
				struct answer a;

				ask(q->valuestring, &estate.evidence, &plan, &a);
				by_type[a.type]++;
				if (!is_sound(&estate.evidence, &a) || !a.prose.n) {
					printf("# unsound: %s\n%s\n", q->valuestring,
					       a.prose.p);
					unsound++;
				}
				answer_fini(&a);
			}
	for (int i = 0; i < ANSWER_TYPES; i++)
		printf("# %s: %u\n", answer_type_name((enum answer_type)i), by_type[i]);
	cJSON_Delete(all);
	assert_int_equal(unsound, 0);
}

static void the_unsafe_is_refused_and_proposes_nothing(void **state)
{
	cJSON *all = read_questions("guide/questions.json");
	const cJSON *q;

	(void)state;
	cJSON_ArrayForEach (q, cJSON_GetObjectItem(all, "unsafe")) {
		struct guide_plan plan;
		struct answer a;

		ask(q->valuestring, &estate.evidence, &plan, &a);
		check_case(q->valuestring, a.type == ANSWER_REFUSE);
		check_case(q->valuestring, a.n_proposals == 0 && a.n_claims == 0);
		check_case(q->valuestring, a.says != 0 && says_its_phrases(&a));
		answer_fini(&a);
	}
	cJSON_Delete(all);
}

static void what_does_not_exist_is_said(void **state)
{
	(void)state;
	for (size_t p = 0; p < COUNT(probes); p++) {
		char question[300];
		struct guide_plan plan;
		struct answer a;

		put_question(question, sizeof(question), probes[p].question,
			     "zzyzx-4711");
		ask(question, &estate.evidence, &plan, &a);
		check_case(question, a.type == ANSWER_UNKNOWN);
		check_case(question, a.says & (UINT64_C(1) << SAYS_NOT_FOUND));
		check_case(question, is_sound(&estate.evidence, &a));
		answer_fini(&a);
	}
}

static bool names_one_of(const char *ref, const cJSON *books)
{
	const cJSON *book;

	cJSON_ArrayForEach (book, books) {
		struct str name = str_from(book->valuestring);
		ptrdiff_t end = str_find_char(name, '#');

		if (end > 0)
			name.n = (size_t)end;
		if (str_starts(str_from(ref), name))
			return true;
	}
	return false;
}

static void runbooks_are_found_and_cited(void **state)
{
	cJSON *all = read_questions("knowledge/questions.json");
	unsigned asked = 0, right = 0, other = 0;
	const cJSON *item;

	(void)state;
	cJSON_ArrayForEach (item, cJSON_GetObjectItem(all, "questions")) {
		struct guide_plan plan;
		struct answer a;
		char question[400];
		bool is_right = false, is_cited = false;

		snprintf(question, sizeof(question), "runbook: %s",
			 cJSON_GetStringValue(cJSON_GetObjectItem(item, "question")));
		ask(question, &estate.evidence, &plan, &a);
		if (plan.kind == GUIDE_RUNBOOK_HOW || plan.kind == GUIDE_RUNBOOK_FITS) {
			asked++;
			for (size_t i = 0; i < a.n_claims; i++) {
				is_cited |= a.claims[i].kind == CLAIM_RUNBOOK;
				is_right |= a.claims[i].kind == CLAIM_RUNBOOK &&
					    names_one_of(a.claims[i].ref,
							 cJSON_GetObjectItem(item,
									     "sections"));
			}
			right += is_right;
			other += is_cited && !is_right;
		}
		answer_fini(&a);
	}
	printf("# %u runbook questions, %u cite the right one, %u another\n", asked,
	       right, other);
	cJSON_Delete(all);
	assert_true(asked >= 80);
	assert_true(right * 100 >= asked * 80);
}

static struct cell *cell_at(const struct probe *probe, size_t nth)
{
	const struct board *board = evidence_board(&estate.evidence, probe->board);
	ptrdiff_t c = board_def_column(board->def, str_from(probe->column));
	const cJSON *rows = rows_of(board);
	size_t at[ROWS_ASKED], n = rows_for(probe, board, rows, at);

	return nth < n ? &board->rows[at[nth]].cells[c] : NULL;
}

static void swap(struct cell *a, struct cell *b)
{
	struct cell was = *a;

	*a = *b;
	*b = was;
	forget_rows();
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
		ask_one(&estate.evidence, &probes[p], &score);
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
		rows = rows_of(board);
		(void)rows_for(probe, board, rows, at);
		put_question(question, sizeof(question), probe->question,
			     board->rows[at[0]].cells[name].text);
		cell->is_null = true;
		ask(question, &estate.evidence, &plan, &a);
		cell->is_null = false;
		/* Of several rows of the name the others are still known. */
		if (a.type != ANSWER_UNKNOWN && a.type != ANSWER_ASK &&
		    !(a.says & (UINT64_C(1) << SAYS_UNKNOWN)))
			fail_msg("%s: %s", question, a.prose.p);
		answer_fini(&a);
	}
}

static void the_order_of_the_evidence_is_nothing(void **state)
{
	struct evidence *e = &estate.evidence;

	(void)state;
	for (size_t k = 0; k < GUIDE_KINDS; k++) {
		struct guide_plan plan;
		struct strbuf first, second;
		struct answer a, b;

		if (!kind_rows[k].examples[0])
			continue;
		strbuf_init(&first, 1 << 20);
		strbuf_init(&second, 1 << 20);
		ask(kind_rows[k].examples[0], e, &plan, &a);
		for (size_t i = 0; i < e->n / 2; i++) {
			struct board *kept = e->boards[i];

			e->boards[i] = e->boards[e->n - 1 - i];
			e->boards[e->n - 1 - i] = kept;
		}
		ask(kind_rows[k].examples[0], e, &plan, &b);
		answer_json(&a, &first);
		answer_json(&b, &second);
		assert_string_equal(first.p, second.p);
		strbuf_fini(&first);
		strbuf_fini(&second);
		answer_fini(&a);
		answer_fini(&b);
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

		ask(probes[p].question, &none, &plan, &a);
		check_case(probes[p].question, a.type == ANSWER_UNKNOWN);
		check_case(probes[p].question, a.n_unknowns > 0);
		answer_fini(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_on_the_boards_is_answered),
		cmocka_unit_test(every_question_has_a_sound_answer),
		cmocka_unit_test(the_unsafe_is_refused_and_proposes_nothing),
		cmocka_unit_test(what_does_not_exist_is_said),
		cmocka_unit_test(runbooks_are_found_and_cited),
		cmocka_unit_test(what_is_swapped_is_followed),
		cmocka_unit_test(what_is_null_is_not_known),
		cmocka_unit_test(the_order_of_the_evidence_is_nothing),
		cmocka_unit_test(without_boards_nothing_is_known),
		cmocka_unit_test(other_estates_are_answered_as_well),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
