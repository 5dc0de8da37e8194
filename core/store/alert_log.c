/* See alert_log.h. */
#include "store/alert_log.h"

#include "store/names.h"
#include "store/stored.h"

static bool update(struct db *db, int64_t board, const struct alert *alert)
{
	struct db_query q = db_query(
		db, "UPDATE alert SET what = coalesce(nullif(?, ''), what),"
		    " why = coalesce(nullif(?, ''), why), sev = ?, state = ?, since = ?,"
		    " acknowledged = ?, cleared = ?"
		    " WHERE board = ? AND key = ? AND cleared = 0");

	db_put_text(&q, str_from(alert->what));
	db_put_text(&q, str_from(alert->why));
	db_put_i64(&q, (int64_t)alert->sev);
	db_put_i64(&q, (int64_t)alert->state);
	db_put_i64(&q, alert->since_ms);
	db_put_i64(&q, alert->acknowledged_ms);
	db_put_i64(&q, alert->cleared_ms);
	db_put_i64(&q, board);
	db_put_text(&q, alert->key);
	return db_run(&q) > 0;
}

static void insert(struct db *db, int64_t board, const struct alert *alert)
{
	struct db_query q = db_query(
		db, "INSERT INTO alert(board, key, what, why, sev, state, raised, since,"
		    " acknowledged, cleared) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	db_put_i64(&q, board);
	db_put_text(&q, alert->key);
	db_put_text(&q, str_from(alert->what));
	db_put_text(&q, str_from(alert->why));
	db_put_i64(&q, (int64_t)alert->sev);
	db_put_i64(&q, (int64_t)alert->state);
	db_put_i64(&q, alert->raised_ms);
	db_put_i64(&q, alert->since_ms);
	db_put_i64(&q, alert->acknowledged_ms);
	db_put_i64(&q, alert->cleared_ms);
	db_run(&q);
}

void alert_log_put(struct db *db, const struct alert *alert)
{
	struct names boards;
	int64_t board;

	names_init(&boards, 0);
	board = names_id(&boards, db, str_from(alert->board));
	if (!update(db, board, alert))
		insert(db, board, alert);
	names_fini(&boards);
}

static bool update_begin(struct db *db, int64_t board, const struct alert *alert)
{
	struct db_query q = db_query(
		db, "UPDATE alert SET since = CASE WHEN sev = ? THEN ? ELSE since END,"
		    " raised = ? WHERE board = ? AND key = ? AND cleared = 0");

	db_put_i64(&q, (int64_t)alert->sev);
	db_put_i64(&q, alert->since_ms);
	db_put_i64(&q, alert->raised_ms);
	db_put_i64(&q, board);
	db_put_text(&q, alert->key);
	return db_run(&q) > 0;
}

void alert_log_put_earlier(struct db *db, const struct alert *alert)
{
	struct names boards;
	int64_t board;

	names_init(&boards, 0);
	board = names_id(&boards, db, str_from(alert->board));
	if (alert->cleared_ms || !update_begin(db, board, alert))
		insert(db, board, alert);
	names_fini(&boards);
}

static void read_all(struct db_query *q, alert_fn fn, void *ctx)
{
	bool goes_on = true;
	struct arena arena;

	arena_init(&arena);
	while (goes_on && db_next(q)) {
		struct alert alert = {0};

		arena_reset(&arena);
		alert.board = stored_text(q, &arena).p;
		alert.key = stored_text(q, &arena);
		alert.what = stored_text(q, &arena).p;
		alert.why = stored_text(q, &arena).p;
		alert.sev = stored_severity(q);
		alert.state = (uint64_t)db_get_i64(q);
		alert.raised_ms = db_get_i64(q);
		alert.since_ms = db_get_i64(q);
		alert.acknowledged_ms = db_get_i64(q);
		goes_on = fn(&alert, ctx);
	}
	arena_fini(&arena);
}

#define COLUMNS                                                                          \
	"SELECT n.text, a.key, a.what, a.why, a.sev, a.state, a.raised, a.since,"        \
	" a.acknowledged FROM alert a JOIN name n ON n.id = a.board"

void alert_log_open(struct db *db, alert_fn fn, void *ctx)
{
	struct db_query q = db_query(db, COLUMNS " WHERE a.cleared = 0");

	read_all(&q, fn, ctx);
}

void alert_log_at(struct db *db, int64_t at_ms, alert_fn fn, void *ctx)
{
	struct db_query q =
		db_query(db, COLUMNS " WHERE a.raised <= ? AND (a.cleared = 0 OR"
				     " a.cleared > ?)");

	db_put_i64(&q, at_ms);
	db_put_i64(&q, at_ms);
	read_all(&q, fn, ctx);
}

/* What is still open stays, however long it has been. */
void alert_log_prune(struct db *db, int64_t before_ms)
{
	struct db_query q =
		db_query(db, "DELETE FROM alert WHERE cleared > 0 AND cleared < ?");

	db_put_i64(&q, before_ms);
	db_run(&q);
}
