/* What repeats with the months: runs at a month's end, bills on its first, refunds on
 * its fifteenth. It excuses days that stand out, and goes into what is to come.
 * Thread: any (no state). */
#ifndef AZ_COST_CALENDAR_H
#define AZ_COST_CALENDAR_H

#include "cost/baseline.h"

/* What the calendar adds to day `at` as the months before show it: runs at a month's
 * end, bills on its first. A part of the expected; 0: nothing that repeats. */
double calendar_monthly(const struct baseline *b, const struct cost_series *s, size_t at);
/* What day `day`, behind the last one, is going to cost; NAN: nothing is known. */
double calendar_ahead(const struct baseline *b, const struct cost_series *s, int64_t day);
/* What was billed on the same day of the last month and on no day beside it; NAN: nothing
 * was, or it is not known. */
double calendar_bill(const struct cost_series *s, size_t at, double least);

/* Whether what day `at` cost is such a bill: about the same as a month before. */
bool calendar_is_bill(const struct cost_series *s, size_t at, double least);

#endif
