/* See recorder.h. */
#include "store/recorder.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "store/change_log.h"
#include "store/frames.h"
#include "store/samples.h"

enum { PRUNE_EVERY_MS = 600 * 1000, SHRINK_STEPS = 8 };
enum { SPARE_PART = 8, GROWN_PART = 32 };

/* A board being recorded. */
struct seen_board {
	struct frames frames;
	bool is_sampled; /* the figures of its last version are in the samples */
};

/* How long samples stay as fine as they are. */
#define FINE_MS	  (26 * HOUR_MS)
#define COARSE_MS (8 * DAY_MS)

struct recorder {
	struct db *db;
	struct recorder_limits limits;
	struct map boards; /* by name: struct seen_board */
	int64_t pruned_ms; /* wall time of the last time */
	int64_t cut_bytes; /* in use after the last cut */
	bool is_earlier;   /* the database is another's */
};

struct recorder *recorder_new(struct db *db, const struct recorder_limits *limits)
{
	struct recorder *r = xcalloc(1, sizeof(*r));

	r->db = db;
	r->limits = *limits;
	map_init(&r->boards);
	return r;
}

struct recorder *recorder_new_earlier(struct db *db)
{
	struct recorder *r = recorder_new(db, &(struct recorder_limits){0});

	r->is_earlier = true;
	return r;
}

static void forget_boards(struct recorder *r)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&r->boards, &at, &slot)) {
		struct seen_board *b = slot->value;

		frames_close(&b->frames);
		free(b);
	}
	map_fini(&r->boards);
	map_init(&r->boards);
}

void recorder_free(struct recorder *r)
{
	if (!r)
		return;
	forget_boards(r);
	map_fini(&r->boards);
	if (!r->is_earlier)
		db_close(r->db);
	free(r);
}

struct db *recorder_db(struct recorder *r)
{
	return r->db;
}

void recorder_begin(struct recorder *r)
{
	db_begin(r->db);
}

bool recorder_end(struct recorder *r, struct err *err)
{
	if (db_end(r->db, err))
		return true;
	/* What is remembered of the database may not be in it. */
	forget_boards(r);
	return false;
}

static struct seen_board *board_of(struct recorder *r, const struct board_def *def,
				   int64_t at_ms)
{
	struct seen_board *b = map_find(&r->boards, str_from(def->name));

	/* A definition that was edited: cells are in other places now. */
	if (b && b->frames.last && b->frames.last->def != def)
		frames_close(&b->frames);
	else if (b)
		return b;
	if (!b) {
		b = xcalloc(1, sizeof(*b));
		map_put(&r->boards, str_from(def->name), b);
	}
	frames_open(&b->frames, r->db, def, at_ms);
	if (r->is_earlier)
		frames_go_below(&b->frames, r->db);
	b->is_sampled = false;
	return b;
}

/* A new look, not the old one with other marks. */
static void add_samples(struct recorder *r, struct seen_board *b, struct board *board,
			struct pairs *pairs)
{
	const struct board *last = b->frames.last;
	const struct samples_look look = {.keys = &b->frames.keys,
					  .board = board,
					  .before = b->is_sampled ? last : NULL,
					  .pairs = pairs,
					  .at_ms = board->fetched_ms};

	if (!last || board->fetched_ms > last->fetched_ms) {
		samples_add(r->db, &look);
		b->is_sampled = true;
	} else if (board->rows != last->rows) {
		b->is_sampled = false;
	}
}

void recorder_add(struct recorder *r, struct board *board, int64_t at_ms)
{
	struct seen_board *b;
	struct frames *f;
	struct pairs pairs;

	if (board->is_loading)
		return;
	b = board_of(r, board->def, at_ms);
	f = &b->frames;
	pairs_init(&pairs, f->last, f->ids, board);
	if (f->last)
		change_log_add(r->db, f->board, f->last, board, &pairs, at_ms);
	add_samples(r, b, board, &pairs);
	frames_add(f, r->db, board, &pairs, at_ms);
	pairs_fini(&pairs);
}

void recorder_alert(struct recorder *r, const struct alert *alert)
{
	alert_log_put(r->db, alert);
}

static void drop_before(struct recorder *r, int64_t before_ms,
			const struct samples_ends *ends)
{
	frames_prune(r->db, before_ms);
	samples_prune(r->db, ends);
	change_log_prune(r->db, before_ms);
	alert_log_prune(r->db, before_ms);
	names_prune(r->db, before_ms);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* What is in use, so that the file with what is free in it stays within the limit. */
static bool is_too_large(const struct recorder *r)
{
	return db_size(r->db) > r->limits.max_bytes - r->limits.max_bytes / SPARE_PART;
}

/* A quarter of the time that is left goes with each step; of the fine samples, half. */
static void cut(struct recorder *r, int64_t before_ms, int64_t now_ms)
{
	int64_t first_ms, last_ms, fine_ms = FINE_MS, coarse_ms = COARSE_MS;

	if (!frames_span(r->db, &first_ms, &last_ms))
		return;
	before_ms = later(first_ms, before_ms);
	for (int i = 0; i < SHRINK_STEPS && is_too_large(r); i++) {
		struct samples_ends ends;

		before_ms += (now_ms - before_ms) / 4;
		fine_ms /= 2;
		coarse_ms /= 2;
		ends = (struct samples_ends){.fine_ms =
						     later(before_ms, now_ms - fine_ms),
					     .coarse_ms =
						     later(before_ms, now_ms - coarse_ms),
					     .hours_ms = before_ms};
		drop_before(r, before_ms, &ends);
	}
	r->cut_bytes = db_size(r->db);
}

void recorder_prune(struct recorder *r, int64_t now_ms)
{
	int64_t before_ms = now_ms - r->limits.keep_ms;
	bool is_due = llabs(now_ms - r->pruned_ms) >= PRUNE_EVERY_MS;

	if (is_due) {
		r->pruned_ms = now_ms;
		drop_before(r, before_ms,
			    &(struct samples_ends){
				    .fine_ms = later(before_ms, now_ms - FINE_MS),
				    .coarse_ms = later(before_ms, now_ms - COARSE_MS),
				    .hours_ms = before_ms});
	}
	/* Where a cut did not help, the next one waits for more to be cut. */
	if (is_too_large(r) &&
	    (is_due || db_size(r->db) > r->cut_bytes + r->limits.max_bytes / GROWN_PART))
		cut(r, before_ms, now_ms);
	db_shrink(r->db, r->limits.max_bytes);
}
