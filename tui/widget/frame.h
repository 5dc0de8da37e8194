/* A rule with a title set into it and a note at its right end. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_FRAME_H
#define AZ_TUI_WIDGET_FRAME_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

struct rule {
	const char *title;
	const char *brief; /* in its place where the note would be cut; NULL: none */
	struct str key;	   /* before it: goes there; empty: none does */
	bool has_focus;
	const uint32_t *by_sev; /* counts after the title; NULL: none */
	struct str note;	/* at the right: an age */
	enum role note_role;
};

void rule_put(const struct look *look, struct surface *s, int y, const struct rule *rule);
/* A plain line between columns. */
void divider_put(const struct look *look, struct surface *s, int x, int y, int h);

#endif
