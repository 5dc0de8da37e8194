/* The boards about recovery that are worked out of others. Thread: any (const). */
#ifndef AZ_DR_RULES_H
#define AZ_DR_RULES_H

#include "board/derive.h"

extern const struct derive_rule dr_rule_drills, dr_rule_readiness, dr_rule_slo;

#endif
