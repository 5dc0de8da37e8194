/* Sealed bytes: XChaCha20-Poly1305 under the user's key, with a header that is
 * authenticated but readable, so that a wrong key, a wrong purpose and damage are
 * told apart. docs/adr has the format. It seals whole small files; a key is used for
 * all of them, so every sealing draws a nonce of its own. Thread: any (no state). */
#ifndef AZ_AUTH_SEAL_H
#define AZ_AUTH_SEAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strbuf.h"

enum {
	SEAL_MAGIC_BYTES = 16,
	SEAL_PURPOSE_BYTES = 16,
	SEAL_KEY_BYTES = 32,
	SEAL_MAX_BYTES = 1 << 20 /* of what is sealed */
};

/* `purpose` is a word such as "secrets", at most 16 bytes: what was sealed for one
 * cannot be passed off as another. Replaces *out; its ceiling must be large enough,
 * else overflow. */
void seal_close(struct strbuf *out, const struct secret *key, struct str purpose,
		struct str plain);
/* `name` is what errors call it. */
bool seal_open(struct str sealed, const struct secret *key, struct str purpose,
	       const char *name, struct secret *plain, struct err *err) MUST_CHECK;

/* The same with a file: checked as in private_file.h, replaced in one step. */
bool seal_file_read(const char *path, const struct secret *key, struct str purpose,
		    struct secret *plain, struct err *err) MUST_CHECK;
bool seal_file_write(const char *path, const struct secret *key, struct str purpose,
		     struct str plain, struct err *err) MUST_CHECK;

#endif
