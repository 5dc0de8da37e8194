/* See rsa_key.h. */
#include "unit/rsa_key.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/xalloc.h"

static EVP_PKEY *make(EVP_PKEY_CTX *ctx)
{
	EVP_PKEY *key = NULL;

	if (EVP_PKEY_keygen(ctx, &key) != 1)
		fatal("test: no key");
	EVP_PKEY_CTX_free(ctx);
	return key;
}

EVP_PKEY *rsa_key_make(int bits)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);

	if (!ctx || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) != 1)
		fatal("test: no RSA");
	return make(ctx);
}

EVP_PKEY *rsa_key_make_ec(void)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);

	if (!ctx || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, NID_X9_62_prime256v1) != 1)
		fatal("test: no EC");
	return make(ctx);
}

static void take(struct strbuf *pem, BIO *bio)
{
	char *text;
	long n = BIO_get_mem_data(bio, &text);

	strbuf_put(pem, (struct str){text, (size_t)n});
	BIO_free(bio);
}

void rsa_key_put(struct strbuf *pem, EVP_PKEY *key, const char *passphrase)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct str p = str_from(passphrase);

	if (PEM_write_bio_PKCS8PrivateKey(bio, key, passphrase ? EVP_aes_256_cbc() : NULL,
					  p.p, (int)p.n, NULL, NULL) != 1)
		fatal("test: cannot write a key");
	take(pem, bio);
}

void rsa_key_put_certificate(struct strbuf *pem, EVP_PKEY *key, EVP_PKEY *issuer,
			     int64_t begins_ms, int64_t ends_ms)
{
	BIO *bio = BIO_new(BIO_s_mem());
	X509 *cert = X509_new();
	X509_NAME *name = X509_get_subject_name(cert);

	X509_set_version(cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 7);
	ASN1_TIME_set(X509_getm_notBefore(cert), begins_ms / 1000);
	ASN1_TIME_set(X509_getm_notAfter(cert), ends_ms / 1000);
	X509_set_pubkey(cert, key);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
				   (const unsigned char *)"azdeck test", -1, -1, 0);
	X509_set_issuer_name(cert, name);
	if (!X509_sign(cert, issuer, EVP_sha256()) || PEM_write_bio_X509(bio, cert) != 1)
		fatal("test: cannot write a certificate");
	take(pem, bio);
	X509_free(cert);
}
