/* The rules that boards are derived by, in order of name; each stands in the layer it
 * is about. Thread: any (const). */
#include <stddef.h>

#include "act/rules.h"
#include "agents/rules.h"
#include "cost/rules.h"
#include "dr/rules.h"
#include "sql/rules.h"
#include "worker/derived.h"

/* One a line, so that rows are added without touching others. */
/* clang-format off */
const struct derive_rule *const derive_rules[] = {
	&rule_agent_scaling,
	&rule_agent_waits,
	&cost_anomalies_rule,
	&cost_days_rule,
	&cost_movers_rule,
	&cost_outlook_rule,
	&dr_rule_readiness,
	&dr_rule_drills,
	&act_rule_limits,
	&rule_log_silence,
	&rule_node_pools,
	&cost_off_hours_rule,
	&rule_schedules,
	&dr_rule_slo,
	&sql_rule_advice,
	&sql_rule_changes,
	&sql_rule_schedules,
	NULL,
};
/* clang-format on */
