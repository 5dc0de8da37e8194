/* "cpu>80", "wait>=10m", "size<5GiB": a figure against a bound.
 * Thread: any (no state). */
#ifndef AZ_BOARD_FILTER_BOUND_H
#define AZ_BOARD_FILTER_BOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "board/board.h"
#include "board/def.h"

enum filter_order {
	FILTER_NO_ORDER,
	FILTER_BELOW,
	FILTER_UP_TO,
	FILTER_FROM,
	FILTER_ABOVE
};

/* Cuts "<", "<=", ">=" or ">" off the front. */
enum filter_order filter_order_cut(struct str *rest);
/* What is behind it, in the units a person writes: 80, 80%, 1.5k, 5GiB, 10m, 2h.
 * Ages and durations are spans of time; a bare number means seconds. */
bool filter_bound_read(struct str text, const struct column *column, double *out,
		       struct err *err) MUST_CHECK;
/* A figure that is not known is on no side of any bound. */
bool filter_bound_holds(enum filter_order order, double bound,
			const struct column *column, const struct cell *cell,
			int64_t now_ms);
/* Text, states and series have no order to ask for. */
bool filter_bound_fits(const struct column *column);

#endif
