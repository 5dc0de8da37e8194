/* What is derived of databases: boards that core/worker/rules.c lists. Thread: core. */
#ifndef AZ_SQL_RULES_H
#define AZ_SQL_RULES_H

#include "board/derive.h"

extern const struct derive_rule sql_rule_advice, sql_rule_changes, sql_rule_schedules;

#endif
