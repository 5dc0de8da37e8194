/* Numbers with their units, read as people write them: "87 %", "€6,970.23", "4h05m",
 * "32 GiB", "3.2k". */
#include "answer/figure_scan.h"

#include <math.h>
#include <stdio.h>

#include "answer/figure_time.h"
#include "answer/scan_word.h"
#include "base/count.h"
#include "base/timefmt.h"

struct cursor {
	struct str text;
	size_t at;
};

enum unit_kind { OF_TIME, OF_BYTES, OF_PERCENT, OF_MONEY, OF_SCALE };

static const struct unit {
	const char *name;
	enum unit_kind kind;
	double factor;	      /* milliseconds, bytes by 1024, times */
	double factor_1000;   /* bytes by 1000 */
	const char *currency; /* OF_MONEY */
} units[] = {
	{"ms", OF_TIME, 1, 0, NULL},
	{"s", OF_TIME, 1e3, 0, NULL},
	{"sec", OF_TIME, 1e3, 0, NULL},
	{"secs", OF_TIME, 1e3, 0, NULL},
	{"second", OF_TIME, 1e3, 0, NULL},
	{"seconds", OF_TIME, 1e3, 0, NULL},
	{"m", OF_TIME, 6e4, 0, NULL},
	{"min", OF_TIME, 6e4, 0, NULL},
	{"mins", OF_TIME, 6e4, 0, NULL},
	{"minute", OF_TIME, 6e4, 0, NULL},
	{"minutes", OF_TIME, 6e4, 0, NULL},
	{"h", OF_TIME, 3.6e6, 0, NULL},
	{"hr", OF_TIME, 3.6e6, 0, NULL},
	{"hrs", OF_TIME, 3.6e6, 0, NULL},
	{"hour", OF_TIME, 3.6e6, 0, NULL},
	{"hours", OF_TIME, 3.6e6, 0, NULL},
	{"d", OF_TIME, 8.64e7, 0, NULL},
	{"day", OF_TIME, 8.64e7, 0, NULL},
	{"days", OF_TIME, 8.64e7, 0, NULL},
	{"w", OF_TIME, 6.048e8, 0, NULL},
	{"week", OF_TIME, 6.048e8, 0, NULL},
	{"weeks", OF_TIME, 6.048e8, 0, NULL},
	{"B", OF_BYTES, 1, 1, NULL},
	{"kB", OF_BYTES, 1024.0, 1e3, NULL},
	{"KB", OF_BYTES, 1024.0, 1e3, NULL},
	{"KiB", OF_BYTES, 1024.0, 1024.0, NULL},
	{"MB", OF_BYTES, 1048576.0, 1e6, NULL},
	{"MiB", OF_BYTES, 1048576.0, 1048576.0, NULL},
	{"GB", OF_BYTES, 1073741824.0, 1e9, NULL},
	{"GiB", OF_BYTES, 1073741824.0, 1073741824.0, NULL},
	{"TB", OF_BYTES, 1099511627776.0, 1e12, NULL},
	{"TiB", OF_BYTES, 1099511627776.0, 1099511627776.0, NULL},
	{"percent", OF_PERCENT, 1, 0, NULL},
	{"EUR", OF_MONEY, 1, 0, "EUR"},
	{"euro", OF_MONEY, 1, 0, "EUR"},
	{"euros", OF_MONEY, 1, 0, "EUR"},
	{"USD", OF_MONEY, 1, 0, "USD"},
	{"dollars", OF_MONEY, 1, 0, "USD"},
	{"GBP", OF_MONEY, 1, 0, "GBP"},
	{"INR", OF_MONEY, 1, 0, "INR"},
	{"JPY", OF_MONEY, 1, 0, "JPY"},
	{"CHF", OF_MONEY, 1, 0, "CHF"},
	{"k", OF_SCALE, 1e3, 0, NULL},
	{"K", OF_SCALE, 1e3, 0, NULL},
	{"M", OF_SCALE, 1e6, 0, NULL},
	{"thousand", OF_SCALE, 1e3, 0, NULL},
	{"million", OF_SCALE, 1e6, 0, NULL},
};

static const struct {
	struct str sign;
	const char *currency;
} signs[] = {
	{STR("€"), "EUR"}, {STR("R$"), "BRL"}, {STR("$"), "USD"}, {STR("£"), "GBP"},
	{STR("₹"), "INR"}, {STR("¥"), "JPY"},  {STR("₩"), "KRW"},
};

static bool is_digit(struct str text, size_t at)
{
	return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

static bool is_letter(struct str text, size_t at)
{
	return at < text.n &&
	       (((text.p[at] | 0x20) >= 'a' && (text.p[at] | 0x20) <= 'z') ||
		(unsigned char)text.p[at] >= 0x80);
}

/* "1,234.5"; a comma stands before three digits. */
static bool take_number(struct cursor *c, double *number, double *half)
{
	size_t begin = c->at;
	double step = 1;

	*number = 0;
	for (;; c->at++) {
		bool is_comma =
			c->at > begin && c->at < c->text.n && c->text.p[c->at] == ',' &&
			is_digit(c->text, c->at + 1) && is_digit(c->text, c->at + 2) &&
			is_digit(c->text, c->at + 3) && !is_digit(c->text, c->at + 4);

		if (is_comma)
			continue;
		if (!is_digit(c->text, c->at))
			break;
		*number = *number * 10 + (c->text.p[c->at] - '0');
	}
	if (c->at == begin || c->at - begin > 18)
		return false;
	if (c->at < c->text.n && c->text.p[c->at] == '.' && is_digit(c->text, c->at + 1))
		for (c->at++; is_digit(c->text, c->at) && step > 1e-12; c->at++) {
			step /= 10;
			*number += step * (c->text.p[c->at] - '0');
		}
	*half = step / 2;
	return true;
}

static const struct unit *unit_of(struct str name)
{
	for (size_t i = 0; i < COUNT(units); i++)
		if (str_is(name, units[i].name) ||
		    (name.n > 2 && str_eq_nocase(name, str_from(units[i].name))))
			return &units[i];
	return NULL;
}

static size_t skip_blank(struct str text, size_t at)
{
	if (at < text.n && text.p[at] == ' ')
		return at + 1;
	/* A blank at which no line is broken. */
	return str_starts(str_sub(text, at, 2), STR("\xc2\xa0")) ? at + 2 : at;
}

/* The unit at the cursor, or behind one blank; NULL and unmoved: there is none. */
static const struct unit *take_unit(struct cursor *c)
{
	static const struct unit percent = {"%", OF_PERCENT, 1, 0, NULL};
	size_t begin = skip_blank(c->text, c->at), end = begin;
	const struct unit *unit;

	if (begin < c->text.n && c->text.p[begin] == '%') {
		c->at = begin + 1;
		return &percent;
	}
	while (is_letter(c->text, end))
		end++;
	unit = unit_of(str_sub(c->text, begin, end - begin));
	/* One letter is a unit only where it touches its number. */
	if (!unit || (end - begin == 1 && begin != c->at && unit->kind != OF_TIME) ||
	    (is_digit(c->text, end) && unit->kind != OF_TIME))
		return NULL;
	c->at = end;
	return unit;
}

/* What goes on a span: "05m" behind "4h", "20 minutes" behind "3 hours". */
static void take_more(struct cursor *c, struct scan *out)
{
	for (;;) {
		struct cursor next = {.text = c->text, .at = skip_blank(c->text, c->at)};
		const struct unit *unit;
		double number, half;

		if (str_starts(str_sub(next.text, next.at, 4), STR("and ")))
			next.at += 4;
		if (!take_number(&next, &number, &half))
			return;
		unit = take_unit(&next);
		if (!unit || unit->kind != OF_TIME)
			return;
		out->number += number * unit->factor;
		out->half = half * unit->factor;
		*c = next;
	}
}

static void set_unit(struct cursor *c, const struct unit *unit, struct scan *out)
{
	switch (unit->kind) {
	case OF_TIME:
		out->kind = SCAN_SPAN;
		out->unit_ms = unit->factor;
		break;
	case OF_BYTES:
		out->unit = UNIT_BYTES;
		out->bytes_1000 = out->number * unit->factor_1000;
		break;
	case OF_PERCENT:
		out->unit = UNIT_PERCENT;
		break;
	case OF_MONEY:
		out->unit = UNIT_MONEY;
		snprintf(out->currency, sizeof(out->currency), "%s", unit->currency);
		break;
	case OF_SCALE:
		break;
	}
	out->number *= unit->factor;
	out->half *= unit->factor;
	if (unit->kind == OF_TIME)
		take_more(c, out);
}

/* The sign of a currency before the number, and the minus before that or behind it. */
static void take_sign(struct str text, size_t *begin, struct scan *out)
{
	struct str before = str_sub(text, 0, *begin);
	bool is_minus = false;

	for (int round = 0; round < 2; round++) {
		if (!is_minus && before.n && before.p[before.n - 1] == '-' &&
		    (before.n < 2 || !is_letter(before, before.n - 2))) {
			is_minus = true;
			before.n--;
		}
		for (size_t i = 0; i < COUNT(signs) && out->unit == UNIT_NONE; i++)
			if (str_ends(before, signs[i].sign)) {
				before.n -= signs[i].sign.n;
				out->unit = UNIT_MONEY;
				snprintf(out->currency, sizeof(out->currency), "%s",
					 signs[i].currency);
			}
	}
	if (is_minus)
		out->number = -out->number;
	*begin = before.n;
}

static bool scan_number(struct str text, const struct prose_word *word, struct scan *out)
{
	struct cursor c = {.text = text, .at = word->begin};
	const struct unit *unit;

	*out = (struct scan){.kind = SCAN_NUMBER, .begin = word->begin};
	/* "007" is a name. */
	if (text.p[c.at] == '0' && is_digit(text, c.at + 1))
		return false;
	if (!take_number(&c, &out->number, &out->half))
		return false;
	take_sign(text, &out->begin, out);
	unit = take_unit(&c);
	if (unit && unit->kind == OF_SCALE) {
		set_unit(&c, unit, out);
		unit = take_unit(&c);
	}
	if (unit && !(unit->kind == OF_MONEY && out->unit == UNIT_MONEY))
		set_unit(&c, unit, out);
	out->end = c.at;
	return c.at >= word->end && !is_letter(text, c.at) && !is_digit(text, c.at);
}

static bool has_inner_mark(struct str word)
{
	bool has_lower = false;

	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '-' || word.p[i] == '_')
			return true;
		if (has_lower && word.p[i] >= 'A' && word.p[i] <= 'Z')
			return true;
		has_lower |= word.p[i] >= 'a' && word.p[i] <= 'z';
	}
	return false;
}

static bool scan_word(struct str text, const struct prose_word *word, int64_t now_ms,
		      struct scan *out)
{
	struct str self = str_sub(text, word->begin, word->end - word->begin);

	*out = (struct scan){.kind = SCAN_WORD, .begin = word->begin, .end = word->end};
	if (word_is_harmless(text, word))
		return false;
	if (figure_time(text, word, now_ms, out))
		return true;
	if (word->has_digit) {
		if (!scan_number(text, word, out))
			*out = (struct scan){.kind = SCAN_WORD,
					     .begin = word->begin,
					     .end = word->end};
		return true;
	}
	if (word_is_number(text, word))
		return true;
	out->kind = SCAN_NAME;
	out->is_certain = word_looks_like_name(self);
	return out->is_certain || has_inner_mark(self);
}

bool scan_next(struct str text, size_t from, int64_t now_ms, struct scan *out)
{
	struct prose_word word;

	while (word_next(text, from, &word)) {
		if (scan_word(text, &word, now_ms, out))
			return true;
		from = word.end;
	}
	return false;
}

double scan_unit_ms(struct str name)
{
	const struct unit *unit = unit_of(name);

	return unit && unit->kind == OF_TIME ? unit->factor : 0;
}
