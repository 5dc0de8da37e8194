/* Style roles to looks. Read from JSON files; the built-in ones are those same
 * files. Immutable once loaded. Thread: ui. */
#ifndef AZ_TUI_THEME_H
#define AZ_TUI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "tui/color.h"
#include "tui/role.h"

enum {
	ATTR_BOLD = 1,
	ATTR_DIM = 2,
	ATTR_ITALIC = 4,
	ATTR_UNDERLINE = 8,
	ATTR_REVERSE = 16,
};

struct style {
	struct color fg, bg;
	uint8_t attrs;
};

struct theme;

/* Errors name file, line, column and key path. */
struct theme *theme_parse(struct str text, const char *name, const char *source,
			  struct err *err) MUST_CHECK;
/* A built-in name, or one in the user's themes directory (which goes first), or the
 * path of a file. */
struct theme *theme_load(const char *name, const char *user_dir,
			 struct err *err) MUST_CHECK;
void theme_free(struct theme *theme);
const char *theme_name(const struct theme *theme);
const char *theme_description(const struct theme *theme);

/* The look of a glyph's role field (role and overlay) at a depth of colour. */
struct style theme_style(const struct theme *theme, uint16_t role, enum depth depth);

#endif
