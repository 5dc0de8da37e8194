/* See acting.h. */
#include "worker/change/acting.h"

#include <stdlib.h>
#include <string.h>

#include "act/policy.h"
#include "act/rights_look.h"
#include "act/state_look.h"
#include "base/map.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "board/read.h"
#include "board/workload.h"
#include "worker/row_meant.h"

enum { MOST_INPUTS = 16, MOST_WARNINGS = 8 };

struct planning {
	struct planning *next;
	struct acting *owner;
	uint64_t id;
	const struct action *action;
	const char *by, *by_key;
	char *target, *why;
	char *doubt; /* what is not known of the row; NULL: it is all there */
	VEC(char *) inputs;
	/* Once the row is known: */
	struct board *board; /* held */
	size_t row;
	struct str key; /* without the connection's name */
	const struct connection *connection;
	cJSON *scope;
	struct state_look *look;
	struct rights_look *rights;
	struct plan *plan; /* before it says which rights are missing */
	bool needs_second;
};

struct acting {
	struct acting_options options;
	struct map boards; /* by name: struct board, held */
	struct planning *plannings;
};

struct acting *acting_new(const struct acting_options *options)
{
	struct acting *a = xcalloc(1, sizeof(*a));

	a->options = *options;
	map_init(&a->boards);
	return a;
}

static void free_planning(struct planning *p)
{
	char **input;

	state_look_stop(p->look);
	rights_look_stop(p->rights);
	plan_free(p->plan);
	board_put(p->board);
	cJSON_Delete(p->scope);
	vec_each (input, &p->inputs)
		free(*input);
	vec_fini(&p->inputs);
	free(p->target);
	free(p->why);
	free(p->doubt);
	free(p);
}

void acting_free(struct acting *a)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!a)
		return;
	while (a->plannings) {
		struct planning *p = a->plannings;

		a->plannings = p->next;
		free_planning(p);
	}
	while (map_next(&a->boards, &at, &slot))
		board_put(slot->value);
	map_fini(&a->boards);
	free(a);
}

/* Of the plan that is there, or none. */
static void tell(struct planning *p, const struct err *err)
{
	struct acting *a = p->owner;
	struct planning **at = &a->plannings;
	struct planned planned = {.id = p->id,
				  .action = p->action->name,
				  .target = p->target,
				  .plan = p->plan,
				  .needs_second = p->needs_second,
				  .err = *err};

	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	if (p->plan) {
		planned.scope = p->scope;
		p->scope = NULL;
		p->plan = NULL;
	}
	a->options.planned(a->options.ctx, &planned);
	free_planning(p);
}

static int64_t now_of(const struct acting *a)
{
	return clock_wall_ms(loop_clock(a->options.loop));
}

static const char *name_of(const struct planning *p, size_t row)
{
	return read_text(p->board, row, p->action->target);
}

/* Where a board has several connections, its keys begin with their names. */
static bool find_connection(struct planning *p, struct err *err)
{
	const struct connections *all = p->owner->options.connections;
	enum conn_kind kind = p->board->def->kind;
	const struct connection *c = connections_find(all, kind, 0);

	p->key = p->board->rows[p->row].key;
	p->connection = connections_find(all, kind, 1) ? NULL : c;
	for (size_t i = 0; !p->connection && c; c = connections_find(all, kind, ++i)) {
		size_t n = strlen(c->name);

		if (!str_starts(p->key, str_from(c->name)) || p->key.n <= n ||
		    p->key.p[n] != '/')
			continue;
		p->key = str_sub(p->key, n + 1, p->key.n);
		p->connection = c;
		return true;
	}
	return p->connection ||
	       err_set(err, ERR_CONFIG, "there is no %s connection of it",
		       conn_kind_name(kind));
}

static const struct connection *connection_of(void *ctx, enum conn_kind kind)
{
	const struct planning *p = ctx;

	return p->connection->kind == kind
		       ? p->connection
		       : connections_find(p->owner->options.connections, kind, 0);
}

static bool choose(struct planning *p, struct err *err)
{
	struct chosen_input chosen[MOST_INPUTS];

	for (size_t i = 0; i < p->inputs.n; i++) {
		struct str text = str_from(p->inputs.p[i]);
		ptrdiff_t equals = str_find_char(text, '=');

		if (equals <= 0 || i == MOST_INPUTS)
			return err_set(err, ERR_USAGE,
				       "\"%.60s\" is no NAME=VALUE, or one too many",
				       text.p);
		chosen[i] = (struct chosen_input){
			.name = str_sub(text, 0, (size_t)equals),
			.value = str_sub(text, (size_t)equals + 1, text.n),
		};
	}
	return scope_choose(p->scope, p->action, chosen, p->inputs.n, now_of(p->owner),
			    err);
}

/* The workloads whose it is: what an action to it may be felt by. */
static size_t add_touches(const struct planning *p, const char **out, size_t most)
{
	const struct config *config = p->owner->options.config;
	size_t n = 0;

	for (size_t i = 0; config && i < config->n_workloads && n < most; i++) {
		if (workload_has(&config->workloads[i], p->board,
				 &p->board->rows[p->row]))
			out[n++] = config->workloads[i].name;
	}
	return n;
}

static bool ask_policy(struct planning *p, struct policy_answer *answer, struct err *err)
{
	struct acting *a = p->owner;
	const struct policy_question q = {
		.action = p->action->name,
		.target = name_of(p, p->row),
		.risk = p->action->risk,
		.inputs = cJSON_GetObjectItemCaseSensitive(p->scope, "input"),
		.by = p->by,
		.now_ms = now_of(a),
	};
	const struct config_actions *policy =
		a->options.config ? &a->options.config->actions : &config_actions_default;

	policy_ask(policy, &q, a->options.zones, answer);
	return answer->is_allowed || err_set(err, ERR_REFUSED, "%s of %s: %s",
					     p->action->name, q.target, answer->why);
}

/* `missing`: what the plan warns of beside its action's own. */
static struct plan *make(struct planning *p, const char *const *missing, size_t n,
			 struct err *err)
{
	struct acting *a = p->owner;
	const struct config *config = a->options.config;
	int64_t lifetime_ms =
		config ? config->actions.lifetime_ms : config_actions_default.lifetime_ms;
	const char *touches[PLAN_MOST], *warnings[MOST_WARNINGS];
	struct policy_answer answer;
	struct plan_about about = {
		.board = p->board->def->name,
		.key = p->board->rows[p->row].key.p,
		.target = name_of(p, p->row),
		.connection = p->connection->name,
		.by = p->by,
		.by_key = p->by_key,
		.now_ms = now_of(a),
		.expires_ms = now_of(a) + lifetime_ms,
		.touches = touches,
		.warnings = warnings,
	};

	if (!choose(p, err) || !ask_policy(p, &answer, err))
		return NULL;
	about.n_touches = add_touches(p, touches, PLAN_MOST);
	if (p->why)
		warnings[about.n_warnings++] = p->why;
	if (p->doubt)
		warnings[about.n_warnings++] = p->doubt;
	for (size_t i = 0; i < n && about.n_warnings < MOST_WARNINGS; i++)
		warnings[about.n_warnings++] = missing[i];
	p->needs_second = answer.needs_second;
	return plan_make(p->action, p->scope, &about, err);
}

static void rights_known(const char *const *missing, size_t n, void *ctx)
{
	struct planning *p = ctx;
	struct err err;

	p->rights = NULL;
	err_clear(&err);
	if (n) {
		plan_free(p->plan);
		p->plan = make(p, missing, n, &err);
	}
	tell(p, &err);
}

static struct state_look_options look_options(struct planning *p)
{
	return (struct state_look_options){.api = p->owner->options.api,
					   .loop = p->owner->options.loop,
					   .connection = connection_of,
					   .ctx = p};
}

static void looked(const struct err *err, void *ctx)
{
	const struct state_look_options options = look_options(ctx);
	struct planning *p = ctx;
	struct err own = *err;

	p->look = NULL;
	if (own.code == ERR_NONE)
		p->plan = make(p, NULL, 0, &own);
	else
		err_wrap(&own, "%s", p->action->name);
	if (p->plan)
		p->rights = rights_look_start(&options, p->plan, rights_known, p);
	else
		tell(p, &own);
}

static void note_doubt(struct planning *p)
{
	const struct board *board = p->board;
	struct strbuf text;

	if (!board->is_partial && !board->is_stale)
		return;
	strbuf_init(&text, 600);
	strbuf_printf(&text,
		      "the board %s is not all there, and what it would warn of may be "
		      "missing: %s",
		      board->def->name, board->err.text);
	p->doubt = strbuf_take(&text);
	strbuf_fini(&text);
}

static bool begin(struct planning *p, struct err *err)
{
	struct acting *a = p->owner;
	const struct state_look_options look = look_options(p);

	if (!row_meant(p->board, p->action->target, p->target, now_of(a), &p->row, err) ||
	    !find_connection(p, err))
		return false;
	note_doubt(p);
	p->scope = scope_new(p->board, &p->board->rows[p->row], p->key);
	if (p->action->when &&
	    !scope_holds(cJSON_GetObjectItemCaseSensitive(p->scope, "row"),
			 p->action->when, now_of(a), err))
		return err->code == ERR_NONE
			       ? err_set(err, ERR_REFUSED,
					 "%s is not for %s as it is now (%.100s)",
					 p->action->name, name_of(p, p->row),
					 query_source(p->action->when).p)
			       : false;
	p->look = state_look_start(&look, p->action, p->scope, looked, p);
	return true;
}

/* Those that wait for this board go on. */
void acting_saw(struct acting *a, struct board *board)
{
	struct planning *p = a->plannings, *next;
	bool is_acted_on = false;
	struct err err;

	for (size_t i = 0; i < actions_size(a->options.actions); i++)
		is_acted_on =
			is_acted_on || strcmp(actions_at(a->options.actions, i)->board,
					      board->def->name) == 0;
	if (!is_acted_on || board->is_loading || board->is_filling)
		return;
	board_put(map_put(&a->boards, str_from(board->def->name), board_get(board)));
	for (; p; p = next) {
		next = p->next;
		if (p->board || strcmp(p->action->board, board->def->name) != 0)
			continue;
		p->board = board_get(board);
		err_clear(&err);
		if (!begin(p, &err))
			tell(p, &err);
	}
}

void acting_plan(struct acting *a, const struct acting_order *order)
{
	const struct action *action =
		actions_find(a->options.actions, str_from(order->action));
	struct planning *p;
	struct board *board;
	struct err err;

	err_clear(&err);
	if (!action) {
		err_set(&err, ERR_NOT_FOUND,
			"there is no action \"%.60s\"; `azdeck act list` has them",
			order->action);
		a->options.planned(a->options.ctx,
				   &(struct planned){.id = order->id,
						     .action = order->action,
						     .target = order->target,
						     .err = err});
		return;
	}
	p = xcalloc(1, sizeof(*p));
	p->owner = a;
	p->id = order->id;
	p->action = action;
	p->by = order->by;
	p->by_key = order->by_key;
	p->target = xstrdup(order->target);
	p->why = order->why ? xstrdup(order->why) : NULL;
	for (size_t i = 0; i < order->n_inputs; i++)
		vec_push(&p->inputs, xstrdup(order->inputs[i]));
	p->next = a->plannings;
	a->plannings = p;
	board = map_find(&a->boards, str_from(action->board));
	if (!board)
		return; /* it begins when the board comes */
	p->board = board_get(board);
	if (!begin(p, &err))
		tell(p, &err);
}
