/* See load.h. The 99th percentile of three hundred hours is the fourth-largest, so a short
 * list of the largest is all that has to be kept. */
#include "sql/load.h"

#include <math.h>

#include "base/timefmt.h"

enum { TOP_MOST = 8 };

const char *sql_metric_name(enum sql_metric metric)
{
	static const char *const names[] = {
		[SQL_METRIC_CPU] = "CPU",
		[SQL_METRIC_LOG] = "log IO",
		[SQL_METRIC_WORKERS] = "workers",
	};

	return names[metric];
}

/* The largest so far, in descending order. */
struct top {
	double v[TOP_MOST];
	size_t n;
};

static void top_add(struct top *top, double value)
{
	size_t at;

	if (top->n == TOP_MOST && value <= top->v[TOP_MOST - 1])
		return;
	at = top->n < TOP_MOST ? top->n++ : TOP_MOST - 1;
	for (; at > 0 && top->v[at - 1] < value; at--)
		top->v[at] = top->v[at - 1];
	top->v[at] = value;
}

static double top_at(const struct top *top, size_t rank)
{
	return rank < top->n ? top->v[rank] : NAN;
}

/* Monday 00:00 UTC is hour 0; 1970 began on a Thursday. */
static size_t hour_of_week(int64_t at_ms)
{
	int64_t hour = at_ms / HOUR_MS + 3 * 24;

	return (size_t)((hour % SQL_WEEK_HOURS + SQL_WEEK_HOURS) % SQL_WEEK_HOURS);
}

/* Whether everything of that hour is known; then, how near it was to a limit. */
static bool is_known(const struct sql_load *load, size_t hour, double *nearest)
{
	*nearest = 0;
	if (!load->capacity || isnan(load->capacity[hour]))
		return false;
	for (size_t m = 0; m < SQL_N_METRICS; m++) {
		if (!load->percent[m] || isnan(load->percent[m][hour]))
			return false;
		*nearest = fmax(*nearest, load->percent[m][hour]);
	}
	return true;
}

void sql_load_fit(const struct sql_load *load, double capacity, struct sql_fit *out)
{
	struct top tops[SQL_N_METRICS] = {{.n = 0}};
	int64_t from_ms = load->until_ms - (int64_t)load->n * HOUR_MS;

	*out = (struct sql_fit){.hours = 0};
	for (size_t h = 0; h < SQL_WEEK_HOURS; h++)
		out->by_hour[h] = NAN;
	for (size_t i = 0; i < load->n; i++) {
		double *worst =
			&out->by_hour[hour_of_week(from_ms + (int64_t)i * HOUR_MS)];
		double nearest, scale;

		if (!is_known(load, i, &nearest))
			continue;
		scale = load->capacity[i] / capacity;
		for (size_t m = 0; m < SQL_N_METRICS; m++)
			top_add(&tops[m], load->percent[m][i] * scale);
		out->hours++;
		out->full += nearest >= SQL_FULL;
		*worst = fmax(*worst, nearest * scale);
	}
	for (size_t m = 0; m < SQL_N_METRICS; m++) {
		out->most[m] = top_at(&tops[m], 0);
		out->p99[m] = top_at(&tops[m], out->hours / 100);
	}
}

enum sql_metric sql_fit_limit(const struct sql_fit *fit)
{
	size_t limit = 0;

	for (size_t m = 1; m < SQL_N_METRICS; m++) {
		if (fit->p99[m] > fit->p99[limit])
			limit = m;
	}
	return (enum sql_metric)limit;
}
