/* Availability against what was promised of it: how much of a window was lost, how
 * much may still be, how fast it goes. Time is cut into bins of five minutes, and each
 * knows for how many of its minutes there was an answer at all: a gap is unknown, it is
 * neither up nor down. Pure. Thread: any (no state). */
#ifndef AZ_DR_SLO_H
#define AZ_DR_SLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define SLO_BIN_MS (5 * 60000LL)

/* Minutes; lost <= known <= 5. */
struct slo_bin {
	float known, lost;
};

struct slo_line {
	int64_t from_ms; /* of the first bin: a multiple of SLO_BIN_MS */
	struct slo_bin *bins;
	size_t n;
};

/* Nothing is known. Lines of one window have the same bins. */
void slo_line_init(struct slo_line *line, struct arena *arena, int64_t from_ms,
		   int64_t to_ms);
/* From then until then it was up for this share (0 to 1). What is said twice counts
 * once, and the worse of it. What is outside the line is left out. */
void slo_line_put(struct slo_line *line, int64_t from_ms, int64_t to_ms, double up);
/* The same, instead of what was known: finer figures over coarser ones. */
void slo_line_set(struct slo_line *line, int64_t from_ms, int64_t to_ms, double up);
/* A series, oldest first, one figure a step; NAN: unknown. The last one is of the step
 * that begins at last_ms; nothing is known past until_ms. */
void slo_line_series(struct slo_line *line, const float *percent, size_t n,
		     int64_t last_ms, int64_t step_ms, int64_t until_ms);
/* Both have to be up (two tests), one is enough (two origins), or the other speaks
 * where this one is silent. */
void slo_line_all(struct slo_line *line, const struct slo_line *other);
void slo_line_any(struct slo_line *line, const struct slo_line *other);
void slo_line_fill(struct slo_line *line, const struct slo_line *other);
/* Two accounts of the same thing, of which one may be finer: hour by hour the one that
 * lost more, and this one where they agree. */
void slo_line_worse(struct slo_line *line, const struct slo_line *other);
/* Where this one is silent, what the other lost counts; that it was up does not. */
void slo_line_fill_lost(struct slo_line *line, const struct slo_line *other);

/* Minutes. */
struct slo_sum {
	double known, lost, span;
};
struct slo_sum slo_line_sum(const struct slo_line *line, int64_t from_ms, int64_t to_ms);
/* When it was last known; 0: never. */
int64_t slo_line_last(const struct slo_line *line);

enum slo_state {
	SLO_WITHIN,
	SLO_UNMEASURED, /* nothing is known in the whole window */
	SLO_THIN,	/* less than half of the window is known */
	SLO_SPENDING,	/* less than a quarter of the budget is left */
	SLO_SLOW_BURN,	/* 3 days at more than 1 */
	SLO_BREACHED,
	SLO_BURNING,   /* 6 hours at 6 or more */
	SLO_FAST_BURN, /* one hour at 14.4 or more */
};
const char *slo_word(enum slo_state state);

/* Rates of burning: 1 uses the budget up exactly in its window. */
#define SLO_FAST 14.4
#define SLO_HIGH 6.0
#define SLO_SLOW 1.0

/* NAN: unknown. Minutes and percent. */
struct slo_figures {
	double availability, coverage;
	double budget, spent, left, used; /* left is below 0 when it is broken */
	double burn_1h, burn_6h, burn_3d;
	double ends_ms; /* wall time at which nothing is left, at the pace of the last
			   three days; NAN: not in sight */
	enum slo_state state;
};

/* slo in percent (99.99); 0: nobody promised anything, and nothing is judged. */
void slo_figures(const struct slo_line *line, double slo, int64_t window_ms,
		 int64_t now_ms, struct slo_figures *out);
/* What was left of the budget at n moments up to now, evenly over the window: it falls
 * from the whole budget, as what was lost in the window is spent. */
void slo_burn_down(const struct slo_line *line, double slo, int64_t window_ms,
		   int64_t now_ms, double *left, size_t n);

#endif
