/* Whether the configuration lets somebody do something to something now. Pure, and asked
 * twice: when it is planned and when it is run. Thread: any (reads zone files when a zone
 * is met first). */
#ifndef AZ_ACT_POLICY_H
#define AZ_ACT_POLICY_H

#include <cjson/cJSON.h>

#include "act/action.h"
#include "config/config.h"
#include "schedule/zones.h"

struct policy_question {
	const char *action, *target;
	enum action_risk risk;
	const cJSON *inputs; /* object */
	const char *by;	     /* a name of the configuration, or who knows */
	int64_t now_ms;
};

struct policy_answer {
	bool is_allowed;
	bool needs_second; /* person */
	char why[300];	   /* not: one sentence, and when or what is allowed */
};

/* The one that decides; NULL: none fits. */
const struct config_action_rule *policy_rule(const struct config_actions *policy,
					     const char *action, const char *target);

/* `zones` is of whoever asks, for as long as it asks. */
void policy_ask(const struct config_actions *policy, const struct policy_question *q,
		struct zones *zones, struct policy_answer *out);

#endif
