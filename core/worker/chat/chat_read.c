/* See chat_part.h: what a question needs, and waiting for it. A board that somebody looks at
 * is there; another one is polled for as long as the question waits. */
#include <stdlib.h>
#include <string.h>

#include "worker/chat/chat_part.h"

static bool is_whole(const struct board *board)
{
	return !board->is_loading && !board->is_filling;
}

void chat_read_on(struct chat_talk *t)
{
	void (*then)(struct chat_talk * t) = t->then;

	loop_timer_stop(t->wait);
	t->wait = NULL;
	t->n_waits = 0;
	t->then = NULL;
	then(t);
}

/* What came so far counts; the rest is said to be unknown. */
static void waited(void *ctx)
{
	struct chat_talk *t = ctx;

	t->wait = NULL;
	for (size_t i = 0; i < t->n_waits; i++) {
		struct board *board =
			t->desk->options.board(t->desk->options.ctx, t->waits[i]);

		/* One of which nothing has come is not one without rows. */
		if (board && !board->is_loading)
			evidence_add(&t->e, board);
		board_put(board);
	}
	chat_read_on(t);
}

/* False: it has to be waited for. */
static bool take(struct chat_talk *t, const char *name)
{
	const struct chat_desk_options *o = &t->desk->options;
	struct board *board = o->board(o->ctx, name);
	bool is_there = board && is_whole(board);

	if (is_there)
		evidence_add(&t->e, board);
	board_put(board);
	return is_there;
}

static bool waits_for(const struct chat_talk *t, const char *name)
{
	for (size_t i = 0; i < t->n_waits; i++)
		if (strcmp(t->waits[i], name) == 0)
			return true;
	return false;
}

void chat_read(struct chat_talk *t, const char *const *names, size_t n,
	       void (*then)(struct chat_talk *t))
{
	const struct chat_desk_options *o = &t->desk->options;
	struct strbuf list;

	t->then = then;
	t->is_late = false;
	strbuf_init(&list, 400);
	for (size_t i = 0; i < n && t->n_waits < CHAT_WAITS_MOST; i++) {
		const struct board_def *def =
			library_find(o->library, str_from(names[i]));

		if (!def || evidence_board(&t->e, def->name) || waits_for(t, def->name))
			continue;
		if (take(t, def->name) || !o->can_be_had(o->ctx, def))
			continue;
		strbuf_printf(&list, "%s%s", list.n ? ", " : "", def->name);
		t->waits[t->n_waits++] = def->name;
	}
	if (t->n_waits == 0) {
		strbuf_fini(&list);
		chat_read_on(t);
		return;
	}
	chat_tell_text(t, CHAT_READS, "%s", list.p);
	strbuf_fini(&list);
	t->waits_since_ms = clock_mono_ms(loop_clock(o->loop));
	t->wait = loop_timer_start(o->loop, CHAT_READ_MS, waited, t);
	o->wants(o->ctx);
}

/* What is told of all boards waits for all of them, on a cold start for seconds. */
static bool is_about_all(const struct chat_talk *t, const char *name)
{
	const struct board_def *def =
		library_find(t->desk->options.library, str_from(name));

	return def && def->kind == CONN_DECK && !def->derived;
}

/* Only such are left, and none is what the question is about: a moment more. */
static void hurry(struct chat_talk *t)
{
	for (size_t i = 0; i < t->n_waits; i++)
		if (!is_about_all(t, t->waits[i]) ||
		    (t->plan.n_boards && strcmp(t->waits[i], t->plan.boards[0]) == 0))
			return;
	if (t->is_late)
		return;
	t->is_late = true;
	loop_timer_stop(t->wait);
	t->wait = loop_timer_start(t->desk->options.loop, CHAT_LATE_MS, waited, t);
}

/* Whatever came shows that more may come: on a slow machine all of them are late. */
static void be_patient(struct chat_talk *t)
{
	struct loop *loop = t->desk->options.loop;
	int64_t waited_ms = clock_mono_ms(loop_clock(loop)) - t->waits_since_ms;

	if (!t->desk->options.asks_once || t->n_waits == 0 || t->is_late ||
	    waited_ms + CHAT_READ_MS > CHAT_READ_MOST_MS)
		return;
	loop_timer_stop(t->wait);
	t->wait = loop_timer_start(loop, CHAT_READ_MS, waited, t);
}

void chat_read_saw(struct chat_talk *t, struct board *board)
{
	const char *name = board->def->name;
	size_t at = 0;

	be_patient(t);
	if (!is_whole(board))
		return;
	while (at < t->n_waits && strcmp(t->waits[at], name) != 0)
		at++;
	if (at == t->n_waits)
		return;
	evidence_add(&t->e, board);
	t->waits[at] = t->waits[--t->n_waits];
	/* Not from within whatever publishes: an answer changes what is wanted. */
	if (t->n_waits == 0) {
		loop_timer_stop(t->wait);
		t->wait = loop_timer_start(t->desk->options.loop, 0, waited, t);
	} else {
		hurry(t);
	}
}
