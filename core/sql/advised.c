/* The board sql-advice: every database with what could be done about its size, and the
 * evidence. Thread: core. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/strbuf.h"
#include "base/timefmt.h"
#include "sql/advice.h"
#include "sql/rules.h"
#include "sql/scheduled.h"

enum { FROM_SQL, FROM_LOAD, FROM_REPLICAS };

/* NULL when the column has no series of so many hours. */
static const float *series_of(const struct board *board, size_t row, const char *column)
{
	const struct cell *cell = read_cell(board, row, column);

	return cell && cell->series_n == SQL_LOAD_HOURS ? cell->series : NULL;
}

static bool read_load(const struct board *board, struct str key, struct sql_load *out)
{
	ptrdiff_t at = board_find(board, key);
	double until = at < 0 ? NAN : read_number(board, (size_t)at, "until");
	size_t row = (size_t)at;

	if (isnan(until))
		return false;
	*out = (struct sql_load){
		.percent = {[SQL_METRIC_CPU] = series_of(board, row, "cpu"),
			    [SQL_METRIC_LOG] = series_of(board, row, "log"),
			    [SQL_METRIC_WORKERS] = series_of(board, row, "workers")},
		.capacity = series_of(board, row, "capacity"),
		.n = SQL_LOAD_HOURS,
		.until_ms = (int64_t)until + HOUR_MS,
	};
	return true;
}

/* Named replicas and those for reading beside the primary have sizes of their own. */
static enum sql_copies copies_of(const struct board *replicas, struct str key)
{
	ptrdiff_t at = board_find(replicas, key);
	const char *kind, *use;

	if (at < 0)
		return replicas->is_partial ? SQL_COPIES_UNKNOWN : SQL_COPIES_NONE;
	kind = read_text(replicas, (size_t)at, "kind");
	use = read_text(replicas, (size_t)at, "use");
	if (strcasecmp(kind, "named") == 0 || strcasecmp(kind, "local") == 0)
		return SQL_COPIES_NONE;
	if (strcasecmp(use, "writes") != 0)
		return SQL_COPIES_SECONDARY;
	return kind[0] ? SQL_COPIES_PRIMARY : SQL_COPIES_UNKNOWN;
}

static const char *copy_word(enum sql_copies copies)
{
	return copies == SQL_COPIES_PRIMARY	? "has one"
	       : copies == SQL_COPIES_SECONDARY ? "is one"
	       : copies == SQL_COPIES_NONE	? "none"
						: NULL;
}

static void add_evidence(cJSON *row, const struct sql_advice *a)
{
	struct strbuf text;

	if (!a->has_fit) {
		derive_put_text(row, "evidence", NULL);
		return;
	}
	strbuf_init(&text, 256);
	for (size_t m = 0; m < SQL_N_METRICS; m++)
		strbuf_printf(&text, "%s%s %.0f%% (%.0f%%)", m ? ", " : "p99 (most): ",
			      sql_metric_name((enum sql_metric)m), a->now.p99[m],
			      a->now.most[m]);
	strbuf_printf(&text, "; %zu of %d h", a->now.hours, SQL_LOAD_HOURS);
	derive_put_text(row, "evidence", text.p);
	strbuf_fini(&text);
}

static void add_plan(cJSON *row, const struct sql_advised *db, const struct sql_advice *a)
{
	struct strbuf text;

	strbuf_init(&text, 256);
	sql_advice_put_hours(&text, a);
	derive_put_text(row, "when",
			a->verdict == SQL_VERDICT_SMALLER ? "always" : text.p);
	strbuf_reset(&text);
	sql_advice_put_tag(&text, a, db->size);
	derive_put_text(row, "tag", text.p);
	strbuf_fini(&text);
}

static void add_row(cJSON *rows, const struct derive *d, size_t at,
		    const struct sql_advised *db, const struct sql_advice *a)
{
	const struct board *sql = d->boards[FROM_SQL];
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "name", read_text(sql, at, "name"));
	derive_put_text(row, "server", read_text(sql, at, "server"));
	derive_put_text(row, "size", db->size);
	derive_put_text(row, "verdict", sql_verdict_name(a->verdict));
	derive_put_text(row, "to", a->to);
	derive_put_text(row, "why", a->why);
	derive_put_text(row, "copy", copy_word(db->copies));
	derive_put_number(row, "monthly", a->monthly);
	derive_put_number(row, "yearly", a->monthly * 12);
	derive_put_text(row, "currency", d->config->schedules.currency);
	derive_put_number(row, "p99",
			  a->has_fit ? a->now.p99[sql_fit_limit(&a->now)] : NAN);
	derive_put_number(row, "then", a->worst);
	add_evidence(row, a);
	add_plan(row, db, a);
	cJSON_AddItemToArray(rows, row);
}

/* The size it has by day, where a schedule changes it: at night its past would look
 * like too much for it. */
static const char *size_of(const struct derive *d, const struct scheduled *scheduled,
			   const char *now, struct schedule *schedule)
{
	const char *on = schedule->figures[true].size;
	struct schedule_error error;

	return schedule_parse(scheduled->target.tag, NULL, d->zones, schedule, &error) &&
			       on[0]
		       ? on
		       : now;
}

static cJSON *make_rows(const struct derive *d)
{
	const struct board *sql = d->boards[FROM_SQL];
	cJSON *rows = cJSON_CreateArray();
	struct hours hours;

	hours_init(&hours, d);
	for (size_t i = 0; i < sql->n_rows; i++) {
		struct str key = sql->rows[i].key;
		struct scheduled scheduled;
		struct schedule schedule;
		struct sql_load load;
		double max_bytes = read_number(sql, i, "max_size");
		struct sql_advised db = {
			.size = read_text(sql, i, "size"),
			.is_pooled = read_text(sql, i, "pool")[0] != '\0',
			.has_schedule = scheduled_read(&hours, sql, i, &scheduled),
			.copies = copies_of(d->boards[FROM_REPLICAS], key),
			.max_bytes = max_bytes,
			.used_bytes = max_bytes * read_number(sql, i, "storage") / 100,
			.load = read_load(d->boards[FROM_LOAD], key, &load) ? &load
									    : NULL,
			.price_factor = d->config->schedules.price_factor,
		};
		struct sql_advice advice;

		if (db.has_schedule)
			db.size = size_of(d, &scheduled, db.size, &schedule);
		sql_advise(&db, &advice);
		add_row(rows, d, i, &db, &advice);
	}
	hours_fini(&hours);
	return rows;
}

const struct derive_rule sql_rule_advice = {
	.name = "sql-advice",
	.from = {"sql", "sql-load", "sql-replicas", NULL},
	.rows = make_rows,
};
