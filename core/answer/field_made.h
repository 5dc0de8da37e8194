/* Values that no single cell has: sums, lists, counts, the evidence's own moment.
 * Thread: any. */
#ifndef AZ_ANSWER_FIELD_MADE_H
#define AZ_ANSWER_FIELD_MADE_H

#include "answer/field.h"
#include "answer/field_rows.h"

/* Of rows that are there, at least one. Sets column and cell; a null among what is added
 * up, and two currencies, make it null. */
void field_make(enum field_how how, const struct row_list *list, size_t column,
		struct field *out);
/* Rows of the field's board: all of them for "", else those of a state, or with a word in
 * a column, "pool=atlas-linux". */
void field_make_count(const char *which, struct field *out);
/* Minutes from a moment of the field's row until now. */
void field_make_since(const struct evidence *e, struct field *out);
/* The moment so many days ago. */
void field_make_kept(const struct evidence *e, struct field *out);
/* "now" or "version", of the evidence. */
void field_make_own(const struct evidence *e, const char *what, struct field *out);
/* Of the runbook of this name: "title", "owner", "updated", "tags", "supersedes",
 * "superseded_by", "sections". */
void field_make_runbook(const struct evidence *e, const char *what, struct field *out);

#endif
