/* What stands behind "keyvault:" in a reference: VAULT/NAME or VAULT/NAME/VERSION.
 * Only letters that Azure lets names have pass, so a reference can name no other
 * host and no other path. Thread: any (no state). */
#ifndef AZ_AUTH_KEYVAULT_REF_H
#define AZ_AUTH_KEYVAULT_REF_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

#define KEYVAULT_PREFIX	     "keyvault:"
#define KEYVAULT_PLACEHOLDER "{vault}"

struct keyvault_ref {
	struct str vault, name;
	struct str version; /* empty: the newest */
};

/* Slices of `rest`, which is what stands behind the prefix. */
bool keyvault_ref_parse(struct str rest, struct keyvault_ref *out);
/* Where it is asked: `url` with the vault in the place of "{vault}", the path and the
 * api-version. */
void keyvault_ref_put_url(struct strbuf *out, const struct keyvault_ref *ref,
			  struct str url);

#endif
