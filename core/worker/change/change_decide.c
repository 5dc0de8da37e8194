/* See change_part.h: what a person decided is done to a change that is in hand. Thread:
 * core. */
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "worker/change/change_part.h"

static void written(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;

	if (op->err.code == ERR_NONE)
		op->err = answer->err;
	change_op_end(op);
}

void change_refuse(struct change_op *op, const struct plan *plan, const char *what)
{
	struct ledger_page page = {0};

	audit_refusal(&page, plan, what, op->err.text);
	ledger_write(op->desk->ledger, &page, written, op);
}

/* What could not be written down did not happen. */
static void kept(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_desk *d = op->desk;

	op->err = answer->err;
	if (d && op->verb == VERB_FORGET && op->err.code == ERR_NONE)
		change_entry_drop(change_find(d, op->change));
	else if (d && op->err.code != ERR_NONE)
		change_list(d);
	change_op_end(op);
}

bool change_put_text(struct change_entry *e, const struct run *run,
		     struct ledger_page *page, struct err *err)
{
	struct strbuf text;
	bool ok;

	strbuf_init(&text, CHANGE_TEXT_MAX);
	text.is_secret = true;
	ok = change_record_save(&e->record, run, &text, err);
	if (ok)
		secret_set(&page->text, strbuf_str(&text));
	strbuf_fini(&text);
	e->text_hash = 0;
	return ok;
}

void change_write(struct change_op *op, struct change_entry *e, struct ledger_page *page)
{
	snprintf(page->id, sizeof(page->id), "%s", e->record.plan->id);
	if (page->removes || change_put_text(e, NULL, page, &op->err)) {
		ledger_write(op->desk->ledger, page, kept, op);
	} else {
		ledger_page_fini(page);
		change_list(op->desk);
		change_op_end(op);
	}
}

static struct made_plan *find_made(struct change_desk *d, const char *id)
{
	for (size_t i = 0; i < PLANS_REMEMBERED; i++) {
		if (d->made[i].plan && strcmp(d->made[i].plan->id, id) == 0)
			return &d->made[i];
	}
	return NULL;
}

static void propose(struct change_op *op)
{
	struct change_desk *d = op->desk;
	struct made_plan *made = find_made(d, op->change);
	struct ledger_page page = {0};
	struct change_entry *e;

	if (!made)
		err_set(&op->err, ERR_NOT_FOUND,
			"the plan %s is not known any more: plan it anew", op->change);
	else if (plan_is_over(made->plan, change_now(d)))
		plan_refuse_over(made->plan, change_now(d), &op->err);
	if (op->err.code != ERR_NONE) {
		change_op_end(op);
		return;
	}
	e = xcalloc(1, sizeof(*e));
	e->desk = d;
	change_record_init(&e->record, made->plan, cJSON_Duplicate(made->scope, true),
			   made->needs_second);
	e->next = d->entries;
	d->entries = e;
	change_write(op, e, &page);
}

static bool take_approval(struct change_op *op, struct change_entry *e,
			  const struct approval *approval, const char *how)
{
	const struct approvers approvers = change_approvers(op->desk);
	struct change_record *r = &e->record;
	struct ledger_page page = {0};
	const char *who = approval_by(approval, r->plan, &approvers, &op->err);

	if (!who)
		return false;
	if (r->needs_second && approval_is_own(approval, who, r->plan))
		return err_set(&op->err, ERR_REFUSED,
			       "%s asked for it: a second person has to approve it", who);
	if (r->n_approvals == CHANGE_MOST_APPROVALS)
		return err_set(&op->err, ERR_REFUSED, "it has %zu approvals already",
			       r->n_approvals);
	r->approvals[r->n_approvals++] = *approval;
	e->refused[0] = '\0';
	audit_approval(&page, r->plan, approval, who, how);
	change_write(op, e, &page);
	return true;
}

static bool take_typed(struct change_op *op, struct change_entry *e)
{
	const struct signer *signer = ledger_signer(op->desk->ledger);
	const struct plan *plan = e->record.plan;
	bool is_scheduled = (op->id & EDGE_ORDER) != 0;
	struct approval approval;

	if (e->record.needs_second)
		return err_set(&op->err, ERR_REFUSED,
			       "it needs a second person: give the code that `azdeck act "
			       "approve` printed there");
	if (!is_scheduled && (!op->word || strcmp(op->word, plan->target) != 0))
		return err_set(&op->err, ERR_REFUSED,
			       "\"%.60s\" is not the name of its target",
			       op->word ? op->word : "");
	if (!signer)
		return err_set(&op->err, ERR_INTERNAL, "there is no key to sign with");
	approval_make(plan, signer, change_now(op->desk), &approval);
	return take_approval(op, e, &approval,
			     is_scheduled ? change_by_schedule : "typed");
}

static bool approve(struct change_op *op, struct change_entry *e)
{
	struct approval approval;

	if (!op->word || !approval_looks_like(str_from(op->word)))
		return take_typed(op, e);
	return approval_parse(str_from(op->word), &approval, &op->err) &&
	       take_approval(op, e, &approval, "code");
}

static void reject(struct change_op *op, struct change_entry *e)
{
	struct change_record *r = &e->record;
	struct ledger_page page = {0};

	r->rejected_ms = change_now(op->desk);
	snprintf(r->rejected_by, sizeof(r->rejected_by), "%s",
		 op->id & EDGE_ORDER ? change_by_schedule : change_who(op->desk));
	snprintf(r->why, sizeof(r->why), "%s", op->word ? op->word : "");
	audit_refusal(&page, r->plan, "reject", r->why);
	change_write(op, e, &page);
}

const char *change_verb_name(enum change_verb verb)
{
	static const char *const names[] = {
		[VERB_PROPOSE] = "propose", [VERB_APPROVE] = "approve",
		[VERB_RUN] = "run",	    [VERB_STOP] = "stop",
		[VERB_REJECT] = "reject",   [VERB_FORGET] = "forget",
	};

	return names[verb];
}

static bool is_open(struct change_op *op, const struct change_entry *e)
{
	const struct change_record *r = &e->record;

	if (r->has_run)
		return err_set(&op->err, ERR_REFUSED, "the change %s has been run: it %s",
			       op->change,
			       r->run.state == RUN_ENDED
				       ? run_outcome_name(r->run.outcome)
				       : "is under way");
	if (r->rejected_ms)
		return err_set(&op->err, ERR_REFUSED, "%s rejected it%s%s",
			       r->rejected_by, r->why[0] ? ": " : "", r->why);
	return !plan_is_over(r->plan, change_now(op->desk)) ||
	       plan_refuse_over(r->plan, change_now(op->desk), &op->err);
}

static void forget(struct change_op *op, struct change_entry *e)
{
	struct ledger_page page = {.removes = true};

	if (change_record_is_over(&e->record, change_now(op->desk))) {
		change_write(op, e, &page);
		return;
	}
	err_set(&op->err, ERR_REFUSED,
		"the change %s is not over: reject it first, or let it end", op->change);
	change_refuse(op, e->record.plan, change_verb_name(op->verb));
}

static bool is_left_behind(const struct change_entry *e)
{
	return e->record.has_run && e->record.run.state != RUN_ENDED;
}

void change_decide(struct change_op *op)
{
	struct change_entry *e = change_find(op->desk, op->change);

	if (op->verb == VERB_PROPOSE && !e)
		propose(op);
	else if (op->verb == VERB_PROPOSE || !e) {
		/* Somebody was faster: it is there, or it is gone. */
		if (!e)
			err_set(&op->err, ERR_NOT_FOUND, "there is no change \"%.40s\"",
				op->change);
		change_op_end(op);
	} else if (op->verb == VERB_FORGET)
		forget(op, e);
	else if (op->verb == VERB_RUN && is_left_behind(e))
		change_begin(op, e);
	else if (!is_open(op, e))
		change_refuse(op, e->record.plan, change_verb_name(op->verb));
	else if (op->verb == VERB_RUN)
		change_begin(op, e);
	else if (op->verb == VERB_REJECT)
		reject(op, e);
	else if (!approve(op, e))
		change_refuse(op, e->record.plan, change_verb_name(op->verb));
}
