/* What the files of faults share: a row of kinds[] says what fails, and how. Private to
 * core/sim/fault*.c. Thread: core. */
#ifndef AZ_SIM_FAULT_PART_H
#define AZ_SIM_FAULT_PART_H

#include "sim/fault/faults.h"

enum { FAULT_SLOW_MS = 5000 };

enum fault_way {
	WAY_STATUS,  /* refused, as the service does */
	WAY_GATEWAY, /* the same by a proxy before it, as a page */
	WAY_REVOKED, /* tokens from before are refused, new ones are not */
	WAY_KEEP,    /* an answer is kept back */
	WAY_DROP,    /* closed without one */
	WAY_SIGN_IN, /* sent elsewhere */
	WAY_BODY,    /* 200, with another body */
	WAY_SPOIL,   /* the good answer, changed */
};

struct fault_kind {
	const char *name, *what;
	enum fault_way way;
	int status;
	const char *code, *text; /* %s of a text: the action that is denied */
	/* Beside the above. */
	void (*put)(const struct request *req, int64_t now_ms, struct reply *rep);
	const char *type, *body; /* WAY_BODY */
};

/* NULL: there is no such fault. */
const struct fault_kind *fault_kind_find(struct str name);
/* Whether it is a token that is asked for. */
bool fault_is_sign_in(const struct request *req);

#endif
