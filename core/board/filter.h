/* A filter text over the cells of a board:
 *
 *   prod           in any visible cell; small letters match both cases
 *   "two words"    a phrase
 *   !stopped       not in any
 *   status:paused  in that column (name or title); severity: is one too
 *   cpu>80         a figure of that column against a bound; also >=, <, <=
 *   /db-\d+$/      PCRE2 over each cell; also !/x/ and name:/x/
 *
 * All parts must hold. Thread: one owner. */
#ifndef AZ_BOARD_FILTER_H
#define AZ_BOARD_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "board/board.h"
#include "board/def.h"

/* The visible cells of each row as they read, in small letters, one a line: made
 * once a board, so that a key costs one pass over plain bytes. */
struct haystack {
	char *text;
	uint32_t *at; /* where each row starts; one more for the end */
	size_t n_rows;
};
void haystack_init(struct haystack *hay, const struct board *board, int64_t now_ms);
/* Accepts a zeroed struct. */
void haystack_fini(struct haystack *hay);

struct filter;

/* NULL on failure; a text of blanks gives a filter that keeps everything. */
struct filter *filter_parse(struct str text, const struct board_def *def,
			    struct err *err) MUST_CHECK;
void filter_free(struct filter *f);

/* Sets keep[i] to 0 for each row that does not match. */
void filter_apply(struct filter *f, const struct board *board, const struct haystack *hay,
		  int64_t now_ms, uint8_t *keep);

/* Bytes of a drawn cell that made its row match: for highlighting. In order and
 * apart; at most max. */
struct filter_range {
	size_t at, n;
};
size_t filter_ranges(const struct filter *f, size_t column, struct str text,
		     struct filter_range *out, size_t max);

#endif
