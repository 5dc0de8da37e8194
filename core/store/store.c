/* See store.h. What is handed over waits in a batch; one batch at a time is on the
 * pool, and all of a batch is one transaction. */
#include "store/store.h"

#include <stdlib.h>

#include "base/vec.h"
#include "base/xalloc.h"
#include "store/lock.h"

enum {
	SETTLE_MS = 500,
	RETRY_MS = 60 * 1000, /* after the file could not be opened or written */
	WAITING_MOST = 64,    /* boards; then only the newest of each waits */
	TURN_MS = 10,
};

struct seen {
	struct board *board;
	int64_t at_ms;
};
struct told {
	struct alert alert; /* its texts are owned */
	store_done_fn done;
	void *ctx;
};
struct asked {
	store_work_fn work;
	store_done_fn done;
	void *ctx;
	struct err err;
};
struct batch {
	VEC(struct seen) seen;
	VEC(struct told) told;
	VEC(struct asked) asked;
	int64_t now_ms;
	struct err err, aside;
};

struct store {
	struct store_options options;
	char *path;
	struct batch waiting;
	struct loop_timer *timer;
	int64_t timer_ms; /* monotonic, when it fires */
	bool is_failing;  /* and that was told */
	int64_t retry_ms; /* monotonic; not before then */
	bool is_on_pool;
	/* the pool's while is_on_pool */
	struct batch batch;
	struct recorder *recorder; /* NULL: not open */
	int lock;		   /* -1: somebody else writes */
};

struct store *store_new(const struct store_options *options)
{
	struct store *s = xcalloc(1, sizeof(*s));

	s->options = *options;
	s->path = options->path ? xstrdup(options->path) : NULL;
	s->lock = -1;
	return s;
}

static void close_recorder(struct store *s)
{
	recorder_free(s->recorder);
	s->recorder = NULL;
	lock_drop(s->lock);
	s->lock = -1;
}

/* A file that was put aside, by another azdeck or by a person, is not written to any
 * more. */
static bool open_recorder(struct store *s)
{
	struct batch *b = &s->batch;
	struct err aside;
	struct db *db;

	if (s->recorder && db_is_moved(recorder_db(s->recorder)))
		close_recorder(s);
	if (s->path && s->lock < 0 && s->recorder)
		s->lock = lock_take(s->path);
	if (s->recorder)
		return true;
	db = db_open(s->path, &aside, &b->err);
	if (aside.code != ERR_NONE)
		b->aside = aside;
	if (!db)
		return err_wrap(&b->err, "the history is not kept");
	if (s->path)
		s->lock = lock_take(s->path);
	s->recorder = recorder_new(db, &s->options.limits);
	return true;
}

static bool writes(const struct store *s)
{
	return !s->path || s->lock >= 0;
}

static bool put_batch(struct store *s)
{
	struct batch *b = &s->batch;
	struct seen *seen;
	struct told *told;

	recorder_begin(s->recorder);
	vec_each (seen, &b->seen) {
		if (writes(s))
			recorder_add(s->recorder, seen->board, seen->at_ms);
	}
	vec_each (told, &b->told)
		recorder_alert(s->recorder, &told->alert);
	if (writes(s))
		recorder_prune(s->recorder, b->now_ms);
	return recorder_end(s->recorder, &b->err);
}

/* A file that goes bad on the way is put aside like one that was found so: nothing
 * could be written to it ever again. */
static bool leave_broken(struct store *s, const struct err *why)
{
	struct err err;

	close_recorder(s);
	if (!s->path || db_put_aside(s->path, why, &s->batch.aside, &err))
		return true;
	s->batch.err = err;
	return false;
}

static void write_batch(struct store *s)
{
	struct batch *b = &s->batch;
	bool has_work = b->told.n || b->seen.n;
	struct err why;

	if (!has_work || !open_recorder(s) || (b->told.n == 0 && !writes(s)) ||
	    put_batch(s))
		return;
	why = b->err;
	/* Once more: what was acknowledged is in the new file, too. */
	if (why.code == ERR_PARSE && writes(s) && leave_broken(s, &why) &&
	    open_recorder(s) && put_batch(s))
		return;
	err_wrap(&b->err, "the history is not kept");
}

/* What only reads ends well when writing failed, and the other way round. */
static void answer(struct store *s, struct asked *asked)
{
	if (!open_recorder(s)) {
		asked->err = s->batch.err;
		return;
	}
	asked->work(recorder_db(s->recorder), asked->ctx);
	if (db_is_fine(recorder_db(s->recorder), &asked->err))
		return;
	if (asked->err.code == ERR_PARSE && writes(s))
		leave_broken(s, &asked->err);
	err_wrap(&asked->err, "the history cannot be read");
}

/* On the pool, or, at the end, on the loop's thread. */
static void work(void *ctx)
{
	struct store *s = ctx;
	struct asked *asked;

	write_batch(s);
	vec_each (asked, &s->batch.asked)
		answer(s, asked);
	if (s->recorder)
		db_rest(recorder_db(s->recorder));
}

static void clear(struct batch *b)
{
	struct seen *seen;
	struct told *told;

	vec_each (seen, &b->seen)
		board_put(seen->board);
	vec_each (told, &b->told) {
		free((char *)(uintptr_t)told->alert.board);
		free((char *)(uintptr_t)told->alert.key.p);
		free((char *)(uintptr_t)told->alert.what);
		free((char *)(uintptr_t)told->alert.why);
	}
	vec_fini(&b->seen);
	vec_fini(&b->told);
	vec_fini(&b->asked);
}

static void tell(struct store *s, const struct err *err)
{
	if (err->code == ERR_NONE)
		return;
	log_line(s->options.log, LOG_WARN, "history", "%s", err->text);
	if (s->options.problem)
		s->options.problem(s->options.ctx, err);
}

static void plan(struct store *s, int64_t after_ms);

/* Everything of the batch is over before anybody is told: they may hand over more. */
static void worked(void *ctx)
{
	struct store *s = ctx;
	struct batch over = s->batch;
	bool failed = over.err.code != ERR_NONE;
	struct told *told;
	struct asked *asked;

	s->batch = (struct batch){0};
	s->is_on_pool = false;
	if (failed)
		s->retry_ms = clock_mono_ms(loop_clock(s->options.loop)) + RETRY_MS;
	tell(s, &over.aside);
	if (failed && !s->is_failing)
		tell(s, &over.err);
	s->is_failing = failed;
	vec_each (told, &over.told) {
		if (told->done)
			told->done(&over.err, told->ctx);
	}
	vec_each (asked, &over.asked)
		asked->done(&asked->err, asked->ctx);
	clear(&over);
	if (s->waiting.asked.n || s->waiting.told.n)
		plan(s, 0);
	else if (s->waiting.seen.n)
		plan(s, SETTLE_MS);
}

static void start(void *ctx)
{
	struct store *s = ctx;

	s->timer = NULL;
	s->batch = s->waiting;
	s->waiting = (struct batch){0};
	err_clear(&s->batch.err);
	err_clear(&s->batch.aside);
	s->batch.now_ms = clock_wall_ms(loop_clock(s->options.loop));
	s->is_on_pool = true;
	loop_work(s->options.loop, work, worked, s);
}

/* The earlier of what was planned and this. */
static void plan(struct store *s, int64_t after_ms)
{
	int64_t at_ms = clock_mono_ms(loop_clock(s->options.loop)) + after_ms;

	if (s->is_on_pool || (s->timer && s->timer_ms <= at_ms))
		return;
	loop_timer_stop(s->timer);
	s->timer = loop_timer_start(s->options.loop, after_ms, start, s);
	s->timer_ms = at_ms;
}

static void drop_older(struct store *s, const struct board *board)
{
	for (size_t i = 0; i < s->waiting.seen.n; i++) {
		struct seen *seen = &s->waiting.seen.p[i];

		if (seen->board->def != board->def)
			continue;
		board_put(seen->board);
		*seen = s->waiting.seen.p[--s->waiting.seen.n];
		return;
	}
}

void store_saw(struct store *s, struct board *board)
{
	const struct clock *clock = loop_clock(s->options.loop);

	if (board->is_loading || (s->is_failing && clock_mono_ms(clock) < s->retry_ms))
		return;
	if (s->waiting.seen.n >= WAITING_MOST)
		drop_older(s, board);
	vec_push(&s->waiting.seen,
		 (struct seen){.board = board_get(board), .at_ms = clock_wall_ms(clock)});
	plan(s, SETTLE_MS);
}

void store_alert(struct store *s, const struct alert *alert, store_done_fn done,
		 void *ctx)
{
	struct told told = {.alert = *alert, .done = done, .ctx = ctx};

	told.alert.board = xstrdup(alert->board);
	told.alert.key.p = xstrndup(alert->key.p, alert->key.n);
	told.alert.what = xstrdup(alert->what);
	told.alert.why = xstrdup(alert->why);
	vec_push(&s->waiting.told, told);
	plan(s, done ? 0 : SETTLE_MS);
}

void store_ask(struct store *s, store_work_fn work_fn, store_done_fn done, void *ctx)
{
	vec_push(&s->waiting.asked,
		 (struct asked){.work = work_fn, .done = done, .ctx = ctx});
	plan(s, 0);
}

static void cancel_asked(struct store *s)
{
	struct err err;

	err_set(&err, ERR_CANCELLED, "azdeck ends");
	for (size_t i = 0; i < s->waiting.asked.n; i++)
		s->waiting.asked.p[i].done(&err, s->waiting.asked.p[i].ctx);
	s->waiting.asked.n = 0;
}

/* What is in memory ends here anyway, but whoever waits for it is told. */
static void write_rest(struct store *s)
{
	struct batch *b = &s->batch;
	struct told *told;

	*b = s->waiting;
	s->waiting = (struct batch){0};
	err_clear(&b->err);
	err_clear(&b->aside);
	if (s->path && (b->seen.n || b->told.n))
		work(s);
	else
		err_set(&b->err, ERR_CANCELLED, "azdeck ends");
	vec_each (told, &b->told) {
		if (told->done)
			told->done(&b->err, told->ctx);
	}
	tell(s, &b->aside);
	if (b->err.code != ERR_CANCELLED && !s->is_failing)
		tell(s, &b->err);
	clear(b);
}

void store_free(struct store *s)
{
	if (!s)
		return;
	while (s->is_on_pool)
		loop_turn(s->options.loop, TURN_MS);
	loop_timer_stop(s->timer);
	cancel_asked(s);
	write_rest(s);
	clear(&s->waiting);
	recorder_free(s->recorder);
	lock_drop(s->lock);
	free(s->path);
	free(s);
}
