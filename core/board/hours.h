/* Business hours of a board's rows: the tag of each by the name the configuration gives it,
 * what holds where the tag says nothing, and what is asked for now. For rules; nothing
 * acts on it. Thread: core. */
#ifndef AZ_BOARD_HOURS_H
#define AZ_BOARD_HOURS_H

#include "base/strbuf.h"
#include "board/derive.h"
#include "schedule/wanted.h"

struct hours {
	const struct derive *d;
	const struct schedule *defaults; /* of tags; NULL: the grammar's */
	char wrong[200];		 /* with the configuration's; "" nothing */
	struct schedule kept;		 /* private: what defaults point at */
	struct strbuf tag;
};

void hours_init(struct hours *h, const struct derive *d);
void hours_fini(struct hours *h);
/* The row's own tag; NULL: it has none. Borrowed until the next call. */
const char *hours_tag(struct hours *h, const struct board *board, size_t row);
/* What the tag asks for at the moment of the rule. */
void hours_look(const struct hours *h, const char *tag, struct wanted *out);

#endif
