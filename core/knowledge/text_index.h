/* The full-text index of sections, in memory, by SQLite's FTS5: words by their English
 * stem, and parts of codes by three letters each. It finds ids; what they stand for is the
 * caller's. Thread: one at a time. */
#ifndef AZ_KNOWLEDGE_TEXT_INDEX_H
#define AZ_KNOWLEDGE_TEXT_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

struct text_index;

/* What is indexed of a section; weights go by column. Codes are those that it is for,
 * names those that it says, each taken apart. */
struct index_row {
	int64_t id;
	struct str title, tags, codes, heading, body, names;
};

enum index_way {
	INDEX_WORDS, /* each word, or several in this order */
	INDEX_PART,  /* any part of a code, of three letters or more */
};

struct text_index *text_index_new(struct err *err) MUST_CHECK;
void text_index_free(struct text_index *ix);
/* Rows are added and removed between these two. */
void text_index_begin(struct text_index *ix);
bool text_index_end(struct text_index *ix, struct err *err) MUST_CHECK;
void text_index_add(struct text_index *ix, const struct index_row *row);
/* The texts must be those it was added with. */
void text_index_remove(struct text_index *ix, const struct index_row *row);

/* How many rows have it. `text` holds words of letters and digits between blanks. */
size_t text_index_count(struct text_index *ix, enum index_way way, struct str text);
/* The rows that have it, in no order, each with how well it fits (more is better): for
 * (q = text_index_find(...); text_index_next(&q, &id, &score);). To the end, always. */
struct db_query text_index_find(struct text_index *ix, enum index_way way,
				struct str text);
bool text_index_next(struct db_query *q, int64_t *id, double *score);
/* The first failure since it was last asked. */
bool text_index_is_fine(struct text_index *ix, struct err *err) MUST_CHECK;

#endif
