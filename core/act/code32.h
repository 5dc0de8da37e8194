/* Bits as text that people read aloud and type: base32 without letters that look like
 * others (Crockford's), lower case, with 20 bits of check behind them that depend on
 * what the text is for. Reading forgives case, blanks, dashes, and o, i and l.
 * Thread: any (no state). */
#ifndef AZ_ACT_CODE32_H
#define AZ_ACT_CODE32_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/strbuf.h"

enum { CODE32_CHECK_SYMBOLS = 4 };

/* The first n_bits of the bytes as symbols; a last one that is not full has zeros. */
void code32_put(struct strbuf *out, const unsigned char *bytes, size_t n_bits);

/* Symbols and nothing else back into bits. */
bool code32_take(struct str text, unsigned char *bytes, size_t n_bits);

struct code32 {
	struct str purpose;
	size_t n_bits;
	size_t group; /* a dash behind so many symbols; 0: none */
};
/* The bits and their check. */
void code32_format(struct strbuf *out, const struct code32 *form,
		   const unsigned char *bytes);
/* Fills (n_bits + 7) / 8 bytes. False when it is not such a text: too long or short,
 * another letter, or the check is wrong. */
bool code32_parse(const struct code32 *form, struct str text, unsigned char *bytes);

#endif
