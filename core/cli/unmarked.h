/* Markdown for those who read it as it is: what a backslash only keeps from being a mark
 * stands there without it. Thread: any (no state). */
#ifndef AZ_CLI_UNMARKED_H
#define AZ_CLI_UNMARKED_H

#include "base/str.h"
#include "base/strbuf.h"

/* Appends whole blocks: code in them is closed. */
void unmarked_put(struct strbuf *out, struct str markdown);

#endif
