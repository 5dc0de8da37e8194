/* Sign-in with a code that a person enters elsewhere. Nobody does so here: a code is
 * entered by itself two seconds after it was given. Tenants of some names stand for
 * the ways it ends otherwise. Thread: core. */
#ifndef AZ_SIM_TENANT_DEVICE_H
#define AZ_SIM_TENANT_DEVICE_H

#include "sim/tenant/tenant.h"

#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

struct token_refusal {
	int status;
	const char *error; /* a word */
	int code;	   /* of AADSTS */
	const char *text;
};

void tenant_refuse(const struct world *w, struct reply *rep,
		   const struct token_refusal *why);

void tenant_device_code(struct world *w, const struct request *req, struct reply *rep);
/* NULL: it was entered. */
const struct token_refusal *device_refusal(const struct world *w, struct str tenant,
					   struct str device_code);
/* NULL: it is one of ours. */
const struct token_refusal *device_refresh_refusal(struct str token);
void device_put_refresh(struct strbuf *out, const struct world *w);

#endif
