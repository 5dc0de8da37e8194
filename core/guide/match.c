/* See match.h. Names are compared as words: "atlas orders" is "Atlas-Orders". */
#include "guide/match.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "board/def.h"
#include "knowledge/vocabulary.h"

enum { NAME_BYTES = 200, SHORT_NAME = 4, LONG_NAME = 8 };

/* Small letters and digits, one blank between words. */
static void normalise(struct str text, char out[NAME_BYTES])
{
	size_t n = 0;

	for (size_t i = 0; i < text.n && n + 1 < NAME_BYTES; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (isalnum(c) || c >= 0x80)
			out[n++] = (char)tolower(c);
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

/* Whether these words stand among those, in order and together. */
static bool has_words(const char *text, const char *words)
{
	size_t n = strlen(words);

	for (const char *at = text; n && (at = strstr(at, words)); at++)
		if ((at == text || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

static bool all_words_in(const char *text, const char *words)
{
	struct str rest = str_from(words), word;
	char one[NAME_BYTES];

	while (str_next(&rest, ' ', &word)) {
		memcpy(one, word.p, word.n);
		one[word.n] = '\0';
		if (!has_words(text, one))
			return false;
	}
	return words[0] != '\0';
}

static bool is_slip(const char *a, const char *b)
{
	size_t n = strlen(b), most = n < SHORT_NAME ? 0 : n < LONG_NAME ? 1 : 2;

	return most && n < WORD_MOST && strlen(a) < WORD_MOST && a[0] == b[0] &&
	       vocabulary_slips(str_from(a), str_from(b)) <= most;
}

enum pass { AS_CALLED, BY_ITS_ID, BY_A_PART, BY_A_SLIP, PASSES };

static bool fits(enum pass pass, const char *name, const char *subject)
{
	switch (pass) {
	case AS_CALLED:
		return strcmp(name, subject) == 0;
	case BY_A_PART:
		return all_words_in(name, subject);
	case BY_A_SLIP:
		return is_slip(subject, name);
	case BY_ITS_ID:
	case PASSES:
		break;
	}
	return false;
}

static bool ends_key(const struct row *row, const char *subject)
{
	char key[NAME_BYTES];
	size_t n = row->key.n, start = n;

	while (start > 0 && row->key.p[start - 1] != '/')
		start--;
	normalise(str_sub(row->key, start, n), key);
	return strcmp(key, subject) == 0;
}

static const char *cell_of(const struct board *board, const struct row *row,
			   struct str column)
{
	ptrdiff_t c = board_def_column(board->def, column);
	const struct cell *cell = c < 0 ? NULL : &row->cells[c];

	return !cell || cell->is_null || !cell->text ? "" : cell->text;
}

static bool row_fits(const struct board *board, const struct row *row, const char *names,
		     enum pass pass, const char *subject)
{
	struct str rest = str_from(names), column;
	char name[NAME_BYTES];

	if (pass == BY_ITS_ID)
		return ends_key(row, subject);
	while (str_next(&rest, ',', &column)) {
		normalise(str_from(cell_of(board, row, column)), name);
		if (name[0] && fits(pass, name, subject))
			return true;
	}
	return false;
}

static void find(const struct board *board, const char *names, const char *subject,
		 struct matched *out)
{
	for (enum pass pass = AS_CALLED; pass < PASSES && !out->rows.n; pass++)
		for (size_t i = 0; i < board->n_rows; i++)
			if (row_fits(board, &board->rows[i], names, pass, subject))
				vec_push(&out->rows, &board->rows[i]);
}

static bool has_row(const struct matched *list, const struct row *row)
{
	for (size_t i = 0; i < list->rows.n; i++)
		if (list->rows.p[i] == row)
			return true;
	return false;
}

/* What both mean; where there is nothing, what either does. */
static void join(struct matched *list, const struct matched *more)
{
	size_t both = 0;

	if (!more->rows.n)
		return;
	for (size_t i = 0; i < list->rows.n; i++)
		if (has_row(more, list->rows.p[i]))
			list->rows.p[both++] = list->rows.p[i];
	if (both) {
		list->rows.n = both;
		return;
	}
	for (size_t i = 0; i < more->rows.n; i++)
		if (!has_row(list, more->rows.p[i]))
			vec_push(&list->rows, more->rows.p[i]);
}

/* A word with a capital, as it is written: "Storage". */
static bool is_capital_word(struct str question, const char *name)
{
	struct str word = str_from(name);
	ptrdiff_t at = str_find(question, word);

	return at > 0 && word.n > 3 && isupper((unsigned char)name[0]) &&
	       question.p[at - 1] == ' ' &&
	       ((size_t)at + word.n == question.n ||
		!isalnum((unsigned char)question.p[(size_t)at + word.n]));
}

/* Part of a name that the question names: "rp-atlas" of "rp-atlas-files". */
static bool is_part_of_subject(const struct guide_plan *plan, const char *name)
{
	char subject[NAME_BYTES];

	for (size_t i = 0; i < plan->n_subjects; i++) {
		normalise(str_from(plan->subjects[i]), subject);
		if (strcmp(subject, name) != 0 && has_words(subject, name))
			return true;
	}
	return false;
}

/* Keeps those with the longest name: "Hosted Agent 12" is not "Hosted Agent 1". */
static void keep_longest(const struct board *board, struct str column,
			 struct matched *list)
{
	size_t longest = 0, n = 0;

	for (size_t i = 0; i < list->rows.n; i++) {
		size_t length = strlen(cell_of(board, list->rows.p[i], column));

		longest = length > longest ? length : longest;
	}
	for (size_t i = 0; i < list->rows.n; i++)
		if (strlen(cell_of(board, list->rows.p[i], column)) == longest)
			list->rows.p[n++] = list->rows.p[i];
	list->rows.n = n;
}

/* Names of several words, in the question as they are: "Azure Pipelines". */
static void find_spoken(const struct board *board, const char *names,
			const struct guide_plan *plan, struct str question,
			struct matched *out)
{
	char asked[NAME_BYTES], name[NAME_BYTES];
	struct str rest = str_from(names), column = {0};

	normalise(question, asked);
	if (!str_next(&rest, ',', &column))
		return;
	for (size_t i = 0; i < board->n_rows; i++) {
		const char *text = cell_of(board, &board->rows[i], column);

		normalise(str_from(text), name);
		if ((strchr(name, ' ') && has_words(asked, name) &&
		     !is_part_of_subject(plan, name)) ||
		    is_capital_word(question, text))
			vec_push(&out->rows, &board->rows[i]);
	}
	keep_longest(board, column, out);
}

bool match_is_spoken(const struct board *board, const char *names,
		     const struct guide_plan *plan, struct str question)
{
	struct matched list = {0};
	bool is;

	find_spoken(board, names, plan, question, &list);
	is = list.rows.n > 0;
	vec_fini(&list.rows);
	return is;
}

static enum match_result here(const struct board *board, const struct guide_plan *plan,
			      struct matched *out)
{
	ptrdiff_t i;

	if (!plan->here_key[0] || strcmp(plan->here_board, board->def->name) != 0)
		return MATCH_ALL;
	i = board_find(board, str_from(plan->here_key));
	if (i < 0)
		return MATCH_ALL;
	vec_push(&out->rows, &board->rows[i]);
	return MATCH_SOME;
}

enum match_result match_rows(const struct board *board, const char *names,
			     const struct guide_plan *plan, struct str question,
			     struct matched *out)
{
	char subject[NAME_BYTES];

	find_spoken(board, names, plan, question, out);
	if (out->rows.n)
		return MATCH_SOME;
	for (size_t i = 0; i < plan->n_subjects; i++) {
		struct matched one = {0};

		normalise(str_from(plan->subjects[i]), subject);
		if (subject[0])
			find(board, names, subject, &one);
		join(out, &one);
		vec_fini(&one.rows);
	}
	if (out->rows.n)
		return MATCH_SOME;
	return plan->n_subjects ? MATCH_NONE : here(board, plan, out);
}

bool match_is_known(const struct board *board, struct str word)
{
	char wanted[NAME_BYTES], text[NAME_BYTES];

	normalise(word, wanted);
	for (size_t i = 0; wanted[0] && i < board->n_rows; i++) {
		const struct row *row = &board->rows[i];

		for (size_t c = 0; c < board->def->n_columns; c++) {
			const struct cell *cell = &row->cells[c];

			if (board->def->columns[c].type != CELL_TEXT || cell->is_null)
				continue;
			normalise(str_from(cell->text), text);
			if (all_words_in(text, wanted) || is_slip(wanted, text))
				return true;
		}
		if (ends_key(row, wanted))
			return true;
	}
	return false;
}

struct near {
	const struct row *row;
	size_t slips;
};

static int by_slips(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	return (x->slips > y->slips) - (x->slips < y->slips);
}

void match_nearest(const struct board *board, const char *names, struct str text,
		   size_t most, struct matched *out)
{
	VEC(struct near) all = {0};
	struct str rest = str_from(names), column = {0};
	char subject[NAME_BYTES], name[NAME_BYTES];

	normalise(str_sub(text, 0, WORD_MOST - 1), subject);
	if (!str_next(&rest, ',', &column))
		return;
	for (size_t i = 0; i < board->n_rows; i++) {
		normalise(str_sub(str_from(cell_of(board, &board->rows[i], column)), 0,
				  WORD_MOST - 1),
			  name);
		if (name[0])
			vec_push(&all, ((struct near){.row = &board->rows[i],
						      .slips = vocabulary_slips(
							      str_from(subject),
							      str_from(name))}));
	}
	if (all.n)
		qsort(all.p, all.n, sizeof(*all.p), by_slips);
	for (size_t i = 0; i < all.n && out->rows.n < most; i++) {
		bool is_known = false;

		for (size_t k = 0; k < out->rows.n && !is_known; k++)
			is_known = strcmp(cell_of(board, out->rows.p[k], column),
					  cell_of(board, all.p[i].row, column)) == 0;
		if (!is_known)
			vec_push(&out->rows, all.p[i].row);
	}
	vec_fini(&all);
}
