/* The board off-hours: what runs outside its business hours, or is larger than they ask for,
 * and what that costs. Databases, pools and nodes are judged by rules of their own, whose
 * boards are read here; machines are judged here. Thread: core.
 *
 * What is too small costs people and no money: it stands on those boards alone. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/timefmt.h"
#include "board/hours.h"
#include "board/list_price.h"
#include "cost/rules.h"

enum { FROM_SQL, FROM_NODES, FROM_MACHINES };

/* One row to be; "" and NAN: unknown. */
struct outside {
	const char *key, *what, *kind, *where, *is, *want, *tag, *missed, *board;
	const char *currency;
	int64_t edge_ms;  /* that it did not follow; 0: unknown */
	int64_t since_ms; /* when it began to be so; 0: unknown */
	double hourly, spent;
	double share; /* of a week's hours in which the same is asked for */
	struct schedule_edge next;
	bool has_next;
};

static void put(cJSON *rows, const struct outside *o)
{
	cJSON *row = cJSON_CreateObject();
	char key[400];

	snprintf(key, sizeof(key), "%s/%s", o->kind, o->key);
	derive_put_text(row, "key", key);
	derive_put_text(row, "what", o->what);
	derive_put_text(row, "kind", o->kind);
	derive_put_text(row, "where", o->where);
	derive_put_text(row, "is", o->is);
	derive_put_text(row, "want", o->want);
	derive_put_time(row, "edge", o->edge_ms);
	derive_put_time(row, "since", o->since_ms);
	derive_put_number(row, "hourly", o->hourly);
	derive_put_number(row, "spent", o->spent);
	derive_put_number(row, "monthly", o->hourly * o->share * LIST_PRICE_MONTH_H);
	derive_put_text(row, "currency", o->currency);
	derive_put_text(row, "missed", o->missed);
	derive_put_time(row, "next", o->has_next ? o->next.at_ms : 0);
	derive_put_text(row, "tag", o->tag);
	derive_put_text(row, "board", o->board);
	cJSON_AddItemToArray(rows, row);
}

/* How much of the week it goes on like this, and until when. False: its tag asks for
 * nothing that is understood. */
static bool look(const struct hours *hours, struct outside *o, struct wanted *wanted)
{
	hours_look(hours, o->tag, wanted);
	o->share = wanted_share(wanted, hours->d->now_ms);
	o->has_next = wanted->has_next;
	o->next = wanted->next;
	o->edge_ms = wanted->has_last ? wanted->last.at_ms : 0;
	return wanted->intent != SCHEDULE_UNDECIDABLE && !wanted->is_opted_out;
}

static void add_databases(cJSON *rows, const struct hours *hours, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++) {
		struct outside o = {
			.key = b->rows[i].key.p,
			.what = read_text(b, i, "name"),
			.kind = read_text(b, i, "kind"),
			.where = read_text(b, i, "server"),
			.is = read_text(b, i, "size"),
			.want = read_text(b, i, "want"),
			.tag = read_text(b, i, "tag"),
			.missed = read_text(b, i, "missed"),
			.since_ms = read_moment(b, i, "since"),
			.hourly = read_number(b, i, "hourly"),
			.spent = read_number(b, i, "spent"),
			.currency = read_text(b, i, "hourly"),
			.board = "sql-schedules",
		};
		struct wanted wanted;

		if (o.hourly > 0 && look(hours, &o, &wanted))
			put(rows, &o);
	}
}

static void write_count(char *out, size_t size, double n)
{
	snprintf(out, size, "%.0f node%s", n, n == 1 ? "" : "s");
}

static void add_nodes(cJSON *rows, const struct hours *hours, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++) {
		char is[40], want[40];
		struct outside o = {
			.key = b->rows[i].key.p,
			.what = read_text(b, i, "pool"),
			.kind = "nodes",
			.where = read_text(b, i, "cluster"),
			.is = is,
			.want = want,
			.tag = read_text(b, i, "tag"),
			.missed = "",
			.hourly = read_number(b, i, "drift_cost"),
			.spent = NAN,
			.currency = read_text(b, i, "drift_cost"),
			.board = "node-pools",
		};
		struct wanted wanted;

		if (strcmp(read_text(b, i, "drift"), "more") != 0 ||
		    !look(hours, &o, &wanted))
			continue;
		write_count(is, sizeof(is), read_number(b, i, "aim"));
		write_count(want, sizeof(want), read_number(b, i, "want"));
		put(rows, &o);
	}
}

/* Stopped from within, it is paid for as if it ran. */
static bool is_paid(const char *power)
{
	return strcmp(power, "running") == 0 || strcmp(power, "starting") == 0 ||
	       strcmp(power, "stopped") == 0;
}

/* Since when a machine runs is not said: what it has cost is unknown. */
static void add_machines(cJSON *rows, struct hours *hours, const struct board *b)
{
	const struct config_schedules *c = &hours->d->config->schedules;

	for (size_t i = 0; b && i < b->n_rows; i++) {
		const char *power = read_text(b, i, "power");
		bool is_spot = strcmp(read_text(b, i, "billing"), "spot") == 0;
		double hourly = machine_price_hourly(read_text(b, i, "size"));
		struct outside o = {
			.key = b->rows[i].key.p,
			.what = read_text(b, i, "name"),
			.kind = "machine",
			.where = read_text(b, i, "group"),
			.is = power,
			.want = "off",
			.missed = "",
			.hourly = is_spot ? NAN : hourly * c->price_factor,
			.spent = NAN,
			.currency = c->currency,
			.board = "vms",
		};
		struct wanted wanted;

		if (!is_paid(power) || !(o.tag = hours_tag(hours, b, i)) ||
		    !look(hours, &o, &wanted) || wanted.intent != SCHEDULE_OFF ||
		    hours->d->now_ms - o.edge_ms < WANTED_DUE_MS)
			continue;
		put(rows, &o);
	}
}

static cJSON *off_hours_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();
	struct hours hours;

	hours_init(&hours, d);
	add_databases(rows, &hours, d->boards[FROM_SQL]);
	add_nodes(rows, &hours, d->boards[FROM_NODES]);
	add_machines(rows, &hours, d->boards[FROM_MACHINES]);
	hours_fini(&hours);
	return rows;
}

const struct derive_rule cost_off_hours_rule = {
	.name = "off-hours",
	.from = {[FROM_SQL] = "?sql-schedules",
		 [FROM_NODES] = "?node-pools",
		 [FROM_MACHINES] = "?vms"},
	.rows = off_hours_rows,
};
