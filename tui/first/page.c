/* See page.h. */
#include "tui/first/page.h"

#include "base/utf8.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"

enum { MOST_CELLS = 100, LEFT = 3 };

int first_page_width(const struct surface *s)
{
	int w = surface_w(s) - LEFT - 1;

	return w < MOST_CELLS ? w : MOST_CELLS;
}

void first_page_begin(const struct look *look, struct surface *s, const char *title,
		      const char *note)
{
	surface_fill(s, 0, 0, surface_w(s), surface_h(s), ROLE_TEXT);
	rule_put(look, s, 0,
		 &(struct rule){.title = title,
				.has_focus = true,
				.note = str_from(note),
				.note_role = ROLE_DIM});
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
}

/* What of the text goes on a line: whole words, unless one alone is too long. */
static struct str line_of(struct str text, int w)
{
	int used;
	struct str line = utf8_prefix(text, w, &used);
	size_t n = line.n;

	if (line.n == text.n)
		return line;
	while (n > 0 && text.p[n] != ' ')
		n--;
	return n > 0 ? str_sub(line, 0, n) : line;
}

int first_page_put(struct surface *s, int x, int y, int w, enum role role,
		   const char *text)
{
	struct str rest = str_from(text);
	int lines = 0;

	while (rest.n > 0 && w > 0) {
		struct str line = line_of(rest, w);

		if (!line.n)
			break;
		surface_put(s, x, y + lines++, role, line);
		rest = str_sub(rest, line.n, rest.n);
		while (rest.n && rest.p[0] == ' ')
			rest = str_sub(rest, 1, rest.n);
	}
	return lines;
}

int first_page_put_choice(const struct look *look, struct surface *s, int y, int name_w,
			  const struct first_page_choice *choice)
{
	bool is_narrow = surface_w(s) < name_w + 36 && !choice->is_terse;
	int w = first_page_width(s), lines = 1, x = LEFT + name_w + 2;

	surface_put_fit(s, LEFT, y, is_narrow ? w : name_w, ROLE_STRONG,
			str_from(choice->name), false);
	if (choice->is_terse)
		surface_put_fit(s, x, y, w - name_w - 2, ROLE_TEXT,
				str_from(choice->text), false);
	else if (is_narrow)
		lines +=
			first_page_put(s, LEFT + 2, y + 1, w - 2, ROLE_DIM, choice->text);
	else
		lines = first_page_put(s, x, y, w - name_w - 2, ROLE_TEXT, choice->text);
	lines = lines > 0 ? lines : 1;
	if (choice->is_selected)
		mark_cursor(look, s, y, LEFT, name_w);
	hits_add(look->hits, s, (struct rect){0, y, surface_w(s), lines},
		 (struct hit){.kind = HIT_ROW, .index = choice->index});
	return lines;
}
