/* See prose.h. */
#include "tui/widget/prose.h"

#include <string.h>

#include "base/utf8.h"
#include "tui/widget/wrap.h"

enum { LONGEST_LINE = 16384 };

void prose_init(struct prose *p)
{
	*p = (struct prose){.w = 0};
	arena_init(&p->arena);
}

void prose_fini(struct prose *p)
{
	vec_fini(&p->lines);
	arena_fini(&p->arena);
}

void prose_reset(struct prose *p, int w)
{
	p->lines.n = 0;
	arena_reset(&p->arena);
	p->w = w;
}

/* As much as fits; a word that no line could hold does not leave one half empty. */
static struct str take_line(struct str *rest, int w)
{
	struct str whole = *rest, line = wrap_next(rest, w);
	int used;

	if (rest->n == 0 || utf8_width(line) * 2 >= w)
		return line;
	line = utf8_prefix(whole, w, &used);
	*rest = str_sub(whole, line.n, whole.n);
	return line;
}

/* The text and its roles, cut into lines. */
static void add(struct prose *p, struct prose_indent indent, struct str text,
		const uint8_t *roles)
{
	struct str rest = text;
	int x = indent.x;

	do {
		int w = p->w - x - 1;
		struct str line = take_line(&rest, w > 8 ? w : 8);

		vec_push(&p->lines,
			 ((struct prose_line){.text = arena_strdup(&p->arena, line),
					      .roles = roles ? roles + (line.p - text.p)
							     : NULL,
					      .x = x}));
		x = indent.x + indent.hang;
	} while (rest.n > 0);
}

static uint8_t *new_roles(struct prose *p, enum role role, size_t n)
{
	uint8_t *roles = arena_alloc(&p->arena, n + 1);

	memset(roles, (int)role, n + 1);
	return roles;
}

void prose_add(struct prose *p, struct prose_indent indent, enum role role,
	       struct str text)
{
	add(p, indent, text, new_roles(p, role, text.n));
}

void prose_pair(struct prose *p, int label_w, const char *label, enum role role,
		struct str text)
{
	size_t label_n = strlen(label);
	struct strbuf line;
	uint8_t *roles;

	strbuf_init(&line, LONGEST_LINE);
	strbuf_puts(&line, label);
	strbuf_pad(&line, ' ', label_n < (size_t)label_w ? (size_t)label_w - label_n : 1);
	label_n = line.n;
	strbuf_put(&line, text);
	roles = new_roles(p, role, line.n);
	memset(roles, ROLE_DIM, label_n);
	add(p, (struct prose_indent){.x = 1, .hang = label_w}, strbuf_str(&line), roles);
	strbuf_fini(&line);
}

/* What stands between the marks, in the role of its marks. */
static void unmark(struct strbuf *out, uint8_t *roles, struct str line, enum role plain)
{
	bool is_strong = false, is_code = false;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '\\' && i + 1 < line.n) {
			c = line.p[++i];
		} else if (c == '`') {
			is_code = !is_code;
			continue;
		} else if (c == '*' && i + 1 < line.n && line.p[i + 1] == '*') {
			is_strong = !is_strong;
			i++;
			continue;
		}
		roles[out->n] = (uint8_t)(is_code     ? ROLE_TEXT
					  : is_strong ? ROLE_STRONG
						      : plain);
		strbuf_putc(out, c);
	}
}

void prose_add_markdown(struct prose *p, struct str line)
{
	struct prose_indent indent = {.x = 1};
	enum role role = ROLE_TEXT;
	struct strbuf text;
	uint8_t *roles;

	if (str_starts(line, STR("#"))) {
		role = ROLE_TITLE;
		while (line.n && (line.p[0] == '#' || line.p[0] == ' '))
			line = str_sub(line, 1, line.n);
	} else if (str_starts(line, STR("- "))) {
		indent.hang = 2;
	} else {
		role = ROLE_DIM;
	}
	strbuf_init(&text, LONGEST_LINE);
	roles = new_roles(p, role, line.n);
	unmark(&text, roles, line, role);
	add(p, indent, strbuf_str(&text), roles);
	strbuf_fini(&text);
}

static void draw_line(const struct prose_line *line, struct surface *s, int y)
{
	struct str text = str_from(line->text);
	size_t from = 0;
	int x = line->x;

	while (from < text.n) {
		size_t to = from + 1;

		while (to < text.n && line->roles[to] == line->roles[from])
			to++;
		x += surface_put(s, x, y, (enum role)line->roles[from],
				 str_sub(text, from, to - from));
		from = to;
	}
}

void prose_draw(struct prose *p, struct surface *s)
{
	size_t top;

	roll_fit(&p->roll, p->lines.n, surface_h(s));
	top = (size_t)p->roll.top;
	for (int y = 0; y < surface_h(s) && top + (size_t)y < p->lines.n; y++)
		draw_line(&p->lines.p[top + (size_t)y], s, y);
}
