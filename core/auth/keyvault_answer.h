/* What a key vault answers: a secret, a challenge, or why not. The challenge's words
 * are the server's own, so they decide nothing but which of the tokens we would give
 * this very host anyway is wanted. Thread: any (no state). */
#ifndef AZ_AUTH_KEYVAULT_ANSWER_H
#define AZ_AUTH_KEYVAULT_ANSWER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

/* {"value": ..., "contentType": ...}; the text is wiped of it. Replaces *out. */
bool keyvault_value_parse(struct str body, struct secret *out,
			  struct err *err) MUST_CHECK;
/* Any other status: what it says in one line, and what to do. */
void keyvault_error(int status, struct str body, struct err *err);

struct keyvault_challenge {
	struct str resource;  /* "https://vault.azure.net"; empty: not said */
	struct str authority; /* "https://login.microsoftonline.com/TENANT" */
};
/* Slices of a WWW-Authenticate header; false when it is no Bearer challenge. */
bool keyvault_challenge_parse(struct str header, struct keyvault_challenge *out);
/* Whether a token for `resource` may go to `url`: its host is a domain that the
 * vault's host is in, and both are https. */
bool keyvault_resource_fits(struct str resource, struct str url);
/* The directory in the challenge's authority; empty when that is no id. */
struct str keyvault_challenge_tenant(const struct keyvault_challenge *c);

#endif
