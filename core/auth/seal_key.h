/* The user's key as it stands in its file: bare, or wrapped in a passphrase by
 * argon2id. A wrapped key says what its derivation costs, so what a file may ask for
 * is bounded. Thread: any (no state); unwrapping takes a tenth of a second and
 * 64 MiB, so never on the loop. */
#ifndef AZ_AUTH_SEAL_KEY_H
#define AZ_AUTH_SEAL_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strbuf.h"

enum { SEAL_KEY_FILE_MAX = 256, PASSPHRASE_MAX = 1024 };

enum seal_key_form { SEAL_KEY_NONE, SEAL_KEY_BARE, SEAL_KEY_WRAPPED };

struct seal_key_cost {
	uint32_t passes;
	uint32_t memory_kib;
};
/* What new keys are wrapped with. */
extern const struct seal_key_cost seal_key_cost;

/* A new key out of the system's randomness. */
void seal_key_make(struct secret *key);
/* The bytes of a key file. */
void seal_key_format(struct secret *file, const struct secret *key);
void seal_key_wrap(struct secret *file, const struct secret *key, struct str passphrase,
		   const struct seal_key_cost *cost);

enum seal_key_form seal_key_form(struct str file);
/* `name` is what errors call the file. */
bool seal_key_parse(struct str file, const char *name, struct secret *key,
		    struct err *err) MUST_CHECK;
/* What unwrapping will cost; false when that is out of bounds. */
bool seal_key_cost_of(struct str file, const char *name, struct seal_key_cost *cost,
		      struct err *err) MUST_CHECK;
/* ERR_AUTH when it is not this passphrase. */
bool seal_key_unwrap(struct str file, const char *name, struct str passphrase,
		     struct secret *key, struct err *err) MUST_CHECK;

#endif
