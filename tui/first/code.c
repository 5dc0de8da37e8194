/* The code and where to enter it, how long it is good, and why it was not. It is text
 * like any other, so a terminal can select it; a key copies it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/first/first.h"
#include "tui/first/page.h"

enum { LEFT = 3, INNER = 6 };

static void code_free(struct screen *screen)
{
	free(screen);
}

/* Boxed, so that it is found at once. */
static void put_box(const struct look *look, struct surface *s, int x, int y,
		    const char *code)
{
	static const uint32_t fine[] = {0x250F, 0x2501, 0x2513, 0x2503, 0x2517, 0x251B};
	static const uint32_t plain[] = {'+', '-', '+', '|', '+', '+'};
	const uint32_t *line = look->is_ascii ? plain : fine;
	int w = utf8_width(str_from(code)) + 6;

	for (int i = 1; i < w - 1; i++) {
		surface_glyph(s, x + i, y, ROLE_BORDER_FOCUS, line[1]);
		surface_glyph(s, x + i, y + 2, ROLE_BORDER_FOCUS, line[1]);
	}
	surface_glyph(s, x, y, ROLE_BORDER_FOCUS, line[0]);
	surface_glyph(s, x + w - 1, y, ROLE_BORDER_FOCUS, line[2]);
	surface_glyph(s, x, y + 1, ROLE_BORDER_FOCUS, line[3]);
	surface_glyph(s, x + w - 1, y + 1, ROLE_BORDER_FOCUS, line[3]);
	surface_glyph(s, x, y + 2, ROLE_BORDER_FOCUS, line[4]);
	surface_glyph(s, x + w - 1, y + 2, ROLE_BORDER_FOCUS, line[5]);
	surface_puts(s, x + 3, y + 1, ROLE_STRONG, code);
}

static void put_left(struct app *app, struct surface *s, int x, int y)
{
	int64_t left = app->first->code.until_ms - clock_wall_ms(app->options.clock);

	left = left > 0 ? left / 1000 : 0;
	surface_printf(s, x, y, left < 60 ? ROLE_WARN : ROLE_DIM, "%sgood for %d:%02d",
		       surface_w(s) < 60 ? "" : "waiting for you; the code is ",
		       (int)(left / 60), (int)(left % 60));
}

static void draw_code(struct app *app, const struct look *look, struct surface *s)
{
	const struct sign_in *code = &app->first->code;
	int w = first_page_width(s), gap = surface_h(s) > 14, y = 1 + gap, x;
	struct strbuf keys;
	char text[100];

	first_page_put(s, LEFT, y++, w, ROLE_TEXT,
		       "1  Open this page in a browser, anywhere:");
	y += gap;
	/* Whole, if there is any way to: a terminal makes it a link. */
	x = utf8_width(str_from(code->url)) > w - INNER ? 1 : INNER;
	y += first_page_put(s, x, y, surface_w(s) - x - 1, ROLE_LINK, code->url);
	y += gap;
	first_page_put(s, LEFT, y++, w, ROLE_TEXT, "2  Enter this code:");
	y += gap;
	put_box(look, s, INNER, y, code->code);
	y += 3 + gap;
	put_left(app, s, LEFT, y++);
	strbuf_init(&keys, 64);
	app_first_key(app, command_find(STR("copy-cell")), &keys);
	snprintf(text, sizeof(text), "%.16s copies the code to this terminal's clipboard",
		 keys.p);
	if (keys.n)
		first_page_put(s, LEFT, y, w, ROLE_DIM, text);
	strbuf_fini(&keys);
}

static void draw_failure(struct app *app, struct surface *s)
{
	int w = first_page_width(s), y = 2;

	first_page_put(s, LEFT, y, w, ROLE_CRIT, "The sign-in did not come about.");
	y += 2;
	y += first_page_put(s, LEFT, y, w, ROLE_TEXT, app->first->err.text);
	first_page_put(
		s, LEFT, y + 1, w, ROLE_DIM,
		"enter asks for a new code; esc goes back to the cloud and tenant.");
}

static void code_draw(struct screen *screen, struct app *app, const struct look *look,
		      struct surface *s)
{
	const struct first_state *first = app->first;

	(void)screen;
	first_page_begin(look, s, "Sign in to Azure", first->cloud);
	if (first->sign == FIRST_SIGN_FAILED)
		draw_failure(app, s);
	else if (first->sign == FIRST_SIGN_WAITS && first->code.code[0])
		draw_code(app, look, s);
	else
		first_page_put(s, LEFT, 2, first_page_width(s), ROLE_DIM,
			       first->sign == FIRST_SIGN_ASKS
				       ? look_pick(look, "asking for a code…",
						   "asking for a code...")
				       : look_pick(look, "signing in…", "signing in..."));
}

static bool code_act(struct screen *screen, struct app *app, enum act act, struct str arg)
{
	struct first_state *first = app->first;

	(void)screen;
	(void)arg;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_COPY_CELL:
		if (first->code.code[0])
			app_copy(app, str_from(first->code.code), "code");
		return true;
	case ACT_COPY_ROW:
		if (first->code.url[0])
			app_copy(app, str_from(first->code.url), "address");
		return true;
	case ACT_OPEN:
		if (first->sign == FIRST_SIGN_FAILED)
			first_state_sign_in(first);
		return true;
	case ACT_UP:
	case ACT_DOWN:
		return true;
	default:
		return false;
	}
}

static bool code_back(struct screen *screen, struct app *app)
{
	(void)screen;
	first_state_stop(app->first);
	return false;
}

static const char *const hints[] = {"copy-cell", "copy-row", "back", "quit", NULL};

static const struct screen_ops code_ops = {
	.name = "first-code",
	.context = CONTEXT_FIRST,
	.hints = hints,
	.free = code_free,
	.draw = code_draw,
	.act = code_act,
	.back = code_back,
};

struct screen *first_code_new(void)
{
	struct screen *screen = xcalloc(1, sizeof(*screen));

	screen->ops = &code_ops;
	return screen;
}

bool first_is_code(const struct screen *screen)
{
	return screen->ops == &code_ops;
}

bool first_is_counting(const struct app *app)
{
	return app->first && app->first->sign == FIRST_SIGN_WAITS &&
	       first_is_code(app->screens[app->n_screens - 1]);
}
