/* Figures in a line. Thread: any (no state). */
#include "tui/widget/figures.h"

#include "base/utf8.h"
#include "tui/widget/mark.h"

int figures_put(const struct look *look, struct surface *s, int x, int y,
		const struct figure *figures, size_t n)
{
	int at = x;

	for (size_t i = 0; i < n; i++) {
		const struct figure *f = &figures[i];
		bool is_marked = f->sev >= SEV_WARN;
		int w = utf8_width(str_from(f->value)) + 1 +
			utf8_width(str_from(f->label)) + (is_marked ? 2 : 0);

		if (at > x)
			w += 2;
		if (at + w > surface_w(s))
			break;
		if (at > x)
			at += 2;
		if (is_marked) {
			mark_put(look, s, at, y, f->sev);
			at += 2;
		}
		at += surface_puts(s, at, y, mark_value_role(f->sev, ROLE_STRONG),
				   f->value);
		at++;
		at += surface_puts(s, at, y, ROLE_DIM, f->label);
	}
	return at - x;
}
