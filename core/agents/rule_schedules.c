/* The board schedules: what follows business hours beside databases, and what became of
 * the last edge of each: node pools, virtual machines, and the idle machines of scale sets
 * that Azure DevOps sizes. What is easily got wrong: whoever changed one of them after the
 * edge meant it, so that there is nothing to catch up with; who did so is known for as long
 * as the activity log is read. Thread: core. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "agents/node_hours.h"
#include "agents/rules.h"
#include "base/timefmt.h"
#include "board/hours_row.h"
#include "board/list_price.h"

enum { FROM_NODES, FROM_MACHINES, FROM_AGENTS, FROM_SETS, FROM_ACTIVITY };

/* As far back as the board activity asks. */
#define REMEMBERED_MS (6 * HOUR_MS)

/* One row to be; texts are borrowed. */
struct item {
	const char *kind, *name, *place, *resource, *tag, *status, *error;
	const char *drift;
	char is[40], want[40];
	double aim;    /* what is wanted, as a figure; NAN */
	double extra;  /* too many; below 0 too few; NAN: unknown, or there is no drift */
	double hourly; /* of one, by list price */
	double least, most;
	struct wanted wanted;
	struct wanted_changes seen;
};

struct making {
	const struct derive *d;
	struct hours hours;
	cJSON *rows;
};

static bool is_drift(const char *word)
{
	static const char *const words[] = {"more", "fewer", "on", "off"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

static double spent(const struct item *o, enum wanted_fate fate, double hourly,
		    int64_t now_ms)
{
	return hours_is_missed(fate) ? hourly * (double)(now_ms - o->wanted.last.at_ms) /
					       (double)HOUR_MS
				     : NAN;
}

static void put(struct making *m, struct item *o)
{
	const struct config_schedules *c = &m->d->config->schedules;
	double hourly = o->extra * o->hourly * c->price_factor;
	enum wanted_fate fate = WANTED_UNTOLD;
	cJSON *row = cJSON_CreateObject();

	if (is_drift(o->drift) && o->wanted.has_last)
		fate = wanted_fate(&o->seen, o->wanted.last.at_ms, m->d->now_ms);
	derive_put_text(row, "kind", o->kind);
	derive_put_text(row, "name", o->name);
	derive_put_text(row, "place", o->place);
	derive_put_text(row, "resource", o->resource);
	derive_put_text(row, "drift", fate == WANTED_DUE ? "due" : o->drift);
	derive_put_text(row, "size", o->is);
	derive_put_text(row, "want", o->want);
	derive_put_number(row, "aim", o->aim);
	derive_put_number(row, "least", o->least);
	derive_put_number(row, "most", o->most);
	derive_put_text(row, "status", o->status);
	derive_put_text(row, "intended", schedule_intent_name(o->wanted.intent));
	derive_put_time(row, "edge", o->wanted.has_last ? o->wanted.last.at_ms : 0);
	derive_put_time(row, "since",
			hours_is_missed(fate)	? o->wanted.last.at_ms
			: fate == WANTED_UNDONE ? o->seen.done_ms
						: 0);
	derive_put_number(row, "hourly", hourly);
	derive_put_number(row, "spent", spent(o, fate, hourly, m->d->now_ms));
	derive_put_text(row, "currency", c->currency);
	derive_put_text(row, "tag", o->tag);
	derive_put_text(row, "error", o->error);
	hours_row_put(row, &m->hours, &o->wanted, fate, o->seen.why_failed);
	cJSON_AddItemToArray(m->rows, row);
}

/* A row's key is its resource's id, behind its connection's name where there are several. */
static bool is_row_of(const struct row *row, const char *id)
{
	size_t n = strlen(id);

	return n && row->key.n >= n && strcmp(row->key.p + row->key.n - n, id) == 0;
}

/* What was done to it by that operation, or the beginning of one. */
static struct wanted_changes changes_of(const struct derive *d, const struct row *row,
					const char *operation)
{
	const struct board *log = d->boards[FROM_ACTIVITY];
	struct wanted_changes seen = {.why_failed = ""};

	if (!log || !log->fetched_ms)
		return seen;
	if (!log->is_partial)
		seen.known_from_ms = log->fetched_ms - REMEMBERED_MS;
	for (size_t i = 0; i < log->n_rows; i++) {
		const char *state = read_text(log, i, "state");
		int64_t at_ms = read_moment(log, i, "when");

		if (!is_row_of(row, read_text(log, i, "resource")) ||
		    !str_starts_nocase(str_from(read_text(log, i, "operation")),
				       str_from(operation)))
			continue;
		if (strcmp(state, "Failed") != 0 && at_ms > seen.done_ms)
			seen.done_ms = at_ms;
		if (strcmp(state, "Failed") == 0 && at_ms > seen.failed_ms) {
			seen.failed_ms = at_ms;
			seen.why_failed = read_text(log, i, "why");
		}
	}
	return seen;
}

static void write_count(char *out, size_t size, double n, const char *what)
{
	if (!isnan(n))
		snprintf(out, size, "%.0f %s%s", n, what, n == 1 ? "" : "s");
}

/* Of what is counted; false where its tag is not there. */
static bool look_count(struct making *m, struct item *o, const struct node_aim *is,
		       const char *what)
{
	struct node_hours now;

	if (!o->tag)
		return false;
	hours_look(&m->hours, o->tag, &o->wanted);
	node_hours_look(&o->wanted, is, m->d->now_ms, &now);
	/* When it is due is for all kinds to say alike. */
	o->drift = now.drift != NODE_DRIFT_DUE ? node_drift_word(now.drift)
		   : now.extra > 0	       ? node_drift_word(NODE_DRIFT_MORE)
					       : node_drift_word(NODE_DRIFT_FEWER);
	o->error = now.error;
	o->aim = now.want;
	if (is_drift(o->drift))
		o->extra = now.extra;
	write_count(o->is, sizeof(o->is), is->is_off ? 0 : is->count, what);
	write_count(o->want, sizeof(o->want), now.want, what);
	return true;
}

static bool is_changing(const char *state)
{
	static const char *const words[] = {"Scaling", "Updating", "Starting",
					    "Upgrading", "UpgradingNodeImageVersion"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(state, words[i]) == 0)
			return true;
	}
	return false;
}

static void add_nodes(struct making *m, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++) {
		const char *state = read_text(b, i, "state");
		const struct node_aim aim = node_aim_read(b, i);
		struct item o = {.kind = "nodes",
				 .name = read_text(b, i, "pool"),
				 .place = read_text(b, i, "cluster"),
				 .resource = b->rows[i].key.p,
				 .tag = hours_tag(&m->hours, b, i),
				 .status = state,
				 .extra = NAN,
				 .hourly = *read_text(b, i, "spot")
						   ? NAN
						   : machine_price_hourly(
							     read_text(b, i, "size")),
				 .least = aim.is_scaled ? aim.least : NAN,
				 .most = aim.is_scaled ? aim.most : NAN};

		if (!look_count(m, &o, &aim, "node"))
			continue;
		if (is_drift(o.drift) && is_changing(state))
			o.drift = "moving";
		o.seen = changes_of(m->d, &b->rows[i],
				    "Microsoft.ContainerService/managedClusters/"
				    "agentPools/write");
		put(m, &o);
	}
}

/* Stopped from within, it is paid for as if it ran, and nobody can use it. */
static const char *machine_drift(const char *power, enum schedule_intent intent)
{
	bool is_on = intent == SCHEDULE_ON;

	if (!power[0])
		return "unknown";
	if (strcmp(power, "starting") == 0)
		return is_on ? "moving" : "on";
	if (strcmp(power, "deallocating") == 0 || strcmp(power, "stopping") == 0)
		return is_on ? "off" : "moving";
	if (strcmp(power, is_on ? "running" : "deallocated") == 0)
		return "as intended";
	return is_on ? "off" : "on";
}

static void add_machine(struct making *m, const struct board *b, size_t row,
			struct item *o)
{
	bool is_on;

	hours_look(&m->hours, o->tag, &o->wanted);
	is_on = o->wanted.intent == SCHEDULE_ON;
	o->error = o->wanted.error.text;
	o->drift = "undecidable";
	if (o->wanted.is_opted_out)
		o->drift = "opted out";
	else if (o->wanted.intent != SCHEDULE_UNDECIDABLE)
		o->drift = machine_drift(o->status, o->wanted.intent);
	snprintf(o->is, sizeof(o->is), "%s", o->status);
	if (o->wanted.intent != SCHEDULE_UNDECIDABLE && !o->wanted.is_opted_out)
		snprintf(o->want, sizeof(o->want), "%s",
			 is_on ? "running" : "deallocated");
	/* One that is stopped and should run is paid for already. */
	if (is_drift(o->drift))
		o->extra = !is_on ? 1 : strcmp(o->status, "deallocated") == 0 ? -1 : 0;
	if (strcmp(read_text(b, row, "billing"), "spot") != 0)
		o->hourly = machine_price_hourly(read_text(b, row, "size"));
	o->seen = changes_of(m->d, &b->rows[row], "Microsoft.Compute/virtualMachines/");
	put(m, o);
}

static void add_machines(struct making *m, const struct board *b)
{
	for (size_t i = 0; b && i < b->n_rows; i++) {
		struct item o = {.kind = "machine",
				 .name = read_text(b, i, "name"),
				 .place = read_text(b, i, "group"),
				 .resource = b->rows[i].key.p,
				 .tag = hours_tag(&m->hours, b, i),
				 .status = read_text(b, i, "power"),
				 .aim = NAN,
				 .extra = NAN,
				 .hourly = NAN,
				 .least = NAN,
				 .most = NAN};

		if (o.tag)
			add_machine(m, b, i, &o);
	}
}

static ptrdiff_t find_set(const struct board *sets, const char *id)
{
	for (size_t i = 0; i < sets->n_rows; i++) {
		if (is_row_of(&sets->rows[i], id))
			return (ptrdiff_t)i;
	}
	return -1;
}

/* A pool of agents has no tags; its scale set has. */
static void add_agents(struct making *m, const struct board *b)
{
	const struct board *sets = m->d->boards[FROM_SETS];

	for (size_t i = 0; b && sets && i < b->n_rows; i++) {
		ptrdiff_t set = find_set(sets, read_text(b, i, "set_id"));
		const struct node_aim aim = {.count = read_number(b, i, "spare")};
		struct item o = {.kind = "agents",
				 .name = read_text(b, i, "pool"),
				 .place = read_text(b, i, "org"),
				 .resource = b->rows[i].key.p,
				 .status = read_text(b, i, "state"),
				 .extra = NAN,
				 .least = NAN,
				 .most = read_number(b, i, "max"),
				 /* Azure DevOps does not say. */
				 .seen = {.known_from_ms = 1,
					  .why_failed = "who changed it since is not "
							"told"}};

		if (set < 0)
			continue;
		o.tag = hours_tag(&m->hours, sets, (size_t)set);
		o.hourly = machine_price_hourly(read_text(sets, (size_t)set, "size"));
		if (look_count(m, &o, &aim, "idle machine"))
			put(m, &o);
	}
}

static cJSON *make_rows(const struct derive *d)
{
	struct making m = {.d = d, .rows = cJSON_CreateArray()};

	hours_init(&m.hours, d);
	add_nodes(&m, d->boards[FROM_NODES]);
	add_machines(&m, d->boards[FROM_MACHINES]);
	add_agents(&m, d->boards[FROM_AGENTS]);
	hours_fini(&m.hours);
	return m.rows;
}

const struct derive_rule rule_schedules = {
	.name = "schedules",
	.from = {[FROM_NODES] = "?aks-pools",
		 [FROM_MACHINES] = "?vms",
		 [FROM_AGENTS] = "?elastic-pools",
		 [FROM_SETS] = "?vmss",
		 [FROM_ACTIVITY] = "?activity"},
	.rows = make_rows,
};
