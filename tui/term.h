/* The terminal: opened, sized, written to without ever blocking, and given back.
 * The only user of curses, for what it knows of terminals. Thread: ui. */
#ifndef AZ_TUI_TERM_H
#define AZ_TUI_TERM_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "tui/color.h"
#include "tui/surface.h"
#include "tui/theme.h"

struct terminal;

struct term_options {
	const struct theme *theme;
	bool has_mouse;
	const char *term;	/* $TERM */
	const char *color_term; /* $COLORTERM, may be NULL */
	bool is_colorless;	/* NO_COLOR */
	bool is_ascii;		/* no UTF-8 */
};

/* Enters the alternate screen. ERR_USAGE when there is no usable terminal. */
struct terminal *term_open(const struct term_options *options,
			   struct err *err) MUST_CHECK;
/* Gives the terminal back. */
void term_close(struct terminal *t);
int term_fd(const struct terminal *t);
void term_size(const struct terminal *t, int *w, int *h);

/* Queues the difference to what is shown. One frame at a time: the next when the
 * line has taken this one. What is not a frame holds none up: the first goes out
 * with what enters the screen, in one write. */
bool term_takes_frame(const struct terminal *t);
void term_draw(struct terminal *t, const struct grid *grid);
/* Tries to write what waits; false when the terminal is gone. */
bool term_drain(struct terminal *t) MUST_CHECK;
bool term_is_drained(const struct terminal *t);
/* Everything is drawn anew with the next frame. */
void term_forget(struct terminal *t);
void term_set_theme(struct terminal *t, const struct theme *theme);
void term_set_mouse(struct terminal *t, bool is_on);
/* The terminal said it takes synchronized frames. */
void term_has_sync(struct terminal *t);
/* To the clipboard by OSC 52; false when it is too long for that. */
bool term_copy(struct terminal *t, struct str text);
/* Gives the terminal back for a while, and takes it again with everything drawn
 * anew; also after others changed it under us. */
void term_leave(struct terminal *t);
void term_enter(struct terminal *t);

#endif
