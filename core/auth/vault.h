/* Named secrets in one sealed file. It is opened whole and stays in locked memory;
 * a change locks it, reads it again and replaces it, so that two processes lose
 * nothing. Thread: any, never on the loop. */
#ifndef AZ_AUTH_VAULT_H
#define AZ_AUTH_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/keychain.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

enum { VAULT_NAME_MAX = 64, VAULT_VALUE_MAX = 64 << 10 };

struct vault {
	struct secret plain;
};

/* Borrowed from the vault. */
struct vault_entry {
	struct str name;
	struct str value;
	int64_t changed_ms; /* UTC */
};

/* Letters, digits and . _ - with a letter or digit first. */
bool vault_name_is_fine(struct str name);

/* No file: an empty vault, and the key is not asked for. */
bool vault_load(struct vault *v, struct keychain *k, struct err *err) MUST_CHECK;
void vault_fini(struct vault *v);
/* In order of name: size_t at = 0; while (vault_next(v, &at, &entry)). */
bool vault_next(const struct vault *v, size_t *at, struct vault_entry *entry);
bool vault_find(const struct vault *v, struct str name, struct vault_entry *entry);

/* Adds or replaces. */
bool vault_set(struct keychain *k, struct str name, struct str value, int64_t now_ms,
	       struct err *err) MUST_CHECK;
/* ERR_NOT_FOUND when there is none of that name. */
bool vault_remove(struct keychain *k, struct str name, struct err *err) MUST_CHECK;

/* Whether these bytes are what a vault writes, to the letter; `name` is what errors
 * call them. */
bool vault_check(struct str plain, const char *name, struct err *err) MUST_CHECK;

#endif
