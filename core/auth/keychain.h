/* The user's one key and the places of what is sealed with it. The key is opened
 * when it is first needed; a wrapped one asks for its passphrase once. Thread: one
 * owner, but never on the loop; the opened key may be read from the pool. */
#ifndef AZ_AUTH_KEYCHAIN_H
#define AZ_AUTH_KEYCHAIN_H

#include <stdbool.h>

#include "auth/seal_key.h"
#include "base/err.h"
#include "base/secret.h"

/* Asks a person. `is_again`: the one before was wrong. False: err says why not. */
typedef bool (*keychain_ask_fn)(bool is_again, struct secret *passphrase, struct err *err,
				void *ctx);

struct keychain {
	char *key_path;	    /* $XDG_DATA_HOME/azdeck/key; NULL: there is no home */
	char *secrets_path; /* beside it */
	char *tokens_path;  /* $XDG_STATE_HOME/azdeck/tokens */
	const struct seal_key_cost *cost;
	keychain_ask_fn ask; /* NULL: nobody is there */
	void *ask_ctx;
	struct secret key; /* once it is open */
};

/* Where the environment says. */
void keychain_init(struct keychain *k);
void keychain_fini(struct keychain *k);
/* The same places and the same key, without anybody to ask: for the pool. */
void keychain_copy(struct keychain *dst, const struct keychain *src);
/* Whether opening it would ask: it is wrapped, and no file with its passphrase is
 * named. */
bool keychain_is_locked(const struct keychain *k);
/* ERR_NOT_FOUND when there is no key yet. The passphrase comes from the file that
 * AZDECK_PASSPHRASE_FILE names, else from `ask`. */
bool keychain_open(struct keychain *k, struct err *err) MUST_CHECK;
/* Makes the key when there is none: bare, or wrapped where AZDECK_PASSPHRASE_FILE
 * names a passphrase. */
bool keychain_open_or_make(struct keychain *k, struct err *err) MUST_CHECK;
/* Writes the key anew, wrapped; an unset passphrase: bare. What is sealed stays. */
bool keychain_wrap(struct keychain *k, const struct secret *passphrase,
		   struct err *err) MUST_CHECK;

#endif
