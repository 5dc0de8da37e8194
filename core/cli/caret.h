/* A place in a text that somebody wrote, as a person reads it: the line, and a mark
 * under the place. The text may come from anywhere, so none of its control characters
 * is written, and a long line is cut around the place. Thread: any (no state). */
#ifndef AZ_CLI_CARET_H
#define AZ_CLI_CARET_H

#include "base/str.h"
#include "base/strbuf.h"

/* Two lines, each ended; an offset past the text is its end. */
void cli_put_caret(struct strbuf *out, struct str text, size_t offset);

#endif
