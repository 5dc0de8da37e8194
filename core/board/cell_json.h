/* Cells as JSON values, one rule for rules, links, --query and exports.
 * Thread: any; one object at a time. */
#ifndef AZ_BOARD_CELL_JSON_H
#define AZ_BOARD_CELL_JSON_H

#include <cjson/cJSON.h>

#include "board/board.h"
#include "board/def.h"

enum { CELL_ISO_MAX = 32 };

struct cell_scalar {
	enum { SCALAR_NULL, SCALAR_NUMBER, SCALAR_TEXT } kind;
	double number;
	const char *text; /* the cell's, or `iso` */
	char iso[CELL_ISO_MAX];
};
/* A series is null here. */
void cell_scalar(const struct column *column, const struct cell *cell,
		 struct cell_scalar *out);

/* One JSON object whose members are set anew for each row, without allocating. */
struct row_object {
	const struct board_def *def;
	cJSON *json;
	cJSON **members; /* per column; NULL: left out */
	struct cell_scalar *scalars;
};
/* Without `all`: only the columns that rules read. */
void row_object_init(struct row_object *o, const struct board_def *def, bool all);
/* Borrows the texts of the cells until the next call. */
void row_object_set(struct row_object *o, const struct cell *cells);
void row_object_fini(struct row_object *o);

#endif
