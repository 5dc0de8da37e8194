/* What a job asks of its agent: "docker", "Agent.OS -equals Linux", "node -gtVersion
 * 20.1", and whether the capabilities of an agent answer it, as Azure DevOps itself
 * judges: names and values without case, a version is met by itself and by later ones.
 * Thread: any (no state). */
#ifndef AZ_AGENTS_DEMAND_H
#define AZ_AGENTS_DEMAND_H

#include <stdbool.h>

#include "base/str.h"

enum demand_kind {
	DEMAND_EXISTS,
	DEMAND_EQUALS,
	DEMAND_VERSION,
	DEMAND_ODD, /* an operator that is not known: nobody can say who meets it */
};

struct demand {
	enum demand_kind kind;
	struct str text;  /* as written, trimmed */
	struct str name;  /* slices of it */
	struct str value; /* of DEMAND_EQUALS, DEMAND_VERSION */
};

/* False for what is no demand at all, such as an empty text. */
bool demand_parse(struct str text, struct demand *out);
/* Every pipeline asks for some version of the agent itself; agents update by
 * themselves, so a job does not wait for that. */
bool demand_is_agent_version(const struct demand *demand);

struct capability {
	struct str name, value;
};

enum demand_fit {
	DEMAND_MET,
	DEMAND_MISSING,	  /* the agent has no such capability */
	DEMAND_DIFFERENT, /* it has another value */
	DEMAND_OLDER,	  /* it has an older version, or one that is none */
	DEMAND_UNKNOWN,
};
/* `had`, if not NULL, is what the agent has of that name; empty when nothing. */
enum demand_fit demand_check(const struct demand *demand, const struct capability *all,
			     size_t n, struct str *had);

/* Compares 20.1 with 20.1.3-rc.1 and the like: numbers between dots, what follows a
 * '-' does not count, a missing number is below 0. False: one of them is no version. */
bool version_compare(struct str a, struct str b, int *order);

#endif
