/* What `az account get-access-token` prints, good or bad. Thread: any (no state). */
#ifndef AZ_AUTH_AZ_ANSWER_H
#define AZ_AUTH_AZ_ANSWER_H

#include "auth/token.h"

/* Whether a word may stand in its command line: it goes through a script of others. */
bool az_word_is_fine(struct str word);
/* The end is "expires_on", a number or a text, or "expiresOn", in this machine's local
 * time. */
bool az_answer_parse(struct str out, int64_t now_ms, struct token_answer *token,
		     struct err *err) MUST_CHECK;
/* Why there is none, from what it printed beside. */
void az_error(struct str errs, int exit_code, struct err *err);

#endif
