/* See advice.h. */
#include "sql/advice.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *sql_verdict_name(enum sql_verdict verdict)
{
	static const char *const names[] = {
		[SQL_VERDICT_UNKNOWN] = "unknown",
		[SQL_VERDICT_KEEP] = "keep",
		[SQL_VERDICT_SMALLER] = "smaller",
		[SQL_VERDICT_HOURS] = "smaller at times",
		[SQL_VERDICT_LARGER] = "larger",
	};

	return names[verdict];
}

/* That is all there is to say. */
__attribute__((format(printf, 3, 4))) static bool say(struct sql_advice *out,
						      enum sql_verdict verdict,
						      const char *fmt, ...)
{
	va_list ap;

	out->verdict = verdict;
	va_start(ap, fmt);
	vsnprintf(out->why, sizeof(out->why), fmt, ap);
	va_end(ap);
	return false;
}

/* What is so whatever it does. */
static bool may_be_smaller(const struct sql_advised *db, struct sql_size *size,
			   struct sql_advice *out)
{
	if (db->is_pooled)
		return say(out, SQL_VERDICT_KEEP, "its size is its pool's");
	if (str_starts_nocase(str_from(db->size), STR("DW")))
		return say(out, SQL_VERDICT_KEEP,
			   "a data warehouse: what saves is to pause it");
	if (!sql_size_parse(str_from(db->size), size))
		return say(out, SQL_VERDICT_UNKNOWN, "its size is not known");
	if (size->is_serverless)
		return say(out, SQL_VERDICT_KEEP, "serverless, it scales by itself");
	if (db->copies == SQL_COPIES_SECONDARY)
		return say(out, SQL_VERDICT_KEEP,
			   "a geo copy must be of its primary's size");
	return true;
}

static bool is_known(const struct sql_advised *db, const struct sql_size *size,
		     struct sql_advice *out)
{
	size_t want = (size_t)ceil(SQL_FIT_KNOWN * SQL_LOAD_HOURS);

	if (db->copies == SQL_COPIES_UNKNOWN)
		return say(out, SQL_VERDICT_UNKNOWN,
			   "whether it has a copy is not known");
	if (!db->load)
		return say(out, SQL_VERDICT_UNKNOWN, "its past is not known");
	sql_load_fit(db->load, size->capacity, &out->now);
	out->has_fit = out->now.hours > 0;
	if (out->now.hours < want)
		return say(out, SQL_VERDICT_UNKNOWN, "only %zu of %d hours are known",
			   out->now.hours, (int)SQL_LOAD_HOURS);
	if (size->tier != SQL_TIER_HYPERSCALE &&
	    (isnan(db->used_bytes) || isnan(db->max_bytes)))
		return say(out, SQL_VERDICT_UNKNOWN, "how full it is is not known");
	return true;
}

static bool has_room(const struct sql_advised *db, const struct sql_size *below,
		     struct sql_advice *out)
{
	double most = (double)sql_size_most_bytes(below);
	const double gib = 1073741824.0;

	if (below->tier == SQL_TIER_HYPERSCALE)
		return true;
	if (most <= 0)
		return say(out, SQL_VERDICT_UNKNOWN, "what %s holds is not known",
			   below->name);
	if (db->used_bytes > most * SQL_FIT_STORAGE)
		return say(out, SQL_VERDICT_KEEP,
			   "%.0f GiB of data; %s has room for %.0f", db->used_bytes / gib,
			   below->name, most / gib);
	if (db->max_bytes > most)
		return say(out, SQL_VERDICT_KEEP, "its max size is %.0f GiB; %s has %.0f",
			   db->max_bytes / gib, below->name, most / gib);
	return true;
}

static bool fits(const struct sql_fit *fit)
{
	for (size_t m = 0; m < SQL_N_METRICS; m++) {
		if (!(fit->p99[m] <= SQL_FIT_P99) || !(fit->most[m] <= SQL_FIT_MOST))
			return false;
	}
	return true;
}

static bool is_quiet(const struct sql_fit *fit, size_t hour)
{
	return fit->by_hour[hour] <= SQL_FIT_QUIET;
}

/* On every day of first to last. */
static bool is_quiet_daily(const struct sql_fit *fit, int first, int last, int hour)
{
	for (int day = first; day <= last; day++) {
		if (!is_quiet(fit, (size_t)(day * 24 + hour)))
			return false;
	}
	return true;
}

/* The longest run of hours that are quiet on every working day, over midnight too. */
static int find_quiet(const struct sql_fit *fit, int *from)
{
	int best = 0;

	for (int start = 0; start < 24; start++) {
		int n = 0;

		while (n < 24 && is_quiet_daily(fit, 0, 4, (start + n) % 24))
			n++;
		if (n > best) {
			best = n;
			*from = start;
		}
	}
	return best;
}

/* What is on both sides of the weekend is quiet as well. */
static bool is_weekend_quiet(const struct sql_fit *fit)
{
	for (int hour = 0; hour < 24; hour++) {
		if (!is_quiet_daily(fit, 5, 6, hour))
			return false;
	}
	return true;
}

static bool is_over_midnight(const struct sql_advice *advice)
{
	return advice->quiet_to < advice->quiet_from;
}

static bool find_hours(struct sql_advice *out)
{
	int from = 0, n = find_quiet(&out->then, &from) - 2;

	if (n < SQL_QUIET_LEAST || n + 2 == 24)
		return false;
	out->quiet_from = (from + 1) % 24;
	out->quiet_to = (from + 1 + n) % 24;
	out->is_quiet_at_weekends = is_over_midnight(out) && is_weekend_quiet(&out->then);
	/* Nights between working days; over a quiet weekend one more, and its days. */
	out->hours = out->is_quiet_at_weekends ? 5.0 * n + 48
		     : is_over_midnight(out)   ? 4.0 * n
					       : 5.0 * n;
	return true;
}

static double worst_of(const struct sql_fit *fit, int first, int last, int from, int n)
{
	double worst = 0;

	for (int day = first; day <= last; day++) {
		for (int i = 0; i < n; i++)
			worst = fmax(worst, fit->by_hour[day * 24 + (from + i) % 24]);
	}
	return worst;
}

static double worst_of_quiet(const struct sql_advice *a)
{
	int n = (a->quiet_to - a->quiet_from + 24) % 24;
	double worst = worst_of(&a->then, 0, 4, a->quiet_from, n);

	return a->is_quiet_at_weekends ? fmax(worst, worst_of(&a->then, 5, 6, 0, 24))
				       : worst;
}

void sql_advice_put_hours(struct strbuf *out, const struct sql_advice *advice)
{
	if (advice->verdict == SQL_VERDICT_HOURS)
		strbuf_printf(out, "%s %02d-%02d%s",
			      is_over_midnight(advice) ? "nights" : "workdays",
			      advice->quiet_from, advice->quiet_to,
			      advice->is_quiet_at_weekends ? ", weekends" : "");
}

void sql_advice_put_tag(struct strbuf *out, const struct sql_advice *advice,
			const char *size)
{
	bool is_split = is_over_midnight(advice) && !advice->is_quiet_at_weekends;

	if (advice->verdict == SQL_VERDICT_HOURS)
		strbuf_printf(out, "off=(%s,%d);on=(%s,%d);tz=utc;size=%s/%s",
			      is_split ? "m-h" : "m-f", advice->quiet_from,
			      is_split ? "t-f" : "m-f", advice->quiet_to, size,
			      advice->to);
}

static bool is_too_small(const struct sql_fit *fit)
{
	return (double)fit->full >= SQL_FIT_FULL * (double)fit->hours;
}

static void save(const struct sql_advised *db, const struct sql_size *size,
		 const struct sql_size *below, struct sql_advice *out)
{
	double hourly =
		(sql_price_hourly(size) - sql_price_hourly(below)) * db->price_factor;
	double share = out->hours / SQL_WEEK_HOURS;

	/* Its copy becomes smaller with it. */
	if (db->copies == SQL_COPIES_PRIMARY)
		hourly *= 2;
	out->monthly = hourly * share * LIST_PRICE_MONTH_H;
}

static void judge(const struct sql_advised *db, const struct sql_size *size,
		  const struct sql_size *below, struct sql_advice *out)
{
	enum sql_metric limit;

	sql_load_fit(db->load, below->capacity, &out->then);
	limit = sql_fit_limit(&out->then);
	snprintf(out->to, sizeof(out->to), "%s", below->name);
	if (fits(&out->then)) {
		out->verdict = SQL_VERDICT_SMALLER;
		out->hours = SQL_WEEK_HOURS;
		out->worst = out->then.p99[limit];
	} else if (!db->has_schedule && find_hours(out)) {
		out->verdict = SQL_VERDICT_HOURS;
		out->worst = worst_of_quiet(out);
	} else {
		say(out, SQL_VERDICT_KEEP, "%s %.0f%% on %s", sql_metric_name(limit),
		    out->then.p99[limit], below->name);
		out->to[0] = '\0';
		return;
	}
	save(db, size, below, out);
}

void sql_advise(const struct sql_advised *db, struct sql_advice *out)
{
	struct sql_size size, below;

	bool knows;

	*out = (struct sql_advice){.monthly = NAN, .worst = NAN};
	if (!may_be_smaller(db, &size, out))
		return;
	knows = is_known(db, &size, out);
	if (knows && is_too_small(&out->now))
		say(out, SQL_VERDICT_LARGER, "%s: at its limit in %zu of %zu hours",
		    sql_metric_name(sql_fit_limit(&out->now)), out->now.full,
		    out->now.hours);
	else if (!sql_size_smaller(&size, &below))
		say(out, SQL_VERDICT_KEEP, "nothing smaller in its tier");
	else if (knows && has_room(db, &below, out))
		judge(db, &size, &below, out);
}
