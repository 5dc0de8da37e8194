/* See node_hours.h. */
#include "agents/node_hours.h"

#include <math.h>
#include <string.h>

const char *node_drift_word(enum node_drift drift)
{
	static const char *const words[] = {
		[NODE_DRIFT_UNDECIDABLE] = "undecidable",
		[NODE_DRIFT_OPTED_OUT] = "opted out",
		[NODE_DRIFT_NONE] = "as intended",
		[NODE_DRIFT_DUE] = "due",
		[NODE_DRIFT_MORE] = "more",
		[NODE_DRIFT_FEWER] = "fewer",
	};

	return words[drift];
}

/* Off without a count is none; on without one, and with none to keep, is as many as like. */
static double count_of(const struct wanted *w)
{
	if (w->last.figures.count >= 0)
		return w->last.figures.count;
	return w->intent == SCHEDULE_OFF ? 0 : NAN;
}

/* How many it could have of what is wanted, without anybody doing anything. */
static double within_reach(const struct node_aim *aim, double want)
{
	if (aim->is_off)
		return 0;
	if (!aim->is_scaled)
		return aim->count;
	return isnan(aim->least) || isnan(aim->most)
		       ? NAN
		       : fmax(aim->least, fmin(aim->most, want));
}

void node_hours_look(const struct wanted *wanted, const struct node_aim *aim,
		     int64_t now_ms, struct node_hours *out)
{
	*out = (struct node_hours){.drift = NODE_DRIFT_UNDECIDABLE,
				   .want = NAN,
				   .extra = NAN,
				   .error = wanted->error.text};
	if (wanted->is_opted_out) {
		out->drift = NODE_DRIFT_OPTED_OUT;
		return;
	}
	if (wanted->intent == SCHEDULE_UNDECIDABLE || !wanted->has_last)
		return;
	out->want = count_of(wanted);
	out->edge_ms = wanted->last.at_ms;
	out->error = "";
	out->extra = isnan(out->want) ? 0 : within_reach(aim, out->want) - out->want;
	if (isnan(out->extra)) {
		out->error = "how many nodes it has is not known";
		return;
	}
	out->drift = out->extra > 0   ? NODE_DRIFT_MORE
		     : out->extra < 0 ? NODE_DRIFT_FEWER
				      : NODE_DRIFT_NONE;
	if (out->drift != NODE_DRIFT_NONE && now_ms - out->edge_ms < WANTED_DUE_MS)
		out->drift = NODE_DRIFT_DUE;
}

struct node_aim node_aim_read(const struct board *pools, size_t row)
{
	return (struct node_aim){
		.count = read_number(pools, row, "count"),
		.least = read_number(pools, row, "min"),
		.most = read_number(pools, row, "max"),
		.is_scaled = strcmp(read_text(pools, row, "autoscale"), "on") == 0,
		.is_off = strcmp(read_text(pools, row, "state"), "Stopped") == 0,
	};
}
