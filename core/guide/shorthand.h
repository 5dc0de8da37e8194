/* What people type at night in place of words: "w/o", "b4", "rn". Thread: any (const). */
#ifndef AZ_GUIDE_SHORTHAND_H
#define AZ_GUIDE_SHORTHAND_H

#include "base/str.h"
#include "base/strbuf.h"

/* Appends the text with shorthand written out; names and marks stay as they are. */
void shorthand_expand(struct str text, struct strbuf *out);

#endif
