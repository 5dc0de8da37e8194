/* Texts under each other for the terminal: each column is as wide as its widest cell, two
 * blanks stand between them, and nothing is padded at the end of a line. Cells are made
 * clean, so texts from outside may be put in as they are. Thread: any. */
#ifndef AZ_CLI_ALIGNED_H
#define AZ_CLI_ALIGNED_H

#include "base/strbuf.h"

struct aligned;

/* A letter for each column: '<' for texts, '>' for figures, which end under each other.
 * Kept, not copied. */
struct aligned *aligned_new(const char *ways);
/* The next cell; the first after a full row begins another. */
void aligned_put(struct aligned *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Writes the rows that are full, and frees. */
void aligned_end(struct aligned *c, struct strbuf *out);

#endif
