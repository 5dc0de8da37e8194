/* Tokens of a credential that are kept over runs. Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_KEEPING_H
#define AZ_AUTH_KEEPING_H

#include "auth/method.h"

/* What is kept for the slot, once: what was taken is not offered again. */
bool keeping_find(struct slot *s, struct secret *token, int64_t *lifetime_ms) MUST_CHECK;
/* Keeps what the slot has, where its method's tokens are kept. */
void keeping_put(const struct slot *s, int64_t lifetime_ms);
/* After it was refused. */
void keeping_drop(const struct slot *s);
/* All scopes of the credential. */
void keeping_drop_all(const struct credential *c);

/* A person's refresh token, which is good for every scope. False: none. */
bool keeping_find_refresh(const struct credential *c, struct secret *refresh) MUST_CHECK;
/* An unset one: it is dropped. */
void keeping_put_refresh(const struct credential *c, const struct secret *refresh);

#endif
