/* See tell.h. */
#include "guide/tell.h"

#include <math.h>
#include <string.h>

#include "answer/field.h"
#include "board/def.h"
#include "board/view.h"

enum { NEAREST = 3, CHOICES = 6 };

static ptrdiff_t column_of(const struct board *board, struct str name)
{
	return name.n ? board_def_column(board->def, name) : -1;
}

/* The first of the columns. */
static struct str own_column(const char *names)
{
	struct str rest = str_from(names), name = {0};

	(void)(rest.n && str_next(&rest, ',', &name));
	return name;
}

static bool is_in_span(const struct wording *d, const struct tell *tell,
		       const struct board *board, const struct row *row)
{
	ptrdiff_t c = column_of(board, str_from(tell->when));

	if (c < 0 || !d->plan->to_ms)
		return true;
	return !row->cells[c].is_null &&
	       row->cells[c].number >= (double)d->plan->from_ms &&
	       row->cells[c].number <= (double)d->plan->to_ms;
}

/* The rows that its filter leaves, in the board's own order. */
static void take_filtered(struct wording *d, const struct tell *tell, struct board *board,
			  struct matched *out)
{
	struct board_view view;
	struct err err = {0};

	view_init(&view);
	view_set_board(&view, board, d->e->now_ms);
	if (!tell->filter || view_set_filter(&view, str_from(tell->filter), &err))
		for (size_t i = 0; i < view.n; i++) {
			const struct row *row = &board->rows[view.index[i]];

			if (row->sev >= tell->least)
				vec_push(&out->rows, row);
		}
	view_fini(&view);
}

static bool is_before(const struct row *a, const struct row *b, ptrdiff_t column,
		      bool is_least_first, bool is_named)
{
	const struct cell *x, *y;

	if (column < 0)
		return a->sev > b->sev;
	x = &a->cells[column];
	y = &b->cells[column];
	/* What is asked for by name is not hidden for being unknown. */
	if (x->is_null || y->is_null)
		return is_named ? x->is_null && !y->is_null : !x->is_null && y->is_null;
	return is_least_first ? x->number < y->number : x->number > y->number;
}

/* Few rows, and equal ones stay as they stand. */
static void sort(const struct tell *tell, const struct board *board, bool is_named,
		 struct matched *list)
{
	struct str name = str_from(tell->order);
	bool is_least_first = name.n && name.p[0] == '-';
	ptrdiff_t column =
		column_of(board, is_least_first ? str_sub(name, 1, name.n) : name);

	for (size_t i = 1; i < list->rows.n; i++) {
		const struct row *row = list->rows.p[i];
		size_t k = i;

		for (; k > 0 && is_before(row, list->rows.p[k - 1], column,
					  is_least_first, is_named);
		     k--)
			list->rows.p[k] = list->rows.p[k - 1];
		list->rows.p[k] = row;
	}
}

static void drop_unwanted(struct wording *d, const struct tell *tell,
			  const struct board *board, struct matched *list)
{
	ptrdiff_t c = column_of(board, str_from(tell->unless));
	size_t n = 0;

	for (size_t i = 0; i < list->rows.n; i++)
		if (is_in_span(d, tell, board, list->rows.p[i]))
			list->rows.p[n++] = list->rows.p[i];
	list->rows.n = n;
	n = 0;
	for (size_t i = 0; c >= 0 && i < list->rows.n; i++)
		if (list->rows.p[i]->cells[c].is_null)
			list->rows.p[n++] = list->rows.p[i];
	if (n)
		list->rows.n = n;
}

/* Of the named rows those that the filter leaves. */
static void keep_filtered(struct wording *d, const struct tell *tell, struct board *board,
			  struct matched *out)
{
	struct matched left = {0};
	size_t n = 0;

	take_filtered(d, tell, board, &left);
	for (size_t i = 0; i < out->rows.n; i++)
		for (size_t k = 0; k < left.rows.n; k++)
			if (left.rows.p[k] == out->rows.p[i]) {
				out->rows.p[n++] = out->rows.p[i];
				break;
			}
	out->rows.n = n;
	vec_fini(&left.rows);
}

enum match_result tell_pick(struct wording *d, const struct tell *tell,
			    struct board *board, struct matched *out)
{
	enum match_result result =
		tell->names ? match_rows(board, tell->names, d->plan, d->question, out)
			    : MATCH_ALL;

	if (result == MATCH_ALL && tell->names && d->is_spoken)
		return MATCH_NONE;
	if (result == MATCH_ALL)
		take_filtered(d, tell, board, out);
	else if (tell->filter || tell->least > SEV_NONE)
		keep_filtered(d, tell, board, out);
	if (result == MATCH_SOME && tell->is_kind && !out->rows.n)
		return MATCH_NONE;
	drop_unwanted(d, tell, board, out);
	sort(tell, board, result == MATCH_SOME, out);
	return result;
}

/* "[S:budgets[x].name], [S:budgets[y].name]" */
static void put_names(struct wording *d, const struct board *board, struct str column,
		      const struct matched *list, size_t most)
{
	ptrdiff_t c = column_of(board, column);

	for (size_t i = 0; c >= 0 && i < list->rows.n && i < most; i++) {
		wording_put(d, i ? ", [S:" : "[S:");
		(void)field_name_cell(&d->text, board, list->rows.p[i],
				      &board->def->columns[c]);
		wording_put(d, "]");
	}
}

void tell_not_found(struct wording *d, const struct board *board, const char *names)
{
	struct str wanted = str_from(d->plan->n_subjects ? d->plan->subjects[0] : "");
	struct matched near = {0};

	d->out->type = ANSWER_UNKNOWN;
	answer_says(d->out, SAYS_NOT_FOUND);
	wording_put(d, "On the board `:");
	wording_put(d, board->def->name);
	wording_put(d, "` there is no ");
	wording_quote(d, wanted);
	match_nearest(board, names, wanted, NEAREST, &near);
	if (near.rows.n) {
		wording_put(d, "; the nearest that it has: ");
		put_names(d, board, own_column(names), &near, NEAREST);
	}
	wording_put(d, ".\n");
	answer_unknown(d->out, wanted.p);
	vec_fini(&near.rows);
}

void tell_ask(struct wording *d, const struct board *board, const char *names,
	      const struct matched *list)
{
	struct str column = own_column(names);
	ptrdiff_t c = column_of(board, column);

	d->out->type = ANSWER_ASK;
	wording_admit(d, SAYS_AMBIGUOUS, "There are several; which one is meant: ");
	put_names(d, board, column, list, CHOICES);
	wording_put(d, list->rows.n > CHOICES ? ", or another?\n" : "?\n");
	for (size_t i = 0; c >= 0 && i < list->rows.n && i < CHOICES; i++)
		answer_ask(d->out, list->rows.p[i]->cells[c].text);
}

static void say(struct wording *d, const struct tell *tell, const struct board *board,
		const struct matched *list)
{
	bool is_list = list->rows.n > 1 && tell->most > 1;

	if (tell->head)
		wording_put(d, tell->head);
	for (size_t i = 0; i < list->rows.n && i < tell->most; i++) {
		if (is_list)
			wording_put(d, "- ");
		wording_row(d, tell->phrase, board, list->rows.p[i]);
		if (i + 1 == tell->most && list->rows.n > tell->most && tell->most > 1) {
			wording_put(d, " More: `:");
			wording_put(d, board->def->name);
			wording_put(d, "`.");
		}
		wording_put(d, "\n");
	}
	/* What follows is not of its last item. */
	if (is_list)
		wording_put(d, "\n");
}

/* Of what was not all read nobody can say that there is none. */
static enum tell_result say_none(struct wording *d, const struct tell *tell,
				 const struct board *board)
{
	if (tell->is_extra)
		return TELL_NONE;
	if (board->is_partial || board->is_filling || board->is_stale) {
		answer_says(d->out, SAYS_UNKNOWN);
		wording_admit(d, SAYS_PARTIAL,
			      "That is not known: not everything could be read for `:");
		wording_put(d, board->def->name);
		wording_put(d, "`.\n");
		answer_unknown(d->out, board->def->name);
		d->unknown++;
		return TELL_NONE;
	}
	wording_admit(d, SAYS_NONE_FOUND, tell->none ? tell->none : "There is none.");
	wording_put(d, "\n");
	d->known++;
	return TELL_NONE;
}

static enum tell_result say_picked(struct wording *d, const struct tell *tell,
				   const struct board *board, enum match_result match,
				   const struct matched *list)
{
	if (match == MATCH_NONE)
		return TELL_NOT_FOUND;
	if (match == MATCH_ALL && tell->only_named)
		return TELL_NONE;
	if (!list->rows.n)
		return say_none(d, tell, board);
	if (tell->is_one && list->rows.n > 1) {
		tell_ask(d, board, tell->names, list);
		return TELL_ASKED;
	}
	say(d, tell, board, list);
	return TELL_SAID;
}

enum tell_result tell_rows(struct wording *d, const struct tell *tell)
{
	const struct board *there = evidence_board(d->e, tell->board);
	enum tell_result result;
	struct matched list = {0};
	struct board *board;

	if ((tell->is_extra || tell->only_named) && (!there || !there->n_rows))
		return TELL_NONE;
	board = wording_board(d, tell->board);
	if (!board)
		return TELL_UNREAD;
	result = say_picked(d, tell, board, tell_pick(d, tell, board, &list), &list);
	vec_fini(&list.rows);
	return result;
}

bool tell_is_named(struct wording *d, const struct tell *tells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct board *board = evidence_board(d->e, tells[i].board);

		if (board && tells[i].names &&
		    match_is_spoken(board, tells[i].names, d->plan, d->question))
			return true;
	}
	return d->plan->n_subjects > 0;
}

void tell_all(struct wording *d, const struct tell *tells, size_t n)
{
	const struct tell *missed = NULL;
	bool is_said = false;

	d->is_spoken = !d->plan->n_subjects && tell_is_named(d, tells, n);
	for (size_t i = 0; i < n; i++) {
		enum tell_result result;

		if (tells[i].only_named && is_said)
			continue;
		result = tell_rows(d, &tells[i]);
		if (result == TELL_UNREAD || result == TELL_ASKED)
			return;
		if (result == TELL_NOT_FOUND && !missed)
			missed = &tells[i];
		is_said |= result == TELL_SAID ||
			   (result == TELL_NONE && !tells[i].is_extra &&
			    !tells[i].only_named);
	}
	if (!is_said && missed)
		tell_not_found(d, evidence_board(d->e, missed->board), missed->names);
}

const struct row *tell_one(struct wording *d, const struct tell *tell,
			   const struct board **board)
{
	struct board *read = wording_board(d, tell->board);
	const struct row *row = NULL;
	struct matched list = {0};
	enum match_result match;

	*board = read;
	if (!read)
		return NULL;
	match = tell_pick(d, tell, read, &list);
	if (match == MATCH_NONE)
		tell_not_found(d, read, tell->names);
	else if (!list.rows.n)
		(void)say_none(d, tell, read);
	else if (list.rows.n > 1)
		tell_ask(d, read, tell->names, &list);
	else
		row = list.rows.p[0];
	vec_fini(&list.rows);
	return row;
}
