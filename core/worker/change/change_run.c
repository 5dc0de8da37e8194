/* See change_part.h: an approved change is run, from the last look at whether it may be
 * to the end of its run. Thread: core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/policy.h"
#include "base/count.h"
#include "base/xalloc.h"
#include "board/board.h"
#include "board/def.h"
#include "worker/change/change_part.h"
#include "worker/change/edges.h"

/* The plan's own; what is asked of another kind goes where there is one. */
static const struct connection *connection_of(void *ctx, enum conn_kind kind)
{
	const struct change_entry *e = ctx;
	const struct connections *all = e->desk->options.connections;

	for (size_t i = 0; i < all->list.n; i++) {
		const struct connection *c = all->list.p[i];

		if (strcmp(c->name, e->record.plan->connection) == 0)
			return c->kind == kind ? c : connections_find(all, kind, 0);
	}
	return NULL;
}

static const struct action *action_of(const struct change_entry *e)
{
	return actions_find(e->desk->actions, str_from(e->record.plan->action));
}

/* What the configuration says now, of a plan made under another one. */
static bool policy_allows(struct change_entry *e, const struct action *action,
			  struct err *err)
{
	const struct plan *plan = e->record.plan;
	struct policy_answer answer;
	const struct policy_question q = {
		.action = plan->action,
		.target = plan->target,
		.risk = plan->risk > action->risk ? plan->risk : action->risk,
		.inputs = plan->inputs,
		.by = plan->by,
		.now_ms = change_now(e->desk),
	};

	policy_ask(change_policy(e->desk), &q, &e->desk->zones, &answer);
	e->record.needs_second = e->record.needs_second || answer.needs_second;
	return answer.is_allowed || err_set(err, ERR_REFUSED, "%s of %s: %s",
					    plan->action, plan->target, answer.why);
}

/* Two runs at one target would each be the other's surprise. */
static bool is_alone(const struct change_entry *e, struct err *err)
{
	for (const struct change_entry *o = e->desk->entries; o; o = o->next) {
		const struct run *run = o == e ? NULL : change_run_of(o);

		if (!run || run->state == RUN_ENDED ||
		    strcmp(o->record.plan->board, e->record.plan->board) != 0 ||
		    strcmp(o->record.plan->key, e->record.plan->key) != 0)
			continue;
		return err_set(err, ERR_REFUSED, "%s of %s is under way (%s)",
			       o->record.plan->action, o->record.plan->target,
			       o->record.plan->id);
	}
	return true;
}

static bool has_connections(struct change_entry *e, struct err *err)
{
	const struct plan *plan = e->record.plan;

	for (size_t i = 0; i < plan->n_requests; i++) {
		if (!connection_of(e, plan->requests[i].kind))
			return err_set(err, ERR_REFUSED,
				       "there is no connection \"%.60s\" any more",
				       plan->connection);
	}
	return true;
}

static bool may_run(struct change_entry *e, struct err *err)
{
	const struct action *action = action_of(e);

	if (!action)
		return err_set(err, ERR_REFUSED, "there is no action %s any more",
			       e->record.plan->action);
	return has_connections(e, err) && policy_allows(e, action, err) &&
	       change_is_approved(e, err) && is_alone(e, err);
}

/* A run whose beginning could not be written down has not begun. */
static void answer_begun(struct change_entry *e, const struct err *err)
{
	struct change_desk *d = e->desk;

	change_done(d, e->run_order, err);
	e->run_order = 0;
	if (err->code == ERR_NONE)
		return;
	snprintf(e->refused, sizeof(e->refused), "%s", err->text);
	runner_free(e->runner);
	e->runner = NULL;
	change_give_back(d, e->record.plan->id);
	change_list(d);
}

static void saved(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_desk *d = op->desk;
	struct change_entry *e = d ? change_find(d, op->change) : NULL;

	if (op->err.code == ERR_NONE)
		op->err = answer->err;
	if (e && op->err.code == ERR_NONE)
		e->seen = op->seen;
	if (e && e->run_order)
		answer_begun(e, &op->err);
	op->saved(&op->err, op->saved_ctx);
	change_op_free(op);
}

/* Whatever comes of it, the runner is told, for it waits. */
static void save(void *ctx, const struct run *run, runner_saved_fn done, void *done_ctx)
{
	struct change_entry *e = ctx;
	struct change_desk *d = e->desk;
	struct change_op *op = change_op_new(d, VERB_RUN, 0, e->record.plan->id, NULL);
	struct ledger_page page = {0};

	op->seen = e->seen;
	op->saved = done;
	op->saved_ctx = done_ctx;
	audit_run(&page, run, &op->seen);
	snprintf(page.id, sizeof(page.id), "%s", e->record.plan->id);
	change_put_text(e, run, &page, &op->err);
	ledger_write(d->ledger, &page, saved, op);
}

static int64_t last_end_ms(const struct run *run)
{
	int64_t last_ms = run->started_ms;

	for (size_t i = 0; i < run->plan->n_requests; i++) {
		if (run->steps[i].ended_ms > last_ms)
			last_ms = run->steps[i].ended_ms;
	}
	return last_ms;
}

static void refresh(struct change_entry *e, const char *board)
{
	int64_t now_ms = change_now(e->desk);

	if (now_ms - e->refreshed_ms < CHECK_AGAIN_MS)
		return;
	e->refreshed_ms = now_ms;
	e->desk->options.refresh(e->desk->options.ctx, board);
}

/* What a row of the board is now: one that is gone is null. */
static cJSON *seen_scope(const struct change_entry *e, const struct board *board)
{
	const char *key = e->record.plan->key;
	ptrdiff_t at = board_find(board, str_from(key));
	cJSON *scope, *input;

	scope = at >= 0 ? scope_new(board, &board->rows[at], str_from(key))
			: cJSON_CreateObject();
	if (at < 0)
		cJSON_AddItemToObject(scope, "row", cJSON_CreateNull());
	input = cJSON_GetObjectItemCaseSensitive(e->record.scope, "input");
	cJSON_DeleteItemFromObjectCaseSensitive(scope, "input");
	cJSON_AddItemToObject(scope, "input", cJSON_Duplicate(input, true));
	return scope;
}

/* Only a board that was asked after all was done can show that it helped. */
static bool check(void *ctx, const struct run *run, const cJSON *unused)
{
	struct change_entry *e = ctx;
	const struct action *action = action_of(e);
	struct board *board = map_find(&e->desk->boards, str_from(action->check.board));
	struct err ignored;
	cJSON *scope;
	bool holds;

	(void)unused;
	/* One from later than now is from before the clock was set. */
	if (!board || board->is_stale || board->fetched_ms <= last_end_ms(run) ||
	    board->fetched_ms > change_now(e->desk)) {
		refresh(e, action->check.board);
		return false;
	}
	scope = seen_scope(e, board);
	holds = scope_holds(scope, action->check.holds, change_now(e->desk), &ignored);
	cJSON_Delete(scope);
	if (!holds)
		refresh(e, action->check.board);
	return holds;
}

/* A run that has ended is as it was written: another order may be given to it. */
static void finish(struct change_entry *e)
{
	struct change_desk *d = e->desk;
	struct strbuf text;
	struct err err;

	strbuf_init(&text, CHANGE_TEXT_MAX);
	text.is_secret = true;
	if (change_record_save(&e->record, runner_run(e->runner), &text, &err)) {
		e->text_hash = 0;
		if (!change_take_text(e, strbuf_str(&text), &err))
			log_line(d->options.log, LOG_ERROR, "act", "%s", err.text);
	}
	strbuf_fini(&text);
	runner_free(e->runner);
	e->runner = NULL;
	loop_timer_stop(e->finish);
	e->finish = NULL;
	change_give_back(d, e->record.plan->id);
	change_tell(d);
}

static void finish_later(void *ctx)
{
	struct change_entry *e = ctx;

	e->finish = NULL;
	finish(e);
}

static void told(void *ctx, const struct run *run)
{
	struct change_entry *e = ctx;

	change_tell(e->desk);
	if (run->state == RUN_ENDED && e->seen.state == RUN_ENDED && !e->finish)
		e->finish = loop_timer_start(e->desk->options.loop, 0, finish_later, e);
}

static void start(struct change_entry *e, struct run *run)
{
	struct change_desk *d = e->desk;
	const struct runner_options options = {
		.look = {.api = d->options.api,
			 .loop = d->options.loop,
			 .connection = connection_of,
			 .ctx = e},
		.connection = connection_of,
		.save = save,
		.check = check,
		.told = told,
		.ctx = e,
	};

	e->runner = runner_start(&options, action_of(e), run,
				 cJSON_Duplicate(e->record.scope, true));
	change_tell(d);
}

bool change_go_on(struct change_entry *e, struct err *err)
{
	struct run run = e->record.run;

	if (!action_of(e))
		return err_set(err, ERR_CONFIG,
			       "there is no action %s any more: nobody goes on with %s",
			       e->record.plan->action, e->record.plan->id);
	e->record.run = (struct run){0};
	e->record.has_run = false;
	audit_saw(&e->seen, &run);
	start(e, &run);
	return true;
}

void change_begin(struct change_op *op, struct change_entry *e)
{
	const struct action *action = action_of(e);
	struct run run;

	if (e->record.has_run ? !action : !may_run(e, &op->err)) {
		if (op->err.code == ERR_NONE)
			err_set(&op->err, ERR_REFUSED, "there is no action %s any more",
				e->record.plan->action);
		snprintf(e->refused, sizeof(e->refused), "%s", op->err.text);
		change_refuse(op, e->record.plan, "run");
		return;
	}
	e->refused[0] = '\0';
	e->run_order = op->id;
	op->has_claim = false;
	change_op_free(op);
	if (e->record.has_run) {
		change_go_on(e, &(struct err){0});
		return;
	}
	run_init(&run, plan_get(e->record.plan), action->check.within_ms,
		 change_now(e->desk));
	e->seen = (struct audit_seen){0};
	for (size_t i = 0; i < PLAN_MOST; i++)
		e->seen.steps[i].percent = -1;
	start(e, &run);
}

static bool watches(const struct change_entry *e, const char *board)
{
	const struct action *action = e->runner ? action_of(e) : NULL;

	return action && strcmp(action->check.board, board) == 0;
}

void change_saw_board(struct change_desk *d, struct board *board)
{
	bool is_check = false;

	for (size_t i = 0; i < actions_size(d->actions); i++)
		is_check = is_check || strcmp(actions_at(d->actions, i)->check.board,
					      board->def->name) == 0;
	if (!is_check || board->is_loading || board->is_filling)
		return;
	board_put(map_put(&d->boards, str_from(board->def->name), board_get(board)));
	for (struct change_entry *e = d->entries; e; e = e->next) {
		if (watches(e, board->def->name))
			runner_look_again(e->runner);
	}
}

size_t change_desk_wanted(const struct change_desk *d, const char **out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; change_edges_are_on(d) && edges_board(i) && n < most; i++)
		out[n++] = edges_board(i);
	for (const struct change_entry *e = d->entries; e && n < most; e = e->next) {
		const struct action *action = e->runner ? action_of(e) : NULL;

		if (action)
			out[n++] = action->check.board;
	}
	return n;
}
