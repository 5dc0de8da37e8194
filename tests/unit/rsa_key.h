/* Keys and certificates made while the test runs, as PEM. A key takes a good part of a
 * second, so tests share them. Thread: the test's. */
#ifndef AZ_TESTS_UNIT_RSA_KEY_H
#define AZ_TESTS_UNIT_RSA_KEY_H

#include <openssl/evp.h>
#include <stdint.h>

#include "base/strbuf.h"

EVP_PKEY *rsa_key_make(int bits);
EVP_PKEY *rsa_key_make_ec(void);
/* Appends "PRIVATE KEY", or "ENCRYPTED PRIVATE KEY" where there is a passphrase. */
void rsa_key_put(struct strbuf *pem, EVP_PKEY *key, const char *passphrase);
/* Appends a certificate for the key, signed by `issuer`'s, good for those times. */
void rsa_key_put_certificate(struct strbuf *pem, EVP_PKEY *key, EVP_PKEY *issuer,
			     int64_t begins_ms, int64_t ends_ms);

#endif
