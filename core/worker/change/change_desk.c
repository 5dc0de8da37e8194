/* See change_desk.h: orders, from being given to having the change in hand. */
#include "worker/change/change_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "config/env.h"
#include "worker/change/change_part.h"

int64_t change_now(const struct change_desk *d)
{
	return clock_wall_ms(loop_clock(d->options.loop));
}

struct change_entry *change_find(struct change_desk *d, const char *id)
{
	for (struct change_entry *e = d->entries; e; e = e->next) {
		if (strcmp(e->record.plan->id, id) == 0)
			return e;
	}
	return NULL;
}

const struct run *change_run_of(const struct change_entry *e)
{
	if (e->runner)
		return runner_run(e->runner);
	return e->record.has_run ? &e->record.run : NULL;
}

const struct config_actions *change_policy(const struct change_desk *d)
{
	return d->options.config ? &d->options.config->actions : &config_actions_default;
}

const char *change_who(const struct change_desk *d)
{
	const struct config_actions *policy = change_policy(d);
	const struct signer *signer = ledger_signer(d->ledger);
	struct sign_key key;
	struct err ignored;

	for (size_t i = 0; signer && i < policy->n_people; i++) {
		if (sign_key_parse(str_from(policy->people[i].key), &key, &ignored) &&
		    strcmp(sign_key_name(&key).p, signer->name.p) == 0)
			return policy->people[i].name;
	}
	return d->by;
}

struct approvers change_approvers(const struct change_desk *d)
{
	const struct config_actions *policy = change_policy(d);
	const struct signer *signer = ledger_signer(d->ledger);

	return (struct approvers){.people = d->options.is_demo ? &d->demo.person
							       : policy->people,
				  .n_people = d->options.is_demo ? 1 : policy->n_people,
				  .own = signer ? &signer->key : NULL};
}

bool change_is_approved(const struct change_entry *e, struct err *err)
{
	const struct approvers approvers = change_approvers(e->desk);
	const struct change_record *r = &e->record;

	return approved(r->plan, r->approvals, r->n_approvals, r->needs_second,
			&approvers, change_now(e->desk), err);
}

struct change_op *change_op_new(struct change_desk *d, enum change_verb verb, uint64_t id,
				const char *change, const char *word)
{
	struct change_op *op = xcalloc(1, sizeof(*op)), **at = &d->ops;

	op->desk = d;
	op->verb = verb;
	op->id = id;
	op->word = word ? xstrdup(word) : NULL;
	snprintf(op->change, sizeof(op->change), "%s", change);
	err_clear(&op->err);
	while (*at)
		at = &(*at)->next;
	*at = op;
	return op;
}

void change_op_free(struct change_op *op)
{
	struct change_op **at = op->desk ? &op->desk->ops : NULL;

	while (at && *at != op)
		at = &(*at)->next;
	if (at)
		*at = op->next;
	plan_free(op->plan);
	free(op->word);
	free(op);
}

bool change_is_in_hand(const struct change_desk *d, const char *id)
{
	const struct change_entry *e =
		change_find((struct change_desk *)(uintptr_t)d, id);

	for (const struct change_op *op = d->ops; op; op = op->next) {
		if (op->has_claim && strcmp(op->change, id) == 0)
			return true;
	}
	return e && e->runner;
}

static void begin(struct change_op *op);

void change_give_back(struct change_desk *d, const char *id)
{
	ledger_release(d->ledger, id);
	for (struct change_op *op = d->ops; op; op = op->next) {
		if (!op->is_waiting || strcmp(op->change, id) != 0)
			continue;
		op->is_waiting = false;
		begin(op);
		return;
	}
}

void change_done(struct change_desk *d, uint64_t id, const struct err *err)
{
	if (id & EDGE_ORDER)
		change_edges_done(d, id, err);
	else if (id)
		d->options.done(d->options.ctx, id, err);
}

void change_op_end(struct change_op *op)
{
	struct change_desk *d = op->desk;
	bool had_claim = op->has_claim;
	char change[PLAN_ID_BYTES + 1];

	if (d) {
		change_tell(d);
		change_done(d, op->id, &op->err);
	}
	snprintf(change, sizeof(change), "%s", op->change);
	change_op_free(op);
	if (d && had_claim)
		change_give_back(d, change);
}

static void claimed(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_entry *e = op->desk ? change_find(op->desk, op->change) : NULL;

	op->err = answer->err;
	if (!op->desk || op->err.code != ERR_NONE ||
	    (e && secret_is_set(&answer->text) &&
	     !change_take_text(e, secret_borrow(&answer->text), &op->err)))
		change_op_end(op);
	else
		change_decide(op);
}

/* A run that another azdeck has in hand is told by a mark. */
static void stop_marked(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;

	op->err = answer->err;
	change_op_end(op);
}

static void stop(struct change_op *op, struct change_entry *e)
{
	const struct run *run = change_run_of(e);

	if (!run || run->state == RUN_ENDED) {
		err_set(&op->err, ERR_REFUSED, "the change %s is not running",
			op->change);
	} else if (!e->runner) {
		ledger_ask_stop(op->desk->ledger, op->change, stop_marked, op);
		return;
	} else {
		runner_stop(e->runner);
	}
	change_op_end(op);
}

/* It is claimed first: what another azdeck did to it is then known. Orders to one change
 * are done one after the other. */
static void begin(struct change_op *op)
{
	struct change_desk *d = op->desk;
	struct change_entry *e = change_find(d, op->change);

	if (!e && op->verb != VERB_PROPOSE)
		err_set(&op->err, ERR_NOT_FOUND, "there is no change \"%.40s\"",
			op->change);
	else if (e && e->runner && op->verb != VERB_STOP)
		err_set(&op->err, ERR_REFUSED, "the change %s is under way", op->change);
	if (op->err.code != ERR_NONE) {
		change_op_end(op);
	} else if (op->verb == VERB_STOP) {
		stop(op, e);
	} else if (change_is_in_hand(d, op->change)) {
		op->is_waiting = true;
	} else {
		op->has_claim = true;
		ledger_claim(d->ledger, op->change, claimed, op);
	}
}

/* With err: no order is done, whatever it is. */
static bool does_nothing(const struct change_desk *d, struct err *err)
{
	if (d->options.only_looks)
		err_set(err, ERR_REFUSED, "this azdeck is read-only: it changes nothing");
	else if (d->options.has_no_place)
		err_set(err, ERR_CONFIG,
			"there is no place for the audit log, and nothing is changed "
			"without: set HOME or XDG_STATE_HOME");
	return d->options.only_looks || d->options.has_no_place;
}

void change_desk_do(struct change_desk *d, enum change_verb verb, uint64_t id,
		    const char *change, const char *word)
{
	struct change_op *op = change_op_new(d, verb, id, change, word);
	struct change_entry *e = change_find(d, change);

	if (does_nothing(d, &op->err)) {
		change_op_end(op);
		return;
	}
	if (!change_policy(d)->is_off) {
		begin(op);
		return;
	}
	err_set(&op->err, ERR_REFUSED, "actions are switched off in the configuration");
	if (e)
		change_refuse(op, e->record.plan, change_verb_name(verb));
	else
		change_op_end(op);
}

static void remember(struct change_desk *d, const struct planned *planned)
{
	struct made_plan *m = &d->made[d->made_at++ % PLANS_REMEMBERED];

	plan_free(m->plan);
	cJSON_Delete(m->scope);
	*m = (struct made_plan){.plan = plan_get(planned->plan),
				.scope = planned->scope,
				.needs_second = planned->needs_second};
}

static void answer_plan(struct change_desk *d, uint64_t id, struct plan *plan,
			bool needs_second, const struct err *err)
{
	if (id & EDGE_ORDER)
		change_edges_planned(d, id, plan, needs_second, err);
	else
		d->options.planned(d->options.ctx, id, plan, needs_second, err);
}

/* Without the audit log there is no plan. */
static void plan_written(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_desk *d = op->desk;
	struct plan *plan = op->plan;

	if (d) {
		if (answer->err.code != ERR_NONE && plan) {
			op->err = answer->err;
			plan_free(plan);
			plan = NULL;
		}
		op->plan = NULL;
		answer_plan(d, op->id, plan, op->needs_second, &op->err);
	}
	change_op_free(op);
}

static void planned(void *ctx, const struct planned *planned)
{
	struct change_desk *d = ctx;
	struct change_op *op = change_op_new(d, VERB_PROPOSE, planned->id, "", NULL);
	struct ledger_page page = {0};

	op->err = planned->err;
	op->plan = planned->plan;
	op->needs_second = planned->needs_second;
	if (planned->plan) {
		remember(d, planned);
		audit_plan(&page, planned->plan, planned->needs_second);
	} else if (planned->err.code == ERR_REFUSED) {
		audit_no_plan(&page, planned->action, planned->target, planned->err.text);
	}
	ledger_write(d->ledger, &page, plan_written, op);
}

/* Whose plan it is stands in it, so the key has to be there first. */
struct plan_order {
	struct change_op *op;
	struct acting_order order;
	VEC(const char *) inputs;
	VEC(char *) texts;
};

static const char *keep(struct plan_order *o, const char *text)
{
	char *copy = xstrdup(text);

	vec_push(&o->texts, copy);
	return copy;
}

static void free_plan_order(struct plan_order *o)
{
	char **text;

	vec_each (text, &o->texts)
		free(*text);
	vec_fini(&o->texts);
	vec_fini(&o->inputs);
	free(o);
}

static void key_opened(const struct ledger_answer *answer, void *ctx)
{
	struct plan_order *o = ctx;
	struct change_op *op = o->op;
	struct change_desk *d = op->desk;

	if (d && answer->err.code != ERR_NONE) {
		answer_plan(d, op->id, NULL, false, &answer->err);
	} else if (d) {
		o->order.by = op->id & EDGE_ORDER ? change_by_schedule : change_who(d);
		o->order.by_key = ledger_signer(d->ledger)->name.p;
		acting_plan(d->acting, &o->order);
	}
	change_op_free(op);
	free_plan_order(o);
}

void change_desk_plan(struct change_desk *d, const struct acting_order *order)
{
	struct plan_order *o;
	struct err err;

	if (does_nothing(d, &err)) {
		d->options.planned(d->options.ctx, order->id, NULL, false, &err);
		return;
	}
	o = xcalloc(1, sizeof(*o));
	o->op = change_op_new(d, VERB_PROPOSE, order->id, "", NULL);
	o->order = *order;
	o->order.action = keep(o, order->action);
	o->order.target = keep(o, order->target);
	o->order.why = order->why ? keep(o, order->why) : NULL;
	for (size_t i = 0; i < order->n_inputs; i++)
		vec_push(&o->inputs, keep(o, order->inputs[i]));
	o->order.inputs = o->inputs.p;
	ledger_open(d->ledger, key_opened, o);
}

void change_desk_saw(struct change_desk *d, struct board *board)
{
	acting_saw(d->acting, board);
	change_saw_board(d, board);
	change_edges_saw(d, board);
}

struct change_desk *change_desk_new(const struct change_desk_options *options)
{
	struct change_desk *d = xcalloc(1, sizeof(*d));

	d->options = *options;
	d->by = xstrdup(options->by);
	d->actions = actions_new();
	if (options->is_demo)
		change_demo_init(&d->demo);
	zones_init(&d->zones, env_get("TZDIR"));
	map_init(&d->boards);
	d->ledger = ledger_new(&(struct ledger_options){
		.loop = options->loop,
		.keychain = options->keychain,
		.by = d->by,
		.dir = options->dir,
		.audit_path = options->audit_path,
	});
	d->acting = acting_new(&(struct acting_options){
		.loop = options->loop,
		.api = options->api,
		.connections = options->connections,
		.config = options->config,
		.actions = d->actions,
		.zones = &d->zones,
		.planned = planned,
		.ctx = d,
	});
	change_watch(d);
	change_list(d);
	return d;
}

void change_desk_free(struct change_desk *d)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!d)
		return;
	watch_free(d->watch);
	loop_timer_stop(d->tick);
	loop_timer_stop(d->tell);
	acting_free(d->acting);
	for (struct change_op *op = d->ops; op; op = op->next)
		op->desk = NULL;
	while (d->entries)
		change_entry_drop(d->entries);
	change_edges_free(d);
	ledger_free(d->ledger);
	for (size_t i = 0; i < PLANS_REMEMBERED; i++) {
		plan_free(d->made[i].plan);
		cJSON_Delete(d->made[i].scope);
	}
	while (map_next(&d->boards, &at, &slot))
		board_put(slot->value);
	map_fini(&d->boards);
	zones_fini(&d->zones);
	actions_free(d->actions);
	signer_fini(&d->demo.colleague);
	free(d->by);
	free(d);
}
