/* The public half of a signing key (Ed25519): as text that colleagues put into their
 * configuration, as a short name in what it signed, and what it is for: to say whether
 * a signature is good. Every purpose has a domain of its own, so that what was signed
 * as one thing is never taken for another. Thread: any (no state). */
#ifndef AZ_ACT_SIGN_KEY_H
#define AZ_ACT_SIGN_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

enum {
	SIGN_KEY_BYTES = 32,
	SIGNATURE_BYTES = 64,
	SIGN_KEY_NAME_BYTES = 16,
};

enum sign_domain { SIGN_AUDIT_ENTRY, SIGN_AUDIT_HEAD, SIGN_APPROVAL, SIGN_DOMAINS };

struct sign_key {
	unsigned char p[SIGN_KEY_BYTES];
};

struct signature {
	unsigned char p[SIGNATURE_BYTES];
};

/* 80 bits of a hash of the key, terminated. Two keys with one name cannot be made. */
struct sign_key_name {
	char p[SIGN_KEY_NAME_BYTES + 1];
};

/* Whose signatures count. */
struct sign_keys {
	const struct sign_key *p;
	size_t n;
};

/* "azk1" and 56 letters and digits, the last four of which are a check. */
void sign_key_format(struct strbuf *out, const struct sign_key *key);
/* Refuses what is no key at all: a typing error, or a point that would let somebody
 * sign anything. */
bool sign_key_parse(struct str text, struct sign_key *out, struct err *err) MUST_CHECK;

struct sign_key_name sign_key_name(const struct sign_key *key);
/* Of the keys that count the one of that name, or NULL. */
const struct sign_key *sign_keys_find(const struct sign_keys *keys, struct str name);

bool sign_key_verify(const struct sign_key *key, enum sign_domain domain,
		     struct str bytes, const struct signature *signature) MUST_CHECK;

/* What is signed: the domain's name, a zero byte, the bytes. */
void sign_domain_put(struct strbuf *out, enum sign_domain domain, struct str bytes);

#endif
