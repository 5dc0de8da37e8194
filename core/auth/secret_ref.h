/* Where a secret is, as the configuration writes it, and the secret itself:
 *
 *	env:NAME	an environment variable
 *	file:PATH	a file of the user's own that is open to nobody else
 *	secret:NAME	what `azdeck secret set NAME` keeps
 *	keyvault:VAULT/NAME	a secret of Azure Key Vault; /VERSION may follow
 *
 * Errors name the reference, never the value. Thread: any, never on the loop: files
 * are read, and the key may have to be unwrapped. */
#ifndef AZ_AUTH_SECRET_REF_H
#define AZ_AUTH_SECRET_REF_H

#include <stdbool.h>

#include "auth/keychain.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

/* Whether it is well formed; nothing is looked up. A value that was written in the
 * place of a reference is not repeated in the error. */
bool secret_ref_check(struct str ref, struct err *err) MUST_CHECK;
/* Whether it is in a key vault, and what names it there (a slice): keyvault_reader.h
 * reads it, on the loop. */
bool secret_ref_is_remote(struct str ref, struct str *rest);
/* One line end at the end is left out; what is empty then is an error, and so is one
 * that is remote. Replaces *out. */
bool secret_ref_resolve(struct str ref, struct keychain *k, struct secret *out,
			struct err *err) MUST_CHECK;

#endif
