/* See feed.h. A cycle goes once through all requests; an answer that is still
 * fresh comes out of the shared ones without a request. set_state is the only
 * place that changes state. */
#include "board/feed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/xalloc.h"
#include "board/decode.h"
#include "board/feed_slot.h"

enum feed_state { FEED_RESTING, FEED_ASKING, FEED_DECODING };

/* Answers larger than this together are decoded on the pool. */
enum {
	POOL_FROM_ROWS = 300,
	LEAST_WAIT_MS = 1000,
	FRESH_REAL_MS = 30 * 1000, /* what a round of calls may take, however time runs */
	AFTER_FAILURE_MS = 300000,
	ABSENT_MS = 600000,	    /* what is not there seldom comes */
	MOST_TOLD_MS = 3600 * 1000, /* whatever a service says */
	FORCED_MS = 500,
	SHARE_MS = 10000,
	DEAR_FROM_MS = 3600 * 1000, /* query units by the hour */
	/* A large estate's costs, at one query a second. */
	DEAR_PATIENCE_MS = 15 * 60 * 1000
};

struct feed {
	const struct feed_host *host;
	const struct board_def *def;
	enum feed_state state;
	bool is_wanted, is_refresh_due, is_forced;
	struct loop_timer *timer;
	struct slot *slots;	 /* one a request */
	struct feed_stat *stats; /* likewise */
	cJSON *root;		 /* the answers document, by reference */
	struct board *board;	 /* the last published; NULL: none */
	struct board *decoded;	 /* made on the pool */
	struct err decode_err;
	struct history history;
	const struct history_seed *seed; /* not taken yet; NULL: none */
	struct str seed_prefix;
	bool is_expecting, is_decode_due; /* a seed; and all answers are there */
	struct rng rng;
	int64_t began_ms; /* wall time of this cycle */
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

static int64_t wall(const struct feed *f)
{
	return clock_wall_ms(loop_clock(f->host->loop));
}

/* Real milliseconds of a definition's interval. */
static int64_t real_ms(const struct feed *f, int64_t interval_ms)
{
	int64_t ms = f->host->speed > 1.0
			     ? (int64_t)((double)interval_ms / f->host->speed)
			     : interval_ms;

	return ms < LEAST_WAIT_MS ? LEAST_WAIT_MS : ms;
}

static int64_t shortest_interval(const struct feed *f)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < f->def->n_requests; i++) {
		if (f->def->requests[i].interval_ms < least)
			least = f->def->requests[i].interval_ms;
	}
	return least;
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

/* After a failure a board whose data is good for hours does not wait for hours. */
static int64_t wait_ms(const struct feed *f)
{
	int64_t wait = shortest_interval(f);
	bool has_failed = f->board && f->board->is_stale;
	int64_t told;

	if (has_failed && wait > AFTER_FAILURE_MS)
		wait = AFTER_FAILURE_MS;
	if (f->board && f->board->note && !f->board->n_rows && wait < ABSENT_MS)
		wait = ABSENT_MS;
	wait = real_ms(f, wait);
	told = has_failed ? f->board->err.retry_after_ms : -1;
	if (told > MOST_TOLD_MS)
		told = MOST_TOLD_MS;
	return told > wait ? told : wait;
}

static void rest(struct feed *f)
{
	int64_t wait = wait_ms(f);

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
	board->due_ms = f->began_ms + (int64_t)((double)wait_ms(f) * speed);
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
	int64_t oldest = wall(f);

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

static void answer_came(struct got_answer *answer, void *ctx)
{
	(void)answer;
	advance(ctx);
}

/* A little under the interval, so that a timer that came early by its jitter still
 * asks. A refresh by hand asks anew, but not what is dear: that is kept until it is
 * due, as is what this board asks less often than it comes round. The rest is kept
 * only for boards that ask the same a moment later. */
static struct freshness freshness_of(const struct feed *f, const struct request_def *r)
{
	bool is_dear = r->interval_ms >= DEAR_FROM_MS;
	int64_t ms = real_ms(f, r->interval_ms);
	struct freshness fresh = {.max_ms = ms - ms / 5,
				  .keep_ms = SHARE_MS,
				  .is_kept = r->is_kept};

	if (is_dear || r->interval_ms > shortest_interval(f))
		fresh.keep_ms = fresh.max_ms;
	if (f->is_forced && !is_dear)
		fresh.max_ms = FORCED_MS;
	/* What azdeck says of itself costs nothing, and is another thing each time. */
	if (r->kind == CONN_DECK)
		fresh = (struct freshness){.max_ms = -1};
	return fresh;
}

static bool ask_one(struct feed *f, size_t i, const cJSON *item, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct api_call call = {
		.connection = f->host->connection(f->host->ctx, r->kind),
		.method = r->method,
		.is_read = true,
		.headers = r->headers,
		.n_headers = r->n_headers,
		.max_pages = r->max_pages,
		.patience_ms = r->interval_ms >= DEAR_FROM_MS ? DEAR_PATIENCE_MS : 0,
		.paging = r->paging,
		.is_secret = r->is_secret,
	};
	struct strbuf path, body;
	bool ok;

	if (r->is_optional && f->host->optional_ms) {
		call.deadline_ms = f->host->optional_ms;
		call.patience_ms = 0;
	}
	memcpy(call.also_status, r->also_status, sizeof(call.also_status));
	if (!call.connection)
		return err_set(err, ERR_CONFIG,
			       "there is no %s connection in the configuration",
			       conn_kind_name(r->kind));
	strbuf_init(&path, 16384);
	strbuf_init(&body, 65536);
	ok = request_path(r, f->root, item, f->began_ms, &path, err) &&
	     request_body(r, f->root, item, f->began_ms, &body, err);
	call.path = strbuf_str(&path);
	call.body = strbuf_str(&body);
	if (ok)
		slot_add(&f->slots[i], answers_ask(f->host->answers, &call,
						   freshness_of(f, r), answer_came, f));
	strbuf_fini(&path);
	strbuf_fini(&body);
	return ok;
}

/* Evaluates for_each and sends its calls, or the one call. */
static bool ask(struct feed *f, size_t i, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct slot *slot = &f->slots[i];
	const cJSON *item;

	slot->is_asked = true;
	if (!r->for_each_query)
		return ask_one(f, i, NULL, err);
	if (!slot_items(slot, r, f->root, f->began_ms, err))
		return false;
	/* An item that cannot be asked costs its own rows only. */
	cJSON_ArrayForEach (item, slot->items) {
		if (!ask_one(f, i, item, err))
			slot_add_failure(slot, err);
	}
	return true;
}

static bool needs_are_met(const struct feed *f, size_t i)
{
	uint32_t needs = f->def->requests[i].needs;

	for (size_t k = 0; k < f->def->n_requests; k++) {
		if ((needs >> k & 1) && !f->slots[k].is_complete)
			return false;
	}
	return true;
}

/* Sends the request; false, with err, when that fails the board. */
static bool begin(struct feed *f, size_t i, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct err why;

	if (ask(f, i, &why))
		return true;
	if (!r->is_optional) {
		*err = why;
		return err_wrap(err, "%s", r->name);
	}
	slot_give_up(&f->slots[i], &why);
	return true;
}

/* Puts what came into the document; false likewise. */
static bool complete(struct feed *f, size_t i, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct slot *slot = &f->slots[i];
	struct err why;

	slot->is_complete = true;
	slot_count(slot, r, wall(f), &f->stats[i]);
	slot_put_into(slot, r->name, f->root);
	if (r->is_optional || (r->absent && slot_is_absent(slot)) ||
	    !slot_has_failed(slot, &why))
		return true;
	*err = why;
	return err_wrap(err, "%s", r->name);
}

enum progress { NO_PROGRESS, PROGRESS, FAILURE };

/* Completes what has answered, asks what that allows. */
static enum progress move_on(struct feed *f, struct err *err)
{
	enum progress progress = NO_PROGRESS;

	for (size_t i = 0; i < f->def->n_requests; i++) {
		const struct slot *slot = &f->slots[i];

		if (!slot->is_asked && needs_are_met(f, i)) {
			progress = PROGRESS;
			if (!begin(f, i, err))
				return FAILURE;
		}
		if (slot->is_asked && !slot->is_complete && slot_is_answered(slot)) {
			progress = PROGRESS;
			if (!complete(f, i, err))
				return FAILURE;
		}
	}
	return progress;
}

static void advance(struct feed *f)
{
	enum progress progress;
	struct err err;

	if (f->state != FEED_ASKING)
		return;
	do {
		progress = move_on(f, &err);
	} while (progress == PROGRESS);
	if (progress == FAILURE) {
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
	f->began_ms = wall(f);
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

/* Whether the board is due again by the clock of its interval. */
static bool is_due(const struct feed *f)
{
	return !f->board || f->board->is_stale || wall(f) >= f->board->due_ms;
}

/* Real milliseconds; looking away and back again does not put it off. */
static int64_t until_due_ms(const struct feed *f)
{
	int64_t left = f->board->due_ms - wall(f);

	return f->host->speed > 1.0 ? (int64_t)((double)left / f->host->speed) : left;
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
	if (is_due(f))
		start_soon(f);
	else
		f->timer =
			loop_timer_start(f->host->loop, until_due_ms(f), start_cycle, f);
}

void feed_refresh(struct feed *f)
{
	f->is_refresh_due = true;
	if (f->state == FEED_RESTING)
		start_soon(f);
}
