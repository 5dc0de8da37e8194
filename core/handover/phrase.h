/* Sentences about rows, in Markdown. A phrase is text with cells in it:
 *
 *   **{alert}** on {on}[, by {who}], since {since}
 *
 * {name} is the cell as a person reads it, a moment with how long ago it is; what stands
 * in brackets is left out when one of its cells is unknown. Thread: any (no state). */
#ifndef AZ_HANDOVER_PHRASE_H
#define AZ_HANDOVER_PHRASE_H

#include "base/strbuf.h"
#include "board/board.h"

void phrase_put(struct strbuf *out, const char *phrase, const struct board *board,
		const struct row *row, int64_t now_ms);
/* "07:13 (3h07m ago)", with the day where it is another one than now's. */
void phrase_put_time(struct strbuf *out, int64_t at_ms, int64_t now_ms);
/* The name of the i-th cell that it reads, for tests; empty behind the last one. */
struct str phrase_cell(const char *phrase, size_t i);

#endif
