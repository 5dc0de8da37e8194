/* Colours as themes write them and as terminals take them.
 * Thread: any (no state). */
#ifndef AZ_TUI_COLOR_H
#define AZ_TUI_COLOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

enum color_kind { COLOR_DEFAULT, COLOR_ANSI, COLOR_RGB };

struct color {
	uint8_t kind;
	uint8_t r, g, b; /* COLOR_ANSI: the number (0 to 15) is in r */
};

/* How much colour a terminal has. */
enum depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_TRUE };

/* "default", "ansi:4", "#rrggbb" */
bool color_parse(struct str text, struct color *out);
/* As it is written. */
void color_format(struct strbuf *out, struct color color);
/* The parameters of SGR for it, such as "38;5;110"; nothing in mono. */
void color_put_sgr(struct strbuf *out, struct color color, enum depth depth,
		   bool is_background);
bool color_equal(struct color a, struct color b);
/* Nearest of the 256-colour cube and greys; of the 16 the one of the same hue. */
int color_to_256(struct color color);
int color_to_16(struct color color);
/* With few colours: what is drawn over this ground (the default one counts as
 * black) would look like it. */
bool color_is_lost(struct color over, struct color ground, enum depth depth);
/* Few colours can make ink and ground the same: the ink, or one that is seen on this
 * ground. Of 8 colours grey is none, and black to look at: there it is the default;
 * and a light blue is cyan. */
struct color color_ink(struct color fg, struct color bg, enum depth depth);

#endif
