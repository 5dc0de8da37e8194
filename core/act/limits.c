/* The board limits: of everything that can be scaled, how far the configuration lets it and
 * when. Nobody is asked who looks: what a person may not is said when it is planned.
 * Thread: core. */
#include <math.h>
#include <string.h>

#include "act/policy.h"
#include "act/rules.h"
#include "base/count.h"
#include "board/list_price.h"
#include "schedule/evaluate.h"
#include "schedule/tag.h"

/* What is scaled, by which action, and the input that bounds are of. */
static const struct scaled {
	const char *board, *action, *target, *input;
} scaled[] = {
	{"sql", "sql-scale", "name", "size"},
	{"sql-pools", "sql-pool-scale", "name", "capacity"},
	{"aks-pools", "node-pool-scale", "pool", "nodes"},
	{"elastic-pools", "elastic-pool-size", "pool", "most"},
};

static const struct config_limit *limit_of(const struct config_action_rule *rule,
					   const char *input)
{
	for (size_t i = 0; i < rule->n_limits; i++)
		if (strcmp(rule->limits[i].input, input) == 0)
			return &rule->limits[i];
	return NULL;
}

/* The cheapest and the dearest of a list; where a price is not known, the list is taken to
 * go upwards. */
static void put_list(cJSON *row, const struct config_limit *limit)
{
	size_t least = 0, most = limit->n_values ? limit->n_values - 1 : 0;
	struct strbuf all;

	strbuf_init(&all, 600);
	for (size_t i = 0; i < limit->n_values; i++) {
		double price = size_price_hourly(str_from(limit->values[i]));

		if (price < size_price_hourly(str_from(limit->values[least])))
			least = i;
		if (price > size_price_hourly(str_from(limit->values[most])))
			most = i;
		strbuf_printf(&all, "%s%s", i ? ", " : "", limit->values[i]);
	}
	if (limit->n_values) {
		derive_put_text(row, "floor", limit->values[least]);
		derive_put_text(row, "ceiling", limit->values[most]);
	}
	derive_put_text(row, "allowed", all.p);
	strbuf_fini(&all);
}

static void put_bound(cJSON *row, const char *name, double value)
{
	struct strbuf text;

	if (!isfinite(value))
		return;
	strbuf_init(&text, 40);
	strbuf_printf(&text, "%g", value);
	derive_put_text(row, name, text.p);
	strbuf_fini(&text);
}

static void put_limit(cJSON *row, const struct config_limit *limit)
{
	if (!limit)
		return;
	if (limit->values) {
		put_list(row, limit);
		return;
	}
	put_bound(row, "floor", limit->least);
	put_bound(row, "ceiling", limit->most);
}

/* False: it is shut. */
static bool put_window(cJSON *row, const struct derive *d, const char *window)
{
	struct schedule_error error;
	struct schedule_edge edge;
	struct schedule schedule;
	bool is_open;

	derive_put_text(row, "window", window);
	if (!window)
		return true;
	if (!schedule_parse(str_from(window), NULL, d->zones, &schedule, &error))
		return false;
	is_open = schedule_intended(&schedule, d->now_ms) == SCHEDULE_ON;
	if (schedule_next(&schedule, d->now_ms, &edge))
		derive_put_time(row, is_open ? "closes" : "opens", edge.at_ms);
	return is_open;
}

static void put_people(cJSON *row, const struct config_action_rule *rule)
{
	struct strbuf names;

	strbuf_init(&names, 400);
	for (size_t i = 0; i < rule->n_people; i++)
		strbuf_printf(&names, "%s%s", i ? ", " : "", rule->people[i]);
	derive_put_text(row, "people", names.p);
	strbuf_fini(&names);
}

static void put_row(cJSON *rows, const struct derive *d, const struct scaled *s,
		    const struct board *board, size_t i)
{
	const struct config_actions *policy = &d->config->actions;
	const char *target = read_text(board, i, s->target);
	const struct config_action_rule *rule = policy_rule(policy, s->action, target);
	const struct policy_question q = {
		.action = s->action,
		.target = target,
		.by = rule && rule->n_people ? rule->people[0] : "",
		.now_ms = d->now_ms,
	};
	struct policy_answer answer;
	bool is_open;
	cJSON *row;

	if (!rule)
		return;
	policy_ask(policy, &q, d->zones, &answer);
	row = cJSON_CreateObject();
	derive_put_text(row, "what", target);
	derive_put_text(row, "action", s->action);
	derive_put_text(row, "board", s->board);
	derive_put_text(row, "row", board->rows[i].key.p);
	put_limit(row, limit_of(rule, s->input));
	is_open = put_window(row, d, rule->window);
	put_people(row, rule);
	derive_put_text(row, "second", answer.needs_second ? "yes" : "no");
	derive_put_text(row, "state",
			answer.is_allowed ? "open"
			: rule->is_denied ? "forbidden"
			: !is_open	  ? "shut"
			: policy->is_off  ? "off"
					  : "frozen");
	derive_put_text(row, "why", answer.why);
	cJSON_AddItemToArray(rows, row);
}

static cJSON *make_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();

	for (size_t s = 0; s < COUNT(scaled); s++)
		for (size_t i = 0; d->boards[s] && i < d->boards[s]->n_rows; i++)
			put_row(rows, d, &scaled[s], d->boards[s], i);
	return rows;
}

/* In the order of the table. */
const struct derive_rule act_rule_limits = {
	.name = "limits",
	.from = {"sql", "?sql-pools", "?aks-pools", "?elastic-pools", NULL},
	.rows = make_rows,
};
