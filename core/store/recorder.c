/* See recorder.h. */
#include "store/recorder.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "store/change_log.h"
#include "store/frames.h"
#include "store/samples.h"

#define HOUR_MS (3600 * INT64_C(1000))
enum { PRUNE_EVERY_MS = 600 * 1000, FINE_HOURS = 26, SHRINK_STEPS = 8 };
enum { SPARE_PART = 8, GROWN_PART = 32 };

struct recorder {
	struct db *db;
	struct recorder_limits limits;
	struct map boards; /* by name: struct frames */
	int64_t pruned_ms; /* wall time of the last time */
	int64_t cut_bytes; /* in use after the last cut */
};

struct recorder *recorder_new(struct db *db, const struct recorder_limits *limits)
{
	struct recorder *r = xcalloc(1, sizeof(*r));

	r->db = db;
	r->limits = *limits;
	map_init(&r->boards);
	return r;
}

static void forget_boards(struct recorder *r)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&r->boards, &at, &slot)) {
		frames_close(slot->value);
		free(slot->value);
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

static struct frames *frames_of(struct recorder *r, const struct board_def *def,
				int64_t at_ms)
{
	struct frames *f = map_find(&r->boards, str_from(def->name));

	/* A definition that was edited: cells are in other places now. */
	if (f && f->last && f->last->def != def)
		frames_close(f);
	else if (f)
		return f;
	if (!f) {
		f = xcalloc(1, sizeof(*f));
		map_put(&r->boards, str_from(def->name), f);
	}
	frames_open(f, r->db, def, at_ms);
	return f;
}

void recorder_add(struct recorder *r, struct board *board, int64_t at_ms)
{
	struct frames *f;

	if (board->is_loading)
		return;
	f = frames_of(r, board->def, at_ms);
	if (f->last)
		change_log_add(r->db, f->board, f->last, board, at_ms);
	/* A new look, not the old one with other marks. */
	if (!f->last || board->fetched_ms > f->last->fetched_ms)
		samples_add(&f->keys, r->db, board, board->fetched_ms);
	frames_add(f, r->db, board, at_ms);
}

void recorder_alert(struct recorder *r, const struct alert *alert)
{
	alert_log_put(r->db, alert);
}

static void drop_before(struct recorder *r, int64_t before_ms, int64_t fine_before_ms)
{
	frames_prune(r->db, before_ms);
	samples_prune(r->db, fine_before_ms, before_ms);
	change_log_prune(r->db, before_ms);
	alert_log_prune(r->db, before_ms);
	names_prune(r->db, before_ms);
}

/* What is in use, so that the file with what is free in it stays within the limit. */
static bool is_too_large(const struct recorder *r)
{
	return db_size(r->db) > r->limits.max_bytes - r->limits.max_bytes / SPARE_PART;
}

/* A quarter of the time that is left goes with each step, the fine samples first. */
static void cut(struct recorder *r, int64_t before_ms, int64_t now_ms)
{
	int64_t first_ms, last_ms;

	if (!frames_span(r->db, &first_ms, &last_ms))
		return;
	before_ms = first_ms > before_ms ? first_ms : before_ms;
	for (int i = 0; i < SHRINK_STEPS && is_too_large(r); i++) {
		before_ms += (now_ms - before_ms) / 4;
		drop_before(r, before_ms, before_ms);
	}
	r->cut_bytes = db_size(r->db);
}

void recorder_prune(struct recorder *r, int64_t now_ms)
{
	int64_t before_ms = now_ms - r->limits.keep_ms;
	bool is_due = llabs(now_ms - r->pruned_ms) >= PRUNE_EVERY_MS;

	if (is_due) {
		r->pruned_ms = now_ms;
		drop_before(r, before_ms, now_ms - FINE_HOURS * HOUR_MS);
	}
	/* Where a cut did not help, the next one waits for more to be cut. */
	if (is_too_large(r) &&
	    (is_due || db_size(r->db) > r->cut_bytes + r->limits.max_bytes / GROWN_PART))
		cut(r, before_ms, now_ms);
	db_shrink(r->db, r->limits.max_bytes);
}
