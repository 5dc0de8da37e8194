/* What else people call a time zone: the short names of the off-hours grammar ("et") and
 * those of Windows ("W. Europe Standard Time"), as names of tzdata. Thread: any (no
 * state). */
#ifndef AZ_SCHEDULE_ZONE_NAME_H
#define AZ_SCHEDULE_ZONE_NAME_H

#include "base/str.h"

/* The name in tzdata, or the name itself when it is in neither table. Upper and lower
 * case are the same. */
struct str zone_name_resolve(struct str name);

#endif
