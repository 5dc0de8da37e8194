/* See worker_part.h: what the worker is told, from posting it to doing it. Thread: any
 * posts, core does. */
#include <stdlib.h>

#include "base/vec.h"
#include "base/xalloc.h"
#include "worker/worker_part.h"

/* Far more than there are boards. */
enum { MOST_WANTED = 512 };

static void refresh(struct worker *w, const struct order *order)
{
	struct err err;

	if (poller_refresh(w->poller, order->names.p[0]))
		return;
	err_set(&err, ERR_NOT_FOUND, "there is no board '%s'", order->names.p[0]);
	worker_tell_problem(w, order->id, &err);
}

bool worker_can_have(void *ctx, const struct board_def *def)
{
	for (size_t i = 0; i < def->n_requests; i++) {
		if (!worker_connection(ctx, def->requests[i].kind, 0))
			return false;
	}
	return true;
}

void worker_forget_wanted(struct worker *w)
{
	char **name;

	vec_each (name, &w->wanted)
		free(*name);
	w->wanted.n = 0;
}

void worker_want_more(void *ctx)
{
	struct worker *w = ctx;
	const char *all[MOST_WANTED], *const *names;
	size_t n = 0;

	for (; n < w->wanted.n && n < MOST_WANTED; n++)
		all[n] = w->wanted.p[n];
	if (w->changes)
		n += change_desk_wanted(w->changes, all + n, MOST_WANTED - n);
	if (w->chat)
		n += chat_desk_wanted(w->chat, all + n, MOST_WANTED - n);
	self_want(w->self, all, n, worker_can_have, w);
	names = self_wanted(w->self, &n);
	poller_want(w->poller, names, n);
}

/* What the deck looks at, and what runs are watched by. */
static void want(struct worker *w, struct order *order)
{
	worker_forget_wanted(w);
	for (size_t i = 0; i < order->names.n; i++)
		vec_push(&w->wanted, order->names.p[i]);
	order->names.n = 0;
	self_look_at(w->self, (const char *const *)w->wanted.p, w->wanted.n,
		     worker_can_have, w);
	past_want(w->past, (const char *const *)w->wanted.p, w->wanted.n);
	worker_want_more(w);
	worker_show_held(w);
	for (size_t i = 0; i < w->wanted.n; i++) {
		if (past_is_about(w->wanted.p[i]))
			worker_ask_past(w);
	}
}

static void obey(struct worker *w, struct order *order)
{
	switch ((enum order_kind)order->mail.kind) {
	case ORDER_WANT:
		if (w->poller)
			want(w, order);
		break;
	case ORDER_REFRESH:
		if (w->poller)
			refresh(w, order);
		break;
	case ORDER_ACKNOWLEDGE:
		if (w->self)
			worker_note_acknowledged(w, str_from(order->names.p[0]),
						 str_from(order->names.p[1]),
						 order->is_on, order->id);
		break;
	case ORDER_GO:
		worker_ask_past(w);
		if (w->past)
			past_go(w->past, order->at_ms);
		break;
	case ORDER_STEP:
		worker_ask_past(w);
		if (w->past)
			past_step(w->past, order->by);
		break;
	case ORDER_FIRST:
		if (w->first && !w->poller)
			first_obey(w->first, order->first);
		break;
	case ORDER_FOLLOW:
		worker_do_follow(w, order);
		break;
	case ORDER_LOG:
		log_desk_obey(w->logs, order->log);
		order->log = NULL;
		break;
	case ORDER_UNFOLLOW:
		if (w->live)
			live_unfollow(w->live, order->id);
		break;
	case ORDER_PLAN:
		if (w->changes)
			worker_do_plan(w, order);
		break;
	case ORDER_CHANGE:
		if (w->changes)
			worker_do_change(w, order);
		break;
	case ORDER_KEEP:
		worker_do_keep(w, order);
		break;
	case ORDER_CHAT:
		worker_do_chat(w, order);
		break;
	case ORDER_QUIT:
		loop_stop(w->loop);
		break;
	}
}

void worker_read_orders(void *ctx)
{
	struct worker *w = ctx;
	struct mail *mail = mailbox_drain(w->orders);

	apart_model_read(&w->apart_model);
	while (mail) {
		struct mail *next = mail->next;

		obey(w, (struct order *)mail);
		mail->free(mail);
		mail = next;
	}
}

void worker_want(struct worker *w, const char *const *names, size_t n)
{
	struct order *order = order_new(ORDER_WANT);

	for (size_t i = 0; i < n; i++)
		vec_push(&order->names, xstrdup(names[i]));
	order->id = ++w->last_id;
	mailbox_post(w->orders, &order->mail);
}

uint64_t worker_refresh(struct worker *w, const char *name)
{
	struct order *order = order_new(ORDER_REFRESH);
	uint64_t id = ++w->last_id;

	vec_push(&order->names, xstrdup(name));
	order->id = id;
	mailbox_post(w->orders, &order->mail);
	return id;
}

uint64_t worker_acknowledge(struct worker *w, const char *board, const char *key,
			    bool is_on)
{
	struct order *order = order_new(ORDER_ACKNOWLEDGE);
	uint64_t id = ++w->last_id;

	vec_push(&order->names, xstrdup(board));
	vec_push(&order->names, xstrdup(key));
	order->is_on = is_on;
	order->id = id;
	mailbox_post(w->orders, &order->mail);
	return id;
}

void worker_go(struct worker *w, int64_t at_ms)
{
	struct order *order = order_new(ORDER_GO);

	order->at_ms = at_ms;
	mailbox_post(w->orders, &order->mail);
}

void worker_step(struct worker *w, int by)
{
	struct order *order = order_new(ORDER_STEP);

	order->by = by;
	mailbox_post(w->orders, &order->mail);
}

void worker_order_quit(struct worker *w)
{
	mailbox_post(w->orders, &order_new(ORDER_QUIT)->mail);
}

void worker_first(struct worker *w, struct first_order *order)
{
	struct order *o = order_new(ORDER_FIRST);

	o->first = order;
	o->id = ++w->last_id;
	mailbox_post(w->orders, &o->mail);
}

void worker_log(struct worker *w, struct log_order *log)
{
	struct order *order = order_new(ORDER_LOG);

	order->log = log;
	mailbox_post(w->orders, &order->mail);
}
