/* Actions and plans as text for people, and as JSON. Thread: any (no state). */
#ifndef AZ_CLI_ACT_PRINT_H
#define AZ_CLI_ACT_PRINT_H

#include "act/plan.h"
#include "worker/change/changes.h"

void act_print_list(struct strbuf *out, const struct actions *actions, bool is_json);
void act_print_plan(struct strbuf *out, const struct plan *plan, bool needs_second,
		    bool is_json);
void act_print_change(struct strbuf *out, const struct act_change *change, bool is_json);
/* Of one that was begun: what became of it, as Markdown. */
void act_print_report(struct strbuf *out, const struct act_change *change);
void act_print_changes(struct strbuf *out, const struct changes *changes, bool is_json,
		       int64_t now_ms);
/* One line: how a run stands. */
void act_print_progress(struct strbuf *out, const struct act_change *change);

#endif
