/* See feed.h. A cycle goes once through all requests; an answer that is still
 * fresh comes out of the shared ones without a request. set_state is the only
 * place that changes state. */
#include "board/feed_part.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "board/decode.h"

enum {
	/* Answers larger than this together are decoded on the pool. */
	POOL_FROM_ROWS = 300,
	FRESH_REAL_MS = 30 * 1000, /* what a round of calls may take, however time runs */
};

static void start_cycle(void *ctx);
static void advance(struct feed *f);

static const char *const state_names[] = {"resting", "asking", "decoding"};

static void set_state(struct feed *f, enum feed_state state)
{
	f->state = state;
	log_line(f->host->log, LOG_DEBUG, "feed", "%s %s", f->def->name,
		 state_names[state]);
}

struct feed *feed_new(const struct feed_host *host, const struct board_def *def)
{
	struct feed *f = xcalloc(1, sizeof(*f));

	f->host = host;
	f->def = def;
	f->slots = xcalloc(def->n_requests ? def->n_requests : 1, sizeof(*f->slots));
	f->stats = xcalloc(def->n_requests + 1, sizeof(*f->stats));
	for (size_t i = 0; i < def->n_requests; i++) {
		f->slots[i].owner = f;
		f->stats[i].throttle_left = -1;
	}
	history_init(&f->history, def);
	/* By the loop's time, which is a test's own in tests. */
	rng_init(&f->rng, str_hash(str_from(def->name)) ^
				  (uint64_t)clock_mono_ms(loop_clock(host->loop)));
	return f;
}

static void end_cycle(struct feed *f)
{
	cJSON_Delete(f->root);
	f->root = NULL;
	for (size_t i = 0; i < f->def->n_requests; i++)
		slot_reset(&f->slots[i], f->host->answers);
}

void feed_free(struct feed *f)
{
	if (!f)
		return;
	/* The pool reads the answers: the caller waits for it. */
	assert(f->state != FEED_DECODING);
	loop_timer_stop(f->timer);
	end_cycle(f);
	board_put(f->board);
	history_fini(&f->history);
	free(f->slots);
	free(f->stats);
	free(f);
}

bool feed_is_decoding(const struct feed *f)
{
	return f->state == FEED_DECODING;
}

struct board *feed_board(const struct feed *f)
{
	return f->board;
}

const struct feed_stat *feed_stat(const struct feed *f, size_t i)
{
	return &f->stats[i];
}

static void rest(struct feed *f)
{
	int64_t wait = feed_wait_ms(f);

	set_state(f, FEED_RESTING);
	/* 10 to 20 % either way, so that boards do not come together. */
	wait += (int64_t)((double)wait * (rng_unit(&f->rng) * 0.2 - 0.1));
	if (f->is_refresh_due)
		wait = 0;
	if (f->is_wanted || f->is_refresh_due)
		f->timer = loop_timer_start(f->host->loop, wait, start_cycle, f);
}

static void publish(struct feed *f, struct board *board)
{
	double speed = f->host->speed > 1.0 ? f->host->speed : 1.0;

	if (f->board != board)
		board_put(f->board);
	f->board = board;
	board->asked_ms = f->began_ms;
	board->due_ms = f->began_ms + (int64_t)((double)feed_wait_ms(f) * speed);
	if (board->fresh_ms > 0 && (double)board->fresh_ms < FRESH_REAL_MS * speed)
		board->fresh_ms = (int64_t)(FRESH_REAL_MS * speed);
	f->host->publish(f->host->ctx, board);
}

/* The last good rows with the reason, or an empty board with it. */
static void publish_failure(struct feed *f, const struct err *err)
{
	struct board *board = f->board ? board_remark(f->board) : board_new(f->def);

	board->is_loading = false;
	board->is_stale = true;
	board->err = *err;
	log_line(f->host->log, LOG_WARN, "feed", "%s: %s", f->def->name, err->text);
	publish(f, board);
}

/* The oldest answer the rows come from decides the age: a list of servers that is
 * asked for every hour does not make their databases an hour old. */
static int64_t fetched_ms(const struct feed *f)
{
	int64_t oldest = feed_wall(f);

	for (size_t i = 0; i < f->def->n_requests; i++) {
		if (f->def->row_requests >> i & 1)
			slot_age(&f->slots[i], &oldest);
	}
	return oldest;
}

/* The first reason that rows may be missing is the board's. */
static void mark(struct feed *f, struct board *board)
{
	for (size_t i = 0; i < f->def->n_requests; i++) {
		const struct request_def *r = &f->def->requests[i];
		struct err why;

		if (r->absent && slot_is_absent(&f->slots[i])) {
			if (!board->note)
				board->note = r->absent;
			continue;
		}
		if (slot_problem(&f->slots[i], &why) && !board->is_partial) {
			board->is_partial = true;
			board->err = why;
			err_wrap(&board->err, "%s", r->name);
		}
		board->is_filling = board->is_filling || slot_is_filling(&f->slots[i]);
	}
	board->fetched_ms = fetched_ms(f);
	board->is_loading = false;
	board->version = f->board ? f->board->version + 1 : 1;
}

/* The history is the pool's while it decodes. */
static bool take_seed(struct feed *f)
{
	if (f->seed && f->state == FEED_DECODING)
		return false;
	if (f->seed)
		history_take_seed(&f->history, f->seed, f->seed_prefix);
	f->seed = NULL;
	return true;
}

static void decode_done(void *ctx)
{
	struct feed *f = ctx;
	struct board *board = f->decoded;

	f->decoded = NULL;
	set_state(f, FEED_RESTING);
	take_seed(f);
	if (board) {
		mark(f, board);
		publish(f, board);
	} else {
		publish_failure(f, &f->decode_err);
	}
	end_cycle(f);
	rest(f);
}

static void decode_work(void *ctx)
{
	struct feed *f = ctx;

	if (board_decode(f->def, f->root, f->began_ms, &f->decoded, &f->decode_err))
		history_add(&f->history, f->decoded, fetched_ms(f));
	else
		f->decoded = NULL;
}

static void decode(struct feed *f)
{
	size_t items = 0;

	f->is_decode_due = f->is_expecting;
	if (f->is_decode_due)
		return;
	for (size_t i = 0; i < f->def->n_requests; i++)
		items += slot_size(&f->slots[i]);
	set_state(f, FEED_DECODING);
	if (items >= POOL_FROM_ROWS) {
		loop_work(f->host->loop, decode_work, decode_done, f);
		return;
	}
	decode_work(f);
	decode_done(f);
}

void feed_expect_seed(struct feed *f)
{
	f->is_expecting = true;
}

bool feed_seed(struct feed *f, const struct history_seed *seed, struct str prefix)
{
	f->is_expecting = false;
	f->seed = seed;
	f->seed_prefix = prefix;
	if (!take_seed(f))
		return false;
	if (f->is_decode_due)
		decode(f);
	else if (seed && f->board)
		publish(f, history_renew(&f->history, f->board));
	return true;
}

static void fail_cycle(struct feed *f, const struct err *err)
{
	set_state(f, FEED_RESTING);
	publish_failure(f, err);
	end_cycle(f);
	rest(f);
}

void feed_answer_came(struct got_answer *answer, void *ctx)
{
	(void)answer;
	advance(ctx);
}

static void advance(struct feed *f)
{
	enum feed_progress progress;
	struct err err;

	if (f->state != FEED_ASKING)
		return;
	do {
		progress = feed_move_on(f, &err);
	} while (progress == FEED_MOVED);
	if (progress == FEED_FAILED) {
		fail_cycle(f, &err);
		return;
	}
	for (size_t i = 0; i < f->def->n_requests; i++) {
		if (!f->slots[i].is_complete)
			return;
	}
	decode(f);
}

/* What the configuration says of the connection, for requests that go through its
 * lists and for lookup('connection', ...). */
static void put_connection(struct feed *f)
{
	const struct connection *conn = f->host->connection(f->host->ctx, f->def->kind);

	if (conn && conn->about)
		cJSON_AddItemReferenceToObject(f->root, "connection", conn->about);
}

static void start_cycle(void *ctx)
{
	struct feed *f = ctx;

	f->timer = NULL;
	f->is_forced = f->is_refresh_due;
	f->is_refresh_due = false;
	f->began_ms = feed_wall(f);
	f->root = cJSON_CreateObject();
	put_connection(f);
	set_state(f, FEED_ASKING);
	advance(f);
}

static void start_soon(struct feed *f)
{
	loop_timer_stop(f->timer);
	f->timer = loop_timer_start(f->host->loop, 0, start_cycle, f);
}

void feed_want(struct feed *f, bool is_wanted)
{
	if (f->is_wanted == is_wanted)
		return;
	f->is_wanted = is_wanted;
	if (!is_wanted) {
		loop_timer_stop(f->timer);
		f->timer = NULL;
		return;
	}
	if (f->board)
		f->host->publish(f->host->ctx, f->board);
	if (f->state != FEED_RESTING)
		return;
	if (feed_is_due(f))
		start_soon(f);
	else
		f->timer = loop_timer_start(f->host->loop, feed_until_due_ms(f),
					    start_cycle, f);
}

void feed_refresh(struct feed *f)
{
	f->is_refresh_due = true;
	if (f->state == FEED_RESTING)
		start_soon(f);
}
