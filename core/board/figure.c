/* Numbers as people read them. Thread: any (no state). */
#include "board/figure.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DECIMALS_MAX = 9 };
static const double powers[DECIMALS_MAX + 1] = {1,   1e1, 1e2, 1e3, 1e4,
						1e5, 1e6, 1e7, 1e8, 1e9};

/* Writes backwards from `end`; returns the first character. */
static char *put_digits(char *end, uint64_t whole, int min_digits, int group)
{
	int n = 0;

	do {
		if (group && n && n % 3 == 0)
			*--end = ',';
		*--end = (char)('0' + whole % 10);
		whole /= 10;
		n++;
	} while (whole || n < min_digits);
	return end;
}

/* |value| * 10^decimals is below 2^63. */
static size_t put_fixed(char out[FIGURE_MAX], double value, int decimals, int group)
{
	char buf[FIGURE_MAX], *p = buf + sizeof(buf);
	uint64_t scale = (uint64_t)powers[decimals];
	uint64_t scaled = (uint64_t)llround(fabs(value) * powers[decimals]);
	size_t n;

	if (decimals) {
		p = put_digits(p, scaled % scale, decimals, 0);
		*--p = '.';
	}
	p = put_digits(p, scaled / scale, 1, group);
	if (value < 0 && scaled)
		*--p = '-';
	n = (size_t)(buf + sizeof(buf) - p);
	memcpy(out, p, n);
	out[n] = '\0';
	return n;
}

/* Divides by `step` until the rounded figure is below it. */
static double scale_down(double value, double step, int decimals, int units, int *unit)
{
	*unit = 0;
	while (*unit + 1 < units &&
	       round(fabs(value) * powers[decimals]) >= step * powers[decimals]) {
		value /= step;
		(*unit)++;
	}
	return value;
}

static size_t put_exponent(char out[FIGURE_MAX], double value)
{
	int n = snprintf(out, FIGURE_MAX, "%.1e", value);

	return n > 0 ? (size_t)n : 0;
}

size_t figure_short(char out[FIGURE_MAX], double value, int decimals)
{
	static const char units[] = {'\0', 'k', 'M', 'G', 'T', 'P', 'E'};
	int unit;
	double scaled = scale_down(value, 1000, decimals, (int)sizeof(units), &unit);
	size_t n;

	if (fabs(scaled) >= 1e4)
		return put_exponent(out, value);
	/* Whole and not scaled: nothing after the point to show. */
	n = put_fixed(out, scaled, !unit && scaled == floor(scaled) ? 0 : decimals, 0);
	if (unit)
		out[n++] = units[unit];
	out[n] = '\0';
	return n;
}

size_t figure_fixed(char out[FIGURE_MAX], double value, int decimals)
{
	if (decimals > DECIMALS_MAX)
		decimals = DECIMALS_MAX;
	if (!(fabs(value) < 1e15))
		return figure_short(out, value, 1);
	while (decimals && fabs(value) * powers[decimals] > 9e17)
		decimals--;
	return put_fixed(out, value, decimals, 1);
}

size_t figure_bytes(char out[FIGURE_MAX], double value, int is_narrow)
{
	static const char units[] = {'B', 'K', 'M', 'G', 'T', 'P', 'E'};
	int unit;
	double scaled = scale_down(value, 1024, 0, (int)sizeof(units), &unit);
	int decimals =
		unit && fabs(scaled) < 99.95 && round(scaled * 10) != round(scaled) * 10;
	size_t n;

	if (fabs(scaled) >= 1e5)
		return put_exponent(out, value);
	n = put_fixed(out, scaled, decimals, 0);
	if (!is_narrow)
		out[n++] = ' ';
	out[n++] = units[unit];
	if (!is_narrow && unit) {
		out[n++] = 'i';
		out[n++] = 'B';
	}
	out[n] = '\0';
	return n;
}
