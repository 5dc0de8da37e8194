/* The board sql-schedules: every database and pool with a schedule, what is intended, what
 * is, since when, what that costs, and which edge did nothing. It proposes; nothing here
 * or behind it acts. Thread: core. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sql/change_index.h"
#include "sql/rules.h"
#include "sql/scheduled.h"

enum { FROM_SQL, FROM_POOLS, FROM_OPERATIONS };

/* The time line: a UTC day in quarters of an hour. */
enum { PARTS = 96 };
#define PART_MS (DAY_MS / PARTS)

struct making {
	const struct derive *d;
	struct hours hours;
	struct sql_drift_rules rules;
	struct change_index changes;
	cJSON *rows;
};

/* "19:00 PDT": as the tag has it. */
static void put_clock(struct strbuf *out, const struct schedule_edge *e)
{
	strbuf_printf(out, "%02d:%02d %s", e->minute / 60, e->minute % 60,
		      e->clock->abbreviation);
}

static void put_what(struct strbuf *out, const struct schedule_edge *e)
{
	const struct schedule_figures *f = &e->figures;

	strbuf_puts(out, e->is_on ? "on" : "off");
	if (f->size[0] || f->tier[0])
		strbuf_printf(out, " %s", f->size[0] ? f->size : f->tier);
}

static void add_text(cJSON *row, const char *name, const struct strbuf *text)
{
	derive_put_text(row, name, text->n ? text->p : NULL);
}

/* The edge that went by without effect, in words: what a proposal would rest on. */
static void add_missed(cJSON *row, const struct sql_drift_state *s,
		       const struct sql_changes_seen *seen)
{
	struct strbuf text;

	strbuf_init(&text, 512);
	if (s->is_missed) {
		put_what(&text, &s->wanted.last);
		strbuf_puts(&text, " was due at ");
		put_clock(&text, &s->wanted.last);
		strbuf_puts(&text, s->was_tried ? "; it failed" : "; nobody did it");
		if (s->was_tried && seen->why_failed[0])
			strbuf_printf(&text, ": %s", seen->why_failed);
	}
	add_text(row, "missed", &text);
	derive_put_time(row, "due",
			s->is_missed || s->drift == SQL_DRIFT_DUE ? s->wanted.last.at_ms
								  : 0);
	strbuf_fini(&text);
}

static void add_next(cJSON *row, const struct sql_drift_state *s)
{
	struct strbuf text;

	strbuf_init(&text, 128);
	if (s->wanted.has_next)
		put_what(&text, &s->wanted.next);
	add_text(row, "then", &text);
	derive_put_time(row, "next", s->wanted.has_next ? s->wanted.next.at_ms : 0);
	strbuf_fini(&text);
}

static cJSON *series(const float *v, size_t n)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list, isnan(v[i]) ? cJSON_CreateNull()
						       : cJSON_CreateNumber(v[i]));
	return list;
}

static int64_t day_start(int64_t at_ms)
{
	return at_ms - (at_ms % DAY_MS + DAY_MS) % DAY_MS;
}

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
static int64_t unchanged_since(const struct sql_changes_seen *seen)
{
	return seen->done_ms > seen->known_from_ms ? seen->done_ms : seen->known_from_ms;
}

static void add_timeline(cJSON *row, const struct making *m,
			 const struct sql_drift_state *s)
{
	float parts[PARTS];

	if (!s->wanted.has_schedule)
		return;
	wanted_timeline(&s->wanted, day_start(m->d->now_ms), PART_MS, parts, PARTS);
	cJSON_AddItemToObject(row, "day", series(parts, PARTS));
}

static const char *intent_of(const struct sql_drift_state *s)
{
	if (s->drift == SQL_DRIFT_UNDECIDABLE)
		return schedule_intent_name(SCHEDULE_UNDECIDABLE);
	return schedule_intent_name(s->wanted.intent);
}

static void add_row(struct making *m, const struct scheduled *t,
		    const struct sql_changes_seen *seen, const struct sql_drift_state *s)
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
	cJSON_AddBoolToObject(row, "is_missed", s->is_missed);
	derive_put_time(row, "since", s->since_ms);
	derive_put_number(row, "hourly", s->hourly_drift);
	derive_put_number(row, "spent", s->spent);
	derive_put_text(row, "currency", m->d->config->schedules.currency);
	add_missed(row, s, seen);
	add_next(row, s);
	derive_put_text(row, "tag", t->target.tag.p);
	cJSON_AddBoolToObject(row, "by_default", !t->has_tag);
	derive_put_text(row, "zone",
			s->wanted.has_schedule && s->wanted.schedule.zone
				? s->wanted.schedule.zone->name
				: NULL);
	derive_put_text(row, "error", error);
	derive_put_number(row, "level", level_of(s));
	derive_put_time(row, "unchanged", unchanged_since(seen));
	add_timeline(row, m, s);
	cJSON_AddItemToArray(m->rows, row);
}

static void add_board(struct making *m, const struct board *board)
{
	for (size_t i = 0; board && i < board->n_rows; i++) {
		struct sql_changes_seen seen = {.why_failed = ""};
		struct sql_drift_state state;
		struct scheduled target;

		if (!scheduled_read(&m->hours, board, i, &target))
			continue;
		/* Of pools nobody lists what was done. */
		if (!target.target.is_pool)
			seen = change_index_find(&m->changes, target.server, target.name);
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
