/* Whom to sign in: the cloud and, where it is not the person's own, the tenant. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/first/first.h"
#include "tui/first/page.h"

enum { NAME_CELLS = 14, LEFT = 3 };
enum field { FIELD_GO, FIELD_CLOUD, FIELD_TENANT, FIELDS };

struct form {
	struct screen screen;
	int at;
};

static struct form *self(struct screen *screen)
{
	return (struct form *)screen;
}

static void form_free(struct screen *screen)
{
	free(screen);
}

static size_t cloud_of(const struct first_state *first)
{
	size_t i = 0;

	while (first_cloud_at(i + 1) && strcmp(first_cloud_at(i)->name, first->cloud))
		i++;
	return i;
}

static void form_draw(struct screen *screen, struct app *app, const struct look *look,
		      struct surface *s)
{
	const struct first_state *first = app->first;
	const struct first_cloud *cloud = first_cloud_at(cloud_of(first));
	bool is_small = surface_h(s) <= 14;
	int w = first_page_width(s), y = is_small ? 1 : 2;
	char text[FIELDS][200];
	static const char *const names[] = {"Get a code", "Cloud", "Tenant"};

	snprintf(text[FIELD_GO], sizeof(text[0]),
		 "to enter in a browser, on this machine or another");
	snprintf(text[FIELD_CLOUD], sizeof(text[0]), "%s %s %s  %s",
		 look_pick(look, "◂", "<"), cloud->name, look_pick(look, "▸", ">"),
		 cloud->title);
	snprintf(text[FIELD_TENANT], sizeof(text[0]), "%s",
		 first->tenant[0] ? first->tenant
				  : "your own; enter one's id or domain where you are "
				    "a guest");
	first_page_begin(look, s, "Sign in to Azure", "");
	for (int i = 0; i < FIELDS; i++)
		y += first_page_put_choice(look, s, y, NAME_CELLS,
					   &(struct first_page_choice){
						   names[i], text[i], i,
						   i == self(screen)->at, is_small}) +
		     !is_small;
	y++;
	first_page_put(
		s, LEFT, y, w, ROLE_DIM,
		"The sign-in is kept, sealed, once the configuration is written; before "
		"that it is gone when azdeck ends. To read, the Reader role is enough.");
}

static void turn_cloud(struct first_state *first, int step)
{
	size_t n = 0, at = cloud_of(first);

	while (first_cloud_at(n))
		n++;
	first->cloud = first_cloud_at((at + n + (size_t)step) % n)->name;
}

static void open_field(struct form *form, struct app *app)
{
	switch ((enum field)form->at) {
	case FIELD_GO:
		first_state_sign_in(app->first);
		app_push(app, first_code_new());
		break;
	case FIELD_CLOUD:
		turn_cloud(app->first, 1);
		break;
	case FIELD_TENANT:
		prompt_open(&app->prompt, PROMPT_ANSWER, str_from(app->first->tenant));
		app->prompt.label = "tenant ";
		app->prompt.hint = "an id or a domain; nothing: your own";
		break;
	case FIELDS:
		break;
	}
}

static bool form_act(struct screen *screen, struct app *app, enum act act, struct str arg)
{
	struct form *form = self(screen);

	(void)arg;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		form->at -= form->at > 0;
		return true;
	case ACT_DOWN:
		form->at += form->at + 1 < FIELDS;
		return true;
	case ACT_TOP:
		form->at = 0;
		return true;
	case ACT_BOTTOM:
		form->at = FIELDS - 1;
		return true;
	case ACT_LEFT:
	case ACT_RIGHT:
		if (form->at == FIELD_CLOUD)
			turn_cloud(app->first, act == ACT_LEFT ? -1 : 1);
		return true;
	case ACT_OPEN:
		open_field(form, app);
		return true;
	default:
		return false;
	}
}

static void form_answer(struct screen *screen, struct app *app, struct str text)
{
	struct str tenant = str_trim(text);

	(void)screen;
	if (tenant.n >= sizeof(app->first->tenant)) {
		app_toast(app, true, "that is too long for a tenant");
		return;
	}
	memcpy(app->first->tenant, tenant.p, tenant.n);
	app->first->tenant[tenant.n] = '\0';
}

static void form_hit(struct screen *screen, struct app *app, const struct hit *hit,
		     const struct event *event)
{
	if (hit->kind != HIT_ROW || event->button != MOUSE_LEFT)
		return;
	self(screen)->at = hit->index;
	if (event->is_double || hit->index == FIELD_CLOUD)
		open_field(self(screen), app);
}

static const char *const hints[] = {"open", "back", "help", "quit", NULL};

static const struct screen_ops form_ops = {
	.name = "first-form",
	.context = CONTEXT_FIRST,
	.hints = hints,
	.free = form_free,
	.draw = form_draw,
	.act = form_act,
	.hit = form_hit,
	.answer = form_answer,
};

struct screen *first_form_new(void)
{
	struct form *form = xcalloc(1, sizeof(*form));

	form->screen.ops = &form_ops;
	return &form->screen;
}
