/* Actions and plans as text for people, and as JSON. Thread: any (no state). */
#ifndef AZ_CLI_ACT_PRINT_H
#define AZ_CLI_ACT_PRINT_H

#include "act/plan.h"

void act_print_list(struct strbuf *out, const struct actions *actions, bool is_json);
void act_print_plan(struct strbuf *out, const struct plan *plan, bool needs_second,
		    bool is_json);

#endif
