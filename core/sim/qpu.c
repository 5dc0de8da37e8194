/* See qpu.h. Windows stand side by side: what is refused by one is counted by none. */
#include "sim/qpu.h"

#include "sim/rhythm.h"

#define PREFIX "x-ms-ratelimit-microsoft.costmanagement-"

static const struct {
	const char *name;
	int64_t ms;
} windows[QPU_WINDOWS] = {{"QueriesPer10Sec", 10000},
			  {"QueriesPerMin", MINUTE_MS},
			  {"QueriesPerHour", HOUR_MS}};

static void turn_windows(struct qpu *q, int64_t now_ms)
{
	for (int i = 0; i < QPU_WINDOWS; i++) {
		int64_t began = now_ms - now_ms % windows[i].ms;

		if (began == q->began_ms[i])
			continue;
		q->began_ms[i] = began;
		q->used[i] = 0;
	}
}

static void refuse(struct reply *rep, int wait_s)
{
	/* Which of them counts is not said: the longest does. */
	reply_header(rep, PREFIX "qpu-retry-after", "%d", wait_s);
	reply_header(rep, PREFIX "entity-retry-after", "%d", wait_s > 4 ? 4 : wait_s);
	reply_header(rep, PREFIX "tenant-retry-after", "%d", wait_s > 2 ? 2 : wait_s);
	reply_error(rep, 429, "429", "Too many requests. Please retry.");
}

static int seconds_left(const struct qpu *q, int window, int64_t now_ms)
{
	return (int)((q->began_ms[window] + windows[window].ms - now_ms + 999) / 1000);
}

bool qpu_take(struct qpu *q, int64_t now_ms, int units, struct reply *rep)
{
	int wait_s = 0;

	turn_windows(q, now_ms);
	for (int i = 0; i < QPU_WINDOWS; i++)
		if (q->used[i] + units > q->most[i] &&
		    seconds_left(q, i, now_ms) > wait_s)
			wait_s = seconds_left(q, i, now_ms);
	if (wait_s) {
		refuse(rep, wait_s);
		return false;
	}
	for (int i = 0; i < QPU_WINDOWS; i++)
		q->used[i] += units;
	reply_header(rep, PREFIX "qpu-consumed", "%d", units);
	reply_header(rep, PREFIX "qpu-remaining",
		     "QueriesPerHour:%d,QueriesPerMin:%d,QueriesPer10Sec:%d",
		     q->most[2] - q->used[2], q->most[1] - q->used[1],
		     q->most[0] - q->used[0]);
	return true;
}
