/* Things in prose that look like facts: numbers with their units, spans, moments, names
 * of resources, numbers in words. Thread: any (no state). */
#ifndef AZ_ANSWER_FIGURE_SCAN_H
#define AZ_ANSWER_FIGURE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum scan_kind {
	SCAN_NUMBER, /* number, at the precision `half` */
	SCAN_SPAN,   /* the same, in milliseconds */
	SCAN_MOMENT, /* from at_ms up to until_ms, or a clock of any day */
	SCAN_WORD,   /* anything else with a digit: an id, a version, an address */
	SCAN_NAME,   /* no digit, but it may be the name of a resource */
};

enum scan_unit { UNIT_NONE, UNIT_PERCENT, UNIT_MONEY, UNIT_BYTES };

struct scan {
	enum scan_kind kind;
	size_t begin, end; /* of the text */
	double number;
	double half;	/* half of its last digit */
	double unit_ms; /* SCAN_SPAN: its first unit */
	enum scan_unit unit;
	double bytes_1000; /* UNIT_BYTES: the number by thousands; `number` is by 1024 */
	char currency[4];  /* UNIT_MONEY: its code */
	int64_t at_ms;	   /* SCAN_MOMENT */
	int64_t until_ms;  /* behind it: a minute, a second or a day later */
	bool is_any_day;   /* a clock without a day: at_ms is of 1970-01-01 */
	bool is_any_year;  /* a day without a year: at_ms is of the year `now` */
	bool is_certain;   /* SCAN_NAME: by its form alone */
};

/* The first at or behind `from`; numbers of lists and of steps, ordinals, and names of
 * protocols that have a digit are none. */
bool scan_next(struct str text, size_t from, int64_t now_ms, struct scan *out);

/* Milliseconds of a unit of time; 0: it is none. */
double scan_unit_ms(struct str name);

#endif
