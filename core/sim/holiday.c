/* Days off: fixed ones, and those that move with Easter. Thread: any (no state).
 * Easter is computed in the Gregorian calendar, for any year of it. */
#include "sim/holiday.h"

#include "base/count.h"
#include "base/timefmt.h"

static const struct {
	int month, day;
} fixed[] = {{1, 1}, {4, 27}, {5, 5}, {12, 25}, {12, 26}};

/* Days after Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday. */
static const int moving[] = {-2, 1, 39, 50};

static int64_t easter_day(int year)
{
	int century = year / 100, golden = year % 19;
	int moon =
		(century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
	int full = moon - (moon > 28 || (moon == 28 && golden > 10) ? 1 : 0);
	int weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
	int from_march = full - weekday + 28; /* of March, going on into April */
	struct utc t = {.year = year, .month = 3, .day = 1};

	return utc_to_ms(&t) / DAY_MS + from_march - 1;
}

bool holiday_is(int64_t day)
{
	struct utc t = utc_from_ms(day * DAY_MS);
	int64_t easter = easter_day(t.year);

	for (size_t i = 0; i < COUNT(fixed); i++)
		if (t.month == fixed[i].month && t.day == fixed[i].day)
			return true;
	for (size_t i = 0; i < COUNT(moving); i++)
		if (day == easter + moving[i])
			return true;
	return false;
}
