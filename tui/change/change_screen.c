/* One change, from the plan that was asked for to how it ended. What is typed is held
 * against the plan that is on screen: a plan that expired meanwhile, was pasted, or is not
 * what its name says goes nowhere. Thread: ui. */
#include <stdlib.h>

#include "act/approve.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/change/change_text.h"
#include "tui/widget/frame.h"
#include "tui/widget/prose.h"

enum { MOST_PLAN_BYTES = 1 << 20 };

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

static struct change_screen *self(struct screen *screen)
{
	return (struct change_screen *)screen;
}

static void screen_free(struct screen *screen)
{
	struct change_screen *c = self(screen);
	char **input;

	vec_each (input, &c->inputs)
		free(*input);
	vec_fini(&c->inputs);
	plan_free(c->plan);
	prose_fini(&c->prose);
	free(c->action);
	free(c->board);
	free(c->key);
	free(c->name);
	free(c->word);
	free(c);
}

static void screen_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)app;
	want_add(set, self(screen)->board);
}

static const struct act_change *find_change(const struct change_screen *c,
					    const struct app *app)
{
	return c->plan && app->changes ? changes_find(app->changes, str_from(c->plan->id))
				       : NULL;
}

static struct change_text text_of(const struct change_screen *c, struct app *app)
{
	const struct act_change *change = find_change(c, app);

	return (struct change_text){
		.plan = c->plan,
		.change = change,
		.action = actions_find(app_actions(app), str_from(c->action)),
		.needs_second = change ? change->needs_second : c->needs_second,
		.now_ms = clock_wall_ms(app->options.clock),
	};
}

static void lay_out(struct change_screen *c, struct app *app, const struct look *look,
		    int w)
{
	struct change_text t = text_of(c, app);
	const struct prose_indent plain = {.x = 1};

	prose_reset(&c->prose, w);
	if (c->plan) {
		change_put_state(&c->prose, look, &t);
		change_put_plan(&c->prose, look, &t);
	} else if (c->err.code != ERR_NONE) {
		prose_add(&c->prose, plain, ROLE_CRIT, STR("There is no plan."));
		prose_add(&c->prose, plain, ROLE_TEXT, str_from(c->err.text));
	} else {
		prose_add(&c->prose, plain, ROLE_DIM,
			  STR("The live state is read; nothing is changed."));
	}
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct change_screen *c = self(screen);
	struct surface body = surface_sub(s, 0, 1, surface_w(s), surface_h(s) - 1);
	const struct action *action = actions_find(app_actions(app), str_from(c->action));
	char title[200];

	lay_out(c, app, look, surface_w(s));
	snprintf(title, sizeof(title), "%.80s: %.100s",
		 c->plan  ? c->plan->title
		 : action ? action->title
			  : c->action,
		 c->plan ? c->plan->target : c->name);
	rule_put(look, s, 0,
		 &(struct rule){.title = title,
				.has_focus = true,
				.note = str_from(c->plan ? c->plan->connection : ""),
				.note_role = ROLE_DIM});
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	prose_draw(&c->prose, &body);
}

static void plan_anew(struct change_screen *c, struct app *app)
{
	plan_free(c->plan);
	c->plan = NULL;
	c->order = 0;
	err_clear(&c->err);
	c->plan_order = app->host.plan(app->host.ctx, c->action, c->key,
				       (const char *const *)c->inputs.p, c->inputs.n);
	if (!c->plan_order)
		err_set(&c->err, ERR_REFUSED, "nothing can be planned here yet");
}

static void ask(struct change_screen *c, struct app *app, enum change_ask what,
		const char *word)
{
	c->asked = what;
	c->order = app->host.change(app->host.ctx, what, c->plan->id, word);
}

/* The next thing on the way to the run, or to the approval. */
static void go_on(struct change_screen *c, struct app *app)
{
	const struct act_change *change = find_change(c, app);

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
	struct change_text t = text_of(c, app);

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
	struct change_text t = text_of(c, app);

	return t.needs_second && (!t.change || t.change->state == CHANGE_PROPOSED);
}

static void ask_to_run(struct change_screen *c, struct app *app)
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

static void ask_to_approve(struct change_screen *c, struct app *app)
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

static void propose(struct change_screen *c, struct app *app)
{
	if (!can_go_on(c, app))
		return;
	c->is_to_run = false;
	set_word(c, STR(""));
	if (find_change(c, app))
		app_toast(app, false, "it is proposed already");
	else
		ask(c, app, ASK_PROPOSE, "");
}

static void ask_to_reject(struct change_screen *c, struct app *app)
{
	if (!can_go_on(c, app))
		return;
	snprintf(c->label, sizeof(c->label), "reject it, because");
	open_prompt(c, app, ASK_REJECT, "why, for who asked for it; enter rejects it");
}

static void ask_of_run(struct change_screen *c, struct app *app, enum change_ask what)
{
	if (!find_change(c, app))
		app_toast(app, true, "nobody has proposed it");
	else
		ask(c, app, what, "");
}

static void copy(struct change_screen *c, struct app *app, bool is_id)
{
	struct strbuf text;

	if (!c->plan)
		return;
	strbuf_init(&text, MOST_PLAN_BYTES);
	if (is_id)
		strbuf_puts(&text, c->plan->id);
	else
		plan_print(c->plan, &text);
	app_copy(app, strbuf_str(&text), is_id ? "plan's id" : "plan");
	strbuf_fini(&text);
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct change_screen *c = self(screen);

	(void)arg;
	if (roll_act(&c->prose.roll, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_RUN:
		ask_to_run(c, app);
		return true;
	case ACT_APPROVE:
		ask_to_approve(c, app);
		return true;
	case ACT_PROPOSE:
		propose(c, app);
		return true;
	case ACT_REJECT:
		ask_to_reject(c, app);
		return true;
	case ACT_STOP:
		ask_of_run(c, app, ASK_STOP);
		return true;
	case ACT_FORGET:
		ask_of_run(c, app, ASK_FORGET);
		return true;
	case ACT_PLAN_AGAIN:
		plan_anew(c, app);
		return true;
	case ACT_COPY_CELL:
	case ACT_COPY_ROW:
		copy(c, app, act == ACT_COPY_CELL);
		return true;
	default:
		return false;
	}
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

static void screen_answer(struct screen *screen, struct app *app, struct str text)
{
	struct change_screen *c = self(screen);
	bool is_code = approval_looks_like(text);

	if (!can_go_on(c, app))
		return;
	if (c->question == ASK_REJECT) {
		set_word(c, text);
		if (find_change(c, app))
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

static void take_plan(struct change_screen *c, struct app *app,
		      const struct change_news *news)
{
	c->plan_order = 0;
	c->err = news->err;
	plan_free(c->plan);
	c->plan = news->plan ? plan_get(news->plan) : NULL;
	c->needs_second = news->needs_second;
	if (!c->plan && c->err.code == ERR_NONE)
		err_set(&c->err, ERR_INTERNAL, "no plan came");
	app_dirty(app);
}

/* What was asked for is done: what follows? */
static void take_answer(struct change_screen *c, struct app *app,
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

static void screen_changed(struct screen *screen, struct app *app,
			   const struct change_news *news)
{
	struct change_screen *c = self(screen);

	if (news->id == 0)
		app_dirty(app);
	else if (news->id == c->plan_order)
		take_plan(c, app, news);
	else if (news->id == c->order)
		take_answer(c, app, news);
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	(void)app;
	(void)hit;
	roll_wheel(&self(screen)->prose.roll, event->button);
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	(void)app;
	roll_put_place(&self(screen)->prose.roll, out);
}

static const char *const hints[] = {"back",   "run",	    "approve", "stop", "propose",
				    "reject", "plan-again", "help",    NULL};

static const struct screen_ops change_ops = {
	.name = "change",
	.context = CONTEXT_CHANGE,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.want = screen_want,
	.act = screen_act,
	.answer = screen_answer,
	.changed = screen_changed,
	.hit = screen_hit,
	.status = screen_status,
};

bool change_is_counting(const struct app *app)
{
	const struct screen *top = app_top(app);
	const struct change_screen *c;
	const struct act_change *change;
	int64_t left_ms;

	if (top->ops != &change_ops || !((const struct change_screen *)top)->plan)
		return false;
	c = (const struct change_screen *)top;
	change = find_change(c, app);
	if (change && change->state >= CHANGE_RUNNING)
		return change->state < CHANGE_ENDED;
	left_ms = c->plan->expires_ms - clock_wall_ms(app->options.clock);
	return left_ms > 0 && left_ms <= MINUTE_MS;
}

static struct change_screen *new_screen(const struct change_wish *wish)
{
	struct change_screen *c = xcalloc(1, sizeof(*c));

	c->screen.ops = &change_ops;
	c->action = xstrdup(wish->action);
	c->board = xstrdup(wish->board);
	c->key = xstrdup(wish->key);
	c->name = xstrdup(wish->name);
	c->word = xstrdup("");
	for (size_t i = 0; i < wish->n_inputs; i++)
		vec_push(&c->inputs, xstrdup(wish->inputs[i]));
	prose_init(&c->prose);
	return c;
}

struct screen *change_screen_new(struct app *app, const struct change_wish *wish)
{
	struct change_screen *c = new_screen(wish);

	plan_anew(c, app);
	return &c->screen;
}

/* "size=S2", as it was chosen. */
static char *print_input(const cJSON *input)
{
	struct strbuf text;

	strbuf_init(&text, MOST_PLAN_BYTES);
	strbuf_printf(&text, "%s=", input->string);
	if (cJSON_IsString(input))
		strbuf_puts(&text, input->valuestring);
	else
		json_print(&text, input);
	return strbuf_take(&text);
}

struct screen *change_screen_of(struct app *app, const struct act_change *change)
{
	const struct plan *plan = change->plan;
	struct change_screen *c = new_screen(&(struct change_wish){
		.action = plan->action,
		.board = plan->board,
		.key = plan->key,
		.name = plan->target,
	});
	const cJSON *input;

	(void)app;
	cJSON_ArrayForEach (input, plan->inputs)
		vec_push(&c->inputs, print_input(input));
	c->plan = plan_get(plan);
	c->needs_second = change->needs_second;
	return &c->screen;
}
