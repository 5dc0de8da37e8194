/* What a board of schedules says of each edge, whatever it is an edge of: which one went by
 * without effect, what comes next, and the day as it is intended. For rules. Thread: core. */
#ifndef AZ_BOARD_HOURS_ROW_H
#define AZ_BOARD_HOURS_ROW_H

#include "board/hours.h"

/* "on S3", "off 1", "off": what an edge asks for. */
void hours_put_edge(struct strbuf *out, const struct schedule_edge *edge);

/* Whether an edge went by that can be caught up with. */
bool hours_is_missed(enum wanted_fate fate);

/* Puts missed, due, then, next, zone and day. The fate is of the last edge where there is a
 * drift; WANTED_UNTOLD where there is none. `why` nothing was done, in words; "": unknown. */
void hours_row_put(cJSON *row, const struct hours *h, const struct wanted *wanted,
		   enum wanted_fate fate, const char *why);

#endif
