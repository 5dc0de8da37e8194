/* The boards that are made of agents, jobs, scalers and pods. Thread: core. */
#ifndef AZ_AGENTS_RULES_H
#define AZ_AGENTS_RULES_H

#include "board/derive.h"

extern const struct derive_rule rule_agent_scaling, rule_agent_waits, rule_log_silence,
	rule_node_pools, rule_schedules;

#endif
