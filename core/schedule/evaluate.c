/* See evaluate.h. Local days are walked one by one and their times in order. That
 * order is the order of instants too, since zone_to_utc never goes back; two times of
 * a day may become one instant when clocks go forward, and then the later one counts. */
#include "schedule/evaluate.h"

#include <string.h>

enum { DAY_S = 86400 };

/* 1754-01-01 and 9999-01-01: what times are read as. */
static const int64_t first_ms = INT64_C(-6816268800000);
static const int64_t last_ms = INT64_C(253370764800000);

/* Offsets lie within a day and two hours of Greenwich on either side, so a time that
 * came already may be of a date as much later than today's. */
enum { DAYS_AHEAD = 3 };

const char *schedule_intent_name(enum schedule_intent intent)
{
	static const char *const names[] = {"undecidable", "off", "on"};

	return names[intent];
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t local_day(const struct schedule *s, int64_t at_ms)
{
	int64_t utc_s = floor_div(at_ms, 1000);

	return floor_div(utc_s + zone_span_at(s->zone, utc_s).kind->offset_s, DAY_S);
}

/* As many as can lie between two edges: a time has a day of the week at least. */
static int most_days(const struct schedule *s)
{
	return 7 * ((int)s->n_skips + 1) + DAYS_AHEAD + 1;
}

/* The times of a local day, as bits of days; none on a day that is skipped. */
static uint8_t day_bit(const struct schedule *s, int64_t day)
{
	for (size_t i = 0; i < s->n_skips; i++) {
		if (s->skips[i] == day)
			return 0;
	}
	/* 1970 began on a Thursday. */
	return (uint8_t)(1 << ((day % 7 + 7 + 3) % 7));
}

static int64_t local_of(const struct schedule *s, int64_t day, size_t time)
{
	return day * DAY_S + s->times[time].minute * INT64_C(60);
}

static int64_t instant_ms(const struct schedule *s, int64_t day, size_t time)
{
	return zone_to_utc(s->zone, local_of(s, day, time)) * 1000;
}

/* Told without asking the zone, for most that are. */
static bool is_later(const struct schedule *s, int64_t day, size_t time, int64_t at_ms)
{
	return (local_of(s, day, time) - ZONE_MAX_OFFSET_S) * 1000 > at_ms;
}

/* A place in the endless list of times. */
struct place {
	int64_t day;
	size_t time;
	int64_t at_ms;
};

static bool find_last(const struct schedule *s, int64_t at_ms, struct place *out)
{
	int64_t day = local_day(s, at_ms) + DAYS_AHEAD;

	for (int n = most_days(s); n > 0; n--, day--) {
		uint8_t bit = day_bit(s, day);

		for (size_t i = s->n_times; i-- > 0;) {
			if (!(s->times[i].days & bit) || is_later(s, day, i, at_ms))
				continue;
			*out = (struct place){day, i, instant_ms(s, day, i)};
			if (out->at_ms <= at_ms)
				return true;
		}
	}
	return false;
}

static bool find_next(const struct schedule *s, int64_t at_ms, struct place *out)
{
	int64_t day = local_day(s, at_ms);

	for (int n = most_days(s); n > 0; n--, day++) {
		uint8_t bit = day_bit(s, day);

		for (size_t i = 0; i < s->n_times; i++) {
			if (!(s->times[i].days & bit))
				continue;
			*out = (struct place){day, i, instant_ms(s, day, i)};
			/* Of several at that instant, the last. */
			if (out->at_ms > at_ms)
				return find_last(s, out->at_ms, out);
		}
	}
	return false;
}

/* What the time says itself, else what its schedule does. */
static struct schedule_figures figures_of(const struct schedule *s, size_t time)
{
	struct schedule_figures figures = s->times[time].figures;
	const struct schedule_figures *other = &s->figures[s->times[time].is_on];

	if (!figures.tier[0])
		memcpy(figures.tier, other->tier, sizeof(figures.tier));
	if (!figures.size[0])
		memcpy(figures.size, other->size, sizeof(figures.size));
	if (figures.count < 0)
		figures.count = other->count;
	return figures;
}

static bool is_same(const struct schedule *s, size_t a, size_t b)
{
	struct schedule_figures fa = figures_of(s, a), fb = figures_of(s, b);

	return s->times[a].is_on == s->times[b].is_on && fa.count == fb.count &&
	       strcmp(fa.tier, fb.tier) == 0 && strcmp(fa.size, fb.size) == 0;
}

static void fill(const struct schedule *s, const struct place *at,
		 struct schedule_edge *out)
{
	int64_t utc_s = at->at_ms / 1000;
	int64_t local_s = local_of(s, at->day, at->time);
	struct zone_span span = zone_span_at(s->zone, utc_s);
	struct place before;

	*out = (struct schedule_edge){
		.at_ms = at->at_ms,
		.minute = s->times[at->time].minute,
		.is_on = s->times[at->time].is_on,
		.is_moved = utc_s + span.kind->offset_s != local_s,
		.figures = figures_of(s, at->time),
		.clock = span.kind,
	};
	out->is_change = !find_last(s, at->at_ms - 1, &before) ||
			 !is_same(s, at->time, before.time);
	/* Do clocks show it again after they were set back? */
	if (span.until_s != INT64_MAX) {
		const struct zone_kind *after = zone_span_at(s->zone, span.until_s).kind;

		out->is_repeated = !out->is_moved &&
				   local_s - after->offset_s >= span.until_s &&
				   after->offset_s < span.kind->offset_s;
	}
}

static bool is_walkable(const struct schedule *s, int64_t at_ms)
{
	return !s->is_opted_out && s->zone && at_ms >= first_ms && at_ms < last_ms;
}

bool schedule_last(const struct schedule *s, int64_t at_ms, struct schedule_edge *out)
{
	struct place place;

	if (!is_walkable(s, at_ms) || !find_last(s, at_ms, &place))
		return false;
	fill(s, &place, out);
	return true;
}

bool schedule_next(const struct schedule *s, int64_t at_ms, struct schedule_edge *out)
{
	struct place place;

	if (!is_walkable(s, at_ms) || !find_next(s, at_ms, &place))
		return false;
	fill(s, &place, out);
	return true;
}

bool schedule_skips(const struct schedule *s, int64_t at_ms, int64_t *day_ms)
{
	int64_t today, first = INT64_MAX;

	if (!is_walkable(s, at_ms))
		return false;
	today = local_day(s, at_ms);
	for (size_t i = 0; i < s->n_skips; i++) {
		if (s->skips[i] >= today && s->skips[i] < first)
			first = s->skips[i];
	}
	if (first == INT64_MAX)
		return false;
	*day_ms = first * DAY_S * 1000;
	return true;
}

enum schedule_intent schedule_intended(const struct schedule *s, int64_t at_ms)
{
	struct place place;

	if (s->is_opted_out)
		return SCHEDULE_ON;
	if (!is_walkable(s, at_ms) || !find_last(s, at_ms, &place))
		return SCHEDULE_UNDECIDABLE;
	return s->times[place.time].is_on ? SCHEDULE_ON : SCHEDULE_OFF;
}

struct schedule_missed schedule_missed(const struct schedule *s, int64_t since_ms,
				       int64_t now_ms)
{
	struct schedule_missed missed = {.n = 0};
	struct schedule_edge edge;
	int64_t at_ms = since_ms;

	while (schedule_next(s, at_ms, &edge) && edge.at_ms <= now_ms) {
		if (missed.n == SCHEDULE_MAX_MISSED) {
			missed.is_more = true;
			break;
		}
		if (missed.n++ == 0)
			missed.first = edge;
		at_ms = edge.at_ms;
	}
	if (missed.n && !schedule_last(s, now_ms, &missed.last))
		missed.n = 0;
	return missed;
}
