/* Which right a request needs, whether somebody has it, and which role has it: by the
 * rules Azure Resource Manager goes by, so that a plan can say beforehand what its run
 * would be refused for. Requests of other services need what their action says in words.
 * Thread: any (no state). */
#ifndef AZ_ACT_RIGHTS_H
#define AZ_ACT_RIGHTS_H

#include <cjson/cJSON.h>

#include "act/plan.h"

struct right {
	char action[200]; /* "Microsoft.Sql/servers/databases/write" */
	struct str scope; /* the resource; borrowed from the request */
	bool is_askable;  /* Azure says what somebody may do at that scope */
};

/* False: it is no request of ARM, or none to a resource. */
bool right_of(const struct plan_request *request, struct right *out);
/* "value" of Microsoft.Authorization/permissions: each of them allows what its actions
 * do but its notActions do not. */
bool right_is_given(const struct right *right, const cJSON *permissions);
/* The narrowest built-in role that has it. */
const char *right_role(const char *action);

#endif
