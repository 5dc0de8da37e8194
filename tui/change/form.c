/* What an action asks of a person before it can be planned. Enter on the first line makes
 * the plan, which changes nothing. Thread: ui. */
#include <stdlib.h>

#include "act/scope.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"
#include "tui/widget/wrap.h"

enum { LEFT = 3, MOST_ABOUT = 7, MOST_INPUTS = 16, VALUE_BYTES = 256 };

struct field {
	const struct action_input *input;
	char *value;	 /* "": as the action says */
	bool is_chosen;	 /* by a person; else the plan says what it is then */
	VEC(char *) may; /* empty: anything */
};

struct form {
	struct screen screen;
	const struct action *action;
	struct board *board; /* held */
	const struct row *row;
	struct field fields[MOST_INPUTS];
	size_t n_fields;
	size_t at; /* 0: the line that makes the plan */
};

static struct form *self(struct screen *screen)
{
	return (struct form *)screen;
}

static void screen_free(struct screen *screen)
{
	struct form *f = self(screen);

	for (size_t i = 0; i < f->n_fields; i++) {
		char **may;

		vec_each (may, &f->fields[i].may)
			free(*may);
		vec_fini(&f->fields[i].may);
		free(f->fields[i].value);
	}
	board_put(f->board);
	free(f);
}

static void screen_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)app;
	want_add(set, self(screen)->action->board);
}

static const char *name_of(const struct form *f)
{
	ptrdiff_t c = board_def_column(f->board->def, str_from(f->action->target));

	return c >= 0 ? f->row->cells[c].text : f->row->key.p;
}

/* What an expression over the row and the source gives; what needs the live state is
 * left to the plan. */
static void read_values(struct field *field, const cJSON *scope, int64_t now_ms)
{
	const struct action_input *in = field->input;
	cJSON *list = NULL, *initial = NULL;
	const cJSON *value;
	struct strbuf text;
	struct err err;

	strbuf_init(&text, VALUE_BYTES);
	if (in->initial)
		initial = scope_value(scope, in->initial, now_ms, &err);
	if (in->values)
		list = scope_value(scope, in->values, now_ms, &err);
	cJSON_ArrayForEach (value, list) {
		strbuf_reset(&text);
		if (cJSON_IsString(value))
			strbuf_puts(&text, value->valuestring);
		else
			json_print(&text, value);
		vec_push(&field->may, xstrdup(text.p));
	}
	strbuf_reset(&text);
	if (cJSON_IsString(initial))
		strbuf_puts(&text, initial->valuestring);
	else if (cJSON_IsNumber(initial))
		json_print(&text, initial);
	field->value = xstrdup(text.p);
	strbuf_fini(&text);
	cJSON_Delete(initial);
	cJSON_Delete(list);
}

static void put_value(const struct field *field, const struct look *look,
		      struct strbuf *out)
{
	bool has_choice = field->may.n > 0;

	if (has_choice)
		strbuf_printf(out, "%s ", look_pick(look, "◂", "<"));
	if (field->value[0])
		strbuf_puts(out, field->value);
	else
		strbuf_puts(out,
			    field->input->initial ? "(as it is)" : "(must be given)");
	if (field->input->unit && field->value[0])
		strbuf_printf(out, " %s", field->input->unit);
	if (has_choice)
		strbuf_printf(out, " %s", look_pick(look, "▸", ">"));
	if (field->input->is_number)
		strbuf_printf(out, "   %g to %g", field->input->least,
			      field->input->most);
}

static int draw_field(const struct form *f, const struct look *look, struct surface *s,
		      int y, size_t i)
{
	const struct field *field = &f->fields[i];
	const struct action_input *in = field->input;
	int w = surface_w(s), x = LEFT, lines = 1;
	struct strbuf value;

	x += surface_puts(s, x, y, ROLE_STRONG, in->title);
	strbuf_init(&value, VALUE_BYTES * 2);
	put_value(field, look, &value);
	surface_puts(s, x + 2, y, field->value[0] ? ROLE_PROMPT : ROLE_DIM, value.p);
	strbuf_fini(&value);
	if (i + 1 == f->at)
		mark_cursor(look, s, y, LEFT, x - LEFT);
	hits_add(look->hits, s, (struct rect){0, y, w, 1},
		 (struct hit){.kind = HIT_ROW, .index = (int)i + 1});
	if (in->about) {
		lines += wrap_count(str_from(in->about), w - LEFT - 3);
		lines = lines > 3 ? 3 : lines;
		wrap_draw(s, LEFT + 2, y + 1, w - LEFT - 3, lines - 1, ROLE_DIM,
			  str_from(in->about));
	}
	return lines + 1;
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct form *f = self(screen);
	int w = surface_w(s), y = 2, lines;
	char title[200];

	(void)app;
	surface_fill(s, 0, 0, w, surface_h(s), ROLE_TEXT);
	snprintf(title, sizeof(title), "%.80s: %.100s", f->action->title, name_of(f));
	rule_put(look, s, 0, &(struct rule){.title = title, .has_focus = true});
	lines = wrap_count(str_from(f->action->about), w - LEFT - 1);
	lines = lines > MOST_ABOUT ? MOST_ABOUT : lines;
	wrap_draw(s, LEFT, y, w - LEFT - 1, lines, ROLE_TEXT, str_from(f->action->about));
	y += lines + 1;
	surface_puts(s, LEFT, y, ROLE_STRONG, "Make the plan");
	surface_puts(s, LEFT + 15, y, ROLE_DIM,
		     "it reads the live state and changes nothing");
	if (f->at == 0)
		mark_cursor(look, s, y, LEFT, 13);
	hits_add(look->hits, s, (struct rect){0, y, w, 1},
		 (struct hit){.kind = HIT_ROW, .index = 0});
	y += 2;
	for (size_t i = 0; i < f->n_fields && y < surface_h(s); i++)
		y += draw_field(f, look, s, y, i);
}

/* The first field that has to be given and is not. */
static const struct field *missing(struct form *f)
{
	for (size_t i = 0; i < f->n_fields; i++) {
		if (!f->fields[i].value[0] && !f->fields[i].input->initial) {
			f->at = i + 1;
			return &f->fields[i];
		}
	}
	return NULL;
}

static void make_plan(struct form *f, struct app *app)
{
	const struct field *open = missing(f);
	char *inputs[MOST_INPUTS];
	struct change_wish wish = {.action = f->action->name,
				   .board = f->action->board,
				   .key = f->row->key.p,
				   .name = name_of(f),
				   .inputs = (const char *const *)inputs};

	if (open) {
		app_toast(app, true, "%s must be given", open->input->title);
		return;
	}
	for (size_t i = 0; i < f->n_fields; i++) {
		struct strbuf text;

		if (!f->fields[i].is_chosen)
			continue;
		strbuf_init(&text, VALUE_BYTES * 2);
		strbuf_printf(&text, "%s=%s", f->fields[i].input->name,
			      f->fields[i].value);
		inputs[wish.n_inputs++] = strbuf_take(&text);
	}
	app_push(app, change_screen_new(app, &wish));
	for (size_t i = 0; i < wish.n_inputs; i++)
		free(inputs[i]);
}

static void step_choice(struct form *f, int step)
{
	struct field *field = f->at ? &f->fields[f->at - 1] : NULL;
	size_t i = 0;

	if (!field || field->may.n == 0)
		return;
	while (i < field->may.n && strcmp(field->may.p[i], field->value) != 0)
		i++;
	if (i == field->may.n)
		i = step > 0 ? 0 : field->may.n - 1;
	else
		i = (i + field->may.n + (size_t)(step + (int)field->may.n)) %
		    field->may.n;
	free(field->value);
	field->value = xstrdup(field->may.p[i]);
	field->is_chosen = true;
}

static void ask_field(const struct field *field, struct app *app, struct str value)
{
	prompt_open(&app->prompt, PROMPT_ANSWER, value);
	app->prompt.label = field->input->title;
	app->prompt.hint = field->input->about;
}

static void open_field(struct form *f, struct app *app)
{
	const struct field *field = f->at ? &f->fields[f->at - 1] : NULL;

	if (field)
		ask_field(field, app, str_from(field->value));
	else
		make_plan(f, app);
}

/* Who types on a field means what he types, not what the letters do elsewhere. */
static bool screen_typed(struct screen *screen, struct app *app)
{
	struct form *f = self(screen);
	const struct field *field = f->at ? &f->fields[f->at - 1] : NULL;

	if (!field || field->may.n > 0)
		return false;
	ask_field(field, app, STR(""));
	return true;
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct form *f = self(screen);

	(void)arg;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		f->at -= f->at > 0;
		return true;
	case ACT_DOWN:
		f->at += f->at < f->n_fields;
		return true;
	case ACT_TOP:
		f->at = 0;
		return true;
	case ACT_BOTTOM:
		f->at = f->n_fields;
		return true;
	case ACT_LEFT:
	case ACT_RIGHT:
		step_choice(f, act == ACT_LEFT ? -1 : 1);
		return true;
	case ACT_OPEN:
		open_field(f, app);
		return true;
	default:
		return false;
	}
}

static bool is_allowed(const struct field *field, const char *value)
{
	return field->may.n == 0 || !value[0] ||
	       str_is_among(str_from(value), (const char *const *)field->may.p,
			    field->may.n);
}

static void screen_answer(struct screen *screen, struct app *app, struct str text)
{
	struct form *f = self(screen);
	struct field *field = f->at ? &f->fields[f->at - 1] : NULL;
	char *value;

	if (!field)
		return;
	text = str_trim(text);
	value = xstrndup(text.p, text.n);
	if (!is_allowed(field, value)) {
		app_toast(app, true, "%s cannot be '%.60s': left and right show what can",
			  field->input->title, value);
		free(value);
		return;
	}
	free(field->value);
	field->value = value;
	field->is_chosen = value[0] != '\0';
	f->at = f->at < f->n_fields ? f->at + 1 : 0;
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	if (event->button != MOUSE_LEFT || hit->kind != HIT_ROW)
		return;
	self(screen)->at = (size_t)hit->index;
	if (event->is_double)
		open_field(self(screen), app);
}

static const char *const hints[] = {"back", "open", "left", "help", NULL};

static const struct screen_ops form_ops = {
	.name = "form",
	.context = CONTEXT_CHANGE,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.want = screen_want,
	.act = screen_act,
	.typed = screen_typed,
	.answer = screen_answer,
	.hit = screen_hit,
};

/* As if a person had chosen it; the plan shows it before anything is done. */
static void take_hint(struct form *f, const struct change_hint *hint)
{
	for (size_t i = 0; hint->input && i < f->n_fields; i++) {
		struct field *field = &f->fields[i];

		if (strcmp(field->input->name, hint->input) != 0)
			continue;
		free(field->value);
		field->value = xstrdup(hint->value);
		field->is_chosen = true;
	}
}

struct screen *form_screen_new(struct app *app, const struct action *action,
			       struct board *board, const struct row *row,
			       const struct change_hint *hint)
{
	struct form *f = xcalloc(1, sizeof(*f));
	cJSON *scope = scope_new(board, row, row->key);

	f->screen.ops = &form_ops;
	f->action = action;
	f->board = board_get(board);
	f->row = row;
	for (size_t i = 0; i < action->n_inputs && i < MOST_INPUTS; i++) {
		f->fields[i].input = &action->inputs[i];
		read_values(&f->fields[i], scope, clock_wall_ms(app->options.clock));
		f->n_fields++;
	}
	if (hint->action && strcmp(hint->action, action->name) == 0)
		take_hint(f, hint);
	f->at = f->n_fields && !f->fields[0].value[0] ? 1 : 0;
	cJSON_Delete(scope);
	return &f->screen;
}
