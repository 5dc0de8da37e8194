/* The pulse of the working day: when people are at work, and noise that can be
 * asked for any moment. Local time is Amsterdam's, with its summer.
 * Thread: any (no state). */
#ifndef AZ_SIM_RHYTHM_H
#define AZ_SIM_RHYTHM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/timefmt.h"

#define RHYTHM_OPENS_H	7
#define RHYTHM_CLOSES_H 19
/* The same as a tag, in the grammar of azdeck-schedule(7). */
#define RHYTHM_SCHEDULE "off=(m-f,19);on=(m-f,7);tz=Europe/Amsterdam"

/* Days since 1970 in local time, and the UTC moment a local day begins. */
int64_t rhythm_day(int64_t utc_ms);
int64_t rhythm_day_start(int64_t day);
/* 0 Sunday to 6. */
int rhythm_weekday(int64_t day);
bool rhythm_is_open(int64_t utc_ms);
/* The last opening or closing at or before the moment; *opens says which. */
int64_t rhythm_last_edge(int64_t utc_ms, bool *opens);
/* The same hours by the clocks of Los Angeles, for what a team there uses. */
#define RHYTHM_SCHEDULE_WEST "off=(m-f,19);on=(m-f,7);tz=America/Los_Angeles"
int64_t rhythm_last_edge_west(int64_t utc_ms, bool *opens);
/* How much is going on, 0 to 1: low at night and weekends, a dip at lunch. */
double rhythm_load(int64_t utc_ms);
/* Smooth noise in [-1, 1] that takes about `period_ms` to change its mind. */
double rhythm_noise(uint64_t seed, int64_t utc_ms, int64_t period_ms);
/* a / b rounded down, for moments before 1970 too. */
int64_t rhythm_floor_div(int64_t a, int64_t b);

#endif
