/* See drift.h. */
#include "sql/drift.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HOUR_MS 3600000.0

static const char asleep_word[] = "paused";
static const char awake_word[] = "running";

const char *sql_drift_name(enum sql_drift drift)
{
	static const char *const names[] = {
		[SQL_DRIFT_UNDECIDABLE] = "undecidable",
		[SQL_DRIFT_UNKNOWN] = "unknown",
		[SQL_DRIFT_NONE] = "as intended",
		[SQL_DRIFT_OPTED_OUT] = "opted out",
		[SQL_DRIFT_MOVING] = "moving",
		[SQL_DRIFT_DUE] = "due",
		[SQL_DRIFT_LARGER] = "larger",
		[SQL_DRIFT_SMALLER] = "smaller",
		[SQL_DRIFT_OTHER] = "other",
		[SQL_DRIFT_AWAKE] = "awake",
		[SQL_DRIFT_SLEEPY] = "sleepy",
	};

	return names[drift];
}

static bool is_word(const char *text, const char *word)
{
	return strcasecmp(text, word) == 0;
}

static bool is_asleep(const struct sql_target *t)
{
	return is_word(t->status, "Paused") || is_word(t->status, "Pausing");
}

/* Whether it can be put to sleep at all: serverless only. */
static bool can_sleep(const struct sql_target *t)
{
	struct sql_size size;

	return sql_size_parse(str_from(t->size), &size) && size.is_serverless;
}

static void set_error(struct sql_drift_state *out, const char *text)
{
	out->drift = SQL_DRIFT_UNDECIDABLE;
	snprintf(out->error, sizeof(out->error), "%s", text);
}

/* False: what is wanted is not said, or cannot be. */
static bool set_want(const struct sql_target *t, const struct sql_drift_rules *rules,
		     struct sql_drift_state *out)
{
	const struct schedule_figures *figures = &out->wanted.last.figures;
	bool is_on = out->wanted.intent == SCHEDULE_ON;
	const char *want = figures->size;

	if (!want[0])
		want = figures->tier;
	if (!want[0] && !is_on && rules->off_size)
		want = rules->off_size;
	if (!want[0] && can_sleep(t))
		want = is_on ? awake_word : asleep_word;
	if (!want[0] && is_on)
		want = awake_word;
	if (!want[0]) {
		set_error(out, "off, but to what size? neither the tag nor off_size says "
			       "so, and only serverless can be paused");
		return false;
	}
	snprintf(out->want, sizeof(out->want), "%s", want);
	return true;
}

/* Of different ladders the dearer one counts as larger. */
static enum sql_drift compare_prices(double is, double want)
{
	return is > want   ? SQL_DRIFT_LARGER
	       : is < want ? SQL_DRIFT_SMALLER
			   : SQL_DRIFT_OTHER;
}

static enum sql_drift compare_sizes(const char *is, const char *want)
{
	struct sql_size a, b;

	if (is_word(is, want))
		return SQL_DRIFT_NONE;
	if (!sql_size_parse(str_from(is), &a) || !sql_size_parse(str_from(want), &b))
		return SQL_DRIFT_OTHER;
	/* A pool's sizes are written as a database's are. */
	b.is_pool = a.is_pool;
	if (!sql_size_is_comparable(&a, &b))
		return compare_prices(sql_price_hourly(&a), sql_price_hourly(&b));
	return a.capacity > b.capacity	 ? SQL_DRIFT_LARGER
	       : a.capacity < b.capacity ? SQL_DRIFT_SMALLER
					 : SQL_DRIFT_NONE;
}

static bool wants_word(const struct sql_drift_state *out, const char *word)
{
	return strcmp(out->want, word) == 0;
}

/* A serverless database that sleeps keeps its size; it may sleep while on, too, unless the
 * rules keep it awake. */
static enum sql_drift compare(const struct sql_target *t,
			      const struct sql_drift_rules *rules,
			      const struct sql_drift_state *out)
{
	bool is_size = out->wanted.last.figures.size[0] ||
		       (!out->wanted.last.figures.tier[0] &&
			!wants_word(out, awake_word) && !wants_word(out, asleep_word));

	if (wants_word(out, asleep_word))
		return is_asleep(t) ? SQL_DRIFT_NONE : SQL_DRIFT_AWAKE;
	if (wants_word(out, awake_word))
		return rules->keeps_awake && can_sleep(t) && t->sleep == SQL_SLEEP_AFTER
			       ? SQL_DRIFT_SLEEPY
			       : SQL_DRIFT_NONE;
	if (!is_size)
		return !t->tier[0]		     ? SQL_DRIFT_UNKNOWN
		       : is_word(t->tier, out->want) ? SQL_DRIFT_NONE
						     : SQL_DRIFT_OTHER;
	if (!t->size[0])
		return SQL_DRIFT_UNKNOWN;
	if (t->becoming[0] && compare_sizes(t->size, out->want) != SQL_DRIFT_NONE &&
	    compare_sizes(t->becoming, out->want) == SQL_DRIFT_NONE)
		return SQL_DRIFT_MOVING;
	return compare_sizes(t->size, out->want);
}

static bool is_drift(enum sql_drift drift)
{
	return drift >= SQL_DRIFT_LARGER;
}

/* Serverless that may sleep does so by itself, when nobody uses it. */
static bool comes_by_itself(const struct sql_target *t, enum sql_drift drift)
{
	return drift == SQL_DRIFT_AWAKE && t->sleep != SQL_SLEEP_NEVER;
}

/* Since when, and whether the last edge did anything. */
static void date(const struct sql_target *t, const struct wanted_changes *seen,
		 int64_t now_ms, struct sql_drift_state *out)
{
	int64_t edge_ms = out->wanted.last.at_ms;

	if (!is_drift(out->drift) || comes_by_itself(t, out->drift) ||
	    !out->wanted.has_last)
		return;
	out->fate = wanted_fate(seen, edge_ms, now_ms);
	if (out->fate == WANTED_DUE)
		out->drift = SQL_DRIFT_DUE;
	if (out->fate == WANTED_MISSED || out->fate == WANTED_FAILED)
		out->since_ms = edge_ms;
	if (out->fate == WANTED_UNDONE)
		out->since_ms = seen->done_ms;
}

static double hourly(const char *name, bool is_pool, double factor)
{
	struct sql_size size;

	if (strcmp(name, asleep_word) == 0)
		return 0;
	if (!sql_size_parse(str_from(name), &size))
		return NAN;
	size.is_pool = size.is_pool || is_pool;
	return sql_price_hourly(&size) * factor;
}

static void price(const struct sql_target *t, double factor, int64_t now_ms,
		  struct sql_drift_state *out)
{
	out->hourly_now = is_asleep(t) ? 0 : hourly(t->size, t->is_pool, factor);
	out->hourly_wanted = wants_word(out, awake_word)
				     ? hourly(t->size, t->is_pool, factor)
				     : hourly(out->want, t->is_pool, factor);
	if (out->drift == SQL_DRIFT_NONE)
		out->hourly_drift = 0;
	else if (is_drift(out->drift))
		out->hourly_drift = out->hourly_now - out->hourly_wanted;
	if (is_drift(out->drift) && out->since_ms)
		out->spent =
			out->hourly_drift * (double)(now_ms - out->since_ms) / HOUR_MS;
}

void sql_drift_look(const struct sql_target *target, const struct wanted_changes *seen,
		    const struct sql_drift_rules *rules, struct zones *zones,
		    int64_t now_ms, struct sql_drift_state *out)
{
	*out = (struct sql_drift_state){.hourly_now = NAN,
					.hourly_wanted = NAN,
					.hourly_drift = NAN,
					.spent = NAN,
					.fate = WANTED_UNTOLD};
	wanted_look(target->tag, rules->defaults, zones, now_ms, &out->wanted);
	out->hourly_now = is_asleep(target) ? 0
					    : hourly(target->size, target->is_pool,
						     rules->price_factor);
	if (out->wanted.is_opted_out) {
		out->drift = SQL_DRIFT_OPTED_OUT;
		return;
	}
	if (out->wanted.intent == SCHEDULE_UNDECIDABLE) {
		set_error(out, out->wanted.error.text);
		return;
	}
	if (target->is_pooled) {
		set_error(out, "its size is its pool's: the tag belongs there");
		return;
	}
	if (!set_want(target, rules, out))
		return;
	out->drift = target->status[0] ? compare(target, rules, out) : SQL_DRIFT_UNKNOWN;
	date(target, seen, now_ms, out);
	price(target, rules->price_factor, now_ms, out);
}
