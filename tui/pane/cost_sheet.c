/* See cost_sheet.h. */
#include "tui/pane/cost_sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "board/read.h"

/* The largest parts have their own place, the others one between them. */
static void add_rest(struct cost_sheet *s, const struct book_line *line)
{
	struct stack_part *rest = &s->parts[STACK_PARTS - 1];
	double *v;

	if (s->n_parts < STACK_PARTS) {
		v = arena_alloc(&s->book.arena, s->book.n_days * sizeof(*v));
		for (size_t i = 0; i < s->book.n_days; i++)
			v[i] = 0;
		*rest = (struct stack_part){.name = "others", .v = v};
		s->n_parts = STACK_PARTS;
	}
	v = (double *)rest->v;
	for (size_t i = 0; i < s->book.n_days; i++)
		v[i] += isfinite(line->v[i]) ? line->v[i] : 0;
	s->month[STACK_PARTS - 1] += line->month;
}

static void pick_parts(struct cost_sheet *s, enum cost_by by)
{
	s->partial = NAN;
	for (size_t i = 0; i < s->n_sums; i++) {
		const struct book_line *line = &s->sums[i];

		if (strcmp(line->currency, s->currency) != 0) {
			s->is_mixed = true;
			continue;
		}
		s->all += line->month;
		if (isfinite(line->partial))
			s->partial =
				(isfinite(s->partial) ? s->partial : 0) + line->partial;
		if (s->n_parts + 1 < STACK_PARTS) {
			s->month[s->n_parts] = line->month;
			s->parts[s->n_parts++] =
				(struct stack_part){line->text[by], line->v};
		} else {
			add_rest(s, line);
		}
	}
}

/* The days to come out of cost-days, which has them in any order. */
static void read_ahead(struct cost_sheet *s, const struct board *days)
{
	int64_t first = book_last_day(&s->book) + 1;

	for (size_t i = 0; i < COST_SHEET_AHEAD; i++)
		s->ahead[i] = (struct stack_ahead){NAN, NAN, NAN};
	for (size_t r = 0; days && r < days->n_rows; r++) {
		double at = read_number(days, r, "day") / (double)DAY_MS - (double)first;

		if (!(at >= 0 && at < COST_SHEET_AHEAD) ||
		    strcmp(read_text(days, r, "expected"), s->currency) != 0)
			continue;
		s->ahead[(size_t)at] =
			(struct stack_ahead){read_number(days, r, "low"),
					     read_number(days, r, "expected"),
					     read_number(days, r, "high")};
		if ((size_t)at + 1 > s->n_ahead)
			s->n_ahead = (size_t)at + 1;
	}
	if (s->n_ahead == 0 && isfinite(s->partial))
		s->n_ahead = 1;
}

/* Days on which all of it was more, or less, than usual. */
static bool *read_marks(struct cost_sheet *s, const struct board *days)
{
	bool *marks = arena_calloc(&s->book.arena, s->book.n_days, sizeof(*marks));

	for (size_t r = 0; days && r < days->n_rows; r++) {
		const char *state = read_text(days, r, "state");
		double at = read_number(days, r, "day") / (double)DAY_MS -
			    (double)s->book.first_day;

		if (at >= 0 && at < (double)s->book.n_days &&
		    (strcmp(state, "more") == 0 || strcmp(state, "less") == 0))
			marks[(size_t)at] = true;
	}
	return marks;
}

/* What each tag leaves untagged, by the tag; in the book's arena. */
static void sum_untagged(struct cost_sheet *s, struct map *untagged)
{
	for (size_t i = 0; i < s->book.n; i++) {
		const struct book_line *line = &s->book.lines[i];
		struct str tag = str_from(line->text[COST_BY_GROUP]);
		double *sum = map_find(untagged, tag);

		if (!sum) {
			sum = arena_calloc(&s->book.arena, 1, sizeof(*sum));
			map_put(untagged, tag, sum);
		}
		if (strcmp(line->text[COST_BY_SERVICE], "untagged") == 0)
			*sum += line->month;
	}
}

/* Of several tags the one that says most: whose values leave least untagged. The lines
 * of the others go, because they are the same money once more. */
static void keep_one_tag(struct cost_sheet *s)
{
	const char *best = NULL;
	double least = INFINITY;
	struct map untagged;
	size_t kept = 0;

	map_init(&untagged);
	sum_untagged(s, &untagged);
	for (size_t i = 0; i < s->book.n; i++) {
		const char *tag = s->book.lines[i].text[COST_BY_GROUP];
		double sum = *(const double *)map_find(&untagged, str_from(tag));

		if (sum < least) {
			least = sum;
			best = tag;
		}
	}
	map_fini(&untagged);
	for (size_t i = 0; best && i < s->book.n; i++)
		if (strcmp(s->book.lines[i].text[COST_BY_GROUP], best) == 0)
			s->book.lines[kept++] = s->book.lines[i];
	s->book.n = kept;
	s->tag = best;
}

static bool is_same(const struct cost_sheet_from *a, const struct cost_sheet_from *b)
{
	return a->lines == b->lines && a->days == b->days && a->by == b->by &&
	       a->is_by_tag == b->is_by_tag && a->workloads == b->workloads &&
	       a->n_workloads == b->n_workloads;
}

static struct cost_sheet *sheet_new(const struct cost_sheet_from *from)
{
	struct cost_sheet *s = xcalloc(1, sizeof(*s));

	s->from = *from;
	board_get(from->lines);
	if (from->days)
		board_get(from->days);
	book_init(&s->book, &(struct book_from){.lines = from->lines,
						.workloads = from->workloads,
						.n_workloads = from->n_workloads});
	if (from->is_by_tag)
		keep_one_tag(s);
	s->n_sums = book_sums(&s->book, from->by, true, &s->sums);
	if (s->n_sums == 0)
		return s;
	s->currency = s->sums[0].currency;
	pick_parts(s, from->by);
	read_ahead(s, from->days);
	s->is_marked = read_marks(s, from->days);
	return s;
}

void cost_sheet_free(struct cost_sheet *s)
{
	if (!s)
		return;
	book_fini(&s->book);
	board_put(s->from.lines);
	board_put(s->from.days);
	free(s);
}

const struct cost_sheet *cost_sheet_keep(struct cost_sheet **kept,
					 const struct cost_sheet_from *from)
{
	if (*kept && is_same(&(*kept)->from, from))
		return *kept;
	cost_sheet_free(*kept);
	*kept = sheet_new(from);
	return *kept;
}
