/* A plan, who approved it and how its run stands, as text to read before a name is typed.
 * Thread: ui. */
#ifndef AZ_TUI_CHANGE_CHANGE_TEXT_H
#define AZ_TUI_CHANGE_CHANGE_TEXT_H

#include "act/action.h"
#include "act/plan.h"
#include "tui/widget/look.h"
#include "tui/widget/prose.h"
#include "worker/change/changes.h"

struct change_text {
	const struct plan *plan;
	const struct act_change *change; /* NULL: nobody proposed it yet */
	const struct action *action;	 /* NULL: this azdeck does not know it */
	bool needs_second;
	int64_t now_ms;
};

/* What it would do: before and after, what it costs, what depends on it, its requests. */
void change_put_plan(struct prose *p, const struct look *look,
		     const struct change_text *t);
/* Where it stands: what it waits for, or its steps and what came of them. */
void change_put_state(struct prose *p, const struct look *look,
		      const struct change_text *t);
/* "size S2 -> S3": the first thing it would change. */
void change_put_diff(struct strbuf *out, const struct look *look,
		     const struct plan *plan);
enum role change_outcome_role(enum run_outcome outcome);
bool change_has_expired(const struct change_text *t);

#endif
