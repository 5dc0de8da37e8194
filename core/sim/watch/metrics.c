/* Answers a metrics query. Thread: core. A point without data has its time and
 * nothing else, and the newest minute is always such a point: data comes late. */
#include "sim/watch/metrics.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/rhythm.h"

#define MAX_POINTS  1500
#define MAX_METRICS 20
#define LATE_MS	    90000
#define N_SAMPLES   5

enum aggregation { AGG_AVERAGE, AGG_MINIMUM, AGG_MAXIMUM, AGG_TOTAL, AGG_COUNT, AGG_N };

static const char *const aggregation_names[AGG_N] = {
	[AGG_AVERAGE] = "average", [AGG_MINIMUM] = "minimum", [AGG_MAXIMUM] = "maximum",
	[AGG_TOTAL] = "total",	   [AGG_COUNT] = "count",
};

struct question {
	int64_t from_ms, to_ms, step_ms;
	struct str interval;
	bool wants[AGG_N];
	bool wants_any;
	size_t metrics[MAX_METRICS];
	size_t n_metrics;
	size_t top;
};

/* This service forgets the envelope. */
static bool refuse(struct reply *rep, const char *text, struct str what)
{
	rep->status = 400;
	strbuf_reset(&rep->body);
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "code", "BadRequest");
	jw_format(&rep->body, "message", "%s: %.*s", text, STR_ARG(what));
	jw_object_end(&rep->body);
	return false;
}

static bool read_timespan(struct question *q, const struct world *w,
			  const struct request *req, struct reply *rep)
{
	struct str span = request_query(req, "timespan"), rest = span, from;
	int64_t length_ms = HOUR_MS;

	q->to_ms = w->now_ms;
	if (span.n && str_find_char(span, '/') < 0) {
		if (!duration_parse(span, &length_ms) || length_ms <= 0)
			return refuse(rep, "Invalid timespan", span);
	} else if (span.n) {
		str_next(&rest, '/', &from);
		if (!time_parse(from, &q->from_ms) || !time_parse(rest, &q->to_ms) ||
		    q->from_ms >= q->to_ms)
			return refuse(rep, "Invalid timespan", span);
		return true;
	}
	q->from_ms = q->to_ms - length_ms;
	return true;
}

static bool read_interval(struct question *q, const struct request *req,
			  struct reply *rep)
{
	static const char *const known[] = {"PT1M", "PT5M", "PT15M", "PT30M",
					    "PT1H", "PT6H", "PT12H", "P1D"};
	struct str interval = request_query(req, "interval");

	q->interval = interval.n ? interval : STR("PT1M");
	if (str_eq_nocase(q->interval, STR("FULL"))) {
		q->step_ms = q->to_ms - q->from_ms;
		return true;
	}
	for (size_t i = 0; i < COUNT(known); i++)
		if (str_eq_nocase(q->interval, str_from(known[i])))
			duration_parse(q->interval, &q->step_ms);
	if (q->step_ms <= 0)
		return refuse(rep, "Invalid time grain", q->interval);
	if ((q->to_ms - q->from_ms) / q->step_ms > MAX_POINTS)
		return refuse(rep, "Too many points for the time grain", q->interval);
	return true;
}

static bool read_aggregations(struct question *q, const struct request *req,
			      struct reply *rep)
{
	struct str rest = request_query(req, "aggregation"), name;

	while (rest.n && str_next(&rest, ',', &name)) {
		size_t i = 0;

		while (i < AGG_N &&
		       !str_eq_nocase(str_trim(name), str_from(aggregation_names[i])))
			i++;
		if (i == AGG_N)
			return refuse(rep, "Invalid aggregation", name);
		q->wants[i] = q->wants_any = true;
	}
	return true;
}

static bool read_metrics(struct question *q, const struct request *req, struct reply *rep,
			 const struct metric_kind *kind)
{
	struct str rest = request_query(req, "metricnames"), name;

	if (rest.n == 0)
		return refuse(rep, "The metricnames parameter is missing", rest);
	while (rest.p && str_next(&rest, ',', &name)) {
		size_t i = 0;

		while (kind->metrics[i].name &&
		       !str_eq_nocase(str_trim(name), str_from(kind->metrics[i].name)))
			i++;
		if (!kind->metrics[i].name)
			return refuse(rep,
				      "Failed to find metric configuration for metric",
				      name);
		if (q->n_metrics == MAX_METRICS)
			return refuse(rep, "Too many metrics", name);
		q->metrics[q->n_metrics++] = i;
	}
	return true;
}

struct point {
	double sum, low, high;
	int n;
};

static struct point sample(const struct world *w, const struct metric_kind *kind,
			   const void *subject, size_t metric, int64_t at_ms,
			   int64_t step_ms)
{
	struct point p = {.low = HUGE_VAL, .high = -HUGE_VAL};
	int n = step_ms > MINUTE_MS ? N_SAMPLES : 1;

	if (kind->is_minutely)
		n = (int)(step_ms / MINUTE_MS);

	for (int i = 0; i < n; i++) {
		int64_t when = at_ms + step_ms * i / n;
		double value;

		when -= when % MINUTE_MS;
		if (when > w->now_ms - LATE_MS ||
		    !kind->sample(w, subject, metric, when, &value))
			continue;
		p.sum += value;
		p.low = fmin(p.low, value);
		p.high = fmax(p.high, value);
		p.n++;
	}
	return p;
}

static void put_point(struct strbuf *out, const struct question *q,
		      const struct metric *m, const struct point *p, int64_t at_ms)
{
	int64_t minutes = q->step_ms / MINUTE_MS;
	double mean = p->n ? p->sum / p->n : 0;
	const double values[AGG_N] = {
		[AGG_AVERAGE] = mean,
		[AGG_MINIMUM] = p->low,
		[AGG_MAXIMUM] = p->high,
		[AGG_TOTAL] = mean * (double)minutes,
		[AGG_COUNT] = (double)minutes * (m->is_counted ? mean : 4),
	};
	enum aggregation first = m->is_counted ? AGG_TOTAL : AGG_AVERAGE;

	jw_object(out, NULL);
	jw_time(out, "timeStamp", at_ms, 0);
	for (size_t i = 0; i < AGG_N && p->n; i++)
		if (q->wants[i] || (!q->wants_any && i == first))
			jw_number(out, aggregation_names[i], values[i], 3);
	jw_object_end(out);
}

static void put_series(const struct world *w, struct strbuf *out,
		       const struct question *q, const struct metric_scope *scope,
		       size_t metric, const struct metric_series *series)
{
	int64_t at_ms = q->from_ms - q->from_ms % MINUTE_MS;

	jw_object(out, NULL);
	jw_list(out, "metadatavalues");
	if (series->dimension) {
		jw_object(out, NULL);
		jw_object(out, "name");
		jw_text(out, "value", series->dimension);
		jw_text(out, "localizedValue", series->dimension);
		jw_object_end(out);
		jw_str(out, "value", series->value);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_list(out, "data");
	for (; at_ms < q->to_ms && at_ms <= w->now_ms; at_ms += q->step_ms) {
		struct point p = sample(w, scope->kind, series->subject, metric, at_ms,
					q->step_ms);

		put_point(out, q, &scope->kind->metrics[metric], &p, at_ms);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_metric(const struct world *w, struct strbuf *out,
		       const struct question *q, const struct metric_scope *scope,
		       size_t metric)
{
	const struct metric *m = &scope->kind->metrics[metric];
	size_t n = 0;

	jw_object(out, NULL);
	jw_format(out, "id", "%.*s/providers/Microsoft.Insights/metrics/%s",
		  STR_ARG(scope->id), m->name);
	jw_text(out, "type", "Microsoft.Insights/metrics");
	jw_object(out, "name");
	jw_text(out, "value", m->name);
	jw_text(out, "localizedValue", m->title);
	jw_object_end(out);
	jw_text(out, "displayDescription", m->title);
	jw_text(out, "unit", m->unit);
	jw_list(out, "timeseries");
	for (size_t i = 0; i < scope->n_series && n < q->top; i++) {
		if (scope->kind->has &&
		    !scope->kind->has(scope->series[i].subject, metric))
			continue;
		put_series(w, out, q, scope, metric, &scope->series[i]);
		n++;
	}
	jw_list_end(out);
	jw_text(out, "errorCode", "Success");
	jw_object_end(out);
}

static void put_span(struct strbuf *out, const struct question *q)
{
	struct strbuf span;

	strbuf_init(&span, 128);
	time_format_iso(&span, q->from_ms, false);
	strbuf_putc(&span, '/');
	time_format_iso(&span, q->to_ms, false);
	jw_str(out, "timespan", strbuf_str(&span));
	strbuf_fini(&span);
}

void metrics_answer(const struct world *w, const struct request *req, struct reply *rep,
		    const struct metric_scope *scope)
{
	struct question q = {.top = 10};
	struct strbuf *out = &rep->body;
	int64_t top;

	if (!read_timespan(&q, w, req, rep) || !read_interval(&q, req, rep) ||
	    !read_aggregations(&q, req, rep) || !read_metrics(&q, req, rep, scope->kind))
		return;
	if (str_to_i64(request_query(req, "top"), &top) && top > 0)
		q.top = (size_t)top;
	jw_object(out, NULL);
	jw_int(out, "cost", (int64_t)(scope->n_series * q.n_metrics * 59));
	put_span(out, &q);
	jw_str(out, "interval", q.interval);
	jw_list(out, "value");
	for (size_t i = 0; i < q.n_metrics; i++)
		put_metric(w, out, &q, scope, q.metrics[i]);
	jw_list_end(out);
	jw_text(out, "namespace", scope->kind->namespace);
	jw_text(out, "resourceregion", scope->region);
	jw_object_end(out);
}
