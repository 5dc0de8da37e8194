/* See frames.h. Writing; reading is in frames_at.c. */
#include "store/frames.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "store/diff.h"
#include "store/frame.h"
#include "store/frames_part.h"

enum {
	TEMPO_MS = 50 * 1000, /* figures of a small board, at most this often */
	TEMPO_ROW_MS = 100,   /* a large one waits longer */
	SINCE_MOST = 200,
	SINCE_MIN_BYTES = 64 * 1024,
	UNSEEN_MS = 5 * 60 * 1000, /* a frame covers no longer time without a look */
};

void frames_open(struct frames *f, struct db *db, const struct board_def *def,
		 int64_t now_ms)
{
	struct names scopes;
	struct strbuf layout;

	*f = (struct frames){0};
	strbuf_init(&layout, 1 << 16);
	names_init(&scopes, 0);
	f->board = names_id(&scopes, db, str_from(def->name));
	names_init(&f->keys, f->board);
	frame_layout(def, &layout);
	f->layout = names_id(&f->keys, db, strbuf_str(&layout));
	names_fini(&scopes);
	strbuf_fini(&layout);
	f->last = frames_at(db, def, now_ms);
	if (f->last)
		f->is_behind = xcalloc(f->last->n_rows + 1, sizeof(*f->is_behind));
}

void frames_close(struct frames *f)
{
	names_fini(&f->keys);
	board_put(f->last);
	free(f->is_behind);
	*f = (struct frames){0};
}

int frame_marks(const struct board *board)
{
	return (board->is_stale ? FRAME_STALE : 0) |
	       (board->is_partial ? FRAME_PARTIAL : 0) |
	       (board->is_filling ? FRAME_FILLING : 0) | (board->note ? FRAME_NOTE : 0);
}

const char *frame_why(const struct board *board)
{
	return board->err.code != ERR_NONE ? board->err.text
	       : board->note		   ? board->note
					   : "";
}

static bool same_marks(const struct board *a, const struct board *b)
{
	return frame_marks(a) == frame_marks(b) &&
	       strcmp(frame_why(a), frame_why(b)) == 0;
}

static void put_row(struct frames *f, struct db *db, const struct board_def *def,
		    const struct row *row, struct strbuf *out)
{
	frame_put_row(out, names_id(&f->keys, db, row->key), def, row);
}

/* Rows that are new or changed; `behind` says for the next time whose figures were
 * left out: nobody knows any more which of them those were. */
static void put_changed(struct frames *f, struct db *db, const struct board *board,
			bool with_figures, bool *behind, struct strbuf *out)
{
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct row *row = &board->rows[i], *before;
		ptrdiff_t was = board_find(f->last, row->key);
		enum row_diff diff;

		if (was < 0) {
			put_row(f, db, board->def, row, out);
			continue;
		}
		before = &f->last->rows[was];
		diff = row_compare(board->def, before, row);
		behind[i] = diff == ROW_FIGURES || f->is_behind[was];
		if (diff != ROW_WORDS && !(behind[i] && with_figures))
			continue;
		frame_put_part(out, names_id(&f->keys, db, row->key), board->def, before,
			       row, f->is_behind[was]);
		behind[i] = false;
	}
}

static void put_gone(struct frames *f, struct db *db, const struct board *board,
		     int64_t at_ms, struct strbuf *out)
{
	for (size_t i = 0; i < f->last->n_rows; i++) {
		struct str key = f->last->rows[i].key;
		int64_t id;

		if (board_find(board, key) >= 0)
			continue;
		id = names_id(&f->keys, db, key);
		if (id)
			frame_put_gone(out, id);
		name_gone(&f->keys, db, key, at_ms);
	}
}

static void write_frame(struct frames *f, struct db *db, const struct board *board,
			int64_t at_ms, bool is_whole, struct str bytes)
{
	struct db_query q = db_query(
		db,
		"INSERT INTO frame(board, at, whole, layout, fetched, marks, why, bytes)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?)");

	db_put_i64(&q, f->board);
	db_put_i64(&q, at_ms);
	db_put_i64(&q, is_whole);
	db_put_i64(&q, f->layout);
	db_put_i64(&q, board->fetched_ms);
	db_put_i64(&q, frame_marks(board));
	db_put_text(&q, str_from(frame_why(board)));
	db_put_bytes(&q, bytes);
	db_run(&q);
	f->frame = db_last_id(db);
	f->written_ms = at_ms;
	f->whole_bytes = is_whole ? bytes.n : f->whole_bytes;
	f->since_bytes = is_whole ? 0 : f->since_bytes + bytes.n;
	f->since = is_whole ? 0 : f->since + 1;
}

/* It still looks like the last frame. */
static void confirm(const struct frames *f, struct db *db, const struct board *board)
{
	struct db_query q = db_query(db, "UPDATE frame SET fetched = ? WHERE id = ?");

	db_put_i64(&q, board->fetched_ms);
	db_put_i64(&q, f->frame);
	db_run(&q);
}

/* What differs is of use only behind what it differs from: not when the clock went
 * back. */
static bool wants_whole(const struct frames *f, int64_t at_ms)
{
	size_t most = f->whole_bytes > SINCE_MIN_BYTES ? f->whole_bytes : SINCE_MIN_BYTES;

	return f->frame == 0 || at_ms < f->written_ms || f->since >= SINCE_MOST ||
	       f->since_bytes > most;
}

void frames_add(struct frames *f, struct db *db, struct board *board, int64_t at_ms)
{
	int64_t tempo_ms = TEMPO_MS + TEMPO_ROW_MS * (int64_t)board->n_rows;
	bool is_whole = !f->last || wants_whole(f, at_ms);
	bool with_figures =
		is_whole || at_ms - f->figures_ms >= tempo_ms || at_ms < f->figures_ms;
	bool *behind = xcalloc(board->n_rows + 1, sizeof(*behind));
	struct strbuf bytes;

	strbuf_init(&bytes, FRAME_MOST_BYTES);
	if (f->last) {
		put_gone(f, db, board, at_ms, &bytes);
		if (!is_whole)
			put_changed(f, db, board, with_figures, behind, &bytes);
	}
	if (is_whole) {
		strbuf_reset(&bytes);
		for (size_t i = 0; i < board->n_rows; i++)
			put_row(f, db, board->def, &board->rows[i], &bytes);
	}
	/* A board past all measure is not kept rather than kept by half. */
	if (!bytes.overflow && (is_whole || bytes.n || !same_marks(f->last, board) ||
				board->fetched_ms > f->last->fetched_ms + UNSEEN_MS))
		write_frame(f, db, board, at_ms, is_whole, strbuf_str(&bytes));
	else if (f->frame)
		confirm(f, db, board);
	if (with_figures)
		f->figures_ms = at_ms;
	strbuf_fini(&bytes);
	free(f->is_behind);
	f->is_behind = behind;
	board_put(f->last);
	f->last = board_get(board);
}

void frames_prune(struct db *db, int64_t before_ms)
{
	struct db_query q = db_query(
		db, "DELETE FROM frame WHERE at < (SELECT max(w.at) FROM frame w WHERE"
		    " w.board = frame.board AND w.whole = 1 AND w.at <= ?)");

	db_put_i64(&q, before_ms);
	db_run(&q);
}
