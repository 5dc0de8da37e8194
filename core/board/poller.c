/* See poller.h. Lanes are made when their board is first wanted and kept: its last
 * rows are there at once when someone looks again. */
#include "board/poller.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/thread.h"
#include "base/vec.h"
#include "base/xalloc.h"

/* After a board came. Not after the last of a burst: where there are many, or the
 * clock is fast, one comes every second, and there is no last one. */
enum { SWEEP_AFTER_MS = 1000 };

/* A board that has not come by then gives its turn to another. */
enum { TURN_MS = 100 };

struct poller {
	struct poller_options options;
	struct lanes_host host;
	struct map boards;	     /* lanes, by board name */
	VEC(struct lanes *) waiting; /* for their first turn, in order */
	VEC(struct lanes *) begun;   /* whose first board is to come */
	struct loop_timer *turn;     /* NULL: nobody waits */
	struct loop_timer *sweep;    /* NULL: nothing came since the last one */
	int64_t sweep_ms;	     /* monotonic, when it is due */
};

static void sweep(void *ctx);

static void sweep_after(struct poller *p, int64_t ms)
{
	int64_t now = clock_mono_ms(loop_clock(p->host.loop));

	if (p->sweep && p->sweep_ms <= now + ms)
		return;
	loop_timer_stop(p->sweep);
	p->sweep = loop_timer_start(p->host.loop, ms, sweep, p);
	p->sweep_ms = now + ms;
}

static void sweep(void *ctx)
{
	struct poller *p = ctx;
	int64_t next = answers_sweep(p->host.answers);

	p->sweep = NULL;
	if (p->options.swept)
		p->options.swept(p->options.ctx);
	if (next >= 0)
		sweep_after(p, next > SWEEP_AFTER_MS ? next : SWEEP_AFTER_MS);
}

static const struct connection *connection_of(void *ctx, enum conn_kind kind, size_t i)
{
	const struct poller *p = ctx;

	return p->options.connection(p->options.ctx, kind, i);
}

static void take_turns(struct poller *p);

static void turn_over(void *ctx)
{
	struct poller *p = ctx;

	p->turn = NULL;
	p->begun.n = 0;
	take_turns(p);
}

static struct lanes *take_first(struct poller *p)
{
	struct lanes *first = p->waiting.p[0];

	memmove(p->waiting.p, p->waiting.p + 1, --p->waiting.n * sizeof(*p->waiting.p));
	return first;
}

/* The first of them that wait begin, as many as may ask side by side. What is made of
 * other boards asks nobody, and waits for them. */
static void take_turns(struct poller *p)
{
	while (p->waiting.n && p->begun.n < p->options.at_once) {
		struct lanes *lanes = take_first(p);

		if (!lanes_def(lanes)->derived)
			vec_push(&p->begun, lanes);
		lanes_want(lanes, true);
	}
	if (p->waiting.n && !p->turn)
		p->turn = loop_timer_start(p->host.loop, TURN_MS, turn_over, p);
}

/* The board came, or why it does not. */
static void end_turn(struct poller *p, const struct board *board)
{
	for (size_t i = 0; i < p->begun.n; i++) {
		if (lanes_def(p->begun.p[i]) != board->def)
			continue;
		p->begun.p[i] = p->begun.p[--p->begun.n];
		take_turns(p);
		return;
	}
}

static void publish(void *ctx, struct board *board)
{
	struct poller *p = ctx;

	p->options.publish(p->options.ctx, board);
	end_turn(p, board);
	sweep_after(p, SWEEP_AFTER_MS);
}

struct poller *poller_new(const struct poller_options *options)
{
	struct poller *p = xcalloc(1, sizeof(*p));

	p->options = *options;
	p->host = (struct lanes_host){
		.answers =
			answers_new(options->api, options->loop,
				    options->answers_dir
					    ? answer_disk_new(options->answers_dir,
							      options->loop, options->log)
					    : NULL),
		.loop = options->loop,
		.log = options->log,
		.speed = options->speed,
		.optional_ms = options->optional_ms,
		.connection = connection_of,
		.publish = publish,
		.ctx = p,
	};
	map_init(&p->boards);
	return p;
}

static bool is_decoding(const struct poller *p)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&p->boards, &at, &slot)) {
		if (lanes_are_decoding(slot->value))
			return true;
	}
	return false;
}

void poller_free(struct poller *p)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!p)
		return;
	poller_want(p, NULL, 0);
	/* The pool reads answers that are freed below. */
	while (is_decoding(p))
		loop_turn(p->host.loop, 10);
	while (map_next(&p->boards, &at, &slot))
		lanes_free(slot->value);
	map_fini(&p->boards);
	vec_fini(&p->waiting);
	vec_fini(&p->begun);
	loop_timer_stop(p->turn);
	loop_timer_stop(p->sweep);
	answers_free(p->host.answers);
	free(p);
}

static struct lanes *lanes_of(struct poller *p, const char *name)
{
	struct lanes *lanes = map_find(&p->boards, str_from(name));
	const struct board_def *def;

	if (lanes)
		return lanes;
	def = library_find(p->options.library, str_from(name));
	if (!def)
		return NULL;
	lanes = lanes_new(&p->host, def);
	map_put(&p->boards, str_from(name), lanes);
	if (p->options.begins && p->options.begins(p->options.ctx, def) &&
	    p->options.waits_for_seeds)
		lanes_expect_seed(lanes);
	return lanes;
}

void poller_give_seed(struct poller *p, const struct board_def *def,
		      struct history_seed *seed)
{
	struct lanes *lanes = map_find(&p->boards, str_from(def->name));

	if (lanes && lanes_def(lanes) == def)
		lanes_give_seed(lanes, seed);
	else
		history_seed_free(seed);
}

/* Nobody wants them any more. */
static void forget_turns(struct poller *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->begun.n; i++) {
		if (lanes_are_wanted(p->begun.p[i]))
			p->begun.p[kept++] = p->begun.p[i];
	}
	p->begun.n = kept;
}

/* What the wanted boards list, so that one question asks for all of it. */
static void expect_lists(struct poller *p, const char *const *names, size_t n)
{
	VEC(struct answers_list) lists = {0};

	for (size_t i = 0; i < n; i++) {
		const struct board_def *def =
			library_find(p->options.library, str_from(names[i]));

		for (size_t k = 0; def && k < def->n_requests; k++) {
			const struct request_def *r = &def->requests[k];

			if (r->list)
				vec_push(&lists,
					 (struct answers_list){
						 r->list, feed_fresh_ms(r->interval_ms,
									p->host.speed)});
		}
	}
	answers_expect(p->host.answers, lists.p, lists.n);
	vec_fini(&lists);
}

void poller_want(struct poller *p, const char *const *names, size_t n)
{
	const struct map_slot *slot;
	size_t at = 0;

	THREAD_ASSERT(THREAD_CORE);
	p->waiting.n = 0;
	while (map_next(&p->boards, &at, &slot)) {
		struct str name = {.p = slot->key, .n = slot->key_n};

		if (!str_is_among(name, names, n))
			lanes_want(slot->value, false);
	}
	forget_turns(p);
	expect_lists(p, names, n);
	for (size_t i = 0; i < n; i++) {
		struct lanes *lanes = lanes_of(p, names[i]);

		if (!lanes)
			continue;
		if (!p->options.at_once || lanes_are_wanted(lanes) ||
		    lanes_have_come(lanes))
			lanes_want(lanes, true);
		else
			vec_push(&p->waiting, lanes);
	}
	take_turns(p);
}

struct board *poller_board(struct poller *p, const char *name)
{
	struct lanes *lanes = map_find(&p->boards, str_from(name));

	return lanes ? lanes_board(lanes) : NULL;
}

void poller_each(const struct poller *p, poller_each_fn fn, void *ctx)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&p->boards, &at, &slot)) {
		const struct lanes *lanes = slot->value;

		fn(lanes_def(lanes), lanes, ctx);
	}
}

bool poller_refresh(struct poller *p, const char *name)
{
	struct lanes *lanes = lanes_of(p, name);

	if (lanes)
		lanes_refresh(lanes);
	return lanes != NULL;
}
