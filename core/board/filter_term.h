/* One part of a filter: a word, a phrase or a regex, about all cells or one
 * column. Thread: one owner. */
#ifndef AZ_BOARD_FILTER_TERM_H
#define AZ_BOARD_FILTER_TERM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "board/filter.h"
#include "board/filter_bound.h"

enum { FILTER_ANY = -1, FILTER_SEVERITY = -2 };
enum { FILTER_TEXT_MAX = 200 };

struct filter_term {
	struct str text;	 /* as typed, without quotes; owned */
	struct str folded;	 /* in small letters; owned */
	ptrdiff_t column;	 /* or one of the above */
	enum filter_order order; /* against the bound; none: a text */
	double bound;
	bool is_not;
	bool is_exact;	   /* it has a capital: case counts */
	pcre2_code *regex; /* NULL: a plain text */
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

/* ASCII only, so that offsets into a text and into its small letters agree. */
static inline char filter_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Skips blanks; false at the end. */
bool filter_term_skip(struct str *rest);
/* Cuts one part off the front of *rest. */
bool filter_term_parse(struct filter_term *term, struct str *rest,
		       const struct board_def *def, struct err *err) MUST_CHECK;
void filter_term_fini(struct filter_term *term);
/* The first hit at or after `from`. */
bool filter_term_find(const struct filter_term *term, struct str text, size_t from,
		      struct filter_range *out);

#endif
