/* Whether what is written says what a field says. Thread: any (no state). */
#ifndef AZ_ANSWER_GROUND_MATCH_H
#define AZ_ANSWER_GROUND_MATCH_H

#include "answer/field.h"
#include "answer/figure_scan.h"

/* A figure against a field that is known: numbers at the precision shown, moments as
 * instants, or as how long ago. */
bool figure_matches(const struct scan *figure, const struct field *field, int64_t now_ms);
bool figures_equal(const struct scan *a, const struct scan *b);

/* Where the words stand in the text, whole, whatever case and marks are in them:
 * "Business Critical" for "BusinessCritical". The last place. */
bool words_find(struct str text, struct str words, size_t *begin, size_t *end);

#endif
