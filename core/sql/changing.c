/* The board sql-changes: what is being done to databases right now, from what to what, for
 * how long and how long that usually takes. What is over stands on sql-operations.
 * Thread: core. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/strbuf.h"
#include "sql/rules.h"
#include "sql/scaling.h"

enum { FROM_OPERATIONS, FROM_SQL };

static bool is_word(const char *text, const char *word)
{
	return strcasecmp(text, word) == 0;
}

static bool is_running(const char *state)
{
	return is_word(state, "InProgress") || is_word(state, "Pending") ||
	       is_word(state, "CancelInProgress");
}

/* Row of the database; -1: it is not on the board. */
static ptrdiff_t find_database(const struct board *sql, const char *name,
			       const char *server)
{
	for (size_t i = 0; sql && i < sql->n_rows; i++) {
		if (is_word(read_text(sql, i, "name"), name) &&
		    is_word(read_text(sql, i, "server"), server))
			return (ptrdiff_t)i;
	}
	return -1;
}

/* From which size to which, and how long that usually takes. */
static void add_sizes(cJSON *row, const struct board *sql, ptrdiff_t database)
{
	const char *from = "", *to = "";
	struct sql_size a, b;
	double usual = NAN;

	if (database >= 0) {
		from = read_text(sql, (size_t)database, "size");
		to = read_text(sql, (size_t)database, "target");
	}
	if (sql_size_parse(str_from(from), &a) && sql_size_parse(str_from(to), &b))
		usual = sql_scaling_usual_ms(&a, &b,
					     read_number(sql, (size_t)database, "used"));
	derive_put_text(row, "from", from);
	derive_put_text(row, "to", to);
	derive_put_number(row, "usual", usual / 1000);
}

static void add_row(cJSON *rows, const struct derive *d, size_t at)
{
	const struct board *operations = d->boards[FROM_OPERATIONS];
	const char *name = read_text(operations, at, "database");
	const char *server = read_text(operations, at, "server");
	double started = read_number(operations, at, "started");
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "name", name);
	derive_put_text(row, "server", server);
	derive_put_text(row, "what", read_text(operations, at, "operation"));
	derive_put_text(row, "state", read_text(operations, at, "state"));
	derive_put_time(row, "started", isnan(started) ? 0 : (int64_t)started);
	derive_put_number(row, "elapsed", ((double)d->now_ms - started) / 1000);
	derive_put_number(row, "progress", read_number(operations, at, "progress"));
	add_sizes(row, d->boards[FROM_SQL],
		  find_database(d->boards[FROM_SQL], name, server));
	cJSON_AddItemToArray(rows, row);
}

static cJSON *make_rows(const struct derive *d)
{
	const struct board *operations = d->boards[FROM_OPERATIONS];
	cJSON *rows = cJSON_CreateArray();

	for (size_t i = 0; i < operations->n_rows; i++) {
		if (is_running(read_text(operations, i, "state")))
			add_row(rows, d, i);
	}
	return rows;
}

const struct derive_rule sql_rule_changes = {
	.name = "sql-changes",
	.from = {"sql-operations", "?sql", NULL},
	.rows = make_rows,
};
