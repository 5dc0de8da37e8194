/* The form that entries and heads share: a document, a blank, the signature in base64
 * (86 letters, no padding). Thread: any (no state). */
#ifndef AZ_ACT_SIGNED_LINE_H
#define AZ_ACT_SIGNED_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "act/merkle.h"
#include "act/sign_key.h"
#include "base/str.h"
#include "base/strbuf.h"

void signed_line_put_signature(struct strbuf *line, const struct signature *signature);
/* False unless it is to the letter what would be written. */
bool signed_line_split(struct str line, struct str *document,
		       struct signature *signature);

void signed_line_put_hash(struct strbuf *out, const struct merkle_hash *hash);

/* Each cuts what it names off the front of *rest; false when that does not stand
 * there. */
bool signed_line_skip(struct str *rest, struct str literal);
bool signed_line_number(struct str *rest, uint64_t *out);
/* 2026-03-11T10:20:30.123Z */
bool signed_line_time(struct str *rest, int64_t *out);
bool signed_line_hash(struct str *rest, struct merkle_hash *out);
/* Up to the next quote; 1 to `max` letters, digits and dashes. */
bool signed_line_word(struct str *rest, size_t max, struct str *out);

#endif
