/* The board of outlooks: what each budget and each subscription will have cost at the
 * end of its period, and when a budget passes each of its marks. Thread: core.
 *
 * A budget that the lines cannot be cut to (it filters by a tag) goes on at its own
 * pace, and has no band: nothing is known of how sure that is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "cost/budget_scope.h"
#include "cost/outlook.h"
#include "cost/rules.h"

#define MOST_MARKS 12
#define WHOLE	   100.0

enum { FROM_LINES, FROM_BUDGETS, FROM_COST };

struct marks {
	double pct[MOST_MARKS]; /* rising */
	size_t n;
};

/* One row to be. */
struct view {
	const char *what, *kind, *subscription, *scope, *currency, *how;
	struct period period;
	double amount; /* NAN: a subscription has none */
	double azure;  /* what Azure expects; NAN: it does not say */
	struct marks marks;
};

struct bench {
	struct book book;
	const struct derive *d;
	struct book_line **lines;
	size_t n;
	struct outlook *o;
	cJSON *rows;
};

static void add_mark(struct marks *marks, double pct)
{
	size_t i = marks->n;

	if (!(pct > 0 && pct <= 1000) || marks->n == MOST_MARKS)
		return;
	for (size_t k = 0; k < marks->n; k++)
		if (marks->pct[k] == pct)
			return;
	for (marks->n++; i > 0 && marks->pct[i - 1] > pct; i--)
		marks->pct[i] = marks->pct[i - 1];
	marks->pct[i] = pct;
}

/* 80 % and 95 % always, 100 % as the breach, and the budget's own: "50,90". */
static void read_marks(struct marks *marks, const char *text)
{
	*marks = (struct marks){.pct = {80, 95, WHOLE}, .n = 3};
	while (*text) {
		char *end;

		add_mark(marks, strtod(text, &end));
		if (end == text)
			return;
		text = *end == ',' ? end + 1 : end;
	}
}

static void put_date(struct strbuf *out, int64_t day)
{
	struct utc t = utc_from_ms(day * DAY_MS);

	strbuf_printf(out, "%d %s", t.day, month_name(t.month));
}

/* "80 % passed 24 Mar, 95 % on 28 Mar": all there is to say of its marks. */
static void put_marks(cJSON *row, const struct view *v, const struct outlook *o,
		      const struct outlook_from *from)
{
	struct strbuf text, all;

	strbuf_init(&text, 600);
	strbuf_init(&all, 200);
	for (size_t i = 0; i < v->marks.n; i++) {
		double sum = v->amount * v->marks.pct[i] / WHOLE;
		bool is_past = o->spent >= sum;
		int64_t day = is_past ? outlook_reached(from, sum)
				      : outlook_reaches(o, o->path_mid, sum);

		strbuf_printf(&all, "%s%g", all.n ? "," : "", v->marks.pct[i]);
		if (!is_past && !day)
			continue;
		strbuf_printf(&text, "%s%g %% %s", text.n ? ", " : "", v->marks.pct[i],
			      is_past ? "passed" : "on");
		if (day) {
			strbuf_puts(&text, " ");
			put_date(&text, day);
		}
	}
	derive_put_text(row, "marks", text.p);
	derive_put_text(row, "marks_pct", all.p);
	strbuf_fini(&all);
	strbuf_fini(&text);
}

/* The lowest mark that is still ahead. */
static void put_next(cJSON *row, const struct view *v, const struct outlook *o)
{
	for (size_t i = 0; i < v->marks.n; i++) {
		double sum = v->amount * v->marks.pct[i] / WHOLE;

		if (o->spent >= sum)
			continue;
		derive_put_number(row, "next_pct", v->marks.pct[i]);
		cost_put_day(row, "next_on", outlook_reaches(o, o->path_mid, sum));
		return;
	}
}

static const char *state_of(const struct view *v, const struct outlook *o)
{
	if (!isfinite(v->amount))
		return "no budget";
	if (o->spent >= v->amount)
		return "breached";
	if (!isfinite(o->mid))
		return "unknown";
	return o->mid >= v->amount    ? "will breach"
	       : o->high >= v->amount ? "may breach"
				      : "holds";
}

static void put_breach(cJSON *row, const struct view *v, const struct outlook *o,
		       const struct outlook_from *from)
{
	bool is_past = o->spent >= v->amount;

	cost_put_day(row, "breach",
		     is_past ? outlook_reached(from, v->amount)
			     : outlook_reaches(o, o->path_mid, v->amount));
	cost_put_day(row, "breach_from",
		     is_past ? 0 : outlook_reaches(o, o->path_high, v->amount));
	cost_put_day(row, "breach_until",
		     is_past ? 0 : outlook_reaches(o, o->path_low, v->amount));
}

static void put_row(struct bench *b, const struct view *v,
		    const struct outlook_from *from)
{
	const struct outlook *o = b->o;
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "what", v->what);
	derive_put_text(row, "kind", v->kind);
	derive_put_text(row, "subscription", v->subscription);
	derive_put_text(row, "scope", v->scope);
	derive_put_text(row, "how", v->how);
	derive_put_text(row, "state", state_of(v, o));
	cost_put_day(row, "from", v->period.first_day);
	cost_put_day(row, "until", v->period.last_day);
	derive_put_number(row, "spent", o->spent);
	derive_put_number(row, "low", o->low);
	derive_put_number(row, "mid", o->mid);
	derive_put_number(row, "high", o->high);
	derive_put_number(row, "azure", v->azure);
	derive_put_number(row, "amount", v->amount);
	derive_put_number(row, "used_pct", WHOLE * o->spent / v->amount);
	derive_put_number(row, "mid_pct", WHOLE * o->mid / v->amount);
	if (isfinite(v->amount)) {
		put_next(row, v, o);
		put_breach(row, v, o, from);
		put_marks(row, v, o, from);
	}
	cost_put_marks(row, &b->book, v->currency);
	cJSON_AddItemToArray(b->rows, row);
}

/* The same spending every day, as it was since the period began. */
static void at_own_pace(struct outlook *o, const struct view *v, double spent,
			int64_t today)
{
	int64_t first = v->period.first_day, n = v->period.last_day - today + 1;
	double pace = today > first ? spent / (double)(today - first) : NAN;

	*o = (struct outlook){.first_day = today, .spent = spent};
	o->n = n < 0 ? 0 : n > OUTLOOK_MAX_DAYS ? OUTLOOK_MAX_DAYS : (size_t)n;
	for (size_t i = 0; i < o->n; i++) {
		o->path_mid[i] = spent + pace * (double)(i + 1);
		o->path_low[i] = o->path_high[i] = NAN;
	}
	o->mid = spent + pace * (double)o->n;
	o->low = o->high = NAN;
}

static double read_azure(const struct board *budgets, size_t r)
{
	return read_number(budgets, r, "forecast_pct") *
	       read_number(budgets, r, "amount") / WHOLE;
}

/* A budget in euros says nothing of what is billed in dollars. */
static size_t keep_currency(struct book_line **lines, size_t n, const char *currency)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(lines[i]->currency, currency) == 0)
			lines[kept++] = lines[i];
	return kept;
}

static void add_budget(struct bench *b, size_t r)
{
	const struct board *budgets = b->d->boards[FROM_BUDGETS];
	struct view v = {
		.what = read_text(budgets, r, "name"),
		.kind = "budget",
		.subscription = read_text(budgets, r, "subscription"),
		.scope = read_text(budgets, r, "scope"),
		.currency = read_text(budgets, r, "amount"),
		.how = "days",
		.amount = read_number(budgets, r, "amount"),
		.azure = read_azure(budgets, r),
	};
	const struct budget_scope scope = {v.scope, read_text(budgets, r, "filter")};
	double began = read_number(budgets, r, "from");
	int64_t today = b->d->now_ms / DAY_MS;
	struct outlook_from from = {.book = &b->book, .lines = b->lines};
	bool is_told = budget_lines(&scope, &b->book, b->lines, &from.n);

	v.period = budget_period(read_text(budgets, r, "grain"),
				 isfinite(began) ? (int64_t)(began / DAY_MS) : 0, today);
	from.first_day = v.period.first_day;
	from.last_day = v.period.last_day;
	read_marks(&v.marks, read_text(budgets, r, "thresholds"));
	from.n = keep_currency(b->lines, from.n, v.currency);
	is_told = is_told && from.n > 0 && v.period.first_day >= b->book.first_day;
	if (is_told) {
		outlook_fit(b->o, &from);
	} else {
		v.how = "its pace";
		from.n = 0;
		at_own_pace(b->o, &v, read_number(budgets, r, "spent"), today);
	}
	put_row(b, &v, &from);
}

static double azure_of(const struct board *cost, const char *subscription)
{
	for (size_t r = 0; cost && r < cost->n_rows; r++)
		if (strcmp(read_text(cost, r, "name"), subscription) == 0)
			return read_number(cost, r, "forecast");
	return NAN;
}

static void add_scope(struct bench *b, const struct book_line *scope)
{
	int64_t today = b->d->now_ms / DAY_MS;
	struct view v = {
		.what = scope->text[COST_BY_SUBSCRIPTION],
		.kind = "subscription",
		.subscription = scope->text[COST_BY_SUBSCRIPTION],
		.scope = scope->scope,
		.currency = scope->currency,
		.how = "days",
		.period = budget_period("Monthly", 0, today),
		.amount = NAN,
		.azure = azure_of(b->d->boards[FROM_COST],
				  scope->text[COST_BY_SUBSCRIPTION]),
	};
	struct outlook_from from = {.book = &b->book,
				    .lines = b->lines,
				    .first_day = v.period.first_day,
				    .last_day = v.period.last_day};

	for (size_t i = 0; i < b->book.n; i++)
		if (strcmp(b->book.lines[i].scope, scope->scope) == 0 &&
		    strcmp(b->book.lines[i].currency, scope->currency) == 0)
			b->lines[from.n++] = &b->book.lines[i];
	outlook_fit(b->o, &from);
	put_row(b, &v, &from);
}

static cJSON *outlook_rows(const struct derive *d)
{
	struct bench b = {.d = d, .rows = cJSON_CreateArray()};
	const struct board *budgets = d->boards[FROM_BUDGETS];
	struct book_line *scopes;
	size_t n;

	cost_rule_book(d, &b.book);
	b.lines = xcalloc(b.book.n + 1, sizeof(*b.lines));
	b.o = xmalloc(sizeof(*b.o));
	for (size_t r = 0; budgets && r < budgets->n_rows; r++)
		add_budget(&b, r);
	n = book_sums(&b.book, COST_BY_SUBSCRIPTION, false, &scopes);
	for (size_t i = 0; i < n; i++)
		add_scope(&b, &scopes[i]);
	free(b.o);
	free(b.lines);
	book_fini(&b.book);
	return b.rows;
}

const struct derive_rule cost_outlook_rule = {
	.name = "cost-outlook",
	.from = {"cost-lines", "?budgets", "?cost"},
	.rows = outlook_rows,
};
