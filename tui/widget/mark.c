/* Severity marks. Thread: any (no state). */
#include "tui/widget/mark.h"

#include <stdio.h>

#include "base/count.h"

static const struct {
	const char *fine, *plain;
	enum role role;
} marks[] = {
	[SEV_NONE] = {" ", " ", ROLE_TEXT}, [SEV_OK] = {"●", "o", ROLE_OK},
	[SEV_INFO] = {"◆", "i", ROLE_INFO}, [SEV_UNKNOWN] = {"?", "?", ROLE_UNKNOWN},
	[SEV_WARN] = {"▲", "!", ROLE_WARN}, [SEV_CRIT] = {"✗", "X", ROLE_CRIT},
};

const char *mark_text(const struct look *look, enum severity sev)
{
	return look_pick(look, marks[sev].fine, marks[sev].plain);
}

enum role mark_role(enum severity sev)
{
	return marks[sev].role;
}

enum role mark_value_role(enum severity sev, enum role calm)
{
	return sev >= SEV_UNKNOWN ? marks[sev].role : calm;
}

void mark_put(const struct look *look, struct surface *s, int x, int y, enum severity sev)
{
	if (sev != SEV_NONE)
		surface_puts(s, x, y, marks[sev].role, mark_text(look, sev));
}

static const enum severity shown[] = {SEV_CRIT, SEV_WARN, SEV_UNKNOWN, SEV_INFO, SEV_OK};

void mark_cursor(const struct look *look, struct surface *s, int y, int x, int w)
{
	enum { MOST_CELLS = 20 };

	surface_puts(s, 0, y, ROLE_KEY, look_pick(look, "▌", ">"));
	surface_overlay(s, x, y, w < MOST_CELLS ? w : MOST_CELLS, 1, ROLE_SELECTED);
}

int mark_counts(const struct look *look, struct surface *s, int x, int y,
		const uint32_t by_sev[SEV_CRIT + 1])
{
	int at = x;

	for (size_t i = 0; i < COUNT(shown); i++) {
		enum severity sev = shown[i];

		if (by_sev[sev] == 0)
			continue;
		if (at > x)
			at += surface_puts(s, at, y, ROLE_TEXT, " ");
		mark_put(look, s, at, y, sev);
		at++;
		at += surface_printf(s, at, y, mark_value_role(sev, ROLE_DIM), "%u",
				     by_sev[sev]);
	}
	return at - x;
}

int mark_counts_width(const uint32_t by_sev[SEV_CRIT + 1])
{
	int w = 0;

	for (size_t i = 0; i < COUNT(shown); i++) {
		if (by_sev[shown[i]] > 0)
			w += (w > 0) + 1 + snprintf(NULL, 0, "%u", by_sev[shown[i]]);
	}
	return w;
}
