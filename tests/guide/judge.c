/* See judge.h. */
#include "guide/judge.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/field.h"
#include "answer/field_rows.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/timefmt.h"

void judge_ask(const char *question, const struct evidence *e, struct guide_plan *plan,
	       struct answer *out)
{
	static const struct guide_setting nowhere = {"", ""};

	guide_understand(str_from(question), &nowhere, e->now_ms, plan);
	answer_init(out);
	guide_answer(plan, str_from(question), e, out);
}

/* With the name in place of "%s". */
void judge_put_question(char *out, size_t n, const char *with, const char *name)
{
	ptrdiff_t at = str_find(str_from(with), STR("%s"));

	snprintf(out, n, "%.*s%s%s", (int)at, with, name, with + at + 2);
}

/* What a board's rows are as JSON, until they are changed. */
static struct {
	const struct board *board;
	cJSON *rows;
} read_rows[EVIDENCE_MOST];

void judge_forget_rows(void)
{
	for (size_t i = 0; i < EVIDENCE_MOST; i++) {
		cJSON_Delete(read_rows[i].rows);
		read_rows[i].rows = NULL;
		read_rows[i].board = NULL;
	}
}

const cJSON *judge_rows(const struct board *board)
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

bool judge_is_value(const char *claimed, const cJSON *cell)
{
	double number;

	if (!cell || cJSON_IsNull(cell))
		return claimed[0] == '\0';
	if (cJSON_IsString(cell))
		return strcmp(claimed, cell->valuestring) == 0;
	return cJSON_IsNumber(cell) && str_to_f64(str_from(claimed), &number) &&
	       fabs(number - cell->valuedouble) <= 1e-9 * (1 + fabs(cell->valuedouble));
}

/* "sql[atlas-orders].tier": "tier" */
static struct str name_of_ref(struct str ref)
{
	size_t close = ref.n;

	while (close > 0 && ref.p[close - 1] != ']')
		close--;
	return close < ref.n ? str_sub(ref, close + 1, ref.n) : (struct str){0};
}

/* Of the dictionary, as the claim's board has it; NULL: it is a cell by its own name. */
static const struct field_def *def_of_ref(const struct claim *claim)
{
	struct str ref = str_from(claim->ref), root = ref, name = name_of_ref(ref);
	ptrdiff_t open = str_find_char(ref, '[');

	if (open > 0)
		root = str_sub(ref, 0, (size_t)open);
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);

		if (str_is(root, def->root) && str_is(name, def->name) &&
		    strcmp(def->board, claim->board) == 0)
			return def;
	}
	return NULL;
}

/* The column that a reference names. */
static const cJSON *cell_of_ref(const cJSON *row, const struct claim *claim)
{
	const struct field_def *def = def_of_ref(claim);
	struct str name = name_of_ref(str_from(claim->ref));

	if (def)
		return cJSON_GetObjectItem(row, def->column);
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

/* When the row says it was measured, as the dictionary has it; else when its board was
 * read. */
static int64_t moment_of(const struct board *board, const struct claim *claim)
{
	const struct field_def *def = def_of_ref(claim);
	const char *column = def && def->rows ? def->rows->as_of : NULL;
	ptrdiff_t i = claim->key && claim->key[0]
			      ? board_find(board, str_from(claim->key))
			      : -1;
	const char *text = NULL;
	int64_t at_ms;

	if (column && i >= 0)
		text = cJSON_GetStringValue(
			cJSON_GetObjectItem(cJSON_GetArrayItem(judge_rows(board), (int)i),
					    column));
	return text && time_parse(str_from(text), &at_ms) ? at_ms : board->fetched_ms;
}

/* Whether it cites the board as it is in the evidence: its version, and its moment. */
static bool is_of_its_moment(const struct evidence *e, const struct claim *claim)
{
	const struct board *board =
		claim->board && claim->board[0] ? evidence_board(e, claim->board) : NULL;

	return !board || claim->kind == CLAIM_RUNBOOK ||
	       (claim->version == board->version &&
		claim->as_of_ms == moment_of(board, claim));
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
	rows = judge_rows(board);
	i = claim->key && claim->key[0] ? board_find(board, str_from(claim->key)) : -1;
	if (i >= 0)
		is = judge_is_value(claim->value,
				    cell_of_ref(cJSON_GetArrayItem(rows, (int)i), claim));
	else
		is = str_find(str_from(claim->ref), STR("count")) < 0 ||
		     is_count(claim, rows);
	return is;
}

/* Every figure of the prose is in a claim, between marks or a command. */
bool judge_has_loose_figure(const struct answer *a)
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

bool judge_says_its_phrases(const struct answer *a)
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

bool judge_is_sound(const struct evidence *e, const struct answer *a)
{
	for (size_t i = 0; i < a->n_claims; i++) {
		if (!is_true(e, &a->claims[i])) {
			printf("# %s is not %s\n", a->claims[i].ref, a->claims[i].value);
			return false;
		}
		if (!is_of_its_moment(e, &a->claims[i])) {
			printf("# %s is of another moment\n", a->claims[i].ref);
			return false;
		}
	}
	return a->n_struck == 0 && judge_says_its_phrases(a);
}

cJSON *judge_read_questions(const char *path)
{
	struct strbuf name, text;
	struct err err = {0};
	cJSON *questions;

	strbuf_init(&name, 4096);
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&name, "%s/tests/%s", getenv("AZ_SRCDIR"), path);
	if (!file_read(name.p, &text, &err)) {
		printf("# %s\n", err.text);
		exit(1);
	}
	questions = cJSON_Parse(text.p);
	strbuf_fini(&name);
	strbuf_fini(&text);
	return questions;
}
