/* See change_part.h: edges of schedules that have come become proposals, and where the
 * configuration says so of the resource, what nobody missed is approved and run, as a
 * person would, and written down as the schedule's. Each edge is claimed for as long as
 * it lasts, so that of two azdecks one plans it; that it was planned is told by its change.
 * What is easily got wrong: whatever a plan warns of, beside its being due, is for a person
 * to look at. Thread: core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/policy.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "board/def.h"
#include "worker/change/change_part.h"
#include "worker/change/edges.h"

enum { OPEN_MOST = 8, OLD_MS = 300000 };
/* An hour back, and what was planned was planned; a clock that was wrong by days has
 * planned nothing. */
enum { FUTURE_MS = 24 * 3600 * 1000 };

enum edge_stage { STAGE_CLAIM, STAGE_PLAN, STAGE_PROPOSE, STAGE_APPROVE, STAGE_DONE };

/* An edge that this azdeck has in hand, until the schedule asks for something else. */
struct change_edge {
	struct change_edge *next;
	uint64_t order;	   /* of its orders */
	const char *board; /* of schedules, on which it is */
	enum edge_stage stage;
	bool is_seen; /* in its board as it came last */
	bool may_run; /* without anybody */
	char id[EDGE_ID_BYTES + 1];
	char plan[PLAN_ID_BYTES + 1];
	const char *action;
	char *resource, *text, *why;
};

const char change_by_schedule[] = "schedule";

static const struct config_schedules *config_of(const struct change_desk *d)
{
	return d->options.config ? &d->options.config->schedules
				 : &config_schedules_default;
}

bool change_edges_are_on(const struct change_desk *d)
{
	const struct config_schedules *config = config_of(d);

	return d->options.takes_over && !d->options.only_looks &&
	       !d->options.has_no_place && !change_policy(d)->is_off &&
	       config->n_propose + config->n_unattended > 0;
}

static void free_edge(struct change_edge *g)
{
	free(g->resource);
	free(g->text);
	free(g->why);
	free(g);
}

static void drop(struct change_desk *d, struct change_edge *g)
{
	struct change_edge **at = &d->edges;

	while (*at != g)
		at = &(*at)->next;
	*at = g->next;
	free_edge(g);
}

void change_edges_free(struct change_desk *d)
{
	while (d->edges)
		drop(d, d->edges);
}

static struct change_edge *find_order(struct change_desk *d, uint64_t order)
{
	struct change_edge *g = d->edges;

	while (g && g->order != order)
		g = g->next;
	return g;
}

static bool is_scheduled(const struct change_entry *e)
{
	return strcmp(e->record.plan->by, change_by_schedule) == 0;
}

static bool is_open(const struct change_desk *d, const struct change_entry *e)
{
	return change_record_is_open(&e->record, change_now(d));
}

/* It was planned before, by whichever azdeck; or somebody is about to do something to the
 * same resource. */
static bool is_planned(const struct change_desk *d, const char *resource, int64_t at_ms)
{
	for (const struct change_entry *e = d->entries; e; e = e->next) {
		const struct plan *plan = e->record.plan;
		const struct run *run = change_run_of(e);

		if (strcmp(plan->key, resource) != 0)
			continue;
		if ((is_scheduled(e) && plan->made_ms >= at_ms &&
		     plan->made_ms < change_now(d) + FUTURE_MS) ||
		    is_open(d, e) || (run && run->state != RUN_ENDED))
			return true;
	}
	return false;
}

/* Proposals that nobody looks at must not keep back what needs nobody. */
static bool has_room(const struct change_desk *d, bool may_run)
{
	size_t n = 0;

	for (const struct change_entry *e = d->entries; e && !may_run; e = e->next)
		n += is_scheduled(e) && is_open(d, e);
	for (const struct change_edge *g = d->edges; g; g = g->next)
		n += g->stage < STAGE_DONE;
	return n < OPEN_MOST;
}

/* Asked before anything is planned, so that a freeze is not refused every minute. */
static bool is_allowed(struct change_desk *d, const struct edge *edge)
{
	const struct action *action = actions_find(d->actions, str_from(edge->action));
	cJSON *inputs = cJSON_CreateObject();
	struct policy_answer answer;

	if (edge->input && edge->is_number)
		cJSON_AddItemToObject(inputs, edge->input, cJSON_CreateRaw(edge->value));
	else if (edge->input)
		cJSON_AddStringToObject(inputs, edge->input, edge->value);
	policy_ask(change_policy(d),
		   &(struct policy_question){.action = edge->action,
					     .target = edge->name,
					     .risk = action->risk,
					     .inputs = inputs,
					     .by = change_by_schedule,
					     .now_ms = change_now(d)},
		   &d->zones, &answer);
	cJSON_Delete(inputs);
	return answer.is_allowed;
}

static void claimed(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_desk *d = op->desk;
	struct change_edge *g = d ? find_order(d, op->id) : NULL;

	if (g && answer->err.code != ERR_NONE) {
		drop(d, g); /* another azdeck has it */
	} else if (g) {
		g->stage = STAGE_PLAN;
		change_desk_plan(d, &(struct acting_order){
					    .id = g->order,
					    .action = g->action,
					    .target = g->resource,
					    .inputs = (const char *const *)&g->text,
					    .n_inputs = g->text[0] != '\0',
					    .why = g->why,
				    });
	}
	change_op_free(op);
}

static void take(struct change_desk *d, const char *board, const struct edge *edge,
		 bool is_due)
{
	struct change_edge *g = xcalloc(1, sizeof(*g));

	g->order = EDGE_ORDER | ++d->last_edge;
	g->board = board;
	g->is_seen = true;
	g->may_run = is_due && edge->is_unattended;
	g->action = edge->action;
	g->resource = xstrdup(edge->resource);
	g->text = xstrdup(edge->text);
	g->why = xstrdup(edge->why);
	memcpy(g->id, edge->id, sizeof(g->id));
	g->next = d->edges;
	d->edges = g;
	ledger_claim(d->ledger, g->id, claimed,
		     change_op_new(d, VERB_PROPOSE, g->order, "", NULL));
}

static void consider(struct change_desk *d, const char *board, const struct edge *edge,
		     bool is_due)
{
	for (struct change_edge *g = d->edges; g; g = g->next) {
		if (strcmp(g->id, edge->id) != 0)
			continue;
		g->is_seen = true;
		return;
	}
	if (edge->is_wanted && !is_planned(d, edge->resource, edge->at_ms) &&
	    has_room(d, is_due && edge->is_unattended) && is_allowed(d, edge))
		take(d, board, edge, is_due);
}

static bool has_input(const struct plan *plan, const struct edge *edge)
{
	const cJSON *has = edge->input ? json_member(plan->inputs, edge->input) : NULL;
	double number;

	if (!edge->input)
		return true;
	if (edge->is_number)
		return json_number(plan->inputs, edge->input, &number) &&
		       number == strtod(edge->value, NULL);
	return cJSON_IsString(has) && strcmp(has->valuestring, edge->value) == 0;
}

/* Why the proposal is not the schedule's any more; NULL: it is, or nobody knows. */
static const char *why_not(enum edge_kind kind, const struct edge *edge,
			   const struct plan *plan)
{
	bool is_same;

	if (kind == EDGE_OVER)
		return "its schedule does not ask for it any more";
	if (kind == EDGE_NONE)
		return NULL;
	if (edge->at_ms > plan->made_ms)
		return "a newer edge of its schedule takes its place";
	is_same = strcmp(plan->action, edge->action) == 0 && has_input(plan, edge);
	return is_same ? NULL : "its schedule asks for something else by now";
}

static void withdraw(struct change_desk *d, const char *resource, enum edge_kind kind,
		     const struct edge *edge)
{
	for (struct change_entry *e = d->entries; e; e = e->next) {
		const struct plan *plan = e->record.plan;
		const char *why;

		if (!is_scheduled(e) || !is_open(d, e) ||
		    strcmp(plan->key, resource) != 0 || change_is_in_hand(d, plan->id))
			continue;
		why = why_not(kind, edge, plan);
		if (why)
			change_desk_do(d, VERB_REJECT, EDGE_ORDER, plan->id, why);
	}
}

static void release_gone(struct change_desk *d, const char *board)
{
	struct change_edge *next;

	for (struct change_edge *g = d->edges; g; g = next) {
		next = g->next;
		if (g->board != board || g->is_seen || g->stage != STAGE_DONE)
			continue;
		ledger_release(d->ledger, g->id);
		drop(d, g);
	}
}

/* Rows that are not from just now would fire what somebody has done since. */
void change_edges_saw(struct change_desk *d, const struct board *board)
{
	const char *source = edges_source(board->def->name);
	int64_t age_ms = change_now(d) - board->fetched_ms;

	if (!source || !change_edges_are_on(d) || !d->is_listed || board->is_loading ||
	    board->is_stale || board->is_filling || age_ms < 0 || age_ms > OLD_MS)
		return;
	for (struct change_edge *g = d->edges; g; g = g->next)
		g->is_seen = g->is_seen && g->board != source;
	for (size_t i = 0; i < board->n_rows; i++) {
		struct edge edge;
		enum edge_kind kind = edge_look(board, i, config_of(d), &edge);

		if (edge.at_ms > change_now(d))
			continue;
		withdraw(d, edge.resource, kind, &edge);
		if (kind == EDGE_DUE || kind == EDGE_MISSED)
			consider(d, source, &edge, kind == EDGE_DUE);
	}
	release_gone(d, source);
}

/* What it has already is no change. */
static bool changes_something(const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_shows; i++) {
		if (strcmp(plan->shows[i].before, plan->shows[i].after) != 0)
			return true;
	}
	return false;
}

/* Beside its being due, and what holds of every such change. */
static bool warns(const struct change_desk *d, const struct plan *plan)
{
	const struct action *action = actions_find(d->actions, str_from(plan->action));

	for (size_t i = 1; i < plan->n_warnings; i++) {
		if (!action_is_usual(action, plan->warnings[i]))
			return true;
	}
	return false;
}

void change_edges_planned(struct change_desk *d, uint64_t id, struct plan *plan,
			  bool needs_second, const struct err *err)
{
	struct change_edge *g = find_order(d, id);

	if (!g || !plan || !changes_something(plan)) {
		if (g && !plan)
			log_line(d->options.log, LOG_WARN, "act", "schedule of %s: %s",
				 g->resource, err->text);
		/* What the service refuses now is asked for again with the next edge;
		 * what could not be asked, with the next look. */
		if (g && !plan && err->code != ERR_REFUSED) {
			ledger_release(d->ledger, g->id);
			drop(d, g);
		} else if (g) {
			g->stage = STAGE_DONE;
		}
		plan_free(plan);
		return;
	}
	g->stage = STAGE_PROPOSE;
	g->may_run =
		g->may_run && plan->risk == RISK_LOW && !needs_second && !warns(d, plan);
	memcpy(g->plan, plan->id, sizeof(g->plan));
	plan_free(plan);
	change_desk_do(d, VERB_PROPOSE, id, g->plan, NULL);
}

void change_edges_done(struct change_desk *d, uint64_t id, const struct err *err)
{
	struct change_edge *g = find_order(d, id);

	if (!g)
		return;
	if (err->code != ERR_NONE)
		log_line(d->options.log, LOG_WARN, "act", "schedule of %s: %s",
			 g->resource, err->text);
	if (err->code != ERR_NONE || !g->may_run || g->stage == STAGE_DONE) {
		g->stage = STAGE_DONE;
	} else if (g->stage == STAGE_PROPOSE) {
		g->stage = STAGE_APPROVE;
		change_desk_do(d, VERB_APPROVE, id, g->plan, NULL);
	} else {
		g->stage = STAGE_DONE;
		change_desk_do(d, VERB_RUN, id, g->plan, NULL);
	}
}
