/* A theme file: no crash, an error that can be printed, and every role of one that
 * loads has a look at every depth of colour. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tui/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void look_at_all(const struct theme *theme)
{
	struct strbuf out;

	strbuf_init(&out, 100);
	for (unsigned i = 0; i < ROLE_COUNT * ROLE_COUNT; i++) {
		unsigned role = i % ROLE_COUNT | i / ROLE_COUNT << 8;

		for (int depth = DEPTH_MONO; depth <= DEPTH_TRUE; depth++) {
			struct style style =
				theme_style(theme, (uint16_t)role, (enum depth)depth);

			strbuf_reset(&out);
			color_put_sgr(&out, style.fg, (enum depth)depth, false);
			color_put_sgr(&out, style.bg, (enum depth)depth, true);
			if (out.overflow || style.attrs > 31)
				abort();
		}
	}
	strbuf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {(const char *)data, n};
	struct theme *theme;
	struct err err;

	if (n > 1 << 14)
		return 0;
	theme = theme_parse(text, "fuzz", "fuzz.json", &err);
	if (theme)
		look_at_all(theme);
	else if (err.code != ERR_CONFIG || strchr(err.text, '\033') || !err.text[0])
		abort();
	theme_free(theme);
	return 0;
}
