/* One short message that goes by itself. Thread: ui. */
#include "tui/toast.h"

#include <stdio.h>

#include "base/utf8.h"

#define TOAST_MS       ((int64_t)3000)
#define TOAST_ERROR_MS ((int64_t)8000)
#define TOAST_LEAST_MS ((int64_t)1000)

void toast_set(struct toast *toast, int64_t now_mono_ms, bool is_error, const char *text)
{
	snprintf(toast->text, sizeof(toast->text), "%s", text);
	toast->is_error = is_error;
	toast->from_ms = now_mono_ms;
	toast->until_ms = now_mono_ms + (is_error ? TOAST_ERROR_MS : TOAST_MS);
}

bool toast_tick(struct toast *toast, int64_t now_mono_ms)
{
	if (toast->until_ms == 0 || now_mono_ms < toast->until_ms)
		return false;
	toast->until_ms = 0;
	return true;
}

void toast_dismiss(struct toast *toast, int64_t now_mono_ms)
{
	if (now_mono_ms - toast->from_ms >= TOAST_LEAST_MS)
		toast->until_ms = 0;
}

int toast_width(const struct toast *toast, int w)
{
	int wanted = utf8_width(str_from(toast->text)) + 4;

	if (toast->until_ms == 0)
		return 0;
	return wanted < w ? wanted : w;
}

void toast_draw(const struct toast *toast, const struct look *look, struct surface *s,
		int y)
{
	enum role role = toast->is_error ? ROLE_TOAST_ERROR : ROLE_TOAST;
	int w = toast_width(toast, surface_w(s)), x = surface_w(s) - w;

	if (w == 0)
		return;
	surface_fill(s, x, y, w, 1, role);
	surface_puts(s, x + 1, y, role,
		     toast->is_error ? look_pick(look, "✗", "X")
				     : look_pick(look, "✓", "*"));
	surface_put_fit(s, x + 3, y, w - 4, role, str_from(toast->text), false);
}
