/* How a database is right now: its tier, what it is asked to become, whether it
 * sleeps. Thread: core. */
#ifndef AZ_SIM_SQL_STATE_H
#define AZ_SIM_SQL_STATE_H

#include "sim/world.h"

enum sql_operation_state { SQL_OP_NONE, SQL_OP_RUNNING, SQL_OP_DONE, SQL_OP_FAILED };

struct sql_state {
	const struct slo *current;
	const struct slo *requested;
	const char *status;
	/* the newest scaling, by hand or by the schedule */
	enum sql_operation_state op;
	struct guid op_id;
	int64_t op_started_ms;
	int64_t op_ends_ms;
	int op_percent;
	/* serverless; 0: never */
	int64_t paused_ms;
	int64_t resumed_ms;
};

struct sql_state sql_state_at(const struct world *w, const struct sql_database *db,
			      int64_t utc_ms);
static inline struct sql_state sql_state_now(const struct world *w,
					     const struct sql_database *db)
{
	return sql_state_at(w, db, w->now_ms);
}
/* Serverless only: asleep then, and since when. */
bool sql_is_paused(const struct world *w, const struct sql_database *db, int64_t utc_ms);
/* A data warehouse that somebody has paused: since that moment, until it is resumed. */
bool sql_is_resting(const struct world *w, const struct sql_database *db, int64_t utc_ms);
/* Serverless: what it keeps at least, and its idle minutes; NULL: as it is. write_sql.c */
void sql_write_sleep(struct world *w, const struct sql_database *db, const double *least,
		     const double *pause);
/* Somebody said that it is never to sleep. */
bool sql_is_kept_awake(const struct world *w, const struct sql_database *db);
/* Records a scaling that begins now; it takes half a minute to two minutes. */
const struct sql_change *sql_start_change(struct world *w, const struct sql_database *db,
					  const struct slo *to);

#endif
