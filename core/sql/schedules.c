/* The board sql-schedules: every database and pool with a schedule, what is intended, what
 * is, since when, what that costs, and which edge did nothing. It proposes; nothing here
 * or behind it acts. Thread: core. */
#include <math.h>

#include "base/count.h"
#include "board/hours_row.h"
#include "sql/change_index.h"
#include "sql/rules.h"
#include "sql/scheduled.h"

enum { FROM_SQL, FROM_POOLS, FROM_OPERATIONS };

struct making {
	const struct derive *d;
	struct hours hours;
	struct sql_drift_rules rules;
	struct change_index changes;
	cJSON *rows;
};

/* Whether it is up now, by its own schedule's measure; NAN: that cannot be said. */
static double level_of(const struct sql_drift_state *s)
{
	switch (s->drift) {
	case SQL_DRIFT_NONE:
		return s->wanted.intent == SCHEDULE_ON;
	case SQL_DRIFT_MOVING:
	case SQL_DRIFT_DUE:
		return s->wanted.intent != SCHEDULE_ON;
	case SQL_DRIFT_LARGER:
		return s->wanted.intent == SCHEDULE_ON ? 2 : 1;
	case SQL_DRIFT_AWAKE:
	case SQL_DRIFT_SLEEPY:
		return 1;
	case SQL_DRIFT_SMALLER:
		return 0;
	case SQL_DRIFT_UNDECIDABLE:
	case SQL_DRIFT_UNKNOWN:
	case SQL_DRIFT_OPTED_OUT:
	case SQL_DRIFT_OTHER:
		break;
	}
	return NAN;
}

/* Since when it is as it is: the newest change, or as long as changes are known. */
static int64_t unchanged_since(const struct wanted_changes *seen)
{
	return seen->done_ms > seen->known_from_ms ? seen->done_ms : seen->known_from_ms;
}

static const char *intent_of(const struct sql_drift_state *s)
{
	if (s->drift == SQL_DRIFT_UNDECIDABLE)
		return schedule_intent_name(SCHEDULE_UNDECIDABLE);
	return schedule_intent_name(s->wanted.intent);
}

static void add_row(struct making *m, const struct scheduled *t,
		    const struct wanted_changes *seen, const struct sql_drift_state *s)
{
	const char *error = s->error;
	cJSON *row = cJSON_CreateObject();

	if (s->drift == SQL_DRIFT_UNDECIDABLE && m->hours.wrong[0])
		error = m->hours.wrong;
	derive_put_text(row, "name", t->name);
	derive_put_text(row, "server", t->server);
	derive_put_text(row, "resource", t->key);
	derive_put_text(row, "kind", t->target.is_pool ? "pool" : "database");
	derive_put_text(row, "intended", intent_of(s));
	derive_put_text(row, "want", s->want);
	derive_put_text(row, "size", t->size);
	derive_put_text(row, "status", t->target.status);
	derive_put_text(row, "drift", sql_drift_name(s->drift));
	derive_put_time(row, "since", s->since_ms);
	derive_put_number(row, "hourly", s->hourly_drift);
	derive_put_number(row, "spent", s->spent);
	derive_put_text(row, "currency", m->d->config->schedules.currency);
	hours_row_put(row, &m->hours, &s->wanted, s->fate, seen->why_failed);
	derive_put_text(row, "tag", t->target.tag.p);
	cJSON_AddBoolToObject(row, "by_default", !t->has_tag);
	derive_put_text(row, "error", error);
	derive_put_number(row, "level", level_of(s));
	derive_put_time(row, "unchanged", unchanged_since(seen));
	cJSON_AddItemToArray(m->rows, row);
}

static void add_board(struct making *m, const struct board *board)
{
	for (size_t i = 0; board && i < board->n_rows; i++) {
		struct wanted_changes seen = {.why_failed = ""};
		struct sql_drift_state state;
		struct scheduled target;

		if (!scheduled_read(&m->hours, board, i, &target))
			continue;
		/* Of pools nobody lists what was done. */
		if (!target.target.is_pool)
			seen = change_index_find(&m->changes, target.server, target.name);
		m->rules.keeps_awake =
			config_names_fit(m->d->config->schedules.keep_awake,
					 m->d->config->schedules.n_keep_awake,
					 target.server, target.name);
		sql_drift_look(&target.target, &seen, &m->rules, m->d->zones,
			       m->d->now_ms, &state);
		add_row(m, &target, &seen, &state);
	}
}

static cJSON *make_rows(const struct derive *d)
{
	struct making m = {.d = d, .rows = cJSON_CreateArray()};

	hours_init(&m.hours, d);
	m.rules = (struct sql_drift_rules){.defaults = m.hours.defaults,
					   .off_size = d->config->schedules.off_size,
					   .price_factor =
						   d->config->schedules.price_factor};
	change_index_init(&m.changes, d->boards[FROM_OPERATIONS]);
	add_board(&m, d->boards[FROM_SQL]);
	add_board(&m, d->boards[FROM_POOLS]);
	change_index_fini(&m.changes);
	hours_fini(&m.hours);
	return m.rows;
}

const struct derive_rule sql_rule_schedules = {
	.name = "sql-schedules",
	.from = {"sql", "?sql-pools", "?sql-operations", NULL},
	.rows = make_rows,
};
