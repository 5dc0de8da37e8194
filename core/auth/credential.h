/* Where a token comes from. A credential is asked for a scope and answers
 * later; it caches, refreshes ahead, and asks once for many waiters.
 * Thread: core. */
#ifndef AZ_AUTH_CREDENTIAL_H
#define AZ_AUTH_CREDENTIAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "net/http.h"

struct credential;

/* `spec` is what the configuration says: "env:NAME" (a bearer token),
 * "sim:URL" (the simulator's token endpoint), "none". */
struct credential *credential_new(struct http *http, struct loop *loop, struct str spec,
				  struct err *err) MUST_CHECK;
void credential_free(struct credential *c);
/* Stable, not secret: for governor keys and messages ("env:AZ_TOKEN"). */
struct str credential_name(const struct credential *c);

/* The token is borrowed for the call; err is ERR_NONE when there is one. An
 * empty token with ERR_NONE means: send none. */
typedef void (*credential_fn)(struct str token, const struct err *err, void *ctx);
void credential_ask(struct credential *c, struct str scope, credential_fn fn, void *ctx);
/* No callback with this ctx comes after. */
void credential_forget(struct credential *c, void *ctx);
/* After a 401 to the token that was answered at `got_ms` (monotonic): the next ask
 * fetches a new one, unless one came since, for another call. */
void credential_refuse(struct credential *c, struct str scope, int64_t got_ms);

#endif
