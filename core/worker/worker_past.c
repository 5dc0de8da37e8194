/* See worker_part.h: the history, and what goes in and comes out. Thread: core. */
#include <stdlib.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "config/env.h"
#include "worker/worker_part.h"

static void show(void *ctx, struct board *board)
{
	struct news *news = news_new(NEWS_BOARD);

	news->board = board_get(board);
	worker_tell(ctx, news);
}

void worker_publish(void *ctx, struct board *board)
{
	struct worker *w = ctx;

	worker_settle(w);
	/* What is known of azdeck at a moment of the past is nothing to derive now from. */
	if (!board->def->is_own || past_is_now(w->past))
		self_saw(w->self, board);
	if (w->changes)
		change_desk_saw(w->changes, board);
	if (w->chat)
		chat_desk_saw(w->chat, board);
	if (w->past_fill)
		past_fill_saw(w->past_fill, board);
	if (!past_saw(w->past, board))
		return;
	if (self_is_looked_at(w->self, board->def->name))
		show(w, board);
	else if (!str_is_among(str_from(board->def->name), w->held.p, w->held.n))
		vec_push(&w->held, board->def->name);
}

void worker_show_held(struct worker *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->held.n; i++) {
		const char *name = w->held.p[i];
		struct board *board = NULL;

		if (self_is_looked_at(w->self, name) && past_is_now(w->past))
			board = poller_board(w->poller, name);
		if (board)
			show(w, board);
		else
			w->held.p[n++] = name;
		board_put(board);
	}
	w->held.n = n;
}

static void moved(void *ctx, const struct moment *moment)
{
	struct worker *w = ctx;
	struct news *news = news_new(NEWS_MOMENT);

	news->moment = *moment;
	news->moment.is_making = w->past_fill && past_fill_is_making(w->past_fill);
	worker_tell(w, news);
}

static void outdated(void *ctx, const char *board)
{
	struct worker *w = ctx;

	if (w->poller)
		poller_refresh(w->poller, board);
}

void worker_tell_note(void *ctx, const struct err *err)
{
	struct news *news = news_new(NEWS_NOTE);

	news->err = *err;
	worker_tell(ctx, news);
}

bool worker_seed(void *ctx, const struct board_def *def)
{
	return past_seed(((struct worker *)ctx)->past, def);
}

static void seeded(void *ctx, const struct board_def *def, struct history_seed *seed)
{
	struct worker *w = ctx;

	if (w->poller)
		poller_give_seed(w->poller, def, seed);
	else
		history_seed_free(seed);
}

static void past_recalled(void *ctx)
{
	self_retell(((struct worker *)ctx)->self, 0);
}

static bool past_answer_any(void *past, struct str path, cJSON **rows)
{
	return past_answer(past, path, rows);
}

void worker_ask_past(struct worker *w)
{
	if (w->past_fill)
		past_fill_hurry(w->past_fill);
}

static void open_fill(struct worker *w)
{
	w->past_fill = past_fill_new(&(
		struct past_fill_options){.loop = w->loop,
					  .log = w->options.log,
					  .library = w->options.library,
					  .past = w->past,
					  .look = {.base = sim_url(w->access.sim),
						   .connections = &w->access.connections,
						   .config = w->access.config,
						   .seed = w->options.seed}});
}

void worker_open_past(struct worker *w)
{
	static const struct recorder_limits in_memory = {.keep_ms = 26 * HOUR_MS,
							 .max_bytes = 12 << 20};
	const struct config_history *history =
		w->access.config ? &w->access.config->history : NULL;
	struct past_options options = {.loop = w->loop,
				       .log = w->options.log,
				       .library = w->options.library,
				       .limits = in_memory,
				       .sights = self_sights(w->self),
				       .moved = moved,
				       .outdated = outdated,
				       .publish = show,
				       .problem = worker_tell_note,
				       .seeded = seeded,
				       .recalled = past_recalled,
				       .ctx = w};
	struct strbuf path;

	strbuf_init(&path, 4096);
	if (history && history->is_kept) {
		env_state_path(&path, "history.db");
		options.path = path.n && !path.overflow ? path.p : NULL;
		options.limits.keep_ms = history->days * 24 * HOUR_MS;
		options.limits.max_bytes = history->megabytes * INT64_C(1048576);
	}
	w->past = past_new(&options);
	self_set_past(w->self, past_answer_any, w->past);
	if (w->options.has_past)
		open_fill(w);
	strbuf_fini(&path);
}

/* It counts when it cannot be lost any more. */
struct acknowledgement {
	struct worker *worker;
	struct alert alert;
	char *board, *key;
	uint64_t id;
};

static void acknowledged(const struct err *err, void *ctx)
{
	struct acknowledgement *a = ctx;
	struct worker *w = a->worker;

	if (err->code == ERR_NONE) {
		sights_acknowledge(self_sights(w->self), str_from(a->board),
				   str_from(a->key), a->alert.acknowledged_ms);
		self_retell(w->self, 0);
	} else if (err->code != ERR_CANCELLED) {
		worker_tell_problem(w, a->id, err);
	}
	free(a->board);
	free(a->key);
	free(a);
}

void worker_note_acknowledged(struct worker *w, struct str board, struct str key,
			      bool is_on, uint64_t id)
{
	struct acknowledgement *a;
	struct alert alert;
	struct err err;

	if (!sights_alert(self_sights(w->self), board, key, &alert)) {
		err_set(&err, ERR_NOT_FOUND, "%s: that row needs no attention any more",
			board.p);
		worker_tell_problem(w, id, &err);
		return;
	}
	alert.acknowledged_ms = is_on ? clock_wall_ms(loop_clock(w->loop)) : 0;
	a = xcalloc(1, sizeof(*a));
	*a = (struct acknowledgement){.worker = w,
				      .alert = alert,
				      .board = xstrndup(board.p, board.n),
				      .key = xstrndup(key.p, key.n),
				      .id = id};
	past_acknowledge(w->past, &alert, acknowledged, a);
}
