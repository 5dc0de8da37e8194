/* Secrets that nothing around them gives away: no name in front, no header. What looks
 * like one is taken for one, so this is for what is kept for ever, not for a screen.
 * Hex is let through: it is nearly always a hash, a version or an id. Thread: any (no
 * state). */
#ifndef AZ_NET_REDACT_OPAQUE_H
#define AZ_NET_REDACT_OPAQUE_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Private keys in PEM, tokens known by their first letters, and long runs of letters
 * and digits as no person names a thing. */
void redact_opaque(struct strbuf *out, struct str text);
/* Whether a member of a document with this name holds a secret, however it is spelled:
 * "adminPassword", "client_secret", "AccountKey", "key1". */
bool redact_is_secret_member(struct str name);

#endif
