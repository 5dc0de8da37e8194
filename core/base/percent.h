/* Percent-encoding of what goes into an address or a form. Thread: any (no state). */
#ifndef AZ_BASE_PERCENT_H
#define AZ_BASE_PERCENT_H

#include "base/str.h"
#include "base/strbuf.h"

/* All but letters, digits and "-._~". */
void percent_encode(struct strbuf *out, struct str value);
/* The same, but "/" stays: of a path with its segments. */
void percent_encode_path(struct strbuf *out, struct str value);
/* "%41" as 'A'; what is no escape stays as it is. */
void percent_decode(struct strbuf *out, struct str value);

#endif
