/* Days that cost more or less than they should, joined to what happened: a spike, a
 * step, something new. Thread: any (no state).
 *
 * The newest day that is handed in must be whole: today never is. */
#ifndef AZ_COST_ANOMALY_H
#define AZ_COST_ANOMALY_H

#include "cost/baseline.h"

enum anomaly_kind {
	ANOMALY_SPIKE,	 /* more, for a day or two */
	ANOMALY_DROP,	 /* less, for a day or two */
	ANOMALY_RISE,	 /* more, and it stays so */
	ANOMALY_FALL,	 /* less, and it stays so */
	ANOMALY_LEAK,	 /* more every day */
	ANOMALY_NEW,	 /* there was nothing before */
	ANOMALY_VANISHED /* there is nothing any more */
};
const char *anomaly_kind_name(enum anomaly_kind kind);

/* One day against what was expected of it. */
struct verdict {
	double expected, low, high;
	int way; /* 1: more than the band, -1: less, 0: within, or not to be told */
};

struct anomaly {
	enum anomaly_kind kind;
	int64_t since, last;		    /* days, both within */
	double actual, expected, low, high; /* of the last day */
	double delta;			    /* over all its days, actual less expected */
	double certainty; /* widths of the band's half that the worst day is away */
	bool is_ongoing;  /* its last day is the newest one */
	bool is_level;	  /* it is over because it became what is usual */
};

/* `is_off`: days that everybody had off, as many as the series has; NULL: none.
 * `least`: money below which a difference is not worth a word. */
struct verdict anomaly_judge(const struct baseline *b, const struct cost_series *s,
			     size_t at, const bool *is_off, double least);

enum { ANOMALY_MAX = 10 };
/* Those of the newest `days` days, oldest first; at most ANOMALY_MAX. */
size_t anomaly_find(const struct baseline *b, const struct cost_series *s, size_t days,
		    const bool *is_off, double least, struct anomaly *out);

/* Marks the days on which most of what rests at weekends rested: a holiday is no
 * anomaly of thirty lines. All series have the same days. */
void anomaly_find_off(const struct baseline *b, const struct cost_series *s,
		      size_t n_series, bool *is_off);

#endif
