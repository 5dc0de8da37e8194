/* Screens about changing something: what can be done to a row, what it asks of a person,
 * the plan with its approval and its run, and the list of all that is open. None of them
 * runs anything by one key: a run begins with the target's name, typed. Thread: ui. */
#ifndef AZ_TUI_CHANGE_CHANGE_H
#define AZ_TUI_CHANGE_CHANGE_H

#include "act/action.h"
#include "act/plan.h"
#include "base/err.h"
#include "tui/screen.h"
#include "worker/change/changes.h"

/* What the worker says: to an order, or that the list is another one. */
struct change_news {
	uint64_t id; /* of the order; 0: the list is new */
	/* Of an order for a plan, held by the news; NULL: err, or it was another order. */
	const struct plan *plan;
	bool needs_second;
	struct err err;
};

/* What is likely meant: the action that a row's schedule asks for. */
struct change_hint {
	const char *action; /* NULL: nothing is */
	const char *input;  /* NULL: it is given nothing */
	char value[40];
};

/* What can be done to the row: its board is held, the hint copied. */
struct screen *offers_screen_new(struct app *app, struct board *board,
				 const struct row *row, const struct change_hint *hint);
/* What the action asks; likewise. */
struct screen *form_screen_new(struct app *app, const struct action *action,
			       struct board *board, const struct row *row,
			       const struct change_hint *hint);

struct change_wish {
	const char *action, *board, *key, *name; /* of the row, and what it is called */
	const char *const *inputs;		 /* "NAME=VALUE" */
	size_t n_inputs;
};
/* Asks for a plan, and goes on with it. */
struct screen *change_screen_new(struct app *app, const struct change_wish *wish);
/* One that is in the list. */
struct screen *change_screen_of(struct app *app, const struct act_change *change);
/* Time passes on it: a run that goes on, a plan that is about to expire. */
bool change_is_counting(const struct app *app);

struct screen *proposals_screen_new(void);

/* "2 wait, 1 runs": what the status line says; nothing when there is none. */
void change_put_badge(const struct changes *changes, struct strbuf *out);

#endif
