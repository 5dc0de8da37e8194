/* Which databases can be smaller, when, and which must not: conservative, with its
 * evidence. What is easily got wrong: where anything that bears on it is not known,
 * there is no advice at all. Thread: any (no state). */
#ifndef AZ_SQL_ADVICE_H
#define AZ_SQL_ADVICE_H

#include "base/strbuf.h"
#include "sql/load.h"
#include "sql/price.h"

/* On the smaller size the 99th percentile of hours must stay under this, percent ... */
#define SQL_FIT_P99 70.0
/* ... and the worst hour of all under this. */
#define SQL_FIT_MOST 90.0
/* Hours that two weeks show twice count as quiet when both stay under this. */
#define SQL_FIT_QUIET 60.0
/* Its data, with room to grow, must fit too. */
#define SQL_FIT_STORAGE 0.8
/* Known hours of all, below which nothing is said. */
#define SQL_FIT_KNOWN 0.9
/* Hours in which something was at its limit, of all: from here on it is too small. */
#define SQL_FIT_FULL 0.05
/* Quiet hours in a row that are worth scaling for, when one on either side is left for
 * clocks that change. */
enum { SQL_QUIET_LEAST = 6 };

enum sql_verdict {
	SQL_VERDICT_UNKNOWN, /* something is not known: `why` */
	SQL_VERDICT_KEEP,    /* it must not be smaller: `why` */
	SQL_VERDICT_SMALLER, /* always */
	SQL_VERDICT_HOURS,   /* at certain hours */
	SQL_VERDICT_LARGER,  /* it is at its limit often */
};
/* "unknown", "keep", "smaller", "smaller at times", "larger" */
const char *sql_verdict_name(enum sql_verdict verdict);

enum sql_copies {
	SQL_COPIES_UNKNOWN,
	SQL_COPIES_NONE,
	SQL_COPIES_PRIMARY,   /* has a geo copy, which must be of its size */
	SQL_COPIES_SECONDARY, /* is one */
};

struct sql_advised {
	const char *size; /* while on, where it has a schedule; "" unknown */
	bool is_pooled;
	bool has_schedule; /* its size changes by the hour already */
	enum sql_copies copies;
	double used_bytes, max_bytes; /* NAN: not known; Hyperscale has no maximum */
	const struct sql_load *load;  /* NULL: not known */
	double price_factor;
};

struct sql_advice {
	enum sql_verdict verdict;
	char to[SQL_SIZE_MAX + 1];
	char why[96]; /* of keeping it, or of not knowing */
	bool has_fit;
	struct sql_fit now, then; /* on its size, and on the one considered */
	/* By UTC, quiet on working days from this hour to that one, perhaps over
	 * midnight, and then perhaps over the weekend too. */
	int quiet_from, quiet_to;
	bool is_quiet_at_weekends;
	double hours; /* of the week on the smaller size */
	double worst; /* there, percent: by the 99th percentile, or of the quiet hours */
	double monthly; /* what it saves; NAN: not known */
};

/* "nights 19-06, weekends", by UTC; the tag that would do it. Nothing for other verdicts. */
void sql_advice_put_hours(struct strbuf *out, const struct sql_advice *advice);
void sql_advice_put_tag(struct strbuf *out, const struct sql_advice *advice,
			const char *size);

void sql_advise(const struct sql_advised *db, struct sql_advice *out);

#endif
