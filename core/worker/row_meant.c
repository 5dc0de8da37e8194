/* See row_meant.h. */
#include "worker/row_meant.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/filter.h"
#include "board/read.h"

enum { ROWS_TOLD = 3, TOLD_BYTES = 200, PHRASE_BYTES = 100 };

struct meant {
	const struct board *board;
	const char *names;
	int64_t now_ms;
	struct haystack hay;
	uint8_t *keep; /* of the rows, those that are left */
};

static bool is_called(const struct meant *m, size_t row, struct str word)
{
	return str_eq_nocase(str_from(read_text(m->board, row, m->names)), word);
}

/* The rows that are left, and the last of them. */
static size_t count(const struct meant *m, size_t *row)
{
	size_t n = 0;

	for (size_t i = 0; i < m->board->n_rows; i++) {
		if (!m->keep[i])
			continue;
		*row = i;
		n++;
	}
	return n;
}

/* Of those that are left, those that are called so; all where none is. */
static void prefer_called(struct meant *m, struct str word)
{
	bool is_any = false;

	for (size_t i = 0; i < m->board->n_rows; i++)
		is_any = is_any || (m->keep[i] && is_called(m, i, word));
	for (size_t i = 0; is_any && i < m->board->n_rows; i++)
		m->keep[i] = m->keep[i] && is_called(m, i, word);
}

static bool filter(struct meant *m, struct str words, struct err *err)
{
	struct filter *f = filter_parse(words, m->board->def, err);

	if (!f)
		return false;
	filter_apply(f, m->board, &m->hay, m->now_ms, m->keep);
	filter_free(f);
	return true;
}

/* "orders server:weu" is not about orders-test where there is an orders. */
static bool find(struct meant *m, struct str words, size_t *row, size_t *n,
		 struct err *err)
{
	ptrdiff_t at = board_find(m->board, words);
	struct str rest = words, word;

	err_clear(err);
	memset(m->keep, at < 0, m->board->n_rows);
	if (at >= 0)
		m->keep[at] = 1;
	else
		prefer_called(m, words);
	*n = count(m, row);
	if (at >= 0 || (*n > 0 && is_called(m, *row, words)))
		return true;
	if (!filter(m, words, err))
		return false;
	if (str_next(&rest, ' ', &word))
		prefer_called(m, word);
	else
		memset(m->keep, 0, m->board->n_rows);
	*n = count(m, row);
	return true;
}

static bool leaves(struct meant *m, const char *phrase, size_t row)
{
	struct err ignored;
	size_t n, at = 0;

	return find(m, str_from(phrase), &at, &n, &ignored) && n == 1 && at == row;
}

/* What leaves this row and no other: its name, with a word of another column where that
 * is not enough. False: its key has to do. */
static bool put_phrase(struct meant *m, size_t row, struct strbuf *out)
{
	const struct board_def *def = m->board->def;
	const char *name = read_text(m->board, row, m->names);

	strbuf_reset(out);
	strbuf_puts(out, name);
	for (size_t i = 0; out->overflow || !leaves(m, out->p, row); i++) {
		if (i == def->n_columns)
			return false;
		strbuf_reset(out);
		strbuf_printf(out, "%s %s:%s", name, def->columns[i].name,
			      read_text(m->board, row, def->columns[i].name));
	}
	return true;
}

static bool ambiguous(struct meant *m, const char *words, size_t n, struct err *err)
{
	uint8_t *left = xcalloc(m->board->n_rows + 1, 1);
	struct strbuf told, phrase;
	size_t shown = 0;

	memcpy(left, m->keep, m->board->n_rows);
	strbuf_init(&told, TOLD_BYTES);
	strbuf_init(&phrase, PHRASE_BYTES);
	for (size_t i = 0, looked = 0; i < m->board->n_rows && looked < ROWS_TOLD; i++) {
		if (!left[i])
			continue;
		looked++;
		if (put_phrase(m, i, &phrase) && told.n + phrase.n + 4 <= TOLD_BYTES)
			strbuf_printf(&told, "%s\"%s\"", shown++ ? ", " : ": ", phrase.p);
	}
	err_set(err, ERR_USAGE, "%zu rows of %s are meant by \"%.60s\"; %s%s%s", n,
		m->board->def->name, words,
		shown ? "say which" : "add words of its other columns, or give a key",
		told.p, shown && shown < n ? ", ..." : "");
	strbuf_fini(&phrase);
	strbuf_fini(&told);
	free(left);
	return false;
}

bool row_meant(const struct board *board, const char *names, const char *words,
	       int64_t now_ms, size_t *row, struct err *err)
{
	struct meant m = {.board = board, .names = names, .now_ms = now_ms};
	size_t n = 0;
	bool ok;

	m.keep = xcalloc(board->n_rows + 1, 1);
	haystack_init(&m.hay, board, now_ms);
	ok = find(&m, str_from(words), row, &n, err);
	if (ok && n == 0)
		ok = err_set(err, ERR_NOT_FOUND, "no row of %s is \"%.60s\"",
			     board->def->name, words);
	else if (ok && n > 1)
		ok = ambiguous(&m, words, n, err);
	haystack_fini(&m.hay);
	free(m.keep);
	return ok;
}
