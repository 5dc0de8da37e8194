/* Which rows of a board the key of a field means, and how a row is called so that it is
 * found again. Thread: any. */
#ifndef AZ_ANSWER_FIELD_ROWS_H
#define AZ_ANSWER_FIELD_ROWS_H

#include "base/vec.h"
#include "board/board.h"

enum field_how {
	FIELD_ONE,   /* the row it means; several are one too many */
	FIELD_SUM,   /* of all of them */
	FIELD_LIST,  /* their words, each once */
	FIELD_LEAST, /* the earliest moment, or the least figure */
	FIELD_SINCE, /* of the row it means: minutes from that moment until now */
	FIELD_KEPT,  /* of the row it means: the moment so many days ago */
};

struct field_rows {
	enum field_how how;
	const char *match;  /* columns that have the name, "name,workload"; NULL: the
			     * first one */
	const char *where;  /* rows it can mean: "kind=budget", "a=b,c!=d"; NULL: any;
			     * nothing behind the sign: unknown */
	const char *prefer; /* of several, those of which this holds, if there are any */
	const char *newest; /* of several, the one with the latest moment here */
	const char *same;   /* column in which rows agree that may be added up */
	const char *as_of;  /* when the row was measured */
};

struct row_list {
	VEC(const struct row *) rows;
};

/* `key` empty: all of them. The list is empty before, and the caller's. */
void field_rows_find(const struct board *board, const struct field_rows *rows,
		     struct str key, struct row_list *out);
/* Whether the rows may be added up. */
bool field_rows_agree(const struct board *board, const struct field_rows *rows,
		      const struct row_list *list);
/* Whether the word is what the cell says. */
bool field_cell_is(const struct board *board, const struct row *row, size_t column,
		   struct str word);
/* The shortest key that means this row alone, as it stands between brackets. */
void field_rows_put_key(struct strbuf *out, const struct board *board,
			const struct field_rows *rows, const struct row *row);
/* The keys to choose from, ", " between them, and how many more there are. */
void field_rows_put_choices(struct strbuf *out, const struct board *board,
			    const struct field_rows *rows, const struct row_list *list);

#endif
