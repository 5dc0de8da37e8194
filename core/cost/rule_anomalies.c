/* The board of anomalies: what stands out in every line, then in every service and
 * every subscription as a whole, where no part of it explains it. Thread: core. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "cost/anomaly.h"
#include "cost/rules.h"

#define LOOK_BACK_DAYS 28 /* what is judged: it explains what comes after it */
#define SHOWN_DAYS     14
#define WHOLE_SURE     1.5 /* widths of the band that a sum must be away */
#define SERIES_DAYS    45
#define EXPLAINED      0.5 /* of a sum's difference, that its parts make up */
#define MOST_LINES     250 /* judged one by one: the largest */

enum level { LEVEL_LINE, LEVEL_SERVICE, LEVEL_SUBSCRIPTION };

/* Something judged: a line, or lines added up. */
struct subject {
	const struct book_line *line;
	enum level level;
	double least, scope_day; /* money: worth a word; a usual day of its scope */
	struct anomaly found[ANOMALY_MAX];
	size_t n;
};

struct search {
	struct book book;
	struct subject *subjects;
	size_t n;
	struct book_line *scopes; /* subscriptions, each in each currency */
	size_t n_scopes;
	bool *is_off;
};

static double scope_day(const struct search *s, const struct book_line *line)
{
	for (size_t i = 0; i < s->n_scopes; i++)
		if (strcmp(s->scopes[i].scope, line->scope) == 0 &&
		    strcmp(s->scopes[i].currency, line->currency) == 0)
			return cost_usual_day(&s->book, s->scopes[i].v);
	return 0;
}

static void add_subject(struct search *s, const struct book_line *line, enum level level)
{
	double a_day = scope_day(s, line);

	s->subjects[s->n++] = (struct subject){.line = line,
					       .level = level,
					       .least = cost_least(a_day),
					       .scope_day = a_day};
}

/* A line too small to ever differ by what is worth a word. */
static bool is_small(const struct search *s, const struct book_line *line, double least)
{
	const double *v = line->v;
	double most = 0;

	for (size_t i = 0; i < s->book.n_days; i++)
		most = fmax(most, fabs(v[i]));
	return most < least;
}

static void gather_subjects(struct search *s)
{
	struct book *book = &s->book;
	struct book_line *services;
	size_t n = book_sums(book, COST_BY_SERVICE, false, &services);

	s->n_scopes = book_sums(book, COST_BY_SUBSCRIPTION, false, &s->scopes);
	s->subjects = arena_calloc(&book->arena, book->n + n + s->n_scopes,
				   sizeof(*s->subjects));
	for (size_t i = 0; i < book->n && s->n < MOST_LINES; i++)
		if (!is_small(s, &book->lines[i],
			      cost_least(scope_day(s, &book->lines[i]))))
			add_subject(s, &book->lines[i], LEVEL_LINE);
	for (size_t i = 0; i < n; i++)
		if (!*services[i].text[COST_BY_GROUP]) /* more than one group */
			add_subject(s, &services[i], LEVEL_SERVICE);
	for (size_t i = 0; i < s->n_scopes; i++)
		add_subject(s, &s->scopes[i], LEVEL_SUBSCRIPTION);
}

static bool is_part(const struct subject *part, const struct subject *whole)
{
	const struct book_line *a = part->line, *b = whole->line;

	return part->level < whole->level && strcmp(a->scope, b->scope) == 0 &&
	       strcmp(a->currency, b->currency) == 0 &&
	       (whole->level == LEVEL_SUBSCRIPTION ||
		strcmp(a->text[COST_BY_SERVICE], b->text[COST_BY_SERVICE]) == 0);
}

static bool is_explained(const struct search *s, const struct subject *whole,
			 const struct anomaly *a)
{
	double sum = 0;

	for (size_t k = 0; k < s->n; k++) {
		const struct subject *part = &s->subjects[k];

		if (!is_part(part, whole) || part->level != LEVEL_LINE)
			continue;
		for (size_t i = 0; i < part->n; i++)
			if (part->found[i].since <= a->last + 1 &&
			    part->found[i].last + 1 >= a->since)
				sum += part->found[i].delta;
	}
	return sum * a->delta >= EXPLAINED * a->delta * a->delta;
}

static void judge(struct search *s)
{
	struct baseline *fits = xcalloc(s->n, sizeof(*fits));
	struct cost_series *series = xcalloc(s->n, sizeof(*series));
	size_t n_lines = 0;

	for (size_t k = 0; k < s->n; k++) {
		series[k] = book_series(&s->book, s->subjects[k].line->v);
		baseline_fit(&fits[k], &series[k]);
		n_lines += s->subjects[k].level == LEVEL_LINE;
	}
	s->is_off = arena_calloc(&s->book.arena, s->book.n_days, sizeof(*s->is_off));
	anomaly_find_off(fits, series, n_lines, s->is_off);
	for (size_t k = 0; k < s->n; k++)
		s->subjects[k].n =
			anomaly_find(&fits[k], &series[k], LOOK_BACK_DAYS, s->is_off,
				     s->subjects[k].least, s->subjects[k].found);
	free(series);
	free(fits);
}

static void put_row(cJSON *rows, const struct search *s, const struct subject *subject,
		    const struct anomaly *a)
{
	static const char *const levels[] = {"line", "service", "subscription"};
	const struct book_line *line = subject->line;
	double a_day = a->actual - a->expected;
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "what",
			subject->level == LEVEL_SUBSCRIPTION
				? line->text[COST_BY_SUBSCRIPTION]
				: line->text[COST_BY_SERVICE]);
	derive_put_text(row, "level", levels[subject->level]);
	derive_put_text(row, "group", line->text[COST_BY_GROUP]);
	derive_put_text(row, "subscription", line->text[COST_BY_SUBSCRIPTION]);
	derive_put_text(row, "scope", line->scope);
	derive_put_text(row, "kind", anomaly_kind_name(a->kind));
	derive_put_text(row, "state",
			a->is_ongoing ? "goes on"
			: a->is_level ? "new level"
				      : "over");
	cost_put_day(row, "since", a->since);
	cost_put_day(row, "day", a->last);
	derive_put_number(row, "days", (double)(a->last - a->since + 1));
	derive_put_number(row, "actual", a->actual);
	derive_put_number(row, "expected", a->expected);
	derive_put_number(row, "low", fmax(a->low, fmin(0, a->actual)));
	derive_put_number(row, "high", a->high);
	derive_put_number(row, "delta", a->delta);
	derive_put_number(row, "a_day", a_day);
	derive_put_number(row, "size", fabs(a->delta));
	derive_put_number(row, "share",
			  subject->scope_day > 0 ? 100 * fabs(a_day) / subject->scope_day
						 : NAN);
	derive_put_number(row, "certainty", a->certainty);
	cost_put_series(row, "cost", &s->book, line->v, SERIES_DAYS);
	cost_put_marks(row, &s->book, line->currency);
	cJSON_AddItemToArray(rows, row);
}

static bool is_shown(const struct search *s, const struct subject *subject,
		     const struct anomaly *a)
{
	if (a->last <= book_last_day(&s->book) - SHOWN_DAYS)
		return false;
	return subject->level == LEVEL_LINE ||
	       (a->certainty >= WHOLE_SURE && !is_explained(s, subject, a));
}

static cJSON *anomaly_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();
	struct search s = {.n = 0};

	cost_rule_book(d, &s.book);
	if (s.book.n_days > 0) {
		gather_subjects(&s);
		judge(&s);
	}
	for (size_t k = 0; k < s.n; k++)
		for (size_t i = 0; i < s.subjects[k].n; i++)
			if (is_shown(&s, &s.subjects[k], &s.subjects[k].found[i]))
				put_row(rows, &s, &s.subjects[k],
					&s.subjects[k].found[i]);
	book_fini(&s.book);
	return rows;
}

const struct derive_rule cost_anomalies_rule = {
	.name = "cost-anomalies",
	.from = {"cost-lines"},
	.rows = anomaly_rows,
};
