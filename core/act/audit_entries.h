/* The newest entries of an audit log as rows, each with its hash: what another copy of the
 * log, or a checkpoint that was read out, can be held against. Pure. Thread: any; a long log
 * takes its time, so never on the loop. */
#ifndef AZ_ACT_AUDIT_ENTRIES_H
#define AZ_ACT_AUDIT_ENTRIES_H

#include <cjson/cJSON.h>

#include "act/audit_check.h"

enum { AUDIT_ENTRIES_MOST = 500 };

/* Newest first, the caller's. `report` is of the same log; NULL: nobody could check it. A
 * line that is no entry is none here either: the report says so. */
cJSON *audit_entries(struct str log, const struct audit_report *report);

#endif
