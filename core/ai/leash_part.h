/* What the search for orders in outside texts is made of; private to leash_*.c. Each part
 * says what a text tries, in words that follow "it", or NULL. Thread: any (no state). */
#ifndef AZ_AI_LEASH_PART_H
#define AZ_AI_LEASH_PART_H

#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

/* Words of a text as they are compared: small letters without marks, look-alikes of other
 * scripts made Latin, hidden characters left out, "camelCase" and "snake_case" parted.
 * They stand in `text`, a blank between two. Where a line begins anew, a word of its
 * own stands: what is said in one line of a log does not go on in the next. */
#define LEASH_BREAK "."
struct leash_words {
	struct strbuf text;
	VEC(struct str) list;
};
void leash_fold(struct str text, struct leash_words *out);
void leash_words_fini(struct leash_words *words);
/* A letter of another script as the Latin one that it looks like, without its marks;
 * itself where there is none, 0 where it is not seen at all. */
uint32_t leash_fold_letter(uint32_t cp);

/* A row of words: "a|b*" is the word a or one that begins with b, ".4" lets up to four
 * words stand between, and "!a|b" in front says what may not stand before the first one.
 * "Do not" is the word "dont". */
struct leash_row {
	const char *row, *what;
};
extern const struct leash_row leash_rows[];
extern const size_t leash_n_rows;

/* By the words: "ignore all previous instructions". */
const char *leash_phrase(const struct leash_words *words);
/* By what stands there as it is: escapes, hidden characters, marks of models' own
 * formats, citations, links that lie. */
const char *leash_shape(struct str text);
const char *leash_link(struct str text);

/* The text with "%41" and "\u0041" undone. False: it has hardly any. */
bool leash_unescape(struct str text, struct strbuf *out);
/* The next piece of *rest that stands for another text, base64 or hex. False: there is
 * none. */
bool leash_decode(struct str *rest, struct strbuf *out);

#endif
