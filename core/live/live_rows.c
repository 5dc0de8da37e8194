/* Live streams as rows of the board "log-streams": how fast lines come, how late, and what
 * the ring has let go of. Counted when somebody looks, over a minute's lines. */
#include <math.h>

#include "live/feeder.h"

enum { SPAN_MS = 60 * 1000, LOOKED_MOST = 200000 };

struct counts {
	double lines,
		errors; /* of the last minute; NAN: lines do not say when they are of */
	int64_t newest_ms; /* 0: none says */
	int64_t oldest_ms; /* of what is kept; likewise */
};

static void count(const struct ring_view *view, int64_t now_ms, struct counts *out)
{
	uint64_t least = view->end - view->first > LOOKED_MOST ? view->end - LOOKED_MOST
							       : view->first;
	struct line line;

	*out = (struct counts){.lines = NAN, .errors = NAN};
	for (uint64_t i = view->end; i > least; i--) {
		if (!ring_view_line(view, i - 1, &line) || !line.has_time)
			continue;
		if (!out->newest_ms) {
			out->newest_ms = line.time_ms;
			out->lines = out->errors = 0;
		}
		if (line.time_ms < now_ms - SPAN_MS)
			break;
		out->lines++;
		out->errors += line.level >= LINE_ERROR;
	}
	for (uint64_t i = view->first; i < view->end && !out->oldest_ms; i++)
		if (ring_view_line(view, i, &line) && line.has_time)
			out->oldest_ms = line.time_ms;
}

/* NAN: it is not known. */
static void put_number(cJSON *row, const char *name, double value)
{
	if (isfinite(value))
		cJSON_AddNumberToObject(row, name, value);
	else
		cJSON_AddNullToObject(row, name);
}

/* A clock that is ahead of ours makes none late. NAN: no line says when it is of. */
static double lag_s(const struct counts *counts, int64_t now_ms)
{
	if (!counts->newest_ms)
		return NAN;
	return counts->newest_ms < now_ms ? (double)(now_ms - counts->newest_ms) / 1000
					  : 0;
}

static cJSON *row_of(struct feeder *f)
{
	cJSON *row = cJSON_CreateObject();
	int64_t now_ms = feeder_now_ms(f);
	struct ring_view view;
	struct counts counts;

	ring_view_take(f->ring, &view);
	count(&view, now_ms, &counts);
	cJSON_AddStringToObject(row, "source", f->text);
	put_number(row, "id", (double)f->id);
	cJSON_AddStringToObject(row, "state", live_state_name(f->status.state));
	put_number(row, "lines", (double)view.end);
	put_number(row, "rate", counts.lines);
	put_number(row, "errorRate", counts.errors);
	put_number(row, "lagSeconds", lag_s(&counts, now_ms));
	put_number(row, "dropped", (double)view.first);
	put_number(row, "gaps", (double)f->status.gaps);
	put_number(row, "from", counts.oldest_ms ? (double)counts.oldest_ms / 1000 : NAN);
	put_number(row, "origins", (double)f->status.origins);
	cJSON_AddStringToObject(row, "why",
				f->status.err.code != ERR_NONE ? f->status.err.text
							       : f->status.note);
	ring_view_drop(&view);
	return row;
}

cJSON *live_rows(const struct live *l)
{
	cJSON *rows = cJSON_CreateArray();

	for (struct feeder *f = l ? live_first(l) : NULL; f; f = f->next)
		cJSON_AddItemToArray(rows, row_of(f));
	return rows;
}
