/* Rows of a board as bytes, and back. Rows are known by number (store/names.h);
 * columns by name and type, so that frames written under an earlier definition still
 * read: what has gone from it is left out, what is new is unknown.
 * What is read is taken for outside bytes. Thread: any (no state). */
#ifndef AZ_STORE_FRAME_H
#define AZ_STORE_FRAME_H

#include "base/arena.h"
#include "board/board.h"
#include "board/def.h"

/* "layout:\nsku:text\ncpu:percent\n": what the rows of a definition look like. */
void frame_layout(const struct board_def *def, struct strbuf *out);

void frame_put_row(struct strbuf *out, int64_t id, const struct board_def *def,
		   const struct row *row);
/* The cells that are not as they were; with `all_figures`, all that are no words. */
void frame_put_part(struct strbuf *out, int64_t id, const struct board_def *def,
		    const struct row *before, const struct row *row, bool all_figures);
void frame_put_gone(struct strbuf *out, int64_t id);

struct frame_entry {
	int64_t id;
	enum frame_kind { FRAME_ROW = 1, FRAME_GONE, FRAME_PART } kind;
	struct str bytes; /* for frame_read_row, frame_read_part */
};
/* False at the end, and where the bytes make no sense: then `rest` is empty as well. */
bool frame_next(struct str *rest, struct frame_entry *entry);

/* Where the columns of a layout are in a definition. */
struct frame_map {
	struct frame_place {
		enum cell_type type;
		ptrdiff_t to; /* -1: nowhere */
	} * places;
	size_t n;
};
/* False for what is no layout. */
bool frame_map_make(struct frame_map *map, struct str layout, const struct board_def *def,
		    struct arena *arena) MUST_CHECK;
/* The row's cells and severity, in the arena. Its key is the caller's. */
bool frame_read_row(struct str bytes, const struct frame_map *map,
		    const struct board_def *def, struct arena *arena,
		    struct row *row) MUST_CHECK;
/* Onto what came before it. */
bool frame_read_part(struct str bytes, const struct frame_map *map, struct arena *arena,
		     struct row *row) MUST_CHECK;

#endif
