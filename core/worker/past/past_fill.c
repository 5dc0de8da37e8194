/* See past_fill.h. Boards that came together are gone through together, moment by
 * moment, so that what is worked out of others finds them. */
#include "worker/past/past_fill.h"

#include <string.h>

#include "base/timefmt.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "worker/derived.h"
#include "worker/past/past_alerts.h"
#include "worker/past/past_states.h"

enum {
	QUIET_MS = 3000, /* boards of one screen have come by then */
	SLICE_US = 4000, /* a board more or less */
	PAUSE_MS = 40,
	TURN_MS = 10,
};
#define SPAN_MS (24 * HOUR_MS)
/* Between two looks at a board: what is dear moves by the day, and of what says whether
 * something is up, a gap is time that nobody watched. */
#define STEP_MS	      HOUR_MS
#define STEP_DEAR_MS  (6 * HOUR_MS)
#define STEP_LEAST_MS (10 * MINUTE_MS)
#define STEP_STATE_MS (30 * MINUTE_MS)

struct entry {
	const struct board_def *def; /* held */
	int64_t step_ms;
	bool is_input; /* others are made of it; its own past is there, or is none */
};

struct past_fill {
	struct past_fill_options options;
	VEC(const struct board_def *) queue; /* held: what came since a round began */
	struct map known;		     /* names of all that ever came */
	int64_t queued_ms;		     /* wall time of the queue's first */
	struct loop_timer *timer;
	struct flag stop; /* looked at by the slice */
	bool is_busy;	  /* a slice is on its way */
	bool is_asked;	  /* somebody has asked for the past */
	bool is_hurried;  /* and waits for it */
	/* a round; the pool's while is_busy */
	VEC(struct entry) entries;
	int64_t at_ms, end_ms;
	size_t next; /* entry at that moment */
	struct sim_look *look;
	struct recorder *recorder;
	struct past_alerts alerts;
	int64_t bytes;		  /* of the history, with it */
	VEC(struct board *) made; /* of this slice */
};

struct past_fill *past_fill_new(const struct past_fill_options *options)
{
	struct past_fill *f = xcalloc(1, sizeof(*f));

	f->options = *options;
	f->options.look.stop = &f->stop;
	map_init(&f->known);
	return f;
}

static int64_t wall(const struct past_fill *f)
{
	return clock_wall_ms(loop_clock(f->options.loop));
}

/* NULL: it is asked for, not worked out. */
static const struct derive_rule *rule_of(const struct board_def *def)
{
	for (size_t i = 0; def->derived && derive_rules[i]; i++) {
		if (strcmp(derive_rules[i]->name, def->derived) == 0)
			return derive_rules[i];
	}
	return NULL;
}

static bool has_entry(const struct past_fill *f, const struct board_def *def)
{
	const struct entry *entry;

	vec_each (entry, &f->entries) {
		if (entry->def == def)
			return true;
	}
	return false;
}

static int64_t step_of(const struct board_def *def)
{
	int64_t interval_ms = INT64_MAX, holds_ms = def->stale_after_ms;

	if (past_states_tell(def->name)) {
		holds_ms -= holds_ms % STEP_LEAST_MS;
		return holds_ms < STEP_LEAST_MS	  ? STEP_LEAST_MS
		       : holds_ms > STEP_STATE_MS ? STEP_STATE_MS
						  : holds_ms;
	}
	for (size_t i = 0; i < def->n_requests; i++) {
		if (def->requests[i].interval_ms < interval_ms)
			interval_ms = def->requests[i].interval_ms;
	}
	return interval_ms < HOUR_MS ? STEP_MS : STEP_DEAR_MS;
}

/* Behind all that it is made of. */
static void add_entry(struct past_fill *f, const struct board_def *def)
{
	const struct derive_rule *rule = rule_of(def);
	const char *name;
	bool is_needed, is_asked = false;

	for (size_t i = 0; rule && (name = derived_input(rule, i, &is_needed)); i++) {
		const struct board_def *input =
			library_find(f->options.library, str_from(name));

		if (input && !input->is_own && !has_entry(f, input))
			add_entry(f, input);
	}
	for (size_t i = 0; i < f->queue.n; i++)
		is_asked = is_asked || f->queue.p[i] == def;
	if (!has_entry(f, def))
		vec_push(&f->entries,
			 (struct entry){.def = board_def_get(def),
					.step_ms = step_of(def),
					.is_input = !is_asked || def->records >= 0});
}

static void next_slice(void *ctx);

static void plan(struct past_fill *f, int64_t after_ms, loop_fn fn)
{
	f->timer = loop_timer_start(f->options.loop, after_ms, fn, f);
}

/* Down to the last moment before the first of them came: what happened since the step
 * before it is a change like any other. */
static void begin_round(void *ctx)
{
	struct past_fill *f = ctx;

	f->timer = NULL;
	for (size_t i = 0; i < f->queue.n; i++)
		add_entry(f, f->queue.p[i]);
	for (size_t i = 0; i < f->queue.n; i++)
		board_def_put(f->queue.p[i]);
	f->queue.n = 0;
	f->end_ms = f->queued_ms - 1;
	f->at_ms = f->end_ms - f->end_ms % STEP_DEAR_MS - SPAN_MS;
	f->next = 0;
	f->look = sim_look_new(&f->options.look);
	past_alerts_init(&f->alerts);
	log_line(f->options.log, LOG_DEBUG, "past", "is made of %zu boards",
		 f->entries.n);
	next_slice(f);
}

static void free_round(struct past_fill *f)
{
	struct entry *entry;

	vec_each (entry, &f->entries)
		board_def_put(entry->def);
	vec_fini(&f->entries);
	sim_look_free(f->look);
	f->look = NULL;
	recorder_free(f->recorder);
	f->recorder = NULL;
	past_alerts_fini(&f->alerts);
}

static bool is_over(const struct past_fill *f)
{
	return f->at_ms > f->end_ms;
}

static void make_one(struct past_fill *f, const struct entry *entry)
{
	struct board *board = sim_look_board(f->look, entry->def);

	if (board && !entry->is_input) {
		past_alerts_look(&f->alerts, board, f->at_ms);
		vec_push(&f->made, board);
	} else {
		board_put(board);
	}
}

/* The last moment is just before now. */
static void make_next(struct past_fill *f)
{
	const struct entry *entry = &f->entries.p[f->next];

	if (f->next == 0)
		sim_look_go(f->look, f->at_ms);
	if (f->at_ms % entry->step_ms == 0 || f->at_ms == f->end_ms)
		make_one(f, entry);
	if (++f->next < f->entries.n)
		return;
	f->next = 0;
	f->at_ms += STEP_LEAST_MS;
	if (f->at_ms > f->end_ms && f->at_ms < f->end_ms + STEP_LEAST_MS)
		f->at_ms = f->end_ms;
}

/* On the pool. */
static void make(void *ctx)
{
	struct past_fill *f = ctx;
	int64_t until_us = clock_mono_us() + SLICE_US;

	do {
		make_next(f);
	} while (!is_over(f) && !flag_is_up(&f->stop) && clock_mono_us() < until_us);
}

/* On the pool, with the database. */
static void put(struct db *db, void *ctx)
{
	struct past_fill *f = ctx;
	struct board **board;
	struct err ignored;

	if (!f->recorder || recorder_db(f->recorder) != db) {
		recorder_free(f->recorder);
		f->recorder = recorder_new_earlier(db);
	}
	recorder_begin(f->recorder);
	vec_each (board, &f->made)
		recorder_add(f->recorder, *board, (*board)->fetched_ms);
	past_alerts_write(&f->alerts, db, is_over(f));
	f->bytes = db_size(db);
	/* The demo's own history that cannot be written has no past, and nothing else. */
	if (!recorder_end(f->recorder, &ignored))
		f->at_ms = INT64_MAX;
}

/* Sparklines, ages and what changed are known from here on. */
static void end_round(struct past_fill *f)
{
	struct entry *entry;

	log_line(f->options.log, LOG_DEBUG, "past", "is there: %lld bytes of history",
		 (long long)f->bytes);
	vec_each (entry, &f->entries) {
		if (!entry->is_input)
			past_seed_before(f->options.past, entry->def, f->end_ms + 1);
	}
	past_grew(f->options.past);
	free_round(f);
	f->is_hurried = false;
	if (f->queue.n)
		plan(f, 0, begin_round);
}

static void wrote(const struct err *err, void *ctx)
{
	struct past_fill *f = ctx;
	struct board **board;

	f->is_busy = false;
	vec_each (board, &f->made)
		board_put(*board);
	f->made.n = 0;
	if (err->code == ERR_CANCELLED)
		return;
	if (is_over(f) || err->code != ERR_NONE)
		end_round(f);
	else
		plan(f, f->is_hurried ? 0 : PAUSE_MS, next_slice);
}

static void made(void *ctx)
{
	struct past_fill *f = ctx;

	past_ask(f->options.past, put, wrote, f);
}

static void next_slice(void *ctx)
{
	struct past_fill *f = ctx;

	f->timer = NULL;
	f->is_busy = true;
	loop_work(f->options.loop, make, made, f);
}

void past_fill_saw(struct past_fill *f, const struct board *board)
{
	struct str name = str_from(board->def->name);

	if (board->is_loading || board->def->is_own || map_find(&f->known, name))
		return;
	map_put(&f->known, name, f);
	if (f->queue.n == 0)
		f->queued_ms = wall(f);
	vec_push(&f->queue, board_def_get(board->def));
	if (f->entries.n || !f->is_asked)
		return;
	loop_timer_stop(f->timer);
	plan(f, QUIET_MS, begin_round);
}

void past_fill_hurry(struct past_fill *f)
{
	f->is_asked = f->is_hurried = true;
	if (f->is_busy || !past_fill_is_making(f))
		return;
	loop_timer_stop(f->timer);
	plan(f, 0, f->entries.n ? next_slice : begin_round);
}

bool past_fill_is_making(const struct past_fill *f)
{
	return f->is_asked && (f->entries.n || f->queue.n);
}

void past_fill_free(struct past_fill *f)
{
	if (!f)
		return;
	flag_raise(&f->stop);
	while (f->is_busy)
		loop_turn(f->options.loop, TURN_MS);
	loop_timer_stop(f->timer);
	free_round(f);
	for (size_t i = 0; i < f->queue.n; i++)
		board_def_put(f->queue.p[i]);
	vec_fini(&f->queue);
	vec_fini(&f->made);
	map_fini(&f->known);
	free(f);
}
