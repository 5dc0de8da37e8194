/* Comparing what was written with what is. */
#include "answer/ground_match.h"

#include <math.h>
#include <stdlib.h>

#include "base/timefmt.h"
#include "board/def.h"

static bool is_near(double is, double said, double half)
{
	return fabs(is - said) <= half * (1 + 1e-9) + fabs(is) * 1e-12;
}

static bool number_matches(const struct scan *f, const struct field *field)
{
	double is = field->cell->number;
	struct str unit = str_from(field->column->unit);
	double unit_ms = scan_unit_ms(unit);

	if (f->kind == SCAN_SPAN) {
		/* "days_left" has its unit in its name. */
		if (unit_ms == 0 && f->unit_ms == DAY_MS &&
		    str_find(str_from(field->path), STR("day")) >= 0)
			unit_ms = DAY_MS;
		return unit_ms > 0 && is_near(is * unit_ms, f->number, f->half);
	}
	if (f->unit == UNIT_PERCENT)
		return str_is(unit, "%") && is_near(is, f->number, f->half);
	return f->unit == UNIT_NONE && is_near(is, f->number, f->half);
}

static bool money_matches(const struct scan *f, const struct field *field)
{
	if (f->unit == UNIT_MONEY && field->cell->text[0] &&
	    !str_is(str_from(field->cell->text), f->currency))
		return false;
	return (f->unit == UNIT_MONEY || f->unit == UNIT_NONE) &&
	       is_near(field->cell->number, f->number, f->half);
}

static bool bytes_match(const struct scan *f, const struct field *field)
{
	double is = field->cell->number;

	return f->unit == UNIT_BYTES &&
	       (is_near(is, f->number, f->half) || is_near(is, f->bytes_1000, f->half));
}

static bool is_within(const struct scan *f, int64_t at_ms)
{
	return at_ms >= f->at_ms && at_ms < f->until_ms;
}

static bool moment_matches(const struct scan *f, const struct field *field,
			   int64_t now_ms)
{
	int64_t at_ms = (int64_t)field->cell->number;

	if (f->kind == SCAN_SPAN)
		return is_near(fabs((double)(now_ms - at_ms)), f->number, f->half * 2);
	if (f->kind != SCAN_MOMENT)
		return false;
	if (!f->is_any_day)
		return is_within(f, at_ms);
	/* A clock alone is of a day around now. */
	for (int64_t day = -1; day <= 1; day++) {
		struct scan that = *f;
		int64_t base = (at_ms / DAY_MS + day) * DAY_MS;

		that.at_ms += base;
		that.until_ms += base;
		if (is_within(&that, at_ms))
			return llabs(now_ms - at_ms) < DAY_MS;
	}
	return false;
}

bool figure_matches(const struct scan *f, const struct field *field, int64_t now_ms)
{
	if ((field->state != FIELD_KNOWN && field->state != FIELD_STALE) ||
	    f->kind == SCAN_WORD || f->kind == SCAN_NAME)
		return false;
	switch (field->column->type) {
	case CELL_TIME:
	case CELL_AGE:
		return moment_matches(f, field, now_ms);
	case CELL_DURATION:
		return f->kind == SCAN_SPAN &&
		       is_near(field->cell->number, f->number, f->half);
	case CELL_NUMBER:
		return f->kind != SCAN_MOMENT && number_matches(f, field);
	case CELL_PERCENT:
		return f->kind == SCAN_NUMBER &&
		       (f->unit == UNIT_PERCENT || f->unit == UNIT_NONE) &&
		       is_near(field->cell->number, f->number, f->half);
	case CELL_MONEY:
		return f->kind == SCAN_NUMBER && money_matches(f, field);
	case CELL_BYTES:
		return f->kind == SCAN_NUMBER && bytes_match(f, field);
	case CELL_TEXT:
	case CELL_STATE:
	case CELL_SERIES:
		break;
	}
	return false;
}

bool figures_equal(const struct scan *a, const struct scan *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == SCAN_MOMENT)
		return a->at_ms == b->at_ms && a->until_ms == b->until_ms;
	return (a->kind == SCAN_NUMBER || a->kind == SCAN_SPAN) && a->unit == b->unit &&
	       is_near(a->number, b->number, 0);
}

static bool counts(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       (unsigned char)c >= 0x80;
}

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Where the words end when they begin at `at`; 0: they do not. */
static size_t words_at(struct str text, size_t at, struct str words)
{
	size_t i = 0;

	for (;;) {
		while (i < words.n && !counts(words.p[i]))
			i++;
		if (i == words.n)
			return at < text.n && counts(text.p[at]) ? 0 : at;
		while (at < text.n && memchr(" -_./:", text.p[at], 6))
			at++;
		if (at >= text.n || folded(text.p[at]) != folded(words.p[i]))
			return 0;
		at++;
		i++;
	}
}

bool words_find(struct str text, struct str words, size_t *begin, size_t *end)
{
	bool is_found = false;

	for (size_t at = 0; at < text.n; at++) {
		size_t n;

		if (!counts(text.p[at]) || (at > 0 && counts(text.p[at - 1])))
			continue;
		n = words_at(text, at, words);
		if (n > at) {
			*begin = at;
			*end = n;
			is_found = true;
		}
	}
	return is_found;
}
