/* See change_part.h: all changes there are, as they were read and as they are told.
 * Another azdeck of the same user writes into the same folder, which is therefore
 * watched. Thread: core. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "worker/change/change_part.h"
#include "worker/change/changes_part.h"

/* Nobody sees when another process ends and leaves its run behind. */
enum { TRY_AGAIN_MS = 20000, DEMO_MS = 3000, MOST_TICK_MS = 60 * 60 * 1000 };

void change_entry_free(struct change_entry *e)
{
	loop_timer_stop(e->finish);
	runner_free(e->runner);
	change_record_fini(&e->record);
	free(e);
}

void change_entry_drop(struct change_entry *e)
{
	struct change_entry **at = &e->desk->entries;

	while (*at != e)
		at = &(*at)->next;
	*at = e->next;
	change_entry_free(e);
}

bool change_take_text(struct change_entry *e, struct str text, struct err *err)
{
	uint64_t hash = str_hash(text);
	struct change_record record;

	if (hash == e->text_hash)
		return true;
	if (!change_record_load(&record, text, err))
		return err_wrap(err, "the change %s", e->record.plan->id);
	if (strcmp(record.plan->id, e->record.plan->id) != 0) {
		change_record_fini(&record);
		return err_set(err, ERR_PARSE, "the file of the change %s holds another",
			       e->record.plan->id);
	}
	change_record_fini(&e->record);
	e->record = record;
	e->verdicts.n = 0;
	e->text_hash = hash;
	return true;
}

static bool is_left_behind(const struct change_entry *e)
{
	return e->record.has_run && !e->runner && e->record.run.state != RUN_ENDED;
}

static void claimed(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_desk *d = op->desk;
	struct change_entry *e = d ? change_find(d, op->change) : NULL;

	op->err = answer->err;
	if (e && op->err.code == ERR_NONE &&
	    (!secret_is_set(&answer->text) ||
	     change_take_text(e, secret_borrow(&answer->text), &op->err)) &&
	    is_left_behind(e) && change_go_on(e, &op->err))
		op->has_claim = false;
	/* Who has it in hand goes on with it; that is no news. */
	if (d && op->err.code != ERR_NONE && op->err.code != ERR_CONFLICT)
		log_line(d->options.log, LOG_WARN, "act", "%s", op->err.text);
	change_op_end(op);
}

static void take_over(struct change_desk *d)
{
	for (struct change_entry *e = d->entries; e; e = e->next) {
		const char *id = e->record.plan->id;
		struct change_op *op;

		if (!is_left_behind(e) || change_is_in_hand(d, id))
			continue;
		op = change_op_new(d, VERB_RUN, 0, id, NULL);
		op->has_claim = true;
		ledger_claim(d->ledger, id, claimed, op);
	}
}

/* It may be one that is under way: who does not see it is told so. One that is gone
 * meanwhile was forgotten. */
static void note_unread(struct change_desk *d, const struct err *why)
{
	log_line(d->options.log, LOG_WARN, "act", "%s", why->text);
	if (why->code == ERR_NOT_FOUND)
		return;
	d->unread += str_hash(str_from(why->text)) | 1;
	d->unread_err = *why;
	err_wrap(&d->unread_err, "not all changes are listed");
}

static void tell_unread(struct change_desk *d)
{
	if (d->unread && d->unread != d->unread_told && d->options.noted)
		d->options.noted(d->options.ctx, &d->unread_err);
	d->unread_told = d->unread;
}

static void add(struct change_desk *d, const struct ledger_file *file, struct err *err)
{
	struct change_entry *e = xcalloc(1, sizeof(*e));
	bool ok = change_record_load(&e->record, secret_borrow(&file->text), err);

	if (ok && strcmp(e->record.plan->id, file->id) != 0)
		ok = err_set(err, ERR_PARSE, "its file holds another");
	if (!ok) {
		err_wrap(err, "the change %s", file->id);
		change_record_fini(&e->record);
		free(e);
		return;
	}
	e->desk = d;
	e->is_here = true;
	e->text_hash = str_hash(secret_borrow(&file->text));
	e->next = d->entries;
	d->entries = e;
}

static void take(struct change_desk *d, const struct ledger_file *file)
{
	struct change_entry *e = change_find(d, file->id);
	struct err err = file->err;

	if (e)
		e->is_here = true;
	if (e && change_is_in_hand(d, file->id)) {
		if (e->runner && file->is_to_stop && !runner_run(e->runner)->is_to_stop)
			runner_stop(e->runner);
		return;
	}
	if (secret_is_set(&file->text) && !e)
		add(d, file, &err);
	else if (secret_is_set(&file->text) &&
		 change_take_text(e, secret_borrow(&file->text), &err))
		return;
	if (err.code != ERR_NONE)
		note_unread(d, &err);
}

static void drop_gone(struct change_desk *d)
{
	struct change_entry *e = d->entries, *next;

	for (; e; e = next) {
		next = e->next;
		if (!e->is_here && !change_is_in_hand(d, e->record.plan->id))
			change_entry_drop(e);
	}
}

static void listed(const struct ledger_answer *answer, void *ctx)
{
	struct change_op *op = ctx;
	struct change_desk *d = op->desk;

	if (d && answer->err.code != ERR_NONE) {
		log_line(d->options.log, LOG_WARN, "act", "no changes from before: %s",
			 answer->err.text);
	} else if (d) {
		for (struct change_entry *e = d->entries; e; e = e->next)
			e->is_here = false;
		d->unread = 0;
		for (size_t i = 0; i < answer->n_files; i++)
			take(d, &answer->files[i]);
		drop_gone(d);
		tell_unread(d);
		if (d->options.takes_over)
			take_over(d);
		change_prune(d);
	}
	if (d) {
		d->is_listed = true;
		change_tell(d);
	}
	change_op_free(op);
}

void change_list(struct change_desk *d)
{
	if (d->options.dir)
		ledger_list(d->ledger, listed,
			    change_op_new(d, VERB_PROPOSE, 0, "", NULL));
	else
		d->is_listed = true;
	change_tell(d);
}

static void folder_changed(void *ctx)
{
	change_list(ctx);
}

void change_watch(struct change_desk *d)
{
	if (d->options.dir)
		d->watch = watch_new(d->options.loop, d->options.dir, "*" LEDGER_SUFFIX,
				     folder_changed, d);
}

static void fill_run(struct act_change *c, const struct change_entry *e,
		     const struct run *run)
{
	c->is_ours = e->runner != NULL;
	c->outcome = run->outcome;
	c->began_ms = run->started_ms;
	c->ended_ms = run->ended_ms;
	c->check_until_ms = run->check_until_ms;
	c->step = run->at;
	c->steps = run->steps;
	c->moved = run->moved;
	c->is_to_stop = run->is_to_stop;
	c->why = run->err.code != ERR_NONE ? run->err.text : "";
}

/* Approvals are only added, but for a record that was read anew. */
static const char *const *approvers_of(struct change_entry *e)
{
	const struct approvers approvers = change_approvers(e->desk);
	const struct change_record *r = &e->record;
	struct change_verdicts *v = &e->verdicts;
	struct err ignored;

	if (v->has_own != (approvers.own != NULL))
		v->n = 0;
	v->has_own = approvers.own != NULL;
	for (; v->n < r->n_approvals; v->n++)
		v->who[v->n] =
			approval_by(&r->approvals[v->n], r->plan, &approvers, &ignored);
	return v->who;
}

static void put_entry(struct changes *changes, struct change_entry *e)
{
	const struct change_record *r = &e->record;
	const char *const *approvers = approvers_of(e);
	const struct run *run = change_run_of(e);
	int64_t now_ms = change_now(e->desk);
	struct err ignored;
	bool is_approved = change_record_is_open(r, now_ms) &&
			   approved_by(r->plan, r->approvals, approvers, r->n_approvals,
				       r->needs_second, now_ms, &ignored);
	struct act_change c = {
		.plan = r->plan,
		.state = change_record_state(r, run, is_approved, now_ms),
		.needs_second = r->needs_second,
		.decided_ms = r->rejected_ms,
		.rejected_by = r->rejected_by,
		.why = r->rejected_ms ? r->why : e->refused,
	};

	for (size_t i = 0; i < r->n_approvals; i++)
		c.approvers[c.n_approvers++] = (struct change_approver){
			.who = approvers[i] ? approvers[i]
					    : "somebody whose key does not count",
			.at_ms = r->approvals[i].at_ms,
		};
	if (run)
		fill_run(&c, e, run);
	changes_add(changes, &c);
}

static void ticked(void *ctx)
{
	struct change_desk *d = ctx;

	d->tick = NULL;
	if (d->options.takes_over)
		take_over(d);
	change_prune(d);
	change_demo_approve(d);
	change_tell(d);
}

/* When the list will be another one by itself. */
static void plan_tick(struct change_desk *d)
{
	int64_t now_ms = change_now(d), wait_ms = MOST_TICK_MS, due_ms;

	for (const struct change_entry *e = d->entries; e; e = e->next) {
		int64_t left_ms = e->record.plan->expires_ms - now_ms;

		if (change_record_is_open(&e->record, now_ms) && left_ms < wait_ms)
			wait_ms = left_ms;
		if (is_left_behind(e) && TRY_AGAIN_MS < wait_ms)
			wait_ms = TRY_AGAIN_MS;
		if (change_demo_waits(e) && DEMO_MS < wait_ms)
			wait_ms = DEMO_MS;
	}
	/* One that comes sooner looks again itself. */
	due_ms = clock_mono_ms(loop_clock(d->options.loop)) + wait_ms;
	if (!d->entries || (d->tick && d->tick_ms <= due_ms))
		return;
	loop_timer_stop(d->tick);
	d->tick_ms = due_ms;
	d->tick = loop_timer_start(d->options.loop, wait_ms, ticked, d);
}

static void want(struct change_desk *d)
{
	const char *names[PLANS_REMEMBERED];
	size_t n = change_desk_wanted(d, names, PLANS_REMEMBERED);
	uint64_t hash = 0;

	for (size_t i = 0; i < n; i++)
		hash = hash * 31 + str_hash(str_from(names[i]));
	if (hash == d->wanted)
		return;
	d->wanted = hash;
	d->options.want(d->options.ctx);
}

struct changes *change_all(const struct change_desk *d)
{
	struct changes *changes;
	size_t n = 0;

	for (const struct change_entry *e = d->entries; e; e = e->next)
		n++;
	changes = changes_new(n);
	for (struct change_entry *e = d->entries; e; e = e->next)
		put_entry(changes, e);
	changes_seal(changes);
	return changes;
}

static void tell(void *ctx)
{
	struct change_desk *d = ctx;

	d->tell = NULL;
	d->options.told(d->options.ctx, change_all(d));
	if (d->options.refresh)
		d->options.refresh(d->options.ctx, "plans");
	want(d);
	plan_tick(d);
}

void change_tell(struct change_desk *d)
{
	if (!d->tell && d->is_listed)
		d->tell = loop_timer_start(d->options.loop, 0, tell, d);
}
