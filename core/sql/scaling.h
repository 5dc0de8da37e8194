/* How long a change of size usually takes, as Microsoft describes it: some minutes where
 * storage stays where it is, up to a minute a gigabyte where data are copied.
 * Thread: any (no state). */
#ifndef AZ_SQL_SCALING_H
#define AZ_SQL_SCALING_H

#include "sql/size.h"

/* Whether data are copied on the way. */
bool sql_scaling_copies(const struct sql_size *from, const struct sql_size *to);
/* Milliseconds at most, usually; NAN: it hangs on how much there is, which is NAN. */
double sql_scaling_usual_ms(const struct sql_size *from, const struct sql_size *to,
			    double used_bytes);

#endif
