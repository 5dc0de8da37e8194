/* What a token endpoint answers, and what a token says of itself.
 * Thread: any (no state). */
#ifndef AZ_AUTH_TOKEN_H
#define AZ_AUTH_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/strbuf.h"

struct token_answer {
	struct secret token;
	int64_t lifetime_ms;
};

/* {"access_token", "expires_in", ...}; numbers may be texts. */
bool token_answer_parse(struct str body, struct token_answer *out,
			struct err *err) MUST_CHECK;
/* {"error", "error_description", ...} of a 4xx, in one line. */
void token_error(int status, struct str body, struct err *err);
/* The exp claim of a JWT in milliseconds; false when there is none to read. The
 * token is opaque to us otherwise. */
bool token_expiry(struct str jwt, int64_t *utc_ms);
/* Appends whom a JWT was issued to, as directory and person or application: what stays
 * the same when it is renewed. Nothing of it is checked or secret. False when it does
 * not say. */
bool token_put_identity(struct strbuf *out, struct str jwt);

#endif
