/* See wrap.h. */
#include "tui/widget/wrap.h"

#include "base/utf8.h"

struct str wrap_next(struct str *rest, int w)
{
	int used;
	struct str part = utf8_prefix(*rest, w, &used);
	size_t cut = part.n, skip;

	if (part.n < rest->n) {
		while (cut > 0 && part.p[cut - 1] != ' ' && rest->p[cut] != ' ')
			cut--;
		if (cut == 0)
			cut = part.n;
	}
	if (cut == 0)
		cut = rest->n;
	part = str_sub(*rest, 0, cut);
	skip = cut;
	while (skip < rest->n && rest->p[skip] == ' ')
		skip++;
	*rest = str_sub(*rest, skip, rest->n - skip);
	return part;
}

int wrap_count(struct str text, int w)
{
	int n = 0;

	do {
		wrap_next(&text, w);
		n++;
	} while (text.n > 0);
	return n;
}

void wrap_draw(struct surface *s, int x, int y, int w, int h, enum role role,
	       struct str text)
{
	for (int i = 0; i < h && (i == 0 || text.n > 0); i++) {
		bool is_last = i + 1 == h;
		struct str line = is_last ? text : wrap_next(&text, w);

		surface_put_fit(s, x, y + i, w, role, str_trim(line), false);
	}
}
