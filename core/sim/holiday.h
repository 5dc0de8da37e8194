/* Days off in Amsterdam that fall on working days. Thread: any (no state). */
#ifndef AZ_SIM_HOLIDAY_H
#define AZ_SIM_HOLIDAY_H

#include <stdbool.h>
#include <stdint.h>

/* `day` counts from 1970. */
bool holiday_is(int64_t day);

#endif
