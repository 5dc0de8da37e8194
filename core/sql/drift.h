/* Should-be against is, of one database or pool: what its schedule wants now, what it is
 * instead, since when, what that costs, and whether an edge went by without effect.
 * Nothing acts on it. What is easily got wrong: unknown is none of these, and a figure
 * that is not known is NAN, never 0. Thread: any (no state). */
#ifndef AZ_SQL_DRIFT_H
#define AZ_SQL_DRIFT_H

#include "schedule/wanted.h"
#include "sql/price.h"

enum sql_drift {
	SQL_DRIFT_UNDECIDABLE, /* nobody knows what is wanted: see the error */
	SQL_DRIFT_UNKNOWN,     /* nobody knows what it is */
	SQL_DRIFT_NONE,
	SQL_DRIFT_OPTED_OUT,
	SQL_DRIFT_MOVING, /* becoming what it should be */
	SQL_DRIFT_DUE,	  /* the edge was a moment ago */
	SQL_DRIFT_LARGER,
	SQL_DRIFT_SMALLER,
	SQL_DRIFT_OTHER, /* of another ladder, and nobody knows which is larger */
	SQL_DRIFT_AWAKE, /* serverless that should sleep; it does so by itself, if it may */
	SQL_DRIFT_SLEEPY, /* serverless that may sleep, and is to be kept awake */
};
/* "as intended", "larger", ... */
const char *sql_drift_name(enum sql_drift drift);

/* Of serverless: whether it pauses when nobody uses it. */
enum sql_sleep { SQL_SLEEP_UNKNOWN, SQL_SLEEP_AFTER, SQL_SLEEP_NEVER };

/* What a board says of it; texts are borrowed, "" is unknown. */
struct sql_target {
	struct str tag; /* p NULL: none */
	const char *status;
	const char *size;     /* "S3", "GP_Gen5_4", "StandardPool_200" */
	const char *becoming; /* the size it scales to, if it does */
	const char *tier;
	enum sql_sleep sleep;
	bool is_pool;
	bool is_pooled; /* in one: its size is the pool's */
};

struct sql_drift_rules {
	const struct schedule *defaults; /* of tags; NULL: the grammar's */
	const char *off_size;		 /* where "off" names none; NULL: it is paused */
	double price_factor;		 /* list prices times this */
	bool keeps_awake; /* "on" without a size keeps serverless from sleeping */
};

struct sql_drift_state {
	struct wanted wanted;
	char want[SQL_SIZE_MAX +
		  1]; /* a size, a tier, "paused", "running"; "": not said */
	enum sql_drift drift;
	int64_t since_ms;      /* of the drift; 0: not known */
	enum wanted_fate fate; /* of the edge that should have prevented it */
	/* List prices times the factor; NAN: not known. */
	double hourly_now, hourly_wanted, hourly_drift;
	double spent; /* by the drift so far */
	char error[sizeof(((struct schedule_error *)0)->text)];
};

void sql_drift_look(const struct sql_target *target, const struct wanted_changes *seen,
		    const struct sql_drift_rules *rules, struct zones *zones,
		    int64_t now_ms, struct sql_drift_state *out);

#endif
