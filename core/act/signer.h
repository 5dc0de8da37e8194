/* The user's own signing key. Its secret half is a sealed file beside the user's key
 * (auth/keychain.h), made when it is first needed, and lives in locked memory. Thread:
 * one owner opens it, from the pool or headless: it waits for the disk and a
 * passphrase; an open one may be read from anywhere. */
#ifndef AZ_ACT_SIGNER_H
#define AZ_ACT_SIGNER_H

#include <stdbool.h>

#include "act/sign_key.h"
#include "auth/keychain.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

struct signer {
	struct secret secret; /* unset: not open */
	struct sign_key key;  /* the public half */
	struct sign_key_name name;
};

/* ERR_NOT_FOUND when there is none yet. */
bool signer_open(struct signer *s, struct keychain *k, struct err *err) MUST_CHECK;
bool signer_open_or_make(struct signer *s, struct keychain *k,
			 struct err *err) MUST_CHECK;
/* One that nobody keeps: the demo's. */
void signer_draw(struct signer *s);
/* Accepts a zeroed one. */
void signer_fini(struct signer *s);

struct signature signer_sign(const struct signer *s, enum sign_domain domain,
			     struct str bytes);

#endif
