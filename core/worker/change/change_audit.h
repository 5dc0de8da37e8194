/* What the audit log is told of changes: which entries, and what stands in them. Pure but
 * for memory: each function adds to a page that the ledger then writes. Thread: core. */
#ifndef AZ_WORKER_CHANGE_AUDIT_H
#define AZ_WORKER_CHANGE_AUDIT_H

#include "act/approve.h"
#include "act/run.h"
#include "worker/change/ledger.h"

void audit_plan(struct ledger_page *page, const struct plan *plan, bool needs_second);
/* `who` approved; `how` is "typed" or "code". */
void audit_approval(struct ledger_page *page, const struct plan *plan,
		    const struct approval *approval, const char *who, const char *how);
/* `what` was refused: "plan", "approve", "run", "reject". */
void audit_refusal(struct ledger_page *page, const struct plan *plan, const char *what,
		   const char *why);
/* There is no plan of it. */
void audit_no_plan(struct ledger_page *page, const char *action, const char *target,
		   const char *why);

/* What of a run the log knows. */
struct audit_seen {
	bool has_begun;
	enum run_state state;
	struct run_step steps[PLAN_MOST];
	char trouble[sizeof(((struct err *)0)->text)];
};
/* A run that is gone on with: the log knows what the journal knew. */
void audit_saw(struct audit_seen *seen, const struct run *run);
/* Adds what is new since, and notes that it has been told. */
void audit_run(struct ledger_page *page, const struct run *run, struct audit_seen *seen);

#endif
