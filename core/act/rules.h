/* What is derived of the rules for changes: boards that core/worker/rules.c lists. Thread:
 * core. */
#ifndef AZ_ACT_RULES_H
#define AZ_ACT_RULES_H

#include "board/derive.h"

extern const struct derive_rule act_rule_limits;

#endif
