/* The way of a plan to its run: what a person is asked and types, and what the worker is
 * asked next. What is typed is held against the plan that is on screen: a plan that expired
 * meanwhile, was pasted, or is not what its name says goes nowhere. Thread: ui. */
#include <stdio.h>
#include <stdlib.h>

#include "act/approve.h"
#include "base/xalloc.h"
#include "tui/change/change_part.h"

static void ask(struct change_screen *c, struct app *app, enum change_ask what,
		const char *word)
{
	c->asked = what;
	c->order = app->host.change(app->host.ctx, what, c->plan->id, word);
}

/* The next thing on the way to the run, or to the approval. */
static void go_on(struct change_screen *c, struct app *app)
{
	const struct act_change *change = change_found(c, app);

	if (!change)
		ask(c, app, ASK_PROPOSE, "");
	else if (change->state == CHANGE_PROPOSED)
		ask(c, app, ASK_APPROVE, c->word);
	else if (c->is_to_run)
		ask(c, app, ASK_RUN, "");
}

static void set_word(struct change_screen *c, struct str text)
{
	free(c->word);
	c->word = xstrndup(text.p, text.n);
}

static void open_prompt(struct change_screen *c, struct app *app,
			enum change_ask question, const char *hint)
{
	c->question = question;
	prompt_open(&app->prompt, PROMPT_ANSWER, STR(""));
	app->prompt.label = c->label;
	app->prompt.hint = hint;
}

/* False, said: nothing more can be done with the plan. */
static bool can_go_on(struct change_screen *c, struct app *app)
{
	struct change_text t = change_text_of(c, app);

	if (!c->plan)
		app_toast(app, true, "there is no plan yet");
	else if (change_has_expired(&t))
		app_toast(app, true, "the plan has expired: make it anew");
	else if (t.change && t.change->state >= CHANGE_RUNNING)
		app_toast(app, true, "it is past that: %s",
			  change_state_name(t.change->state));
	else
		return true;
	return false;
}

static bool waits_for_second(struct change_screen *c, struct app *app)
{
	struct change_text t = change_text_of(c, app);

	return t.needs_second && (!t.change || t.change->state == CHANGE_PROPOSED);
}

void change_ask_to_run(struct change_screen *c, struct app *app)
{
	if (!can_go_on(c, app))
		return;
	if (waits_for_second(c, app)) {
		app_toast(app, true, "a second person approves it first");
		return;
	}
	snprintf(c->label, sizeof(c->label), "type %.90s to RUN it", c->plan->target);
	open_prompt(c, app, ASK_RUN, "its name, letter by letter");
}

void change_ask_to_approve(struct change_screen *c, struct app *app)
{
	if (!can_go_on(c, app))
		return;
	if (waits_for_second(c, app))
		snprintf(c->label, sizeof(c->label), "the second person's code");
	else
		snprintf(c->label, sizeof(c->label), "type %.90s to approve it",
			 c->plan->target);
	open_prompt(c, app, ASK_APPROVE,
		    APPROVAL_PREFIX "..., as azdeck act approve prints it");
}

void change_propose(struct change_screen *c, struct app *app)
{
	if (!can_go_on(c, app))
		return;
	c->is_to_run = false;
	set_word(c, STR(""));
	if (change_found(c, app))
		app_toast(app, false, "it is proposed already");
	else
		ask(c, app, ASK_PROPOSE, "");
}

void change_ask_to_reject(struct change_screen *c, struct app *app)
{
	if (!can_go_on(c, app))
		return;
	snprintf(c->label, sizeof(c->label), "reject it, because");
	open_prompt(c, app, ASK_REJECT, "why, for who asked for it; enter rejects it");
}

void change_ask_of_run(struct change_screen *c, struct app *app, enum change_ask what)
{
	if (!change_found(c, app))
		app_toast(app, true, "nobody has proposed it");
	else
		ask(c, app, what, "");
}

/* A name that confirms was typed, letter by letter. False, said. */
static bool is_confirmed(struct change_screen *c, struct app *app, struct str text)
{
	if (!app->prompt.is_typed)
		app_toast(app, true,
			  "type it: what was pasted or recalled does not count");
	else if (!str_eq(text, str_from(c->plan->target)))
		app_toast(app, true, "that is not %.80s: nothing was done",
			  c->plan->target);
	else
		return true;
	return false;
}

void change_take_word(struct change_screen *c, struct app *app, struct str text)
{
	bool is_code = approval_looks_like(text);

	if (!can_go_on(c, app))
		return;
	if (c->question == ASK_REJECT) {
		set_word(c, text);
		if (change_found(c, app))
			ask(c, app, ASK_REJECT, c->word);
		else
			app_pop(app);
		return;
	}
	if (text.n == 0 || (c->question == ASK_RUN && waits_for_second(c, app)))
		return;
	if (c->question == ASK_APPROVE && waits_for_second(c, app) && !is_code) {
		app_toast(app, true, "that is no code: it begins with " APPROVAL_PREFIX);
		return;
	}
	if (!(c->question == ASK_APPROVE && is_code) && !is_confirmed(c, app, text))
		return;
	set_word(c, text);
	c->is_to_run = c->question == ASK_RUN;
	go_on(c, app);
}

/* What was asked for is done: what follows? */
void change_take_answer(struct change_screen *c, struct app *app,
			const struct change_news *news)
{
	static const char *const done[] = {
		[ASK_PROPOSE] = "proposed: it waits for its approval",
		[ASK_APPROVE] = "approved: it may be run",
		[ASK_RUN] = "it runs",
		[ASK_STOP] = "it stops after the step that is under way",
		[ASK_REJECT] = "rejected",
		[ASK_FORGET] = "forgotten",
	};

	c->order = 0;
	if (news->err.code != ERR_NONE) {
		c->is_to_run = false;
		set_word(c, STR(""));
		app_toast(app, true, "%s", news->err.text);
		return;
	}
	if (c->asked == ASK_PROPOSE && c->word[0]) {
		ask(c, app, ASK_APPROVE, c->word);
	} else if (c->asked == ASK_APPROVE && c->is_to_run) {
		ask(c, app, ASK_RUN, "");
	} else {
		c->is_to_run = false;
		set_word(c, STR(""));
		app_toast(app, false, "%s", done[c->asked]);
	}
}
