/* Where a row leads: what a linked board is filtered by. Thread: any (no state). */
#ifndef AZ_BOARD_LINK_H
#define AZ_BOARD_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "board/cell_json.h"
#include "board/def.h"

/* The link's filter over the row's cells into `out`, which is emptied first. False when it
 * has one that gives nothing: the link leads nowhere for this row. */
bool link_filter(const struct link_def *link, const struct row_object *row,
		 int64_t now_ms, struct strbuf *out);

#endif
