/* What the screen of a change and the steps on its way share. Private to
 * tui/change/change_*.c. Thread: ui. */
#ifndef AZ_TUI_CHANGE_CHANGE_PART_H
#define AZ_TUI_CHANGE_CHANGE_PART_H

#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/change/change_text.h"
#include "tui/widget/prose.h"

struct change_screen {
	struct screen screen;
	/* What it is the plan of, to make it anew. */
	char *action, *board, *key, *name;
	VEC(char *) inputs;
	uint64_t plan_order; /* under way; 0: none is */
	struct err err;	     /* why there is no plan */
	struct plan *plan;   /* held; NULL: none yet */
	bool needs_second;
	/* What was asked of the worker last, and what follows when it is done. */
	uint64_t order;
	enum change_ask asked;
	bool is_to_run;
	char *word;		  /* typed, for what follows */
	enum change_ask question; /* the open prompt is about it */
	char label[120];
	struct prose prose;
};

/* NULL: nobody has proposed it. */
const struct act_change *change_found(const struct change_screen *c,
				      const struct app *app);
struct change_text change_text_of(const struct change_screen *c, struct app *app);

/* change_steps.c: each asks a person, or the worker, or says why not. */
void change_ask_to_run(struct change_screen *c, struct app *app);
void change_ask_to_approve(struct change_screen *c, struct app *app);
void change_ask_to_reject(struct change_screen *c, struct app *app);
void change_propose(struct change_screen *c, struct app *app);
void change_ask_of_run(struct change_screen *c, struct app *app, enum change_ask what);
/* What the person said; what the worker said: the next step follows. */
void change_take_word(struct change_screen *c, struct app *app, struct str text);
void change_take_answer(struct change_screen *c, struct app *app,
			const struct change_news *news);

#endif
