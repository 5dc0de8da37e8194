/* See color.h. Distances weigh green most and blue least, as eyes do. */
#include "tui/color.h"

#include <stdlib.h>

/* The usual values of the 16, for choosing the nearest; terminals may differ. */
static const uint8_t ansi16[16][3] = {
	{0, 0, 0},	 {205, 0, 0},	{0, 205, 0},   {205, 205, 0},
	{0, 0, 238},	 {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
	{127, 127, 127}, {255, 0, 0},	{0, 255, 0},   {255, 255, 0},
	{92, 92, 255},	 {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
};

static bool hex_byte(struct str s, size_t at, uint8_t *out)
{
	unsigned value = 0;

	for (size_t i = at; i < at + 2; i++) {
		char c = s.p[i];

		value <<= 4;
		if (c >= '0' && c <= '9')
			value |= (unsigned)(c - '0');
		else if (c >= 'a' && c <= 'f')
			value |= (unsigned)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			value |= (unsigned)(c - 'A' + 10);
		else
			return false;
	}
	*out = (uint8_t)value;
	return true;
}

bool color_parse(struct str text, struct color *out)
{
	struct color c = {0};
	int64_t number;

	if (str_eq(text, STR("default"))) {
		*out = c;
		return true;
	}
	if (str_starts(text, STR("ansi:"))) {
		if (!str_to_i64(str_sub(text, 5, text.n), &number) || number < 0 ||
		    number > 15)
			return false;
		*out = (struct color){.kind = COLOR_ANSI, .r = (uint8_t)number};
		return true;
	}
	c.kind = COLOR_RGB;
	if (text.n != 7 || text.p[0] != '#' || !hex_byte(text, 1, &c.r) ||
	    !hex_byte(text, 3, &c.g) || !hex_byte(text, 5, &c.b))
		return false;
	*out = c;
	return true;
}

void color_format(struct strbuf *out, struct color color)
{
	if (color.kind == COLOR_DEFAULT)
		strbuf_puts(out, "default");
	else if (color.kind == COLOR_ANSI)
		strbuf_printf(out, "ansi:%d", color.r);
	else
		strbuf_printf(out, "#%02x%02x%02x", color.r, color.g, color.b);
}

bool color_equal(struct color a, struct color b)
{
	return a.kind == b.kind &&
	       (a.kind == COLOR_DEFAULT ||
		(a.r == b.r && (a.kind == COLOR_ANSI || (a.g == b.g && a.b == b.b))));
}

static int distance(struct color c, int r, int g, int b)
{
	int dr = c.r - r, dg = c.g - g, db = c.b - b;

	return 3 * dr * dr + 6 * dg * dg + 2 * db * db;
}

static int weigh(int r, int g, int b)
{
	return (3 * r + 6 * g + 2 * b) / 11;
}

static int cube_level(int step)
{
	return step ? 55 + 40 * step : 0;
}

static int cube_step(int v)
{
	return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

int color_to_256(struct color c)
{
	int r = cube_step(c.r), g = cube_step(c.g), b = cube_step(c.b);
	/* Weighted as the distance is, so that no other grey is nearer. */
	int average = weigh(c.r, c.g, c.b);
	int grey = average < 3 ? 0 : average > 238 ? 23 : (average - 3) / 10;
	int level = 8 + 10 * grey;

	if (c.kind == COLOR_ANSI)
		return c.r;
	if (distance(c, level, level, level) <
	    distance(c, cube_level(r), cube_level(g), cube_level(b)))
		return 232 + grey;
	return 16 + 36 * r + 6 * g + b;
}

static int nearest_grey(int brightness)
{
	static const int greys[] = {0, 8, 7, 15};
	int best = 0;

	for (int i = 1; i < 4; i++) {
		if (abs(brightness - ansi16[greys[i]][0]) <
		    abs(brightness - ansi16[greys[best]][0]))
			best = i;
	}
	return greys[best];
}

/* By hue where there is one: the nearest as numbers go would make every soft red
 * and green a grey, and a state would lose its colour. */
int color_to_16(struct color c)
{
	enum { DARK = 96, BRIGHT = 192 };
	int high = c.r > c.g ? c.r : c.g, low = c.r < c.g ? c.r : c.g, middle;

	if (c.kind == COLOR_ANSI)
		return c.r;
	high = c.b > high ? c.b : high;
	low = c.b < low ? c.b : low;
	if (high < DARK || (high - low) * 4 < high)
		return nearest_grey(weigh(c.r, c.g, c.b));
	middle = (high + low) / 2;
	return (c.r > middle) + 2 * (c.g > middle) + 4 * (c.b > middle) +
	       (high >= BRIGHT ? 8 : 0);
}

static int brightness(int number)
{
	return weigh(ansi16[number][0], ansi16[number][1], ansi16[number][2]);
}

static bool is_few(enum depth depth)
{
	return depth == DEPTH_8 || depth == DEPTH_16;
}

/* Of 8 colours the bright ones are not to be had. */
static int number_at(struct color color, enum depth depth)
{
	return depth == DEPTH_8 ? color_to_16(color) & 7 : color_to_16(color);
}

bool color_is_lost(struct color over, struct color ground, enum depth depth)
{
	int below = ground.kind == COLOR_DEFAULT ? 0 : number_at(ground, depth);

	return is_few(depth) && over.kind != COLOR_DEFAULT &&
	       number_at(over, depth) == below;
}

static struct color numbered(int number)
{
	return (struct color){.kind = COLOR_ANSI, .r = (uint8_t)number};
}

/* On a dark ground. Of 8 colours there is no grey and no bright blue, and the blue
 * there is cannot be read. */
static struct color ink_on_dark(struct color fg, struct color bg, enum depth depth)
{
	int ink = color_to_16(fg);

	if (depth == DEPTH_8 && ink == 12)
		return numbered(6);
	if (bg.kind == COLOR_DEFAULT)
		return depth == DEPTH_8 && ink == 8 ? (struct color){0} : fg;
	if (number_at(fg, depth) != number_at(bg, depth))
		return fg;
	return numbered(depth == DEPTH_8 ? 7 : 15);
}

static struct color ink_on_light(struct color fg, int ground, enum depth depth)
{
	enum { APART = 75 };
	int ink = number_at(fg, depth);

	if (abs(brightness(ink) - brightness(ground)) >= APART)
		return fg;
	/* What was to be faint stays so. */
	return numbered(depth == DEPTH_16 && ink == 7 ? 8 : 0);
}

struct color color_ink(struct color fg, struct color bg, enum depth depth)
{
	enum { LIGHT = 110 };
	int ground;

	if (!is_few(depth) || fg.kind == COLOR_DEFAULT)
		return fg;
	ground = bg.kind == COLOR_DEFAULT ? 0 : number_at(bg, depth);
	return brightness(ground) > LIGHT ? ink_on_light(fg, ground, depth)
					  : ink_on_dark(fg, bg, depth);
}

static void put_16(struct strbuf *out, int number, bool is_background)
{
	int base = number < 8 ? 30 : 90 - 8;

	strbuf_printf(out, "%d", base + number + (is_background ? 10 : 0));
}

void color_put_sgr(struct strbuf *out, struct color color, enum depth depth,
		   bool is_background)
{
	if (depth == DEPTH_MONO)
		return;
	if (color.kind == COLOR_DEFAULT)
		strbuf_puts(out, is_background ? "49" : "39");
	else if (color.kind == COLOR_ANSI)
		put_16(out, depth == DEPTH_8 ? color.r & 7 : color.r, is_background);
	else if (depth == DEPTH_TRUE)
		strbuf_printf(out, "%d;2;%d;%d;%d", is_background ? 48 : 38, color.r,
			      color.g, color.b);
	else if (depth == DEPTH_256)
		strbuf_printf(out, "%d;5;%d", is_background ? 48 : 38,
			      color_to_256(color));
	else
		put_16(out,
		       depth == DEPTH_8 ? color_to_16(color) & 7 : color_to_16(color),
		       is_background);
}
