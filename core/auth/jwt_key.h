/* An RSA key to sign with and, where there is one, its certificate, out of PEM. The
 * key lives in OpenSSL's locked memory and is wiped when it goes; once it has signed,
 * OpenSSL keeps a copy of its primes on the heap until then. OpenSSL's own
 * question for a passphrase on the terminal is never asked. Thread: one owner; a key
 * may be signed with from the pool. */
#ifndef AZ_AUTH_JWT_KEY_H
#define AZ_AUTH_JWT_KEY_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { JWT_SHA1_BYTES = 20, JWT_SHA256_BYTES = 32, JWT_CHAIN_MOST = 8 };

struct jwt_key {
	EVP_PKEY *pkey;
	/* The key's own first, then the others in the order of the file. */
	X509 *chain[JWT_CHAIN_MOST];
	size_t n_chain;			    /* 0: there is no certificate */
	int64_t begins_ms, ends_ms;	    /* of the first; UTC */
	unsigned char sha1[JWT_SHA1_BYTES]; /* of its DER form */
	unsigned char sha256[JWT_SHA256_BYTES];
};

/* `passphrase`: of an encrypted key; empty: none. A key alone will do; a certificate
 * must be the key's. */
struct jwt_key *jwt_key_new(struct str pem, struct str passphrase,
			    struct err *err) MUST_CHECK;
void jwt_key_free(struct jwt_key *key);

#endif
