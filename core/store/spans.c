/* See spans.h. Frames are walked from the last whole one before: of each only the
 * entries of the rows asked for are looked into. */
#include "store/spans.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "store/frame.h"
#include "store/frames_part.h"
#include "store/names.h"

enum { STATE_MOST_BYTES = 400 };

/* One row on its way through time. */
struct walker {
	int64_t id; /* its name; 0: never seen */
	bool is_there;
	enum severity sev;
	struct strbuf state;
	/* told so far, and the span that grows */
	int64_t told_ms;
	struct span span;
	struct strbuf span_state;
};

struct walk {
	const struct spans_ask *ask;
	span_fn fn;
	void *ctx;
	ptrdiff_t column; /* -1: none */
	struct walker *walkers;
	bool has_whole;	  /* what differs means something */
	bool misses_rows; /* those that are not there may only not have answered */
	int64_t until_ms; /* the last look holds so long */
	int64_t layout;
	struct frame_map map;
	struct arena layouts, scratch;
};

int64_t span_within(const struct span *span, int64_t from_ms, int64_t to_ms)
{
	int64_t from = span->from_ms > from_ms ? span->from_ms : from_ms;
	int64_t to = span->to_ms < to_ms ? span->to_ms : to_ms;

	return to > from ? to - from : 0;
}

static void tell(const struct walk *w, struct walker *r)
{
	r->span.state = strbuf_str(&r->span_state);
	if (r->span.to_ms > r->span.from_ms)
		w->fn(&r->span, w->ctx);
}

static bool is_same(const struct walker *r, enum span_kind kind)
{
	if (r->span.kind != kind)
		return false;
	return kind != SPAN_SEEN ||
	       (r->span.sev == r->sev &&
		str_eq(strbuf_str(&r->span_state), strbuf_str(&r->state)));
}

/* It was so up to then. */
static void grow(const struct walk *w, struct walker *r, int64_t to_ms,
		 enum span_kind kind)
{
	if (to_ms <= r->told_ms)
		return;
	if (!is_same(r, kind)) {
		tell(w, r);
		r->span = (struct span){.key = (size_t)(r - w->walkers),
					.from_ms = r->told_ms,
					.kind = kind};
		strbuf_reset(&r->span_state);
		if (kind == SPAN_SEEN) {
			r->span.sev = r->sev;
			strbuf_put(&r->span_state, strbuf_str(&r->state));
		}
	}
	r->span.to_ms = r->told_ms = to_ms;
}

/* Everything until then is known: a look holds for a while, then nobody knows. */
static void reach(struct walk *w, int64_t to_ms)
{
	int64_t seen_ms = w->until_ms < to_ms ? w->until_ms : to_ms;

	for (size_t i = 0; i < w->ask->n_keys; i++) {
		struct walker *r = &w->walkers[i];
		enum span_kind kind = !w->has_whole    ? SPAN_UNSEEN
				      : r->is_there    ? SPAN_SEEN
				      : w->misses_rows ? SPAN_UNSEEN
						       : SPAN_ABSENT;

		grow(w, r, seen_ms, kind);
		grow(w, r, to_ms, SPAN_UNSEEN);
	}
}

/* A part has no text for a cell that is as it was. */
static void take_cell(struct walker *r, const struct cell *cell)
{
	if (!cell->text)
		return;
	r->sev = (enum severity)cell->sev;
	strbuf_reset(&r->state);
	if (!cell->is_null)
		strbuf_puts(&r->state, cell->text);
}

static void take_entry(struct walk *w, struct walker *r, const struct frame_entry *entry)
{
	const struct board_def *def = w->ask->def;
	struct row row = {0};
	bool ok;

	if (entry->kind == FRAME_GONE) {
		r->is_there = false;
		return;
	}
	if (entry->kind == FRAME_ROW) {
		ok = frame_read_row(entry->bytes, &w->map, def, &w->scratch, &row);
	} else {
		row.cells = arena_calloc(&w->scratch, def->n_columns, sizeof(*row.cells));
		ok = frame_read_part(entry->bytes, &w->map, &w->scratch, &row);
	}
	if (!ok)
		return;
	r->is_there = r->is_there || entry->kind == FRAME_ROW;
	if (w->column < 0)
		r->sev = row.sev;
	else
		take_cell(r, &row.cells[w->column]);
}

static void take_entries(struct walk *w, struct str bytes)
{
	struct frame_entry entry;

	while (frame_next(&bytes, &entry)) {
		for (size_t i = 0; i < w->ask->n_keys; i++) {
			if (w->walkers[i].id == entry.id && entry.id)
				take_entry(w, &w->walkers[i], &entry);
		}
	}
}

static bool use_layout(struct walk *w, struct db *db, int64_t layout)
{
	struct str text;

	if (layout == w->layout)
		return true;
	arena_reset(&w->layouts);
	w->layout = 0;
	if (!name_text(db, layout, &text) ||
	    !frame_map_make(&w->map, arena_str(&w->layouts, text), w->ask->def,
			    &w->layouts))
		return false;
	w->layout = layout;
	return true;
}

static void take_frame(struct walk *w, struct db *db, struct db_query *q)
{
	int64_t at_ms = db_get_i64(q), fetched_ms = db_get_i64(q);
	int64_t layout = db_get_i64(q), marks = db_get_i64(q);
	bool is_whole = db_get_i64(q);

	reach(w, at_ms < w->ask->to_ms ? at_ms : w->ask->to_ms);
	w->until_ms = fetched_ms + w->ask->holds_ms;
	w->misses_rows = marks & (FRAME_STALE | FRAME_PARTIAL | FRAME_FILLING);
	if (is_whole) {
		w->has_whole = true;
		for (size_t i = 0; i < w->ask->n_keys; i++)
			w->walkers[i].is_there = false;
	}
	w->has_whole = w->has_whole && use_layout(w, db, layout);
	if (w->has_whole)
		take_entries(w, db_get_bytes(q));
	arena_reset(&w->scratch);
}

static void walk(struct walk *w, struct db *db, int64_t board, int64_t from_ms)
{
	struct db_query q =
		db_query(db, "SELECT at, fetched, layout, marks, whole, bytes FROM frame"
			     " WHERE board = ? AND at >= ? AND at < ? ORDER BY at, id");

	db_put_i64(&q, board);
	db_put_i64(&q, from_ms);
	db_put_i64(&q, w->ask->to_ms);
	while (db_next(&q))
		take_frame(w, db, &q);
}

static void begin(struct walk *w, struct db *db, int64_t board)
{
	const struct spans_ask *ask = w->ask;

	w->walkers = xcalloc(ask->n_keys + 1, sizeof(*w->walkers));
	for (size_t i = 0; i < ask->n_keys; i++) {
		struct walker *r = &w->walkers[i];

		r->id = board ? name_find(db, board, ask->keys[i]) : 0;
		r->told_ms = ask->from_ms;
		r->span = (struct span){.key = i,
					.from_ms = ask->from_ms,
					.to_ms = ask->from_ms};
		strbuf_init(&r->state, STATE_MOST_BYTES);
		strbuf_init(&r->span_state, STATE_MOST_BYTES);
	}
	arena_init(&w->layouts);
	arena_init(&w->scratch);
}

static void end(struct walk *w)
{
	reach(w, w->ask->to_ms);
	for (size_t i = 0; i < w->ask->n_keys; i++) {
		tell(w, &w->walkers[i]);
		strbuf_fini(&w->walkers[i].state);
		strbuf_fini(&w->walkers[i].span_state);
	}
	free(w->walkers);
	arena_fini(&w->layouts);
	arena_fini(&w->scratch);
}

bool spans_read(struct db *db, const struct spans_ask *ask, span_fn fn, void *ctx)
{
	struct walk w = {.ask = ask, .fn = fn, .ctx = ctx, .column = -1};
	int64_t board = name_find(db, 0, str_from(ask->def->name));
	int64_t written, from_ms = ask->from_ms;

	if (ask->column) {
		w.column = board_def_column(ask->def, str_from(ask->column));
		if (w.column < 0 || (ask->def->columns[w.column].type != CELL_STATE &&
				     ask->def->columns[w.column].type != CELL_TEXT))
			return false;
	}
	begin(&w, db, board);
	if (board && frames_last_whole(db, board, ask->from_ms, &written))
		from_ms = written;
	if (board)
		walk(&w, db, board, from_ms);
	end(&w);
	return true;
}
