/* The board off-hours: what runs outside its business hours, or is larger than they ask for,
 * and what that costs. Each is judged by the rule of its schedules, whose boards are
 * read here. Thread: core.
 *
 * What is too small costs people and no money: it stands on those boards alone. */
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "board/hours.h"
#include "board/list_price.h"
#include "cost/rules.h"

enum { FROM_SQL, FROM_OTHERS };

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

/* What the boards of all schedules have alike. */
static struct outside read_outside(const struct board *b, size_t row)
{
	return (struct outside){
		.key = b->rows[row].key.p,
		.what = read_text(b, row, "name"),
		.kind = read_text(b, row, "kind"),
		.is = read_text(b, row, "size"),
		.want = read_text(b, row, "want"),
		.tag = read_text(b, row, "tag"),
		.missed = read_text(b, row, "missed"),
		.since_ms = read_moment(b, row, "since"),
		.hourly = read_number(b, row, "hourly"),
		.spent = read_number(b, row, "spent"),
	};
}

static void add_databases(cJSON *rows, const struct hours *hours, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++) {
		struct outside o = read_outside(b, i);
		struct wanted wanted;

		o.where = read_text(b, i, "server");
		o.currency = read_text(b, i, "hourly");
		o.board = "sql-schedules";
		if (o.hourly > 0 && look(hours, &o, &wanted))
			put(rows, &o);
	}
}

/* The board each kind of the board schedules is from. */
static const char *board_of(const char *kind)
{
	static const struct {
		const char *kind, *board;
	} kinds[] = {{"nodes", "node-pools"},
		     {"machine", "vms"},
		     {"agents", "elastic-pools"}};

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].board;
	}
	return "";
}

static bool is_outside(const char *drift)
{
	return strcmp(drift, "more") == 0 || strcmp(drift, "on") == 0;
}

/* What a spot machine costs is not known: it stands here all the same. */
static void add_others(cJSON *rows, const struct hours *hours, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++) {
		struct outside o = read_outside(b, i);
		struct wanted wanted;

		o.where = read_text(b, i, "place");
		o.currency = hours->d->config->schedules.currency;
		o.board = board_of(o.kind);
		if (is_outside(read_text(b, i, "drift")) && look(hours, &o, &wanted))
			put(rows, &o);
	}
}

static cJSON *off_hours_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();
	struct hours hours;

	hours_init(&hours, d);
	add_databases(rows, &hours, d->boards[FROM_SQL]);
	add_others(rows, &hours, d->boards[FROM_OTHERS]);
	hours_fini(&hours);
	return rows;
}

const struct derive_rule cost_off_hours_rule = {
	.name = "off-hours",
	.from = {[FROM_SQL] = "?sql-schedules", [FROM_OTHERS] = "?schedules"},
	.rows = off_hours_rows,
};
