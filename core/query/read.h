/* What the files of the reader share: read.c knows the structure of JSON,
 * read_text.c its texts and numbers. Thread: any. */
#ifndef AZ_QUERY_READ_H
#define AZ_QUERY_READ_H

#include "base/vec.h"
#include "query/shape.h"
#include "query/value.h"

struct reader {
	const char *p, *end;
	struct arena *arena;
	size_t arena_start; /* bytes of the arena when we began */
	struct shapes shapes;
	int depth, max_depth;
	/* Items and members being read; an array or object takes its tail off. */
	VEC(struct query_value) values;
	VEC(struct name *) names;
	const char *error; /* what is wrong at p */
};

/* Sets the error and returns false. */
bool reader_fail(struct reader *r, const char *at, const char *what);
/* p stands at the opening quote, and after the closing one then. */
bool reader_text(struct reader *r, struct str *out);
/* p stands at the first character. */
bool reader_number(struct reader *r, struct query_value *out);

#endif
