/* See podlog.h: when something is written. A second has so many events, spread over it;
 * an event is a line or several, a few microseconds apart. Tens of thousands of lines are
 * gone through to count a few: only podlog_text() makes words. Thread: any. */
#include "sim/logs/podlog.h"

#include <string.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/rhythm.h"

enum { CRASH_LIFE_S = 14, LINE_GAP_NS = 21000, EVENT_MOST_BYTES = 8192 };
#define SECOND_NS 1000000000LL

/* Every night somebody's batch takes the database's workers. */
static const struct podlog_storm {
	const char *workload;
	int begins_min, ends_min; /* of the day, UTC */
	double rate;
} storms[] = {
	{"orders-api", 3 * 60 + 10, 3 * 60 + 22, 45},
	{"checkout", 3 * 60 + 11, 3 * 60 + 22, 9},
};

static const struct podlog_storm *storm_of(const struct podlog *log)
{
	for (size_t i = 0; i < COUNT(storms); i++) {
		if (strcmp(storms[i].workload, log->of->name) == 0)
			return &storms[i];
	}
	return NULL;
}

static double storm_rate(const struct podlog_cursor *c)
{
	int64_t minute = c->second / 60 % (24 * 60);

	return c->storm && minute >= c->storm->begins_min && minute < c->storm->ends_min
		       ? c->storm->rate
		       : 0;
}

/* Which second of its life a container that ends again and again is in; -1: none. */
static int crash_second(const struct podlog *log, int64_t second)
{
	struct world then = {.now_ms = second * 1000 + CRASH_LIFE_S * 1000LL};
	struct crashes c = k8s_crashes(&then, log->of);
	int64_t in = second * 1000 - (c.last_ms - CRASH_LIFE_S * 1000LL);

	return in >= 0 && in < CRASH_LIFE_S * 1000LL ? (int)(in / 1000) : -1;
}

static bool is_crashing(const struct podlog *log)
{
	return log->fault == FAULT_CRASH && strcmp(log->container, log->of->name) == 0;
}

static int count_of(struct podlog_cursor *c)
{
	const struct podlog_voice *voice = c->voice;
	int64_t minute = c->second / 60;
	double rate;

	if (c->is_crashing)
		return crash_second(c->log, c->second) >= 0;
	if (c->load_at != minute) {
		c->load_at = minute;
		c->load = rhythm_load(minute * MINUTE_MS);
	}
	rate = voice->least + c->load * (voice->rate - voice->least) + storm_rate(c);
	return (int)(rate + rng_at(c->seed, (uint64_t)c->second));
}

static int64_t time_of(const struct podlog_cursor *c)
{
	uint64_t draw = (uint64_t)c->second * 4096 + (uint64_t)c->at;
	double part = (c->at + 0.9 * rng_at(c->seed ^ 0x74, draw)) / c->n;

	return c->second * SECOND_NS + (int64_t)(part * (double)SECOND_NS);
}

void podlog_begin(struct podlog_cursor *c, const struct world *w,
		  const struct podlog *log, int64_t from_ns)
{
	*c = (struct podlog_cursor){.log = log,
				    .voice = podlog_voice_of(log),
				    .storm = storm_of(log),
				    .is_crashing = is_crashing(log),
				    .load_at = -1};
	if (from_ns < log->begins_ms * 1000000)
		from_ns = log->begins_ms * 1000000;
	c->seed = rng_mix(w->seed, str_hash(str_from(log->pod)) ^
					   str_hash(str_from(log->container)) * 31);
	c->second = from_ns / SECOND_NS;
	c->n = count_of(c);
	strbuf_init(&c->text, EVENT_MOST_BYTES);
	while (c->at < c->n && time_of(c) < from_ns)
		c->at++;
}

void podlog_end(struct podlog_cursor *c)
{
	strbuf_fini(&c->text);
}

static void happen(struct podlog_cursor *c, int64_t ns)
{
	double storm = storm_rate(c);

	c->event = (struct podlog_event){
		.ns = ns,
		.seed = rng_mix(c->seed, (uint64_t)ns),
		.log = c->log,
		.is_storm =
			storm > 0 && rng_at(c->seed ^ 0x73, (uint64_t)ns) * c->n < storm,
	};
	c->outline = c->is_crashing
			     ? podlog_crash_outline(crash_second(c->log, c->second))
			     : c->voice->outline(&c->event);
	c->line = 0;
	c->is_spoken = false;
}

static void give(struct podlog_cursor *c, struct podlog_line *line)
{
	line->level = c->line == 0 ? c->outline.level : PODLOG_UNKNOWN;
	line->time_ns = c->event.ns + (int64_t)c->line++ * LINE_GAP_NS;
}

struct str podlog_text(struct podlog_cursor *c)
{
	struct str rest, line = {0};

	if (!c->is_spoken) {
		strbuf_reset(&c->text);
		if (c->is_crashing)
			podlog_crash(&c->event, crash_second(c->log, c->second),
				     &c->text);
		else
			c->voice->speak(&c->event, &c->text);
		c->is_spoken = true;
	}
	rest = strbuf_str(&c->text);
	for (int i = 0; i < c->line; i++)
		str_next(&rest, '\n', &line);
	return line;
}

bool podlog_next(struct podlog_cursor *c, int64_t until_ns, struct podlog_line *line)
{
	int64_t ends_ns = c->log->ends_ms > INT64_MAX / 1000000
				  ? INT64_MAX
				  : c->log->ends_ms * 1000000;

	if (until_ns > ends_ns)
		until_ns = ends_ns;
	if (c->line < c->outline.n_lines) {
		give(c, line);
		return true;
	}
	for (; c->second * SECOND_NS < until_ns;
	     c->second++, c->at = 0, c->n = count_of(c)) {
		int64_t ns;

		if (c->at == c->n)
			continue;
		ns = time_of(c);
		if (ns >= until_ns)
			return false;
		happen(c, ns);
		c->at++;
		give(c, line);
		return true;
	}
	return false;
}
