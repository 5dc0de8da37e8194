/* A screen: what fills the deck between the top line and the status line. They
 * lie on a stack; the top one has the keys. Thread: ui. */
#ifndef AZ_TUI_SCREEN_H
#define AZ_TUI_SCREEN_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "board/board.h"
#include "tui/act.h"
#include "tui/command.h"
#include "tui/event.h"
#include "tui/hits.h"
#include "tui/prompt.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

struct app;
struct change_news;
struct log_client;
struct screen;

/* Names of boards on screen; borrowed from definitions or constants. */
struct want_set {
	VEC(const char *) names;
};
void want_add(struct want_set *set, const char *name);
/* All that the screen shows. */
void want_screen(struct want_set *set, struct screen *screen, struct app *app);

struct screen_ops {
	const char *name;
	enum context context;
	bool is_overlay;	  /* the screen below stays visible around it */
	const char *const *hints; /* commands for the status line, NULL ended */
	const char *filter_hint;  /* what its filter takes; NULL: it has none */
	void (*free)(struct screen *screen);
	void (*draw)(struct screen *screen, struct app *app, const struct look *look,
		     struct surface *s);
	/* Boards it shows. NULL: none. */
	void (*want)(struct screen *screen, struct app *app, struct want_set *set);
	/* False when it means nothing here. */
	bool (*act)(struct screen *screen, struct app *app, enum act act, struct str arg);
	/* A click or the wheel on something it noted while drawing. May be NULL. */
	void (*hit)(struct screen *screen, struct app *app, const struct hit *hit,
		    const struct event *event);
	/* A board on it has new rows. May be NULL. */
	void (*news)(struct screen *screen, struct app *app, const struct board *board);
	/* There is something new of a log. May be NULL. */
	void (*logs)(struct screen *screen, struct app *app,
		     const struct log_client *client);
	/* Something about plans or changes. May be NULL. */
	void (*changed)(struct screen *screen, struct app *app,
			const struct change_news *news);
	/* Esc: drops a filter or mode of its own; false: the screen closes. */
	bool (*back)(struct screen *screen, struct app *app);
	/* The row under the cursor. May be NULL. */
	bool (*selected)(struct screen *screen, struct app *app,
			 const struct board **board, const struct row **row);
	/* A letter comes that is no key here: true when it opened the prompt for it. May be
	 * NULL. */
	bool (*typed)(struct screen *screen, struct app *app);
	/* Takes what is typed and pasted: letters are no keys then. May be NULL. */
	void (*type)(struct screen *screen, struct app *app, struct str text);
	/* Keys that change what was typed. With `type`. */
	void (*edit)(struct screen *screen, struct app *app, enum prompt_edit edit);
	/* What was typed when it asked for it. May be NULL. */
	void (*answer)(struct screen *screen, struct app *app, struct str text);
	/* Right part of the status line: position, filter. */
	void (*status)(struct screen *screen, struct app *app, struct strbuf *out);
};

/* First member of every screen. */
struct screen {
	const struct screen_ops *ops;
};

#endif
