/* How long a row was in which state: "online 41 minutes, scaling 3, unseen 5". What
 * nobody looked at is not taken for what it was before: an availability made of it would
 * be made up. Thread: one at a time, with its database: the pool, in a store_ask. */
#ifndef AZ_STORE_SPANS_H
#define AZ_STORE_SPANS_H

#include "board/board.h"
#include "store/db.h"

/* Unseen: azdeck did not run, did not ask, or had no answer. Absent: the board was seen,
 * without the row. */
enum span_kind { SPAN_UNSEEN, SPAN_ABSENT, SPAN_SEEN };

struct span {
	size_t key; /* which of the keys asked for */
	int64_t from_ms, to_ms;
	enum span_kind kind;
	struct str state;  /* seen: the text of the cell, clean; "" when unknown */
	enum severity sev; /* seen: of the cell; of the row where no column is named */
};

struct spans_ask {
	const struct board_def *def;
	const struct str *keys; /* rows: all of them in one walk */
	size_t n_keys;
	const char *column; /* a word of the definition; NULL: the row's severity alone */
	int64_t from_ms, to_ms;
	/* A look holds for so long after it, unless the next one says otherwise: a few
	 * intervals of the board. */
	int64_t holds_ms;
};

/* Texts live for the call. */
typedef void (*span_fn)(const struct span *span, void *ctx);
/* All of the time between, for each key in order, one span for as long as nothing is
 * different. False, and no span: there is no such column of words. A database that fails
 * ends it: see db_is_fine. */
bool spans_read(struct db *db, const struct spans_ask *ask, span_fn fn,
		void *ctx) MUST_CHECK;

/* Milliseconds of the span that are between the two. */
int64_t span_within(const struct span *span, int64_t from_ms, int64_t to_ms);

#endif
