/* What the audit log says of each change, as rows: what was asked for and by whom, who
 * approved and ran it, what came of it, and whether a signature vouches for all of that.
 * The log is complete, also of what other azdecks of this user's log did and of changes
 * that are forgotten by now. Pure. Thread: any; a long log takes its time, so never on
 * the loop. */
#ifndef AZ_ACT_AUDIT_CHANGES_H
#define AZ_ACT_AUDIT_CHANGES_H

#include <cjson/cJSON.h>

#include "act/audit_check.h"

enum { AUDIT_CHANGES_MOST = 500 };

/* Rows of the newest, the caller's. `report` is of the same log; NULL: nobody could check
 * it. */
cJSON *audit_changes(struct str log, const struct audit_report *report);
/* The log itself as a row of that list. `why_not` it was not checked, or why there is none;
 * NULL where there is a report. */
cJSON *audit_changes_log(const struct audit_report *report, const char *state,
			 const char *why_not);

#endif
