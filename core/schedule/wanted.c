/* See wanted.h. */
#include "schedule/wanted.h"

#include <math.h>
#include <stdio.h>

/* Edges that ask for what held already are passed over, but not for ever. */
enum { MOST_AGAIN = 64 };

static bool find_since(const struct schedule *s, int64_t now_ms,
		       struct schedule_edge *out)
{
	struct schedule_edge before;

	if (!schedule_last(s, now_ms, out))
		return false;
	for (int i = 0; i < MOST_AGAIN && !out->is_change; i++) {
		if (!schedule_last(s, out->at_ms - 1, &before))
			break;
		*out = before;
	}
	return true;
}

static bool find_coming(const struct schedule *s, int64_t now_ms,
			struct schedule_edge *out)
{
	for (int i = 0; i < MOST_AGAIN; i++) {
		if (!schedule_next(s, now_ms, out))
			return false;
		if (out->is_change)
			return true;
		now_ms = out->at_ms;
	}
	return false;
}

void wanted_look(struct str tag, const struct schedule *defaults, struct zones *zones,
		 int64_t now_ms, struct wanted *out)
{
	*out = (struct wanted){.intent = SCHEDULE_UNDECIDABLE};
	out->has_schedule =
		schedule_parse(tag, defaults, zones, &out->schedule, &out->error);
	if (!out->has_schedule)
		return;
	out->is_opted_out = out->schedule.is_opted_out;
	out->intent = schedule_intended(&out->schedule, now_ms);
	if (out->intent == SCHEDULE_UNDECIDABLE)
		snprintf(out->error.text, sizeof(out->error.text), "%s",
			 "the tag asks for nothing at that time");
	out->has_last = find_since(&out->schedule, now_ms, &out->last);
	out->has_next = find_coming(&out->schedule, now_ms, &out->next);
}

/* What changed it after the edge is newer than the edge; where no list of changes goes back
 * to the edge, nobody knows. */
enum wanted_fate wanted_fate(const struct wanted_changes *seen, int64_t edge_ms,
			     int64_t now_ms)
{
	if (seen->done_ms >= edge_ms && seen->done_ms > 0)
		return WANTED_UNDONE;
	if (seen->failed_ms >= edge_ms && seen->failed_ms > 0)
		return WANTED_FAILED;
	if (now_ms - edge_ms < WANTED_DUE_MS)
		return WANTED_DUE;
	return seen->known_from_ms && seen->known_from_ms <= edge_ms ? WANTED_MISSED
								     : WANTED_UNTOLD;
}

static float level_of(enum schedule_intent intent)
{
	return intent == SCHEDULE_UNDECIDABLE ? NAN : intent == SCHEDULE_ON;
}

/* From edge to edge: asking for every part would be twenty times the work. */
void wanted_timeline(const struct wanted *wanted, int64_t from_ms, int64_t part_ms,
		     float *out, size_t n)
{
	enum schedule_intent intent = SCHEDULE_UNDECIDABLE;
	struct schedule_edge edge;
	bool has_edge = false;

	if (wanted->has_schedule) {
		intent = schedule_intended(&wanted->schedule, from_ms);
		has_edge = schedule_next(&wanted->schedule, from_ms, &edge);
	}
	for (size_t i = 0; i < n; i++) {
		int64_t at_ms = from_ms + (int64_t)i * part_ms;

		while (has_edge && edge.at_ms <= at_ms) {
			intent = edge.is_on ? SCHEDULE_ON : SCHEDULE_OFF;
			has_edge = schedule_next(&wanted->schedule, edge.at_ms, &edge);
		}
		out[i] = level_of(intent);
	}
}

double wanted_share(const struct wanted *wanted, int64_t now_ms)
{
	enum { HOURS = 7 * 24 };
	float hours[HOURS];
	int n = 0;

	if (wanted->intent == SCHEDULE_UNDECIDABLE)
		return NAN;
	wanted_timeline(wanted, now_ms, 3600000, hours, HOURS);
	for (int i = 0; i < HOURS; i++)
		n += hours[i] == level_of(wanted->intent);
	return (double)n / HOURS;
}
