/* See slo.h. */
#include "dr/slo.h"

#include <math.h>

#include "base/timefmt.h"

#define BIN_MINUTES ((float)(SLO_BIN_MS / MINUTE_MS))
/* Two counts of the same tests in an hour differ by so much for no reason. */
#define SAME_MINUTES  0.25f
#define THIN_BELOW    50.0 /* percent of the window */
#define SPENDING_FROM 75.0 /* percent of the budget */

/* Called for every bin of every line: the library's would be most of the work. */
static inline float least(float a, float b)
{
	return a < b ? a : b;
}

static inline float most_of(float a, float b)
{
	return a > b ? a : b;
}

static int64_t floor_bin(int64_t ms)
{
	int64_t rest = ms % SLO_BIN_MS;

	return ms - (rest < 0 ? rest + SLO_BIN_MS : rest);
}

void slo_line_init(struct slo_line *line, struct arena *arena, int64_t from_ms,
		   int64_t to_ms)
{
	line->from_ms = floor_bin(from_ms);
	line->n =
		to_ms > line->from_ms
			? (size_t)((to_ms - line->from_ms + SLO_BIN_MS - 1) / SLO_BIN_MS)
			: 0;
	line->bins = arena_calloc(arena, line->n + 1, sizeof(*line->bins));
}

static int64_t end_of(const struct slo_line *line)
{
	return line->from_ms + (int64_t)line->n * SLO_BIN_MS;
}

static bool clip(const struct slo_line *line, int64_t *from_ms, int64_t *to_ms)
{
	if (*from_ms < line->from_ms)
		*from_ms = line->from_ms;
	if (*to_ms > end_of(line))
		*to_ms = end_of(line);
	return *from_ms < *to_ms;
}

/* Bin by bin: the minutes of it that are in the span. */
struct walk {
	size_t i;
	int64_t at_ms, to_ms, end_ms; /* of the bin that comes */
	float minutes;
};

static struct walk walk_from(const struct slo_line *line, int64_t from_ms, int64_t to_ms)
{
	size_t i = (size_t)((from_ms - line->from_ms) / SLO_BIN_MS);

	return (struct walk){.i = i - 1,
			     .at_ms = from_ms,
			     .to_ms = to_ms,
			     .end_ms = line->from_ms + (int64_t)(i + 1) * SLO_BIN_MS};
}

static bool walk_next(struct walk *w)
{
	int64_t end_ms = w->end_ms < w->to_ms ? w->end_ms : w->to_ms;

	if (w->at_ms >= w->to_ms)
		return false;
	w->i++;
	w->minutes = end_ms - w->at_ms == SLO_BIN_MS
			     ? BIN_MINUTES
			     : (float)(end_ms - w->at_ms) / (float)MINUTE_MS;
	w->at_ms = end_ms;
	w->end_ms += SLO_BIN_MS;
	return true;
}

static void bin_add(struct slo_bin *bin, float minutes, double up)
{
	bin->known = least(bin->known + minutes, BIN_MINUTES);
	bin->lost = least(bin->lost + minutes * (float)(1 - up), bin->known);
}

void slo_line_put(struct slo_line *line, int64_t from_ms, int64_t to_ms, double up)
{
	struct walk w;

	if (!isfinite(up) || !clip(line, &from_ms, &to_ms))
		return;
	w = walk_from(line, from_ms, to_ms);
	up = fmin(fmax(up, 0), 1);
	while (walk_next(&w))
		bin_add(&line->bins[w.i], w.minutes, up);
}

void slo_line_set(struct slo_line *line, int64_t from_ms, int64_t to_ms, double up)
{
	struct slo_bin whole;
	struct walk w;

	if (!isfinite(up) || !clip(line, &from_ms, &to_ms))
		return;
	w = walk_from(line, from_ms, to_ms);
	up = fmin(fmax(up, 0), 1);
	whole = (struct slo_bin){BIN_MINUTES, BIN_MINUTES * (float)(1 - up)};
	while (walk_next(&w)) {
		struct slo_bin *bin = &line->bins[w.i];
		float keep, most;

		if (w.minutes >= BIN_MINUTES) {
			*bin = whole;
			continue;
		}
		/* Which of its minutes are known is not: never more than it was. */
		most = most_of(bin->known, w.minutes);
		keep = 1 - w.minutes / BIN_MINUTES;
		bin->lost *= keep;
		bin->known *= keep;
		bin_add(bin, w.minutes, up);
		bin->known = least(bin->known, most);
		bin->lost = least(bin->lost, bin->known);
	}
}

void slo_line_series(struct slo_line *line, const float *percent, size_t n,
		     int64_t last_ms, int64_t step_ms, int64_t until_ms)
{
	for (size_t i = 0; i < n; i++) {
		int64_t from_ms = last_ms - (int64_t)(n - 1 - i) * step_ms;
		int64_t to_ms = from_ms + step_ms;

		if (to_ms > until_ms)
			to_ms = until_ms;
		slo_line_set(line, from_ms, to_ms, (double)percent[i] / 100);
	}
}

void slo_line_all(struct slo_line *line, const struct slo_line *other)
{
	for (size_t i = 0; i < line->n && i < other->n; i++) {
		line->bins[i].known = most_of(line->bins[i].known, other->bins[i].known);
		line->bins[i].lost = most_of(line->bins[i].lost, other->bins[i].lost);
	}
}

static struct slo_bin hour_of(const struct slo_line *line, size_t from, size_t to)
{
	struct slo_bin sum = {0};

	for (size_t i = from; i < to; i++) {
		sum.known += line->bins[i].known;
		sum.lost += line->bins[i].lost;
	}
	return sum;
}

/* Bins from `from` up to the end of their hour. */
static size_t hour_end(const struct slo_line *line, size_t from)
{
	int64_t at_ms = line->from_ms + (int64_t)from * SLO_BIN_MS;
	size_t n = (size_t)((HOUR_MS - at_ms % HOUR_MS) / SLO_BIN_MS);

	return from + n < line->n ? from + n : line->n;
}

void slo_line_worse(struct slo_line *line, const struct slo_line *other)
{
	for (size_t i = 0, end; i < line->n && i < other->n; i = end) {
		struct slo_bin own, its;

		end = hour_end(line, i);
		own = hour_of(line, i, end);
		its = hour_of(other, i, end);
		for (size_t k = i; k < end; k++) {
			if (its.lost > own.lost + SAME_MINUTES ? other->bins[k].known > 0
							       : line->bins[k].known <= 0)
				line->bins[k] = other->bins[k];
		}
	}
}

void slo_line_any(struct slo_line *line, const struct slo_line *other)
{
	for (size_t i = 0; i < line->n && i < other->n; i++) {
		struct slo_bin *a = &line->bins[i];
		const struct slo_bin *b = &other->bins[i];

		if (b->known > 0 && (a->known <= 0 || b->lost < a->lost))
			a->lost = b->lost;
		a->known = most_of(a->known, b->known);
	}
}

void slo_line_fill(struct slo_line *line, const struct slo_line *other)
{
	for (size_t i = 0; i < line->n && i < other->n; i++) {
		if (line->bins[i].known <= 0)
			line->bins[i] = other->bins[i];
	}
}

void slo_line_fill_lost(struct slo_line *line, const struct slo_line *other)
{
	for (size_t i = 0; i < line->n && i < other->n; i++) {
		if (line->bins[i].known <= 0)
			line->bins[i].known = line->bins[i].lost = other->bins[i].lost;
	}
}

struct slo_sum slo_line_sum(const struct slo_line *line, int64_t from_ms, int64_t to_ms)
{
	struct slo_sum sum = {.span = (double)(to_ms - from_ms) / (double)MINUTE_MS};
	struct walk w;

	if (to_ms <= from_ms)
		return (struct slo_sum){0};
	if (!clip(line, &from_ms, &to_ms))
		return sum;
	w = walk_from(line, from_ms, to_ms);
	while (walk_next(&w)) {
		const struct slo_bin *bin = &line->bins[w.i];
		/* The bin of now is as full as it can be. */
		bool is_whole = w.minutes >= BIN_MINUTES || w.i + 1 == line->n;
		double share = is_whole ? 1 : (double)w.minutes / (double)BIN_MINUTES;

		sum.known += (double)bin->known * share;
		sum.lost += (double)bin->lost * share;
	}
	sum.known = fmin(sum.known, sum.span);
	return sum;
}

int64_t slo_line_last(const struct slo_line *line)
{
	for (size_t i = line->n; i-- > 0;) {
		if (line->bins[i].known > 0)
			return line->from_ms + (int64_t)i * SLO_BIN_MS +
			       (int64_t)(line->bins[i].known * (float)MINUTE_MS);
	}
	return 0;
}

const char *slo_word(enum slo_state state)
{
	static const char *const words[] = {
		[SLO_WITHIN] = "Within",       [SLO_UNMEASURED] = "No data",
		[SLO_THIN] = "Thin data",      [SLO_SPENDING] = "Spending",
		[SLO_SLOW_BURN] = "Slow burn", [SLO_BREACHED] = "Breached",
		[SLO_BURNING] = "Burning",     [SLO_FAST_BURN] = "Fast burn",
	};

	return words[state];
}

/* How many times too fast, in the last `ms`. */
static double burn(const struct slo_line *line, double slo, int64_t ms, int64_t now_ms)
{
	struct slo_sum sum = slo_line_sum(line, now_ms - ms, now_ms);

	return slo > 0 && sum.known > 0 ? sum.lost / sum.known / (1 - slo / 100) : NAN;
}

/* A long window says that it matters, a short one that it goes on: an outage that is
 * over does not wake anybody. Where the short one is silent, nobody knows that it is
 * over. */
static bool burns(const struct slo_line *line, double slo, int64_t long_ms,
		  double rate_of_long, double rate, int64_t now_ms)
{
	double rate_of_short = burn(line, slo, long_ms / 12, now_ms);

	return rate_of_long >= rate && !(rate_of_short < rate);
}

static enum slo_state judge(const struct slo_line *line, double slo, int64_t now_ms,
			    const struct slo_figures *f)
{
	if (isnan(f->availability))
		return SLO_UNMEASURED;
	if (slo <= 0)
		return f->coverage < THIN_BELOW ? SLO_THIN : SLO_WITHIN;
	if (burns(line, slo, HOUR_MS, f->burn_1h, SLO_FAST, now_ms))
		return SLO_FAST_BURN;
	if (burns(line, slo, 6 * HOUR_MS, f->burn_6h, SLO_HIGH, now_ms))
		return SLO_BURNING;
	if (f->left < 0)
		return SLO_BREACHED;
	if (burns(line, slo, 3 * DAY_MS, f->burn_3d, SLO_SLOW, now_ms))
		return SLO_SLOW_BURN;
	if (f->used > SPENDING_FROM)
		return SLO_SPENDING;
	return f->coverage < THIN_BELOW ? SLO_THIN : SLO_WITHIN;
}

void slo_figures(const struct slo_line *line, double slo, int64_t window_ms,
		 int64_t now_ms, struct slo_figures *out)
{
	struct slo_sum sum = slo_line_sum(line, now_ms - window_ms, now_ms);
	bool is_known = sum.known > 0, is_promised = slo > 0;

	*out = (struct slo_figures){
		.availability = is_known ? 100 * (1 - sum.lost / sum.known) : NAN,
		.coverage = 100 * sum.known / sum.span,
		.budget = is_promised ? sum.span * (1 - slo / 100) : NAN,
		.spent = is_known ? sum.lost : NAN,
		.burn_1h = burn(line, slo, HOUR_MS, now_ms),
		.burn_6h = burn(line, slo, 6 * HOUR_MS, now_ms),
		.burn_3d = burn(line, slo, 3 * DAY_MS, now_ms),
		.ends_ms = NAN,
	};
	out->left = out->budget - out->spent;
	out->used = 100 * out->spent / out->budget;
	/* A rate of 1 spends the budget in the window. */
	if (out->left > 0 && out->burn_3d > 0)
		out->ends_ms = (double)now_ms +
			       out->left / out->budget * (double)window_ms / out->burn_3d;
	out->state = judge(line, slo, now_ms, out);
}

void slo_burn_down(const struct slo_line *line, double slo, int64_t window_ms,
		   int64_t now_ms, double *left, size_t n)
{
	int64_t from_ms = now_ms - window_ms;
	double budget = (double)window_ms / (double)MINUTE_MS * (1 - slo / 100);
	double spent = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t at_ms = from_ms + window_ms * (int64_t)i / (int64_t)n;
		int64_t next_ms = from_ms + window_ms * (int64_t)(i + 1) / (int64_t)n;
		struct slo_sum sum = slo_line_sum(line, at_ms, next_ms);

		spent += sum.lost;
		left[i] = sum.known > 0 ? budget - spent : NAN;
	}
}
