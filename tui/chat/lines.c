/* See lines.h. */
#include "tui/chat/lines.h"

#include "base/utf8.h"
#include "tui/widget/wrap.h"

void rich_init(struct rich *r)
{
	*r = (struct rich){.bytes = {0}};
	strbuf_init(&r->text, RICH_MOST);
}

void rich_fini(struct rich *r)
{
	strbuf_fini(&r->text);
	vec_fini(&r->bytes);
}

void rich_reset(struct rich *r)
{
	strbuf_reset(&r->text);
	r->bytes.n = 0;
}

void rich_put_mark(struct rich *r, enum role role, uint16_t mark, struct str text)
{
	size_t had = r->text.n;

	strbuf_put(&r->text, text);
	vec_reserve(&r->bytes, r->text.n);
	for (; had < r->text.n; had++)
		r->bytes.p[r->bytes.n++] =
			(struct rich_byte){.role = (uint8_t)role, .mark = mark};
}

void rich_put(struct rich *r, enum role role, struct str text)
{
	rich_put_mark(r, role, 0, text);
}

void rich_puts(struct rich *r, enum role role, const char *text)
{
	rich_put_mark(r, role, 0, str_from(text));
}

void rich_cut(struct rich *r, size_t n)
{
	strbuf_cut(&r->text, n);
	r->bytes.n = n;
}

void chat_lines_reset(struct chat_lines *l, int w)
{
	l->text.n = l->spans.n = l->lines.n = 0;
	l->block = 0;
	l->w = w;
}

void chat_lines_fini(struct chat_lines *l)
{
	vec_fini(&l->text);
	vec_fini(&l->spans);
	vec_fini(&l->lines);
}

struct chat_place chat_lines_here(const struct chat_lines *l)
{
	return (struct chat_place){.text = l->text.n,
				   .spans = l->spans.n,
				   .lines = l->lines.n,
				   .block = l->block};
}

void chat_lines_cut(struct chat_lines *l, const struct chat_place *place)
{
	l->text.n = place->text;
	l->spans.n = place->spans;
	l->lines.n = place->lines;
	l->block = place->block;
}

void chat_lines_begin(struct chat_lines *l, enum chat_line_kind kind, enum chat_join join)
{
	vec_push(&l->lines, ((struct chat_line){.from = (uint32_t)l->text.n,
						.span = (uint32_t)l->spans.n,
						.block = l->block,
						.kind = (uint8_t)kind,
						.join = (uint8_t)join}));
}

static struct chat_line *last(struct chat_lines *l)
{
	return &l->lines.p[l->lines.n - 1];
}

void chat_lines_put(struct chat_lines *l, enum role role, uint16_t mark, struct str text)
{
	struct chat_line *line = last(l);
	struct chat_span *before = line->n_spans > 0 ? &l->spans.p[l->spans.n - 1] : NULL;

	if (text.n == 0 || line->n_spans == UINT16_MAX)
		return;
	if (before && before->role == (uint8_t)role && before->mark == mark) {
		before->n += (uint32_t)text.n;
	} else {
		vec_push(&l->spans, ((struct chat_span){.from = (uint32_t)l->text.n,
							.n = (uint32_t)text.n,
							.role = (uint8_t)role,
							.mark = mark}));
		line->n_spans++;
	}
	vec_reserve(&l->text, l->text.n + text.n);
	memcpy(l->text.p + l->text.n, text.p, text.n);
	l->text.n += text.n;
	line->n += (uint32_t)text.n;
}

static bool is_same(struct rich_byte a, struct rich_byte b)
{
	return a.role == b.role && a.mark == b.mark;
}

void chat_lines_put_rich(struct chat_lines *l, const struct rich *r, size_t from,
			 size_t n)
{
	size_t end = from + n;

	while (from < end) {
		const struct rich_byte *look = &r->bytes.p[from];
		size_t to = from + 1;

		while (to < end && is_same(r->bytes.p[to], *look))
			to++;
		chat_lines_put(l, (enum role)look->role, look->mark,
			       (struct str){r->text.p + from, to - from});
		from = to;
	}
}

void chat_lines_end_lead(struct chat_lines *l)
{
	uint32_t n = last(l)->n;

	last(l)->lead = (uint16_t)(n < UINT16_MAX ? n : UINT16_MAX);
}

void chat_lines_blank(struct chat_lines *l)
{
	if (l->lines.n > 0 && last(l)->kind != CHAT_LINE_BLANK)
		chat_lines_begin(l, CHAT_LINE_BLANK, JOIN_NEWLINE);
}

/* As much as fits; a word that no line could hold does not leave one half empty. */
static struct str take_line(struct str *rest, int w, bool is_code)
{
	struct str whole = *rest, line;
	int used;

	if (!is_code) {
		line = wrap_next(rest, w);
		if (rest->n == 0 || utf8_width(line) * 2 >= w)
			return line;
	}
	line = utf8_prefix(whole, w, &used);
	if (line.n == 0)
		line = whole; /* narrower than what is in it */
	*rest = str_sub(whole, line.n, whole.n);
	return line;
}

struct flow {
	struct chat_lines *l;
	enum chat_line_kind kind;
	const struct chat_lead *lead;
	const struct rich *r;
	bool is_begun;
};

/* One line of the text. */
static void flow_line(struct flow *f, struct str text)
{
	struct chat_lines *l = f->l;
	bool is_code = f->kind == CHAT_LINE_CODE;
	enum chat_join join = JOIN_NEWLINE;

	do {
		struct str lead = f->is_begun ? f->lead->rest : f->lead->first, part;
		int w = l->w - utf8_width(lead);

		part = take_line(&text, w > 8 ? w : 8, is_code);
		chat_lines_begin(l, f->kind, join);
		chat_lines_put(l, f->lead->role, 0, lead);
		chat_lines_end_lead(l);
		chat_lines_put_rich(l, f->r, (size_t)(part.p - f->r->text.p), part.n);
		f->is_begun = true;
		join = is_code ? JOIN_NOTHING : JOIN_BLANK;
	} while (text.n > 0);
}

void chat_lines_flow(struct chat_lines *l, enum chat_line_kind kind,
		     const struct chat_lead *lead, const struct rich *r)
{
	struct flow f = {.l = l, .kind = kind, .lead = lead, .r = r};
	struct str rest = strbuf_str(&r->text), line;

	while (str_next(&rest, '\n', &line))
		flow_line(&f, line);
}

struct str chat_lines_text(const struct chat_lines *l, size_t i)
{
	const struct chat_line *line = &l->lines.p[i];

	return (struct str){l->text.p + line->from, line->n};
}

void chat_lines_draw(const struct chat_lines *l, size_t i, struct surface *s, int x,
		     int y)
{
	const struct chat_line *line = &l->lines.p[i];

	for (uint16_t k = 0; k < line->n_spans; k++) {
		const struct chat_span *span = &l->spans.p[line->span + k];

		x += surface_put(s, x, y, (enum role)span->role,
				 (struct str){l->text.p + span->from, span->n});
	}
}

void chat_lines_copy(const struct chat_lines *l, size_t from, size_t to,
		     struct strbuf *out)
{
	for (size_t i = from; i < to; i++) {
		const struct chat_line *line = &l->lines.p[i];
		struct str text = chat_lines_text(l, i);

		if (i > from && line->join == JOIN_NEWLINE)
			strbuf_putc(out, '\n');
		else if (i > from && line->join == JOIN_BLANK && out->n > 0 &&
			 out->p[out->n - 1] != ' ')
			strbuf_putc(out, ' ');
		/* A bullet is part of what an item says; bars and indents are not. */
		if (line->kind == CHAT_LINE_ITEM && line->join == JOIN_NEWLINE)
			strbuf_put(out, text);
		else
			strbuf_put(out, str_sub(text, line->lead, text.n));
	}
}
