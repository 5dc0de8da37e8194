/* What the pages of the first run look like: a title, text that wraps, choices under a
 * cursor. Thread: ui. */
#ifndef AZ_TUI_FIRST_PAGE_H
#define AZ_TUI_FIRST_PAGE_H

#include "tui/surface.h"
#include "tui/widget/look.h"

/* Fills the page and puts its title; the note stands at the right. */
void first_page_begin(const struct look *look, struct surface *s, const char *title,
		      const char *note);
/* Clean text in words, from x in w cells; the lines it took. */
int first_page_put(struct surface *s, int x, int y, int w, enum role role,
		   const char *text);
/* One of several choices; a click hits row `index`. The lines it took. */
struct first_page_choice {
	const char *name, *text;
	int index;
	bool is_selected;
	bool is_terse; /* in one line, cut: there is no room for more */
};
int first_page_put_choice(const struct look *look, struct surface *s, int y, int name_w,
			  const struct first_page_choice *choice);
/* A page stays readable on a wide screen. */
int first_page_width(const struct surface *s);

#endif
