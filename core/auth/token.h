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
	struct secret refresh; /* of a person's sign-in; else not set */
	int64_t lifetime_ms;
};

/* {"access_token", "expires_in" or "expires_on", ...}; numbers may be texts. Where
 * neither is a number the token's own end counts. `now_ms` is wall time. */
bool token_answer_parse(struct str body, int64_t now_ms, struct token_answer *out,
			struct err *err) MUST_CHECK;
void token_answer_fini(struct token_answer *answer);
/* {"error", "error_description", ...} of a 4xx, in one line: what it says first,
 * without a secret, and what to do where we know it. */
void token_error(int status, struct str body, struct err *err);
/* The word in "error", such as "authorization_pending"; cut to the buffer. */
void token_error_word(struct str body, char *out, size_t size);
/* The exp claim of a JWT in milliseconds; false when there is none to read. The
 * token is opaque to us otherwise. */
bool token_expiry(struct str jwt, int64_t *utc_ms);
/* Appends whom a JWT was issued to, as directory and person or application: what stays
 * the same when it is renewed. Nothing of it is checked or secret. False when it does
 * not say. */
bool token_put_identity(struct strbuf *out, struct str jwt);

#endif
