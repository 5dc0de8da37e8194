/* See wording.h. */
#include "guide/wording.h"

#include <ctype.h>
#include <string.h>

#include "answer/field.h"
#include "answer/field_path.h"
#include "board/def.h"

enum { PART_BYTES = 4096 };

void wording_put(struct wording *d, const char *words)
{
	strbuf_puts(&d->text, words);
}

bool wording_is_known(const struct board *board, const struct row *row,
		      const char *column)
{
	ptrdiff_t c = board_def_column(board->def, str_from(column));

	return c >= 0 && !row->cells[c].is_null &&
	       board->def->columns[c].type != CELL_SERIES;
}

/* "[L:log-lines/KEY]" */
static void put_record(struct strbuf *out, struct str letter, const struct board *board,
		       const struct row *row)
{
	strbuf_printf(out, "[%.*s:%s/", STR_ARG(letter), board->def->name);
	field_path_put_key(out, row->key);
	strbuf_puts(out, "]");
}

/* False when the cell is unknown. */
static bool put_cell(struct wording *d, struct strbuf *out, struct str name,
		     const struct board *board, const struct row *row)
{
	bool is_main = name.n && name.p[0] == '!', is_known;
	ptrdiff_t c;

	if (name.n && name.p[0] == '@') {
		put_record(out, str_sub(name, 1, name.n), board, row);
		return true;
	}
	if (is_main)
		name = str_sub(name, 1, name.n);
	c = board_def_column(board->def, name);
	is_known = c >= 0 && !row->cells[c].is_null;
	strbuf_puts(out, "[S:");
	if (c < 0 || !field_name_cell(out, board, row, &board->def->columns[c]))
		strbuf_printf(out, "%s.%.*s", board->def->name, STR_ARG(name));
	strbuf_puts(out, "]");
	if (is_main) {
		d->known += is_known;
		d->unknown += !is_known;
	}
	return is_known;
}

static bool put_part(struct wording *d, struct strbuf *out, struct str part,
		     const struct board *board, const struct row *row)
{
	bool is_known = true;
	ptrdiff_t open, close;

	while ((open = str_find_char(part, '{')) >= 0 &&
	       (close = str_find_char(part, '}')) > open) {
		strbuf_put(out, str_sub(part, 0, (size_t)open));
		is_known &= put_cell(d, out,
				     str_sub(part, (size_t)open + 1,
					     (size_t)(close - open - 1)),
				     board, row);
		part = str_sub(part, (size_t)close + 1, part.n);
	}
	strbuf_put(out, part);
	return is_known;
}

void wording_row(struct wording *d, const char *phrase, const struct board *board,
		 const struct row *row)
{
	struct str rest = str_from(phrase);
	struct strbuf part;
	ptrdiff_t open, close;

	strbuf_init(&part, PART_BYTES);
	while ((open = str_find_char(rest, '[')) >= 0 &&
	       (close = str_find_char(rest, ']')) > open) {
		put_part(d, &d->text, str_sub(rest, 0, (size_t)open), board, row);
		strbuf_reset(&part);
		if (put_part(d, &part,
			     str_sub(rest, (size_t)open + 1, (size_t)(close - open - 1)),
			     board, row))
			strbuf_put(&d->text, strbuf_str(&part));
		rest = str_sub(rest, (size_t)close + 1, rest.n);
	}
	put_part(d, &d->text, rest, board, row);
	strbuf_fini(&part);
}

void wording_field(struct wording *d, const char *path)
{
	struct field field;
	bool is_known;

	field_read(d->e, str_from(path), &field);
	is_known = field.state == FIELD_KNOWN || field.state == FIELD_STALE;
	d->known += is_known;
	d->unknown += !is_known;
	strbuf_printf(&d->text, "[S:%s]", path);
}

void wording_quote(struct wording *d, struct str typed)
{
	strbuf_putc(&d->text, '"');
	for (size_t i = 0; i < typed.n && i < 80; i++) {
		char c = typed.p[i];

		strbuf_putc(&d->text,
			    isalnum((unsigned char)c) || strchr("-./: @_", c) ? c : ' ');
	}
	strbuf_putc(&d->text, '"');
}

void wording_admit(struct wording *d, enum says says, const char *sentence)
{
	answer_says(d->out, says);
	wording_put(d, sentence);
}

static void tell_missing(struct wording *d, const char *name, const struct board *board)
{
	if (board && board->err.code == ERR_FORBIDDEN) {
		answer_says(d->out, SAYS_NO_PERMISSION);
		strbuf_printf(&d->text,
			      "The board `:%s` may not be read with the rights "
			      "there are.\n",
			      name);
	} else {
		answer_says(d->out, SAYS_UNKNOWN);
		strbuf_printf(&d->text,
			      "That is not known: it would come from the board `:%s`, "
			      "which has not been read.\n",
			      name);
	}
	answer_unknown(d->out, name);
	d->unknown++;
}

struct board *wording_board(struct wording *d, const char *name)
{
	for (size_t i = 0; i < d->e->n; i++) {
		struct board *board = d->e->boards[i];

		if (strcmp(board->def->name, name) != 0)
			continue;
		if (board->n_rows || (!board->is_loading && board->err.code == ERR_NONE))
			return board;
		tell_missing(d, name, board);
		return NULL;
	}
	tell_missing(d, name, NULL);
	return NULL;
}

bool wording_runbook(struct wording *d, const char *words, const char *query)
{
	const struct knowledge_hit *hit;
	struct knowledge_answer found;
	struct knowledge_query q = {.text = str_from(query), .most = 1};
	struct err err = {0};

	if (!d->e->knowledge || !knowledge_search(d->e->knowledge, &q, &found, &err) ||
	    !found.is_covered || !found.n)
		return false;
	hit = &found.hits[0];
	strbuf_printf(&d->text, "%s the runbook *%.*s* [R:%.*s#%.*s].\n", words,
		      STR_ARG(hit->file->book->title), STR_ARG(hit->file->book->name),
		      STR_ARG(hit->section->heading));
	return true;
}
