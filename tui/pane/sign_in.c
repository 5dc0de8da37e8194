/* See sign_in.h. The code is text like any other, so a terminal can select it, and
 * the copy commands take it to the clipboard of the far end. Thread: ui. */
#include "tui/pane/sign_in.h"

#include <stdlib.h>

#include "base/timefmt.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/widget/frame.h"

#define BOX_W 64
#define BOX_H 9
#define LEFT  12

struct sign_in_screen {
	struct screen screen;
	struct sign_in what;
};

static struct sign_in_screen *self(struct screen *screen)
{
	return (struct sign_in_screen *)screen;
}

static void screen_free(struct screen *screen)
{
	free(screen);
}

static void put_line(struct surface *box, int y, const char *label, enum role role,
		     const char *text)
{
	surface_put_fit(box, 1, y, LEFT - 2, ROLE_OVERLAY, str_from(label), true);
	surface_put_fit(box, LEFT, y, surface_w(box) - LEFT - 1, role, str_from(text),
			false);
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	const struct sign_in *what = &self(screen)->what;
	int w = surface_w(s) < BOX_W ? surface_w(s) : BOX_W;
	int h = surface_h(s) < BOX_H ? surface_h(s) : BOX_H;
	struct surface box =
		surface_sub(s, (surface_w(s) - w) / 2, (surface_h(s) - h) / 3, w, h);
	struct utc until = utc_from_ms(what->until_ms);
	struct strbuf keys;
	char text[120];

	surface_fill(&box, 0, 0, w, h, ROLE_OVERLAY);
	snprintf(text, sizeof(text), "Sign in as %s", what->credential);
	rule_put(look, &box, 0, &(struct rule){.title = text, .has_focus = true});
	put_line(&box, 2, "open", ROLE_LINK, what->url);
	put_line(&box, 4, "enter", ROLE_STRONG, what->code);
	snprintf(text, sizeof(text), "good until %02d:%02d UTC", until.hour,
		 until.minute);
	put_line(&box, 6, "", ROLE_DIM, text);
	strbuf_init(&keys, 64);
	app_first_key(app, command_find(STR("copy-cell")), &keys);
	if (keys.n > 0) {
		snprintf(text, sizeof(text), "%.16s copies the code", keys.p);
		put_line(&box, 7, "", ROLE_DIM, text);
	}
	strbuf_fini(&keys);
	hits_add(look->hits, &box, (struct rect){0, 0, w, h},
		 (struct hit){.kind = HIT_BODY});
}

static bool screen_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	const struct sign_in *what = &self(screen)->what;

	(void)arg;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_COPY_CELL:
		app_copy(app, str_from(what->code), "code");
		return true;
	case ACT_COPY_ROW:
		app_copy(app, str_from(what->url), "address");
		return true;
	default:
		return false;
	}
}

static const char *const hints[] = {"back", "copy-cell", "copy-row", NULL};

static const struct screen_ops sign_in_ops = {
	.name = "sign-in",
	.context = CONTEXT_DETAIL,
	.is_overlay = true,
	.hints = hints,
	.free = screen_free,
	.draw = screen_draw,
	.act = screen_act,
};

struct screen *sign_in_new(const struct sign_in *what)
{
	struct sign_in_screen *s = xcalloc(1, sizeof(*s));

	s->screen.ops = &sign_in_ops;
	s->what = *what;
	return &s->screen;
}

const struct sign_in *sign_in_of(const struct screen *screen)
{
	return screen->ops == &sign_in_ops
		       ? &((const struct sign_in_screen *)screen)->what
		       : NULL;
}

void sign_in_renew(struct screen *screen, const struct sign_in *what)
{
	self(screen)->what = *what;
}
