/* What is different between two looks at a board: in words, which a person calls a
 * change, or only in figures, which always move. Thread: any (no state). */
#ifndef AZ_STORE_DIFF_H
#define AZ_STORE_DIFF_H

#include "board/board.h"
#include "board/def.h"
#include "store/pairs.h"

enum row_diff { ROW_SAME, ROW_FIGURES, ROW_WORDS };

/* Both rows are of this definition. Series do not count. */
enum row_diff row_compare(const struct board_def *def, const struct row *a,
			  const struct row *b);

#define CHANGE_KIND_LIST(X) X(CAME, "came") X(WENT, "went") X(BECAME, "became")
enum change_kind {
#define X(id, name) CHANGE_##id,
	CHANGE_KIND_LIST(X)
#undef X
};
const char *change_kind_name(enum change_kind kind);

/* All texts are borrowed from the boards or from the call. */
struct change {
	enum change_kind kind;
	struct str key;
	const char *what;	    /* the row's first cell, as a person reads it */
	const char *title;	    /* of the column that changed; "" for a whole row */
	const char *before, *after; /* its texts; "" for a whole row */
	enum severity sev_before, sev_after; /* of the row */
};

typedef void (*change_fn)(const struct change *change, void *ctx);
/* Rows that came or went are told only when both boards are whole: what could not be
 * asked is not gone. A severity that changed without a word is told by the figure
 * that is worst. */
void board_changes(const struct board *before, const struct board *after,
		   const struct pairs *pairs, int64_t now_ms, change_fn fn, void *ctx);

#endif
