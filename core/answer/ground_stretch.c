/* Prose between references: what looks like a fact in it has to be the value of the
 * reference behind it, or to have been asked, cited or quoted. */
#include <stdio.h>

#include "answer/ground_command.h"
#include "answer/ground_match.h"
#include "answer/ground_part.h"
#include "answer/scan_word.h"
#include "board/def.h"

#define COMMAND_STRUCK "(command struck)"

/* A part of the stretch that is decided already. */
struct span {
	size_t begin, end;
};

static struct str part(const struct grounding *g, size_t begin, size_t end)
{
	return str_sub(g->block, begin, end - begin);
}

/* What the reference at its end is about: its sentence, its cell of a table. */
static size_t reach(const struct grounding *g, const struct stretch *s)
{
	size_t at = s->end;

	for (; at > s->begin; at--) {
		char c = g->block.p[at - 1];
		bool is_stop = c == '.' || c == '!' || c == '?' || c == ';';

		if (c == '\n' || c == '|' ||
		    (is_stop && at < s->end && (unsigned char)g->block.p[at] <= ' '))
			break;
	}
	return at;
}

static bool is_text(const struct field *field)
{
	return field->column &&
	       (field->column->type == CELL_TEXT || field->column->type == CELL_STATE);
}

static bool is_known(const struct ground_cited *cited)
{
	return cited && cited->field &&
	       (cited->field->state == FIELD_KNOWN || cited->field->state == FIELD_STALE);
}

/* The value, when it is a text that was written out. */
static struct span written_text(const struct grounding *g, const struct stretch *s,
				size_t from)
{
	struct span span = {0};

	if (is_known(s->cited) && is_text(s->cited->field) &&
	    words_find(part(g, from, s->end), str_from(s->cited->field->cell->text),
		       &span.begin, &span.end)) {
		span.begin += from;
		span.end += from;
	}
	return span;
}

/* Another value of the same column right before the reference: it says what is not so. */
static struct span wrong_text(const struct grounding *g, const struct stretch *s,
			      size_t from)
{
	const struct field *field = s->cited ? s->cited->field : NULL;
	struct str text = part(g, from, s->end);
	struct span best = {0};

	if (!is_known(s->cited) || !is_text(field) || !field->row)
		return best;
	for (size_t i = 0; i < field->board->n_rows; i++) {
		const struct cell *cell =
			&field->board->rows[i]
				 .cells[field->column - field->board->def->columns];
		struct span span;

		if (cell->is_null || !cell->text[0] ||
		    !words_find(text, str_from(cell->text), &span.begin, &span.end) ||
		    str_trim(str_sub(text, span.end, text.n)).n)
			continue;
		if (span.end - span.begin > best.end - best.begin)
			best = (struct span){span.begin + from, span.end + from};
	}
	return best;
}

static bool was_asked(const struct grounding *g, const struct scan *figure)
{
	const struct scan *asked;

	vec_each (asked, &g->asked) {
		if (figures_equal(asked, figure))
			return true;
	}
	return false;
}

/* With a word on either side, so that a number alone is no quotation. */
static bool is_quoted_figure(const struct grounding *g, const struct scan *figure)
{
	size_t begin = figure->begin, end = figure->end;
	int words = 0;

	if (!g->quoted.n && !g->told.n)
		return false;
	while (begin > 0 && g->block.p[begin - 1] != '\n' && words < 2) {
		begin--;
		words += g->block.p[begin] == ' ';
	}
	for (words = 0; end < g->block.n && g->block.p[end] != '\n' && words < 2; end++)
		words += g->block.p[end] == ' ' && end > figure->end;
	return end - begin > figure->end - figure->begin + 2 &&
	       (ground_is_quoted(g, part(g, begin, end)) ||
		ground_is_told(g, part(g, begin, end)));
}

/* "two weeks", of a board whose title has them. */
static bool is_of_title(const struct grounding *g, const struct scan *figure)
{
	struct prose_word next;

	return figure->kind == SCAN_WORD && g->titles.n &&
	       word_next(g->block, figure->end, &next) && next.begin == figure->end + 1 &&
	       ground_is_title(g, part(g, figure->begin, next.end));
}

/* Why it may not stand; NULL: it may. */
static const char *objection(const struct grounding *g, const struct scan *figure,
			     bool is_near_ref)
{
	struct str text = part(g, figure->begin, figure->end);

	if ((figure->kind == SCAN_NAME || figure->kind == SCAN_WORD) &&
	    ground_names_is_allowed(&g->names, text))
		return NULL;
	if (figure->kind == SCAN_NAME &&
	    !ground_names_is_name(&g->names, text, figure->is_certain))
		return NULL;
	if (was_asked(g, figure) || is_quoted_figure(g, figure) || is_of_title(g, figure))
		return NULL;
	return is_near_ref ? "it is not what its reference says" : "it has no reference";
}

/* Text that is kept: a link shows where it goes, and nothing is drawn as a citation that
 * is none, or as a character that it is not. */
static void put_kept(struct grounding *g, size_t begin, size_t end)
{
	struct strbuf *out = &g->out->prose;

	for (size_t i = begin; i < end; i++) {
		char c = g->block.p[i];
		char next = i + 1 < g->block.n ? g->block.p[i + 1] : '\0';

		if (c == '&' && (next == '#' || (next | 0x20) >= 'a'))
			strbuf_putc(out, '\\');
		strbuf_putc(out, c);
		if (c == ']' && (next == '(' || next == '[' || next == ':'))
			strbuf_putc(out, ' ');
	}
}

static void strike(struct grounding *g, size_t begin, size_t end, const char *why,
		   const char *mark)
{
	answer_strike(g->out, part(g, begin, end), why);
	strbuf_puts(&g->out->prose, mark);
}

static bool is_ref_imitation(const struct grounding *g, const struct scan *figure)
{
	return figure->begin > 0 && g->block.p[figure->begin - 1] == '[' &&
	       figure->end < g->block.n && g->block.p[figure->end] == ']';
}

/* One figure: kept, taken for the value, or struck. Returns where to go on. */
static size_t put_figure(struct grounding *g, struct stretch *s,
			 const struct scan *figure, size_t at, size_t from)
{
	bool is_near_ref = is_known(s->cited) && figure->begin >= from;
	const char *why;

	put_kept(g, at, figure->begin);
	if (is_near_ref && figure_matches(figure, s->cited->field, g->e->now_ms)) {
		s->has_value = true;
		s->value_begin = g->out->prose.n;
		put_kept(g, figure->begin, figure->end);
		return figure->end;
	}
	why = is_ref_imitation(g, figure) ? "a citation of nothing"
					  : objection(g, figure, is_near_ref);
	if (why)
		strike(g, figure->begin, figure->end, why, GROUND_UNCHECKED);
	else
		put_kept(g, figure->begin, figure->end);
	return figure->end;
}

/* A stretch without commands in it. */
static void put_prose(struct grounding *g, struct stretch *s, size_t begin, size_t end)
{
	size_t from = s->cited ? reach(g, s) : s->end, at = begin;
	struct span value = {0}, wrong = {0};
	struct scan figure;

	if (end == s->end) {
		value = written_text(g, s, from);
		if (value.end == 0)
			wrong = wrong_text(g, s, from);
	}
	while (at < end) {
		bool has_figure =
			scan_next(str_sub(g->block, 0, end), at, g->e->now_ms, &figure);
		struct span *span = value.end > at ? &value : &wrong;

		if (has_figure && figure.begin < at) {
			at = figure.begin = at;
		}
		if (span->end > at && span->begin >= at &&
		    (!has_figure || span->begin <= figure.begin)) {
			put_kept(g, at, span->begin);
			if (span == &value) {
				s->has_value = true;
				s->value_begin = g->out->prose.n;
				put_kept(g, span->begin, span->end);
			} else {
				strike(g, span->begin, span->end,
				       "it is not what its reference says",
				       GROUND_UNCHECKED);
			}
			at = span->end;
		} else if (has_figure) {
			at = put_figure(g, s, &figure, at, from);
		} else {
			put_kept(g, at, end);
			at = end;
		}
	}
}

/* The next line from `at` on that is the program's own, without the mark of a list. */
static bool saying_next(const struct grounding *g, size_t at, size_t end, size_t *from,
			size_t *to)
{
	while (g->options->is_saying && at < end) {
		struct str rest = part(g, at, end), line;
		size_t next;

		str_next(&rest, '\n', &line);
		next = rest.p ? end - rest.n : end;
		line = str_trim(line);
		if (str_starts(line, STR("- ")))
			line = str_trim(str_sub(line, 2, line.n));
		if ((at == 0 || g->block.p[at - 1] == '\n') &&
		    g->options->is_saying(line)) {
			*from = at;
			*to = next;
			return true;
		}
		at = next;
	}
	return false;
}

static void check(struct grounding *g, struct stretch *s, size_t at, size_t to)
{
	size_t begin, end;

	while (at < to && command_next(str_sub(g->block, 0, to), at, &begin, &end)) {
		put_prose(g, s, at, begin);
		if (ground_is_quoted(g, part(g, begin, end)))
			put_kept(g, begin, end);
		else
			strike(g, begin, end, "it would change something",
			       COMMAND_STRUCK);
		at = end;
	}
	put_prose(g, s, at, to);
}

void ground_stretch(struct grounding *g, struct stretch *s)
{
	size_t at = s->begin, from, to;

	if (g->options->is_ours) {
		strbuf_put(&g->out->prose, part(g, s->begin, s->end));
		return;
	}
	while (saying_next(g, at, s->end, &from, &to)) {
		check(g, s, at, from);
		put_kept(g, from, to);
		at = to;
	}
	check(g, s, at, s->end);
}
