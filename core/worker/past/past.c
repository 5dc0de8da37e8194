/* See past.h. One look at a time has the deck: an answer to an earlier one is
 * dropped when it comes. */
#include "worker/past/past.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "board/def.h"
#include "store/frames.h"
#include "store/samples.h"
#include "worker/past/past_list.h"

struct past {
	struct past_options options;
	struct store *store;
	struct past_lists lists;
	struct map current;	  /* by name: the last version polled, held */
	VEC(const char *) wanted; /* names of the library */
	int64_t at_ms;		  /* what the deck was sent to; 0: now */
	uint64_t turn;		  /* grows with each look */
	bool is_kept;		  /* on disk: there may have been an earlier run */
	bool is_recalling;	  /* alerts of an earlier run are on their way */
	int64_t looked_ms; /* the pool's: where the last look went; steps go on there */
};

/* What an earlier run wrote is not written over before it is known. */
static void note_alert(void *ctx, const struct alert *alert)
{
	struct past *p = ctx;

	if (!p->is_recalling)
		store_alert(p->store, alert, NULL, NULL);
}

/* What was open when an earlier run ended. */
struct recall {
	struct past *past;
	struct arena arena;
	VEC(struct alert) alerts;
};

static bool keep_alert(const struct alert *alert, void *ctx)
{
	struct recall *r = ctx;
	struct alert kept = *alert;

	kept.board = arena_strdup(&r->arena, str_from(alert->board));
	kept.key = arena_str(&r->arena, alert->key);
	kept.what = arena_strdup(&r->arena, str_from(alert->what));
	kept.why = arena_strdup(&r->arena, str_from(alert->why));
	vec_push(&r->alerts, kept);
	return true;
}

static void read_alerts(struct db *db, void *ctx)
{
	struct recall *r = ctx;

	alert_log_open(db, keep_alert, r);
}

static void take_alerts(const struct err *err, void *ctx)
{
	struct recall *r = ctx;
	const struct alert *alert;

	if (err->code != ERR_CANCELLED) {
		r->past->is_recalling = false;
		vec_each (alert, &r->alerts)
			sights_recall(r->past->options.sights, alert);
		sights_note_all(r->past->options.sights);
		if (r->alerts.n)
			r->past->options.recalled(r->past->options.ctx);
	}
	vec_fini(&r->alerts);
	arena_fini(&r->arena);
	free(r);
}

static void recall(struct past *p)
{
	struct recall *r = xcalloc(1, sizeof(*r));

	r->past = p;
	p->is_recalling = true;
	arena_init(&r->arena);
	store_ask(p->store, read_alerts, take_alerts, r);
}

/* What an earlier run knew of a board, on its way. */
struct seeding {
	struct past *past;
	const struct board_def *def; /* held */
	int64_t before_ms;
	struct history_seed *seed;
};

static void read_seed(struct db *db, void *ctx)
{
	struct seeding *s = ctx;

	s->seed = samples_recent(db, s->def, s->before_ms);
}

static void seeded(const struct err *err, void *ctx)
{
	struct seeding *s = ctx;
	const struct past_options *options = &s->past->options;

	/* A past that cannot be read is none: whoever writes to it says why. */
	if (err->code != ERR_NONE) {
		history_seed_free(s->seed);
		s->seed = NULL;
	}
	if (err->code != ERR_CANCELLED)
		options->seeded(options->ctx, s->def, s->seed);
	board_def_put(s->def);
	free(s);
}

static bool has_history(const struct board_def *def)
{
	for (size_t i = 0; i < def->n_columns; i++) {
		if (def->columns[i].has_history)
			return true;
	}
	return false;
}

void past_seed_before(struct past *p, const struct board_def *def, int64_t before_ms)
{
	struct seeding *s;

	if (!has_history(def))
		return;
	s = xcalloc(1, sizeof(*s));
	*s = (struct seeding){.past = p,
			      .def = board_def_get(def),
			      .before_ms = before_ms};
	store_ask(p->store, read_seed, seeded, s);
}

bool past_seed(struct past *p, const struct board_def *def)
{
	if (!has_history(def) || !p->is_kept)
		return false;
	past_seed_before(p, def, clock_wall_ms(loop_clock(p->options.loop)));
	return true;
}

void past_ask(struct past *p, store_work_fn work, store_done_fn done, void *ctx)
{
	store_ask(p->store, work, done, ctx);
}

struct past *past_new(const struct past_options *options)
{
	struct past *p = xcalloc(1, sizeof(*p));
	const struct store_options store = {.loop = options->loop,
					    .log = options->log,
					    .path = options->path,
					    .limits = options->limits,
					    .problem = options->problem,
					    .ctx = options->ctx};

	p->options = *options;
	p->is_kept = options->path != NULL;
	p->store = store_new(&store);
	p->lists = (struct past_lists){.store = p->store, .library = options->library};
	map_init(&p->current);
	options->sights->note = note_alert;
	options->sights->ctx = p;
	if (p->is_kept)
		recall(p);
	return p;
}

void past_free(struct past *p)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!p)
		return;
	past_lists_forget(&p->lists);
	/* A look that is on its way has nobody left to show it. */
	p->turn++;
	store_free(p->store);
	p->options.sights->note = NULL;
	while (map_next(&p->current, &at, &slot))
		board_put(slot->value);
	map_fini(&p->current);
	vec_fini(&p->wanted);
	free(p);
}

/* Boards about azdeck itself are made of the others, and are of the moment shown. */
bool past_saw(struct past *p, struct board *board)
{
	if (board->def->is_own)
		return true;
	board_put(map_put(&p->current, str_from(board->def->name), board_get(board)));
	/* What comes bit by bit did not change: it is recorded when it is there. */
	if (board->def->records < 0 && !board->is_filling)
		store_saw(p->store, board);
	return p->at_ms == 0;
}

bool past_is_now(const struct past *p)
{
	return p->at_ms == 0;
}

/* Boards as they were, on their way from the pool. */
struct look {
	struct past *past;
	uint64_t turn;
	int64_t at_ms;
	int by;	    /* steps: to the change after this one, or before */
	bool moves; /* the deck is told of the moment first */
	struct moment moment;
	VEC(const struct board_def *) defs;
	VEC(struct board *) boards;
};

static int64_t change_beside(struct db *db, int64_t at_ms, int by)
{
	struct db_query q =
		db_query(db, by < 0 ? "SELECT max(at) FROM change WHERE at < ?"
				    : "SELECT min(at) FROM change WHERE at > ?");
	int64_t beside = 0;

	db_put_i64(&q, at_ms);
	while (db_next(&q))
		beside = db_get_i64(&q);
	return beside;
}

/* Nothing was recorded of it then: said, rather than shown as a board without rows. */
static struct board *nothing(const struct board_def *def, int64_t at_ms)
{
	struct board *board = board_new(def);

	board->is_loading = false;
	board->asked_ms = at_ms;
	board->version = (uint64_t)at_ms;
	board->note = "nothing was recorded of it by then";
	return board;
}

/* One that cannot be read does not keep the others from being shown. */
static struct board *look_at(struct db *db, const struct board_def *def, int64_t at_ms)
{
	struct board *board = frames_at(db, def, at_ms);
	struct err err;

	if (board)
		samples_give(db, board, at_ms);
	else
		board = nothing(def, at_ms);
	if (!db_is_fine(db, &err)) {
		board_put(board);
		board = nothing(def, at_ms);
		board->note = NULL;
		board->err = err;
	}
	return board;
}

/* Steps that came while an earlier one was on its way begin where that one ends. */
static void move_on(struct db *db, struct look *l)
{
	int64_t from_ms = l->past->looked_ms ? l->past->looked_ms : l->at_ms;

	if (l->by > 0 && !l->past->looked_ms)
		l->at_ms = 0;
	else if (l->by)
		l->at_ms = change_beside(db, from_ms, l->by);
	/* Before everything there is nothing to show; from now, where nothing has changed,
	 * nothing else either. */
	if ((l->by < 0 && !l->at_ms && l->past->looked_ms) ||
	    (l->at_ms && l->at_ms < l->moment.first_ms))
		l->at_ms = l->moment.first_ms;
	l->moment.at_ms = l->past->looked_ms = l->at_ms;
}

static void look(struct db *db, void *ctx)
{
	struct look *l = ctx;

	if (l->moves) {
		frames_span(db, &l->moment.first_ms, &l->moment.last_ms);
		move_on(db, l);
	}
	for (size_t i = 0; i < l->defs.n && l->at_ms; i++)
		vec_push(&l->boards, look_at(db, l->defs.p[i], l->at_ms));
}

/* What is looked at first; but all of them: the top line counts the others, too. */
static void show_now(struct past *p)
{
	const struct map_slot *slot;
	size_t at = 0;

	for (size_t i = 0; i < p->wanted.n; i++) {
		struct board *board = map_find(&p->current, str_from(p->wanted.p[i]));

		if (board)
			p->options.publish(p->options.ctx, board);
	}
	while (map_next(&p->current, &at, &slot)) {
		struct board *board = slot->value;

		if (!str_is_among(str_from(board->def->name), p->wanted.p, p->wanted.n))
			p->options.publish(p->options.ctx, board);
	}
}

static bool was_made(const struct board *board, const struct row *row, const void *ctx)
{
	const struct cell *made = &row->cells[board->def->records];

	return !made->is_null && made->number <= (double)*(const int64_t *)ctx;
}

/* Of records there are no frames: their rows say when they were made. */
static void show_records(const struct past *p, int64_t at_ms)
{
	for (size_t i = 0; i < p->wanted.n && at_ms; i++) {
		struct board *now = map_find(&p->current, str_from(p->wanted.p[i]));
		struct board *then;

		if (!now || now->def->records < 0)
			continue;
		then = board_cut(now, was_made, &at_ms);
		then->version = (uint64_t)at_ms;
		then->asked_ms = at_ms;
		then->fetched_ms = now->fetched_ms < at_ms ? now->fetched_ms : at_ms;
		p->options.publish(p->options.ctx, then);
		board_put(then);
	}
}

static const char *const of_history[] = {"changes", "seen-states"};
static const char *const about_azdeck[] = {"attention", "changes", "feeds",
					   "seen-states"};

static void show_look(const struct look *l)
{
	struct past *p = l->past;

	if (l->moves) {
		p->at_ms = l->moment.at_ms;
		p->options.moved(p->options.ctx, &l->moment);
		past_lists_forget(&p->lists);
		for (size_t i = 0; i < COUNT(about_azdeck); i++)
			p->options.outdated(p->options.ctx, about_azdeck[i]);
	}
	for (size_t i = 0; i < l->boards.n; i++)
		p->options.publish(p->options.ctx, l->boards.p[i]);
	show_records(p, p->at_ms);
	if (p->at_ms == 0)
		show_now(p);
}

static void looked(const struct err *err, void *ctx)
{
	struct look *l = ctx;

	if (err->code == ERR_NONE && l->turn == l->past->turn)
		show_look(l);
	else if (err->code != ERR_NONE && err->code != ERR_CANCELLED)
		l->past->options.problem(l->past->options.ctx, err);
	for (size_t i = 0; i < l->boards.n; i++)
		board_put(l->boards.p[i]);
	vec_fini(&l->boards);
	vec_fini(&l->defs);
	free(l);
}

static void add_board(struct look *l, const char *name)
{
	const struct board_def *def =
		library_find(l->past->options.library, str_from(name));

	if (def && !def->is_own && def->records < 0)
		vec_push(&l->defs, def);
}

static struct look *new_look(struct past *p, int64_t at_ms)
{
	struct look *l = xcalloc(1, sizeof(*l));

	*l = (struct look){.past = p, .at_ms = at_ms};
	return l;
}

static void move(struct past *p, int64_t at_ms, int by)
{
	struct look *l = new_look(p, at_ms);

	l->turn = ++p->turn;
	l->by = by;
	l->moves = true;
	for (size_t i = 0; i < p->wanted.n; i++)
		add_board(l, p->wanted.p[i]);
	store_ask(p->store, look, looked, l);
}

void past_go(struct past *p, int64_t at_ms)
{
	int64_t now_ms = clock_wall_ms(loop_clock(p->options.loop));

	move(p, at_ms >= now_ms ? 0 : at_ms, 0);
}

void past_step(struct past *p, int by)
{
	move(p, clock_wall_ms(loop_clock(p->options.loop)), by);
}

/* What was not wanted before is looked up for the moment on the screen. */
void past_want(struct past *p, const char *const *names, size_t n)
{
	struct look *l = new_look(p, p->at_ms);
	VEC(const char *) wanted = {0};

	l->turn = p->turn;
	for (size_t i = 0; i < n; i++) {
		const struct board_def *def =
			library_find(p->options.library, str_from(names[i]));

		if (!def)
			continue;
		vec_push(&wanted, def->name);
		if (!str_is_among(str_from(def->name), p->wanted.p, p->wanted.n))
			add_board(l, def->name);
	}
	vec_fini(&p->wanted);
	p->wanted.p = wanted.p;
	p->wanted.n = wanted.n;
	p->wanted.cap = wanted.cap;
	if (p->at_ms && l->defs.n) {
		store_ask(p->store, look, looked, l);
		return;
	}
	vec_fini(&l->defs);
	free(l);
}

bool past_is_about(const char *board)
{
	return str_is_among(str_from(board), of_history, COUNT(of_history));
}

void past_grew(struct past *p)
{
	recall(p);
	if (p->at_ms)
		move(p, p->at_ms, 0);
	for (size_t i = 0; i < COUNT(of_history); i++)
		p->options.outdated(p->options.ctx, of_history[i]);
}

bool past_answer(struct past *p, struct str path, cJSON **rows)
{
	int64_t now_ms = clock_wall_ms(loop_clock(p->options.loop));

	if (str_eq(path, STR("/changes")))
		*rows = past_list_take(&p->lists, PAST_CHANGES,
				       p->at_ms ? p->at_ms : now_ms);
	else if (str_eq(path, STR("/states")))
		*rows = past_list_take(&p->lists, PAST_STATES,
				       p->at_ms ? p->at_ms : now_ms);
	else if (p->at_ms && str_eq(path, STR("/attention")))
		*rows = past_list_take(&p->lists, PAST_ALERTS, p->at_ms);
	else
		return false;
	return true;
}

void past_acknowledge(struct past *p, const struct alert *alert, store_done_fn done,
		      void *ctx)
{
	store_alert(p->store, alert, done, ctx);
}
