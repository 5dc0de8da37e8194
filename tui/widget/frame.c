/* Rules and dividers. The focused rule is heavy, so that focus shows without
 * colour. Thread: any (no state). */
#include "tui/widget/frame.h"

#include "base/utf8.h"
#include "tui/widget/mark.h"

static const char *title_of(const struct rule *rule, int w)
{
	int counts_w = rule->by_sev ? mark_counts_width(rule->by_sev) : 0;
	int all = 2 + utf8_width(str_from(rule->title)) + 1 + utf8_width(rule->note) + 4;

	if (rule->key.n > 0)
		all += utf8_width(rule->key) + 1;
	if (counts_w > 0)
		all += counts_w + 3;
	return rule->brief && all > w ? rule->brief : rule->title;
}

void rule_put(const struct look *look, struct surface *s, int y, const struct rule *rule)
{
	uint32_t line = look->is_ascii ? (rule->has_focus ? '=' : '-')
				       : (rule->has_focus ? 0x2501 : 0x2500);
	enum role border = rule->has_focus ? ROLE_BORDER_FOCUS : ROLE_BORDER;
	int w = surface_w(s), note_w = utf8_width(rule->note), x = 1;

	for (int i = 0; i < w; i++)
		surface_glyph(s, i, y, border, line);
	surface_puts(s, x, y, border, " ");
	x++;
	if (rule->key.n > 0)
		x += surface_put(s, x, y, ROLE_KEY, rule->key) + 1;
	if (rule->key.n > 0)
		surface_puts(s, x - 1, y, border, " ");
	x += surface_puts(s, x, y, rule->has_focus ? ROLE_TITLE_FOCUS : ROLE_TITLE,
			  title_of(rule, w));
	surface_puts(s, x++, y, border, " ");
	if (rule->by_sev) {
		int counts_w = mark_counts_width(rule->by_sev);

		if (counts_w > 0 && x + counts_w + 2 < w) {
			surface_glyph(s, x++, y, border, line);
			surface_puts(s, x++, y, border, " ");
			x += mark_counts(look, s, x, y, rule->by_sev);
			surface_puts(s, x++, y, border, " ");
		}
	}
	if (note_w > 0 && x + 4 < w) {
		int room = w - x - 4, at;

		if (note_w > room)
			note_w = room;
		at = w - note_w - 2;
		surface_puts(s, at - 1, y, border, " ");
		surface_put_fit(s, at, y, note_w, rule->note_role, rule->note, false);
		surface_puts(s, at + note_w, y, border, " ");
	}
}

void divider_put(const struct look *look, struct surface *s, int x, int y, int h)
{
	for (int i = 0; i < h; i++)
		surface_glyph(s, x, y + i, ROLE_BORDER, look->is_ascii ? '|' : 0x2502);
}
