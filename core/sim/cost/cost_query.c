/* Answers a cost query: one row per step of time and group. Thread: core. The
 * next page is asked for by sending the same body to its link. */
#include "base/timefmt.h"
#include "sim/cost/cost_question.h"
#include "sim/rhythm.h"

#define ROWS_PER_PAGE 1000
#define MICRO	      1000000.0
#define USD_PER_EUR   1.08

/* The distinct group values of the lines, and where each line belongs. */
struct grouping {
	struct str text[64][COST_MAX_GROUPINGS];
	size_t n;
	size_t of_line[64];
};

static bool is_same(const struct cost_question *q, const struct str *a,
		    const struct str *b)
{
	for (size_t i = 0; i < q->n_groupings; i++)
		if (!str_eq(a[i], b[i]))
			return false;
	return true;
}

static void group_lines(struct grouping *g, const struct cost_question *q,
			struct arena *arena)
{
	for (size_t i = 0; i < q->n_lines; i++) {
		struct str text[COST_MAX_GROUPINGS] = {{0}};
		size_t at = 0;

		for (size_t k = 0; k < q->n_groupings; k++)
			text[k] = q->groupings[k]->text(q->lines[i], arena);
		while (at < g->n && !is_same(q, g->text[at], text))
			at++;
		if (at == g->n) {
			for (size_t k = 0; k < q->n_groupings; k++)
				g->text[at][k] = text[k];
			g->n++;
		}
		g->of_line[i] = at;
	}
}

/* The first day after the step of time that `day` is in. */
static int64_t step_end(const struct cost_question *q, int64_t day)
{
	int64_t end = q->step == COST_DAILY	? day + 1
		      : q->step == COST_MONTHLY ? cost_month_start(day, 1)
						: q->to_day + 1;

	return end > q->to_day + 1 ? q->to_day + 1 : end;
}

static void add_up(const struct world *w, const struct cost_question *q,
		   const struct grouping *g, int64_t from, int64_t to, int64_t *sums,
		   bool *is_there)
{
	for (size_t i = 0; i < g->n; i++) {
		sums[i] = 0;
		is_there[i] = false;
	}
	for (size_t i = 0; i < q->n_lines; i++)
		for (int64_t day = from; day < to; day++) {
			int64_t micro = q->is_amortised
						? cost_amortised(w, q->lines[i], day)
						: cost_booked(w, q->lines[i], day);

			sums[g->of_line[i]] += micro;
			is_there[g->of_line[i]] |= micro != 0;
		}
}

static void put_columns(struct strbuf *out, const struct cost_question *q)
{
	jw_list(out, "columns");
	if (q->sum)
		cost_put_column(out, q->sum, "Number");
	if (q->step == COST_DAILY)
		cost_put_column(out, "UsageDate", "Number");
	if (q->step == COST_MONTHLY)
		cost_put_column(out, "BillingMonth", "Datetime");
	for (size_t i = 0; i < q->n_groupings; i++) {
		if (q->groupings[i]->is_tag)
			cost_put_column(out, "TagKey", "String");
		cost_put_column(out, q->groupings[i]->column, "String");
	}
	cost_put_column(out, "Currency", "String");
	jw_list_end(out);
}

static void put_row(struct strbuf *out, const struct cost_question *q,
		    const struct str *group, int64_t day, int64_t micro)
{
	struct utc t = utc_from_ms(day * DAY_MS);
	bool is_usd = q->sum && strcmp(q->sum, "CostUSD") == 0;

	jw_list(out, NULL);
	if (q->sum)
		jw_number(out, NULL, (double)micro / MICRO * (is_usd ? USD_PER_EUR : 1),
			  is_usd ? 10 : 6);
	if (q->step == COST_DAILY)
		jw_int(out, NULL, t.year * 10000 + t.month * 100 + t.day);
	if (q->step == COST_MONTHLY)
		jw_format(out, NULL, "%04d-%02d-01T00:00:00", t.year, t.month);
	for (size_t i = 0; i < q->n_groupings; i++) {
		if (q->groupings[i]->is_tag)
			jw_text(out, NULL, q->groupings[i]->name);
		jw_str(out, NULL, group[i]);
	}
	jw_text(out, NULL, is_usd ? "USD" : COST_CURRENCY);
	jw_list_end(out);
}

/* Writes the rows of one page, counts all of them. */
static size_t put_rows(const struct world *w, struct strbuf *out,
		       const struct cost_question *q, const struct grouping *g,
		       const struct page *page)
{
	int64_t sums[64];
	bool is_there[64];
	size_t n = 0;

	for (int64_t day = q->from_day, end; day <= q->to_day; day = end) {
		end = step_end(q, day);
		add_up(w, q, g, day, end, sums, is_there);
		for (size_t i = 0; i < g->n; i++) {
			if (!is_there[i])
				continue;
			if (page && n >= page->from && n < page->to)
				put_row(out, q, g->text[i], day, sums[i]);
			n++;
		}
	}
	return n;
}

/* Days without data cost nothing to skip. */
static void clip_days(struct cost_question *q, const struct world *w)
{
	int64_t first = cost_first_day(w), last = cost_today(w);

	if (q->from_day < first)
		q->from_day = first;
	if (q->to_day > last)
		q->to_day = last;
}

void cost_query(struct world *w, const struct request *req, struct reply *rep)
{
	struct cost_question q;
	struct grouping *g = arena_calloc(rep->arena, 1, sizeof(*g));
	struct strbuf *out = &rep->body;
	struct guid name = guid_of(w->seed, "cost", w->n_requests);
	struct page page;
	size_t total;

	if (!cost_question_init(&q, w, req, rep))
		return;
	clip_days(&q, w);
	if (!qpu_take(&w->qpu, w->now_ms, (int)((q.to_day - q.from_day) / 31) + 1, rep))
		return;
	group_lines(g, &q, rep->arena);
	total = put_rows(w, out, &q, g, NULL);
	if (total == 0) {
		rep->status = 204;
		return;
	}
	if (!page_init(&page, req, rep, total, ROWS_PER_PAGE, false))
		return;
	jw_object(out, NULL);
	cost_put_name(out, req, &name);
	jw_null(out, "location");
	jw_null(out, "sku");
	jw_null(out, "eTag");
	jw_object(out, "properties");
	jw_text(out, "nextLink", page.next_link);
	put_columns(out, &q);
	jw_list(out, "rows");
	put_rows(w, out, &q, g, &page);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
}
