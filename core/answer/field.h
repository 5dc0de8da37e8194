/* Fields: logical names of what boards show, "sql[db-atlas].tier" or
 * "cost.budget[budget-atlas].pct_used", so that an answer can name what it says. A table
 * (field_table.c) ties each to a board, the rows its key can mean and a column.
 * `azdeck ask --fields` prints it, and docs/FIELDS.md is its page.
 *
 * A value is read from evidence alone, at the version of the board that is in it. What is
 * null is unknown and never 0; what is older than it may be is stale, and says so.
 * Thread: any. */
#ifndef AZ_ANSWER_FIELD_H
#define AZ_ANSWER_FIELD_H

#include "answer/evidence.h"
#include "base/strbuf.h"

/* id, word, what it says to a person */
#define FIELD_STATE_LIST(X)                                                              \
	X(KNOWN, "known", "as it was read")                                              \
	X(STALE, "stale", "older than it may be")                                        \
	X(UNKNOWN, "unknown", "there is no value")                                       \
	X(NO_ROW, "no-row", "there is no such thing on the board")                       \
	X(AMBIGUOUS, "ambiguous", "several rows are called so")                          \
	X(NO_BOARD, "no-board", "its board has not been read")                           \
	X(NO_NAME, "no-name", "no field is called so")

enum field_state {
#define X(id, word, help) FIELD_##id,
	FIELD_STATE_LIST(X)
#undef X
		FIELD_STATES
};
const char *field_state_name(enum field_state state);
const char *field_state_help(enum field_state state);

enum { FIELD_PATH_MOST = 256, FIELD_KEY_MOST = 160 };

/* A row of the dictionary. */
struct field_def {
	const char *root; /* "sql", "cost.budget", "cost.mtd" */
	const char *name; /* "tier", "drill.measured_rto_sec" */
	const char *board;
	const char *column; /* of the board */
	const char *about;
};
size_t field_count(void);
const struct field_def *field_at(size_t i);

struct field {
	enum field_state state;
	const struct field_def *def; /* NULL: NO_NAME */
	char path[FIELD_PATH_MOST];  /* as it is cited: with the row's own name */
	const struct board *board;   /* NULL: NO_BOARD */
	const struct row *row;	     /* NULL: none, or it is of the whole board */
	const struct column *column;
	const struct cell *cell;
	uint64_t version;  /* of the board */
	int64_t as_of_ms;  /* when it was read; 0: never */
	char choices[240]; /* AMBIGUOUS: the rows, "a, b and 3 more" */
	char unit[16];	   /* "%", "s", "EUR", ...; "" */
};

/* Never fails: what is wrong is a state. `path` is what somebody wrote: any bytes. */
void field_read(const struct evidence *e, struct str path, struct field *out);
/* The board the path needs, before any is read; NULL: NO_NAME. */
const char *field_board(struct str path);
/* As a sentence has it: "87 %", "14:32 CET", "Business Critical"; where there is none,
 * what the state says. */
void field_put(struct strbuf *out, const struct evidence *e, const struct field *field);

/* The path of a cell that a person looks at: how "ask about this row" names it. */
bool field_name_cell(struct strbuf *out, const struct board *board, const struct row *row,
		     const struct column *column);

#endif
