/* See frames.h: a board as it was. The last whole frame before the moment, and what
 * differed since, are sorted by row; each row is put together from its entries.
 * Thread: one at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/vec.h"
#include "store/frame.h"
#include "store/frames.h"
#include "store/frames_part.h"

struct piece {
	struct frame_entry entry;
	size_t place; /* in the order they were written */
};

struct run {
	size_t first, n; /* pieces of one row: all of it, then parts */
	size_t place;
};

struct puzzle {
	struct board *board;
	struct arena scratch;
	VEC(struct piece) pieces;
	VEC(struct run) runs;
	int64_t layout;
	bool is_there;
};

static int by_row(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->entry.id != y->entry.id)
		return x->entry.id < y->entry.id ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return x->place < y->place ? -1 : 1;
}

/* The entries of each row that is there: from the last one that has all of it. */
static void find_runs(struct puzzle *p)
{
	if (p->pieces.n)
		qsort(p->pieces.p, p->pieces.n, sizeof(*p->pieces.p), by_row);
	for (size_t i = 0; i < p->pieces.n;) {
		int64_t id = p->pieces.p[i].entry.id;
		struct run run = {.n = 0};

		for (; i < p->pieces.n && p->pieces.p[i].entry.id == id; i++) {
			const struct piece *piece = &p->pieces.p[i];

			if (piece->entry.kind == FRAME_GONE) {
				run.n = 0;
			} else if (piece->entry.kind == FRAME_ROW) {
				run.place = run.n ? run.place : piece->place;
				run.first = i;
				run.n = 1;
			} else if (run.n) {
				run.n++;
			}
		}
		if (run.n)
			vec_push(&p->runs, run);
	}
	if (p->runs.n)
		qsort(p->runs.p, p->runs.n, sizeof(*p->runs.p), by_place);
}

static void set_marks(struct board *board, int marks, struct str why)
{
	board->is_loading = false;
	board->is_stale = marks & FRAME_STALE;
	board->is_partial = marks & FRAME_PARTIAL;
	board->is_filling = marks & FRAME_FILLING;
	board->note = NULL;
	err_clear(&board->err);
	why = sanitize_to_arena(&board->arena, why);
	if (why.n && marks & FRAME_NOTE)
		board->note = why.p;
	else if (why.n)
		err_set(&board->err, ERR_SERVICE, "%s", why.p);
}

static void take_frame(struct puzzle *p, struct db_query *q, int64_t at_ms)
{
	int64_t written = db_get_i64(q), fetched = db_get_i64(q);
	struct str why, bytes;
	struct piece piece;
	int marks;

	p->layout = db_get_i64(q);
	marks = (int)db_get_i64(q);
	why = db_get_text(q);
	set_marks(p->board, marks, why);
	/* Between two looks that saw the same, it was fetched not long ago. */
	p->board->fetched_ms = fetched < at_ms ? fetched : at_ms;
	p->board->asked_ms = written;
	p->board->version = (uint64_t)at_ms;
	bytes = arena_str(&p->scratch, db_get_bytes(q));
	/* A second one: the clock had gone back. */
	if (db_get_i64(q))
		p->pieces.n = 0;
	while (frame_next(&bytes, &piece.entry)) {
		piece.place = p->pieces.n;
		vec_push(&p->pieces, piece);
	}
	p->is_there = true;
}

int64_t frames_last_whole(struct db *db, int64_t board, int64_t at_ms, int64_t *written)
{
	struct db_query q = db_query(
		db, "SELECT id, at FROM frame WHERE board = ? AND at <= ? AND whole = 1"
		    " ORDER BY at DESC, id DESC LIMIT 1");
	int64_t id = 0;

	db_put_i64(&q, board);
	db_put_i64(&q, at_ms);
	while (db_next(&q)) {
		id = db_get_i64(&q);
		*written = db_get_i64(&q);
	}
	return id;
}

static void take_frames(struct puzzle *p, struct db *db, int64_t board, int64_t from,
			int64_t at_ms)
{
	struct db_query q =
		db_query(db, "SELECT at, fetched, layout, marks, why, bytes,"
			     " whole FROM frame"
			     " WHERE board = ? AND id >= ? AND at <= ? ORDER BY id");

	db_put_i64(&q, board);
	db_put_i64(&q, from);
	db_put_i64(&q, at_ms);
	while (db_next(&q))
		take_frame(p, &q, at_ms);
}

static bool build_row(const struct puzzle *p, const struct run *run,
		      const struct frame_map *map, struct row *row)
{
	const struct piece *piece = &p->pieces.p[run->first];
	struct arena *arena = &p->board->arena;

	if (!frame_read_row(piece->entry.bytes, map, p->board->def, arena, row))
		return false;
	for (size_t i = 1; i < run->n; i++) {
		if (!frame_read_part(piece[i].entry.bytes, map, arena, row))
			return false;
	}
	return true;
}

/* An entry that makes no sense is a surprise, like a value that does not. */
static void build_rows(struct puzzle *p, struct db *db)
{
	struct board *board = p->board;
	struct frame_map map;
	struct str layout, key;

	if (!name_text(db, p->layout, &layout) ||
	    !frame_map_make(&map, arena_str(&p->scratch, layout), board->def,
			    &p->scratch)) {
		board->surprises = (uint32_t)p->runs.n;
		return;
	}
	board->rows = arena_calloc(&board->arena, p->runs.n + 1, sizeof(*board->rows));
	for (size_t i = 0; i < p->runs.n; i++) {
		const struct run *run = &p->runs.p[i];
		struct row *row = &board->rows[board->n_rows];

		if (!build_row(p, run, &map, row) ||
		    !name_text(db, p->pieces.p[run->first].entry.id, &key)) {
			board->surprises++;
			continue;
		}
		row->key = sanitize_to_arena(&board->arena, key);
		board->n_rows++;
	}
}

struct board *frames_at(struct db *db, const struct board_def *def, int64_t at_ms)
{
	struct puzzle p = {.board = board_new(def)};
	int64_t board = name_find(db, 0, str_from(def->name));
	int64_t written;
	int64_t from = board ? frames_last_whole(db, board, at_ms, &written) : 0;

	arena_init(&p.scratch);
	if (from) {
		take_frames(&p, db, board, from, at_ms);
		find_runs(&p);
	}
	if (p.is_there) {
		build_rows(&p, db);
		board_seal(p.board);
	} else {
		board_put(p.board);
		p.board = NULL;
	}
	arena_fini(&p.scratch);
	vec_fini(&p.pieces);
	vec_fini(&p.runs);
	return p.board;
}

bool frames_span(struct db *db, int64_t *first_ms, int64_t *last_ms)
{
	struct db_query q =
		db_query(db, "SELECT count(*), min(at), max(fetched) FROM frame");
	bool any = false;

	if (db_next(&q)) {
		any = db_get_i64(&q) > 0;
		*first_ms = db_get_i64(&q);
		*last_ms = db_get_i64(&q);
		while (db_next(&q))
			;
	}
	return any;
}
