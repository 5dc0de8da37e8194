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
	free(f->ids);
	*f = (struct frames){0};
}

/* Frames are read in the order of their numbers, from a whole one on. */
void frames_go_below(struct frames *f, struct db *db)
{
	struct db_query q =
		db_query(db, "SELECT coalesce(max(id), ?) FROM frame WHERE id < 0");

	db_put_i64(&q, INT64_MIN / 2);
	while (db_next(&q))
		f->below = db_get_i64(&q) + 1;
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

/* A version on its way into a frame. */
struct version {
	struct frames *frames;
	struct db *db;
	const struct board *board;
	struct pairs *pairs;
	int64_t at_ms;
	bool with_figures;
	bool *behind; /* for the next time: figures of the row were left out */
	struct strbuf *out;
};

static int64_t id_of(const struct version *v, size_t row)
{
	return pairs_id(v->pairs, &v->frames->keys, v->db, v->board, row);
}

static void put_row(const struct version *v, size_t row)
{
	frame_put_row(v->out, id_of(v, row), v->board->def, &v->board->rows[row]);
}

/* Rows that are new or changed. Nobody knows any more which figures were left out of one
 * that is behind. */
static void put_changed(const struct version *v)
{
	const struct frames *f = v->frames;

	for (size_t i = 0; i < v->board->n_rows; i++) {
		const struct row *row = &v->board->rows[i], *before;
		ptrdiff_t was = v->pairs->was[i];
		enum row_diff diff;

		if (was < 0) {
			put_row(v, i);
			continue;
		}
		before = &f->last->rows[was];
		diff = row_compare(v->board->def, before, row);
		v->behind[i] = diff == ROW_FIGURES || f->is_behind[was];
		if (diff != ROW_WORDS && !(v->behind[i] && v->with_figures))
			continue;
		frame_put_part(v->out, id_of(v, i), v->board->def, before, row,
			       f->is_behind[was]);
		v->behind[i] = false;
	}
}

static void put_gone(const struct version *v)
{
	struct frames *f = v->frames;

	for (size_t i = 0; i < f->last->n_rows; i++) {
		struct str key = f->last->rows[i].key;
		int64_t id;

		if (v->pairs->stays[i])
			continue;
		id = names_id(&f->keys, v->db, key);
		if (id)
			frame_put_gone(v->out, id);
		if (!f->below)
			name_gone(&f->keys, v->db, key, v->at_ms);
	}
}

static void write_frame(struct frames *f, struct db *db, const struct board *board,
			int64_t at_ms, bool is_whole, struct str bytes)
{
	struct db_query q = db_query(
		db, "INSERT INTO frame(id, board, at, whole, layout, fetched, marks, why,"
		    " bytes) VALUES(nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)");

	if (f->below)
		frames_go_below(f, db);
	db_put_i64(&q, f->below);
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

static void hold(struct frames *f, struct board *board, struct pairs *pairs, bool *behind)
{
	free(f->is_behind);
	f->is_behind = behind;
	free(f->ids);
	f->ids = pairs->ids;
	pairs->ids = NULL;
	board_put(f->last);
	f->last = board_get(board);
}

void frames_add(struct frames *f, struct db *db, struct board *board, struct pairs *pairs,
		int64_t at_ms)
{
	int64_t tempo_ms = TEMPO_MS + TEMPO_ROW_MS * (int64_t)board->n_rows;
	bool is_whole = !f->last || wants_whole(f, at_ms);
	struct strbuf bytes;
	struct version v = {
		.frames = f,
		.db = db,
		.board = board,
		.pairs = pairs,
		.at_ms = at_ms,
		.with_figures = is_whole || at_ms - f->figures_ms >= tempo_ms ||
				at_ms < f->figures_ms,
		.behind = xcalloc(board->n_rows + 1, sizeof(*v.behind)),
		.out = &bytes,
	};

	strbuf_init(&bytes, FRAME_MOST_BYTES);
	if (f->last)
		put_gone(&v);
	if (is_whole)
		strbuf_reset(&bytes);
	else
		put_changed(&v);
	for (size_t i = 0; is_whole && i < board->n_rows; i++)
		put_row(&v, i);
	/* A board past all measure is not kept rather than kept by half. */
	if (!bytes.overflow && (is_whole || bytes.n || !same_marks(f->last, board) ||
				board->fetched_ms > f->last->fetched_ms + UNSEEN_MS))
		write_frame(f, db, board, at_ms, is_whole, strbuf_str(&bytes));
	else if (f->frame)
		confirm(f, db, board);
	if (v.with_figures)
		f->figures_ms = at_ms;
	strbuf_fini(&bytes);
	hold(f, board, pairs, v.behind);
}

void frames_prune(struct db *db, int64_t before_ms)
{
	struct db_query q = db_query(
		db, "DELETE FROM frame WHERE at < (SELECT max(w.at) FROM frame w WHERE"
		    " w.board = frame.board AND w.whole = 1 AND w.at <= ?)");

	db_put_i64(&q, before_ms);
	db_run(&q);
}
