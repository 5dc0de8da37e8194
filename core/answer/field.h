/* Fields: names of what boards show, so that an answer can say where a figure stands.
 *
 *   ROOT[KEY].NAME    "sql[atlas-orders].tier": a row of the dictionary (field_table.c)
 *                     ties it to a board, the rows its key can mean and a column;
 *                     `azdeck ask --fields` prints it, and docs/FIELDS.md is its page
 *   ROOT.NAME         "cost.mtd.actual": the same without a key
 *   BOARD[KEY].COLUMN "web-apps[atlas-web].plan": any cell of any board
 *   BOARD.count       how many rows; "agents.count[offline]" those of a state, and
 *                     "agents.count[pool=atlas-linux]" those with a word in a column
 *   BOARD.sum[COLUMN] "off-hours.sum[monthly]"; unknown where one of them is
 *
 * A key is what a person calls the row: its name, whatever the case, or the row's own key,
 * or "QUALIFIER/NAME" where several are called so and one has that word in another column.
 * What would end it stands as "%5B", "%5D", "%25".
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

enum { FIELD_PATH_MOST = 400, FIELD_KEY_MOST = 320, FIELD_BOARDS_MOST = 4 };

struct field_rows;

/* A row of the dictionary. Several may be called the same: the first that has such a row
 * answers. */
struct field_def {
	const char *root; /* "sql", "cost.budget", "cost.mtd" */
	const char *name; /* "tier", "drill.measured_rto_sec"; "" */
	const char *about;
	const char *board;	       /* "": of the evidence itself */
	const char *column;	       /* of the board */
	const struct field_rows *rows; /* which rows, and what is made of them */
};
size_t field_count(void);
const struct field_def *field_at(size_t i);
/* "root[KEY].name", as the page has it. */
void field_put_pattern(struct strbuf *out, const struct field_def *def);

/* Not to be copied: `cell` may point into it. */
struct field {
	enum field_state state;
	const struct field_def *def; /* NULL: of no row of the dictionary */
	char path[FIELD_PATH_MOST];  /* as it is cited: with the row's own name */
	const struct board *board;   /* NULL: NO_BOARD, or of the evidence itself */
	const struct row *row;	     /* NULL: none, or it is of several */
	const struct column *column; /* KNOWN and STALE have it, and cell */
	const struct cell *cell;
	uint64_t version;  /* of the board */
	int64_t as_of_ms;  /* when it was measured, else when it was read; 0: never */
	char choices[240]; /* AMBIGUOUS: the keys to choose from, ", " between them */
	char unit[16];	   /* "%", "s", "EUR", ...; "" */
	char key[FIELD_KEY_MOST]; /* as it was asked for: what there is none of */
	struct cell made;	  /* private */
	char text[512];		  /* private */
};

/* Never fails: what is wrong is a state. `path` is what somebody wrote: any bytes. */
void field_read(const struct evidence *e, struct str path, struct field *out);
/* The boards that the path may need, before any is read: the first answers where it can.
 * 0: NO_NAME, or it needs none. `library` is for fields that are cells of boards. */
size_t field_boards(const struct library *library, struct str path,
		    const char *out[FIELD_BOARDS_MOST]);
/* As a sentence has it: "87%", "14:32 UTC", "Business Critical"; where there is none,
 * what the state says. Texts from outside are not fit for Markdown yet. */
void field_put(struct strbuf *out, const struct evidence *e, const struct field *field);
/* As a program has it: moments are ISO, durations seconds; "" where there is none. True:
 * it is a number. */
bool field_put_value(struct strbuf *out, const struct field *field);

/* The path of a cell that a person looks at: how "ask about this row" names it. `column`
 * NULL: of the row, without a column, "sql[atlas-orders]". False: it is too long. */
bool field_name_cell(struct strbuf *out, const struct board *board, const struct row *row,
		     const struct column *column);

#endif
