/* What a credential's settings name (secrets and files), read on the pool before a
 * fetch and held until it ends. The credential may go while it is being read: the
 * reading has copies of all it needs. Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_READING_H
#define AZ_AUTH_READING_H

#include "auth/method.h"

struct reading;

typedef void (*reading_fn)(struct slot *slot, const struct err *err);

/* NULL when the settings name nothing to read; else `done` comes from the loop. */
struct reading *reading_start(struct slot *slot, reading_fn done);
/* Accepts NULL. After it `done` does not come. */
void reading_free(struct reading *r);
/* Trimmed; empty when the setting is not set or r is NULL. Borrowed. */
struct str reading_find(const struct reading *r, const char *name);
/* Takes what was read out of an error's text, should it be there. */
void reading_redact(const struct reading *r, struct err *err);

#endif
