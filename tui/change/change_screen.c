/* One change, from the plan that was asked for to how it ended. Thread: ui. */
#include <stdlib.h>

#include "act/plan_undo.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "tui/change/change_part.h"
#include "tui/widget/frame.h"

enum { MOST_PLAN_BYTES = 1 << 20 };

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

const struct act_change *change_found(const struct change_screen *c,
				      const struct app *app)
{
	return c->plan && app->changes ? changes_find(app->changes, str_from(c->plan->id))
				       : NULL;
}

struct change_text change_text_of(const struct change_screen *c, struct app *app)
{
	const struct act_change *change = change_found(c, app);

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
	struct change_text t = change_text_of(c, app);
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

/* The way back is a plan like any other, on a screen of its own. */
static void plan_way_back(struct change_screen *c, struct app *app)
{
	struct change_wish wish = {.board = c->board, .key = c->key, .name = c->name};
	struct plan_undo undo;

	if (!c->plan) {
		app_toast(app, true, "there is no plan yet");
		return;
	}
	if (!plan_undo_read(c->plan, app_actions(app), &undo)) {
		app_toast(app, true, "%s", c->plan->undo);
		return;
	}
	wish.action = undo.action->name;
	wish.inputs = (const char *const *)undo.inputs.p;
	wish.n_inputs = undo.inputs.n;
	app_push(app, change_screen_new(app, &wish));
	plan_undo_fini(&undo);
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
		change_ask_to_run(c, app);
		return true;
	case ACT_APPROVE:
		change_ask_to_approve(c, app);
		return true;
	case ACT_PROPOSE:
		change_propose(c, app);
		return true;
	case ACT_REJECT:
		change_ask_to_reject(c, app);
		return true;
	case ACT_STOP:
		change_ask_of_run(c, app, ASK_STOP);
		return true;
	case ACT_FORGET:
		change_ask_of_run(c, app, ASK_FORGET);
		return true;
	case ACT_PLAN_AGAIN:
		plan_anew(c, app);
		return true;
	case ACT_UNDO:
		plan_way_back(c, app);
		return true;
	case ACT_COPY_CELL:
	case ACT_COPY_ROW:
		copy(c, app, act == ACT_COPY_CELL);
		return true;
	default:
		return false;
	}
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

static void screen_answer(struct screen *screen, struct app *app, struct str text)
{
	change_take_word(self(screen), app, text);
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
		change_take_answer(c, app, news);
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
				    "reject", "plan-again", "undo",    "help", NULL};

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
	change = change_found(c, app);
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
