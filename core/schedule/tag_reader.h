/* Reading a tag sign by sign: blanks between signs mean nothing, nor do upper and lower
 * case, and whatever does not fit is an error with its place. Thread: any (no state). */
#ifndef AZ_SCHEDULE_TAG_READER_H
#define AZ_SCHEDULE_TAG_READER_H

#include <stdbool.h>

#include "schedule/escape.h"
#include "schedule/tag.h"

struct tag_reader {
	const struct plain_tag *tag;
	size_t at, end;
	struct schedule_error *error;
};

/* The next sign in lower case, 0 at the end. */
char tag_peek(struct tag_reader *r);
/* Whether it is this one; then it is read. */
bool tag_skip(struct tag_reader *r, char c);
/* Letters, digits and _ . - from here on; it may be empty. */
struct str tag_word(struct tag_reader *r);
/* As many digits as there are; false when there are none or more than `most` of them. */
bool tag_number(struct tag_reader *r, size_t most, int *out);
/* What is left, without the blanks around it. */
struct str tag_rest(struct tag_reader *r);
/* The error, at that place of r->tag->text. False. */
bool tag_fail(const struct tag_reader *r, size_t at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
