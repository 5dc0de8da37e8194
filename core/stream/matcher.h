/* Which lines hold a text or match a pattern. Lines are bytes up to a newline; a
 * carriage return before it belongs to the line, as for grep. Thread: one at a time. */
#ifndef AZ_STREAM_MATCHER_H
#define AZ_STREAM_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct matcher;

struct matcher_options {
	bool is_regex; /* PCRE2; else the text itself, each line of it an alternative */
	bool ignore_case;
};

/* NULL and err for a pattern that is none. */
struct matcher *matcher_new(struct str text, const struct matcher_options *options,
			    struct err *err) MUST_CHECK;
void matcher_free(struct matcher *m);

/* Where in one line (without its newline) it first stands; -1: it does not. */
ptrdiff_t matcher_find(struct matcher *m, struct str line, size_t from, size_t *length);
static inline bool matcher_has(struct matcher *m, struct str line)
{
	size_t length;

	return matcher_find(m, line, 0, &length) >= 0;
}
/* The next line in a block of whole lines that matches, at or after the one that begins
 * at `from`; with its newline if it has one. False: none does. */
bool matcher_next_line(struct matcher *m, struct str block, size_t from,
		       struct str *line);
/* Lines that were given up because the pattern backtracked without end. */
uint64_t matcher_given_up(const struct matcher *m);

/* How many lines of a block of whole lines match, as `grep -c` counts: a NUL ends a line
 * too. And how many lines there are, counted so. */
uint64_t matcher_count(struct matcher *m, struct str block);
uint64_t matcher_count_lines(struct str block);

#endif
