/* Words of prose, and the few with a digit that are no figures. Thread: any (no state). */
#ifndef AZ_ANSWER_SCAN_WORD_H
#define AZ_ANSWER_SCAN_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct prose_word {
	size_t begin, end;
	bool has_digit; /* of any script */
	bool is_ascii;
};

/* The first at or behind `from`: letters and digits, with what joins them: "4,200",
 * "10:20", "db-atlas", "a.b.example", "/subscriptions/x", "https://...". */
bool word_next(struct str text, size_t from, struct prose_word *out);
/* Whether it says no fact: the number of a list item, a step or an ordinal, "TLS 1.2". */
bool word_is_harmless(struct str text, const struct prose_word *word);
/* Without a digit, but like the name of a resource, by its form alone. */
bool word_looks_like_name(struct str word);
/* "three hours", "zero", "a dozen". */
bool word_is_number(struct str text, const struct prose_word *word);
/* Joined by one of the words that join words and not names: "read-only". */
bool word_is_compound(struct str word);

#endif
