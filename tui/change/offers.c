/* What can be done to one row: the actions of its board, those that are not for it as it
 * is greyed, with why. Thread: ui. */
#include <stdlib.h>

#include "act/scope.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/list.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"
#include "tui/widget/wrap.h"

enum { ABOUT_LINES = 2, ITEM_LINES = ABOUT_LINES + 2, LEFT = 3 };

struct offer {
	const struct action *action;
	bool is_for_it;
	struct err why; /* it is not */
};

struct offers {
	struct screen screen;
	struct board *board; /* held */
	const struct row *row;
	struct change_hint hint;
	VEC(struct offer) list;
	size_t selected, top;
	int page;
};

static struct offers *self(struct screen *screen)
{
	return (struct offers *)screen;
}

static void screen_free(struct screen *screen)
{
	vec_fini(&self(screen)->list);
	board_put(self(screen)->board);
	free(screen);
}

static bool names(struct str source, struct str word)
{
	while (source.n >= word.n) {
		char after = source.n > word.n ? source.p[word.n] : ' ';

		if (str_starts(source, word) && after != '_' &&
		    (after < 'a' || after > 'z'))
			return true;
		source = str_sub(source, 1, source.n);
	}
	return false;
}

/* "only where state == 'CATCH_UP'; its state is SUSPENDED" */
static void say_why(const struct offers *o, struct offer *offer, int64_t now_ms)
{
	struct str source = query_source(offer->action->when);
	const struct board_def *def = o->board->def;
	struct strbuf text;
	size_t n = 0;

	strbuf_init(&text, sizeof(offer->why.text) - 1);
	strbuf_printf(&text, "only where %.*s", STR_ARG(source));
	for (size_t i = 0; i < def->n_columns; i++) {
		if (!names(source, str_from(def->columns[i].name)))
			continue;
		strbuf_printf(&text, "%s %s is ", n++ ? "," : "; its",
			      def->columns[i].name);
		cell_format(&text, &def->columns[i], &o->row->cells[i], now_ms, 0);
	}
	err_set(&offer->why, ERR_REFUSED, "%s", text.p);
	strbuf_fini(&text);
}

static struct offer make_offer(const struct offers *o, const struct app *app,
			       const struct action *action)
{
	struct offer offer = {.action = action, .is_for_it = true};
	cJSON *scope = scope_new(o->board, o->row, o->row->key);

	err_clear(&offer.why);
	if (action->when)
		offer.is_for_it =
			scope_holds(cJSON_GetObjectItemCaseSensitive(scope, "row"),
				    action->when, clock_wall_ms(app->options.clock),
				    &offer.why);
	if (!offer.is_for_it && offer.why.code == ERR_NONE)
		say_why(o, &offer, clock_wall_ms(app->options.clock));
	cJSON_Delete(scope);
	return offer;
}

static const char *name_of(const struct offers *o)
{
	return o->row->cells[0].text[0] ? o->row->cells[0].text : o->row->key.p;
}

static void draw_offer(const struct offers *o, const struct look *look, struct surface *s,
		       int y, size_t i)
{
	const struct offer *offer = &o->list.p[i];
	const struct action *a = offer->action;
	int w = surface_w(s), x = LEFT;
	const char *risk = a->risk == RISK_LOW ? "low risk: its name, typed"
					       : "high risk: a second person";

	x += surface_puts(s, x, y, offer->is_for_it ? ROLE_STRONG : ROLE_DIM, a->title);
	if (w - x > 30)
		surface_put_fit(s, x + 2, y, w - x - 3, ROLE_DIM, str_from(risk), true);
	wrap_draw(s, LEFT, y + 1, w - LEFT - 1, ABOUT_LINES,
		  offer->is_for_it ? ROLE_TEXT : ROLE_DIM,
		  str_from(offer->is_for_it ? a->about : offer->why.text));
	if (i == o->selected)
		mark_cursor(look, s, y, LEFT, x - LEFT);
	hits_add(look->hits, s, (struct rect){0, y, w, ITEM_LINES - 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)i});
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct offers *o = self(screen);
	size_t page = (size_t)((surface_h(s) - 2) / ITEM_LINES);
	char title[160];

	(void)app;
	page = page ? page : 1;
	o->page = (int)page;
	o->top = list_top(o->top, o->selected, page);
	surface_fill(s, 0, 0, surface_w(s), surface_h(s), ROLE_TEXT);
	snprintf(title, sizeof(title), "What can be done to %.100s", name_of(o));
	rule_put(look, s, 0, &(struct rule){.title = title, .has_focus = true});
	for (size_t i = o->top; i < o->list.n && i < o->top + page; i++)
		draw_offer(o, look, s, 2 + (int)(i - o->top) * ITEM_LINES, i);
}

static void choose(struct offers *o, struct app *app)
{
	const struct offer *offer = &o->list.p[o->selected];

	if (!offer->is_for_it)
		app_toast(app, true, "%s", offer->why.text);
	else
		app_push(app,
			 form_screen_new(app, offer->action, o->board, o->row, &o->hint));
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct offers *o = self(screen);
	ptrdiff_t by;

	(void)arg;
	if (list_step(act, o->page, &by))
		o->selected = list_move(o->selected, by, o->list.n);
	else if (act == ACT_OPEN)
		choose(o, app);
	else
		return false;
	return true;
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct offers *o = self(screen);

	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN) {
		o->selected =
			list_move(o->selected, event->button == MOUSE_WHEEL_UP ? -1 : 1,
				  o->list.n);
	} else if (event->button == MOUSE_LEFT && hit->kind == HIT_ROW) {
		o->selected = (size_t)hit->index;
		if (event->is_double)
			choose(o, app);
	}
}

static const char *const hints[] = {"back", "open", "help", NULL};

static const struct screen_ops offers_ops = {
	.name = "offers",
	.context = CONTEXT_CHANGE,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
	.hit = screen_hit,
};

static void add_offers(struct offers *o, struct app *app, bool are_for_it)
{
	const struct actions *actions = app_actions(app);

	for (size_t i = 0; i < actions_size(actions); i++) {
		const struct action *action = actions_at(actions, i);
		struct offer offer;

		if (strcmp(action->board, o->board->def->name) != 0)
			continue;
		offer = make_offer(o, app, action);
		if (offer.is_for_it == are_for_it)
			vec_push(&o->list, offer);
	}
}

struct screen *offers_screen_new(struct app *app, struct board *board,
				 const struct row *row, const struct change_hint *hint)
{
	struct offers *o = xcalloc(1, sizeof(*o));

	o->screen.ops = &offers_ops;
	o->board = board_get(board);
	o->row = row;
	o->hint = *hint;
	add_offers(o, app, true);
	add_offers(o, app, false);
	for (size_t i = 0; hint->action && i < o->list.n; i++) {
		if (strcmp(o->list.p[i].action->name, hint->action) == 0)
			o->selected = i;
	}
	return &o->screen;
}
