/* Answers a forecast: booked days as Actual, the rest as Forecast, and today as
 * both. Thread: core. A forecast knows the trend, not the accidents to come. */
#include "base/timefmt.h"
#include "sim/cost/cost_question.h"
#include "sim/rhythm.h"

#define MICRO 1000000.0

static void put_row(struct strbuf *out, const struct cost_question *q, int64_t day,
		    double micro, const char *status)
{
	struct utc t = utc_from_ms(day * DAY_MS);

	jw_list(out, NULL);
	jw_number(out, NULL, micro / MICRO, 6);
	if (q->step != COST_NONE)
		jw_int(out, NULL, t.year * 10000 + t.month * 100 + t.day);
	jw_text(out, NULL, status);
	jw_text(out, NULL, COST_CURRENCY);
	jw_list_end(out);
}

static double expected(const struct world *w, const struct cost_question *q, int64_t day)
{
	double sum = 0;

	for (size_t i = 0; i < q->n_lines; i++)
		sum += cost_expected(w, q->lines[i], day);
	return sum;
}

static double booked(const struct world *w, const struct cost_question *q, int64_t day)
{
	double sum = 0;

	for (size_t i = 0; i < q->n_lines; i++)
		sum += (double)cost_booked(w, q->lines[i], day);
	return sum;
}

static void put_days(const struct world *w, struct strbuf *out,
		     const struct cost_question *q)
{
	int64_t today = cost_today(w);
	double actual_sum = 0, forecast_sum = 0;

	for (int64_t day = q->from_day; day <= q->to_day; day++) {
		double actual = day <= today ? booked(w, q, day) : 0;
		double ahead = day >= today ? expected(w, q, day) : 0;

		if (day == today)
			ahead = ahead > actual ? ahead - actual : 0;
		actual_sum += actual;
		forecast_sum += ahead;
		if (q->step != COST_NONE && actual != 0)
			put_row(out, q, day, actual, "Actual");
		if (q->step != COST_NONE && ahead != 0)
			put_row(out, q, day, ahead, "Forecast");
	}
	if (q->step == COST_NONE && actual_sum != 0)
		put_row(out, q, q->from_day, actual_sum, "Actual");
	if (q->step == COST_NONE && forecast_sum != 0)
		put_row(out, q, q->from_day, forecast_sum, "Forecast");
}

void cost_forecast(struct world *w, const struct request *req, struct reply *rep)
{
	struct cost_question q;
	struct strbuf *out = &rep->body;
	struct guid name = guid_of(w->seed, "forecast", w->n_requests);

	if (!cost_question_init(&q, w, req, rep))
		return;
	if (!qpu_take(&w->qpu, w->now_ms, 1, rep))
		return;
	if (q.n_lines == 0 || q.to_day < cost_first_day(w)) {
		rep->status = 204;
		return;
	}
	if (q.from_day < cost_first_day(w))
		q.from_day = cost_first_day(w);
	jw_object(out, NULL);
	cost_put_name(out, req, &name);
	jw_object(out, "properties");
	jw_null(out, "nextLink");
	jw_list(out, "columns");
	cost_put_column(out, q.sum ? q.sum : "Cost", "Number");
	if (q.step != COST_NONE)
		cost_put_column(out, "UsageDate", "Number");
	cost_put_column(out, "CostStatus", "String");
	cost_put_column(out, "Currency", "String");
	jw_list_end(out);
	jw_list(out, "rows");
	put_days(w, out, &q);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
}
