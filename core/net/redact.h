/* Takes secrets out of what may be logged or shown: URLs, header values, free
 * text. Thread: any (no state). */
#ifndef AZ_NET_REDACT_H
#define AZ_NET_REDACT_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

/* "https:" and the slashes after it, of which curl takes any one to three; 0 when
 * the text has none. */
size_t url_scheme_bytes(struct str url);
/* The URL with the values of secret query parameters replaced, credentials
 * before the host dropped, and a long query cut (signed polling URLs). */
void redact_url(struct strbuf *out, struct str url);
bool redact_is_secret_header(struct str name);
/* Any text: bearer tokens, JWTs, key=value pairs with secret names. */
void redact_text(struct strbuf *out, struct str text);
/* What a service said, fit for an error: the first `max` bytes of it as one line, clean
 * and without secrets. */
void redact_line(struct strbuf *out, struct str text, size_t max);

#endif
