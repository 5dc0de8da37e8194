/* What a credential's settings name (secrets and files), read before a fetch and held
 * until it ends: those in a key vault on the loop, then the others on the pool. The
 * credential may go while it is being read: the reading has copies of all it needs.
 * Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_READING_H
#define AZ_AUTH_READING_H

#include "auth/method.h"

struct reading;

typedef void (*reading_fn)(struct slot *slot, const struct err *err);

/* NULL when there is nothing to read or to make; else `done` comes from the loop. */
struct reading *reading_start(struct slot *slot, reading_fn done);
/* Something of it came out of a key vault some time ago, and may have been exchanged
 * there since. False for NULL. */
bool reading_was_kept(const struct reading *r);
/* Accepts NULL. After it `done` does not come. */
void reading_free(struct reading *r);
/* For `make`: a setting's own text, the scope that is asked for, and the wall time.
 * Borrowed. */
struct str reading_setting(const struct reading *r, const char *name);
struct str reading_scope(const struct reading *r);
int64_t reading_now_ms(const struct reading *r);
/* What `make` made; empty when it made nothing or r is NULL. */
struct str reading_made(const struct reading *r);
/* Trimmed; empty when the setting is not set or r is NULL. Borrowed. */
struct str reading_find(const struct reading *r, const char *name);
/* Takes what was read out of an error's text, should it be there. */
void reading_redact(const struct reading *r, struct err *err);
/* The same with one secret; one of few letters may be any word and is left. */
void secret_blot_out(struct err *err, struct str secret);

#endif
