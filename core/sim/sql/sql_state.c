/* Derives the state of a database from its row, the schedule and the newest
 * write. The later of schedule edge and write wins, as when a runbook scales what
 * somebody changed by hand. Thread: core. */
#include "sim/sql/sql_state.h"

#include "base/rng.h"
#include "sim/rhythm.h"

static uint64_t seed_of(const struct world *w, const struct sql_database *db)
{
	return rng_mix(w->seed, 0x73716cu + sql_index(db));
}

static struct sql_change scheduled_change(const struct world *w,
					  const struct sql_database *db, int64_t utc_ms)
{
	const struct slo *day = sql_find_slo(str_from(sql_tagged(db)));
	const struct slo *night = sql_find_slo(str_from(db->night));
	struct sql_change change;
	bool opens;
	int64_t edge = db->traits & SQL_WEST ? rhythm_last_edge_west(utc_ms, &opens)
					     : rhythm_last_edge(utc_ms, &opens);
	double pace = rng_at(seed_of(w, db), (uint64_t)(edge / HOUR_MS));

	change = (struct sql_change){
		.from = opens ? night : day,
		.to = opens ? day : night,
		.started_ms = edge + 4000 + (int64_t)(pace * 9000),
		.ends_ms = edge + 2 * MINUTE_MS + (int64_t)(pace * 5 * MINUTE_MS),
		.id = guid_of(w->seed, db->name, (uint64_t)(edge / HOUR_MS)),
	};
	return change;
}

/* An hour and a quarter after the doors open, until the schedule acts again. */
static struct sql_change change_by_hand(const struct world *w,
					const struct sql_database *db, int64_t utc_ms)
{
	bool opens;
	int64_t edge = rhythm_last_edge(utc_ms, &opens);
	int64_t began = edge + 73 * MINUTE_MS + 20500;

	if (!(db->traits & SQL_BY_HAND) || !opens || utc_ms < began)
		return (struct sql_change){0};
	return (struct sql_change){
		.from = sql_find_slo(str_from(sql_tagged(db))),
		.to = sql_find_slo(str_from(db->slo)),
		.started_ms = began,
		.ends_ms = began + 3 * MINUTE_MS,
		.id = guid_of(w->seed, db->name, (uint64_t)(began / HOUR_MS)),
	};
}

/* A database that stays up fails its scheduled scaling at the very end. */
static void apply(struct sql_state *s, const struct sql_database *db,
		  const struct sql_change *change, bool is_scheduled, int64_t utc_ms)
{
	bool fails = is_scheduled && db->traits & SQL_STAYS_UP;
	bool is_running = utc_ms >= change->started_ms && utc_ms < change->ends_ms;
	const struct slo *day = sql_find_slo(str_from(db->slo));

	s->op_id = change->id;
	s->op_started_ms = change->started_ms;
	s->op_ends_ms = change->ends_ms;
	if (utc_ms < change->started_ms) {
		s->current = s->requested = fails ? day : change->from;
		return;
	}
	if (is_running) {
		double part = (double)(utc_ms - change->started_ms) /
			      (double)(change->ends_ms - change->started_ms);

		s->op = SQL_OP_RUNNING;
		s->op_percent = part < 0.3 ? 0 : part < 0.7 ? 19 : 72;
		s->current = fails ? day : change->from;
		s->requested = change->to;
		if (s->current != s->requested)
			s->status = "Scaling";
		return;
	}
	s->op = fails && change->to != day ? SQL_OP_FAILED : SQL_OP_DONE;
	s->op_percent = s->op == SQL_OP_FAILED ? 72 : 100;
	s->current = s->requested = fails ? day : change->to;
}

bool sql_is_paused(const struct world *w, const struct sql_database *db, int64_t utc_ms)
{
	int64_t hour = rhythm_floor_div(utc_ms, HOUR_MS);

	if (!(db->traits & SQL_SERVERLESS) || w->sql.newest[sql_index(db)].to)
		return false;
	if (rhythm_is_open(utc_ms) || sql_is_kept_awake(w, db))
		return false;
	/* Somebody works late now and then, on the one that is still in use. */
	return db->traits & SQL_NO_LOAD || rng_at(seed_of(w, db), (uint64_t)hour) < 0.8;
}

static void pause_times(const struct world *w, const struct sql_database *db,
			struct sql_state *s, int64_t utc_ms)
{
	int64_t hour = rhythm_floor_div(utc_ms, HOUR_MS) * HOUR_MS;
	int64_t *since = NULL;
	bool is_paused = sql_is_paused(w, db, utc_ms);

	since = is_paused ? &s->paused_ms : &s->resumed_ms;
	if (is_paused)
		s->status = "Paused";
	for (int i = 0; i < 96 && sql_is_paused(w, db, hour - HOUR_MS) == is_paused; i++)
		hour -= HOUR_MS;
	*since = hour + 127000;
	if (*since > utc_ms)
		*since = hour;
}

struct sql_state sql_state_at(const struct world *w, const struct sql_database *db,
			      int64_t utc_ms)
{
	const struct sql_change *manual = &w->sql.newest[sql_index(db)];
	struct sql_state s = {.status = "Online"};
	struct sql_change scheduled = {0}, by_hand;

	s.current = s.requested = sql_find_slo(str_from(db->slo));
	if (db->night && !(db->traits & SQL_UNATTENDED))
		scheduled = scheduled_change(w, db, utc_ms);
	by_hand = change_by_hand(w, db, utc_ms);
	if (by_hand.to)
		scheduled = by_hand;
	if (manual->to && manual->started_ms >= scheduled.started_ms &&
	    manual->started_ms <= utc_ms)
		apply(&s, db, manual, false, utc_ms);
	else if (scheduled.to)
		apply(&s, db, &scheduled, true, utc_ms);
	if (db->traits & SQL_INACCESSIBLE)
		s.status = "Inaccessible";
	if (db->traits & SQL_SERVERLESS)
		pause_times(w, db, &s, utc_ms);
	return s;
}

const struct sql_change *sql_start_change(struct world *w, const struct sql_database *db,
					  const struct slo *to)
{
	struct sql_change *change = &w->sql.newest[sql_index(db)];
	double pace = rng_at(seed_of(w, db), rng_mix(0x70617463u, w->sql.n_made));

	*change = (struct sql_change){
		.from = sql_state_now(w, db).current,
		.to = to,
		.started_ms = w->now_ms,
		.ends_ms = w->now_ms + 30000 + (int64_t)(pace * 90000),
		.id = guid_of(w->seed, "operation", ++w->sql.n_made),
	};
	return change;
}
