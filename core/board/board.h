/* A board: an immutable table with a severity per cell and row, a stable key
 * per row, a version and an age. Made once on the core thread, then shared
 * read-only; counted, because both threads hold it. Thread: any. */
#ifndef AZ_BOARD_BOARD_H
#define AZ_BOARD_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/ref.h"
#include "base/str.h"
#include "base/strbuf.h"

struct board_def;

/* Worst last. Unknown is worth a look but is no alarm. */
enum severity { SEV_NONE, SEV_OK, SEV_INFO, SEV_UNKNOWN, SEV_WARN, SEV_CRIT };
const char *severity_name(enum severity sev); /* "ok", "warn", ... */
bool severity_find(struct str name, enum severity *out);

enum cell_type {
	CELL_TEXT,
	CELL_NUMBER,
	CELL_BYTES,
	CELL_MONEY,
	CELL_PERCENT,
	CELL_TIME,
	CELL_AGE,      /* a moment, shown as how long ago */
	CELL_DURATION, /* milliseconds */
	CELL_STATE,    /* a word with a severity and an explanation */
	CELL_SERIES,   /* numbers, oldest first; NAN: none */
};
const char *cell_type_name(enum cell_type type);
bool cell_type_find(struct str name, enum cell_type *out);

struct cell {
	double number;	     /* value; moments and durations in milliseconds */
	const char *text;    /* clean and terminated; "" when there is none;
				CELL_MONEY: the currency */
	const float *series; /* CELL_SERIES, or the history of a numeric column */
	uint32_t series_n;
	uint8_t sev;  /* enum severity */
	bool is_null; /* unknown; never 0 */
};

struct row {
	struct str key;	    /* stable, unique in the board */
	enum severity sev;  /* the worst of its cells and row rules */
	bool repeats;	    /* it says again what a row of another board says */
	struct cell *cells; /* one per column of the definition */
	struct str raw;	    /* compact JSON of the source row; empty: not kept */
};

struct board {
	struct ref ref;
	const struct board_def *def; /* held */
	uint64_t version;	     /* grows by one each time the content is replaced */
	int64_t fetched_ms; /* wall time of the oldest answer of its rows; 0: never */
	int64_t asked_ms;   /* wall time of the last try */
	int64_t due_ms;	    /* wall time of the next try; 0: none planned */
	/* Age from which it counts as stale: what its definition says, or longer, where the
	 * world's clock runs faster than anybody can ask. 0: it does not age. */
	int64_t fresh_ms;
	bool is_loading;  /* no answer yet */
	bool is_stale;	  /* the last try failed: rows are the last good ones */
	bool is_partial;  /* some requests failed or were capped */
	bool is_filling;  /* something it is made of has not come yet */
	struct err err;	  /* why stale or partial; ERR_NONE */
	const char *note; /* what is not there to have rows of, which is no fault; NULL */
	struct row *rows;
	size_t n_rows;
	uint32_t by_sev[SEV_CRIT + 1]; /* rows per severity */
	uint32_t news[SEV_CRIT + 1];   /* the same, without rows that repeat others */
	enum severity worst;
	uint32_t surprises;   /* values that were not what the definition expects */
	uint32_t *slots;      /* row number + 1 by key; see board_find() */
	uint32_t n_slots;     /* a power of two, or 0 */
	struct board *owner;  /* whose arena the rows are in; NULL: its own */
	struct board **parts; /* private: boards whose rows it shows too, held */
	size_t n_parts;
	struct arena arena;
};

/* Empty and loading. Its maker may change it until it is shared. */
struct board *board_new(const struct board_def *def);
/* A new board with the same rows, uncopied, and the same marks, for its maker to
 * change: how a failed poll marks the last good rows stale. */
struct board *board_remark(struct board *board);
/* A board with those of its rows that are to be kept, shared, not copied, and the same
 * marks. */
typedef bool (*board_keep_fn)(const struct board *board, const struct row *row,
			      const void *ctx);
struct board *board_cut(struct board *board, board_keep_fn keep, const void *ctx);
/* Sorts rows into slots, makes keys unique and counts severities: once, when the
 * rows are complete. */
void board_seal(struct board *board);

/* For the maker of a board that shows rows of up to n others: room for them, then
 * each. */
void board_hold_parts(struct board *board, size_t n);
void board_hold_part(struct board *board, struct board *part);

struct board *board_get(struct board *board);
void board_put(struct board *board); /* accepts NULL */

/* Its last try failed, or its rows are older than they may be. */
bool board_is_old(const struct board *board, int64_t now_ms);

/* Index of the row with this key, or -1. */
ptrdiff_t board_find(const struct board *board, struct str key);

/* The cell as a person reads it: units, one precision per type, a dash for null,
 * at most max_cells wide (figures are shortened, never cut; 0: as wide as it
 * likes). A series has no text. */
struct column;
void cell_format(struct strbuf *out, const struct column *column, const struct cell *cell,
		 int64_t now_ms, int max_cells);
/* The same in ASCII: "-" for null, "EUR" for the sign. */
void cell_format_ascii(struct strbuf *out, const struct column *column,
		       const struct cell *cell, int64_t now_ms, int max_cells);
/* For sorting: null last in both directions is the caller's business. */
int cell_compare(const struct column *column, const struct cell *a, const struct cell *b);
/* Texts as people sort them: "node2" before "node10"; "A" and "a", "01" and "1"
 * are equal. */
int text_compare(const char *a, const char *b);

/* Rows as a JSON list of objects by column name, with "severity": what --query
 * sees. Moments are ISO texts, durations seconds, unknown is null. */
void board_rows_json(const struct board *board, struct strbuf *out);

#endif
