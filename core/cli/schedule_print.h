/* What `azdeck schedule` found out, for people and for scripts. Thread: any (no
 * state). */
#ifndef AZ_CLI_SCHEDULE_PRINT_H
#define AZ_CLI_SCHEDULE_PRINT_H

#include "base/strbuf.h"
#include "schedule/evaluate.h"
#include "schedule/tag.h"

enum { SCHEDULE_MOST_NEXT = 100 };

struct schedule_report {
	struct str tag;
	int64_t at_ms;
	const struct schedule *schedule; /* NULL: see error */
	struct schedule_error error;
	enum schedule_intent intended;
	bool has_last;
	struct schedule_edge last, next[SCHEDULE_MOST_NEXT];
	size_t n_next;
	bool has_since; /* somebody asked what went by after ... */
	int64_t since_ms;
	struct schedule_missed missed;
};

void schedule_put_table(struct strbuf *out, const struct schedule_report *report);
/* {"schema": "azdeck.schedule/1", ...} */
void schedule_put_json(struct strbuf *out, const struct schedule_report *report);

#endif
