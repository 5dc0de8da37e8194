/* See jwt_key.h. The text is cut into its blocks here, and OpenSSL sees one at a time:
 * looking for a certificate it would otherwise decode the key into memory that it
 * does not wipe. */
#include "auth/jwt_key.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>

#include "base/timefmt.h"
#include "base/xalloc.h"

enum { LOCKED_BYTES = 256 << 10, LOCKED_LEAST = 32, RSA_LEAST_BITS = 2048 };

#define BEGIN STR("-----BEGIN ")
#define END   STR("-----END ")
#define DASH  STR("-----")

struct block {
	struct str label; /* "CERTIFICATE" */
	struct str text;  /* all of it */
};

/* The next block of the text; false when there is none. */
static bool next_block(struct str *rest, struct block *block)
{
	ptrdiff_t begin = str_find(*rest, BEGIN), label_end, end;
	struct str after;

	if (begin < 0)
		return false;
	after = str_sub(*rest, (size_t)begin + BEGIN.n, rest->n);
	label_end = str_find(after, DASH);
	end = str_find(after, END);
	if (label_end < 0 || end < label_end)
		return false;
	block->label = str_sub(after, 0, (size_t)label_end);
	/* The mark at the end has the same length as the one at the beginning. */
	block->text = str_sub(*rest, (size_t)begin,
			      BEGIN.n + (size_t)end + END.n + block->label.n + DASH.n);
	*rest = str_sub(after, (size_t)end + END.n, after.n);
	return true;
}

/* OpenSSL's errors may hold what it read; they are not told. */
static bool fail(struct err *err, const char *what)
{
	ERR_clear_error();
	return err_set(err, ERR_CONFIG, "%s", what);
}

/* For pem_password_cb: how many bytes there are, or -1. */
static int give_passphrase(char *into, int size, int is_for_writing, void *ctx)
{
	const struct str *passphrase = ctx;

	(void)is_for_writing;
	if (passphrase->n == 0 || size < 0 || passphrase->n > (size_t)size)
		return -1;
	memcpy(into, passphrase->p, passphrase->n);
	return (int)passphrase->n;
}

static bool check_key(const struct jwt_key *key, struct err *err)
{
	if (EVP_PKEY_base_id(key->pkey) != EVP_PKEY_RSA)
		return fail(err, "the private key is not an RSA key, which this sign-in "
				 "needs");
	if (EVP_PKEY_bits(key->pkey) < RSA_LEAST_BITS)
		return err_set(err, ERR_CONFIG,
			       "the private key has %d bits; make one of %d or more",
			       EVP_PKEY_bits(key->pkey), RSA_LEAST_BITS);
	return true;
}

static bool read_key(struct jwt_key *key, const struct block *block,
		     struct str passphrase, struct err *err)
{
	bool is_encrypted = str_find(block->text, STR("ENCRYPTED")) >= 0;
	BIO *bio = BIO_new_mem_buf(block->text.p, (int)block->text.n);

	if (key->pkey) {
		BIO_free(bio);
		return fail(err, "there are two private keys; leave one");
	}
	key->pkey = PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, &passphrase);
	BIO_free(bio);
	if (key->pkey)
		return check_key(key, err);
	if (!is_encrypted)
		return fail(err, "the private key does not read; it is cut or damaged");
	return fail(err, passphrase.n ? "the passphrase does not open the private key"
				      : "the private key is encrypted; name its "
					"passphrase as well");
}

static bool read_certificate(struct jwt_key *key, const struct block *block,
			     struct err *err)
{
	BIO *bio = BIO_new_mem_buf(block->text.p, (int)block->text.n);
	X509 *cert =
		PEM_read_bio_X509(bio, NULL, give_passphrase, &(struct str){.p = NULL});

	BIO_free(bio);
	if (!cert)
		return fail(err, "a certificate does not read; it is cut or damaged");
	if (key->n_chain == JWT_CHAIN_MOST) {
		X509_free(cert);
		return fail(err, "there are too many certificates; leave those of the "
				 "chain");
	}
	key->chain[key->n_chain++] = cert;
	return true;
}

static int64_t utc_ms(const ASN1_TIME *time)
{
	struct tm parts;
	struct utc utc;

	if (!ASN1_TIME_to_tm(time, &parts))
		return 0;
	utc = (struct utc){.year = parts.tm_year + 1900,
			   .month = parts.tm_mon + 1,
			   .day = parts.tm_mday,
			   .hour = parts.tm_hour,
			   .minute = parts.tm_min,
			   .second = parts.tm_sec};
	return utc_to_ms(&utc);
}

/* The key's own certificate comes first. */
static bool sort_chain(struct jwt_key *key, struct err *err)
{
	size_t own = 0;
	X509 *cert;

	if (key->n_chain == 0)
		return true;
	while (own < key->n_chain &&
	       X509_check_private_key(key->chain[own], key->pkey) != 1)
		own++;
	if (own == key->n_chain)
		return fail(err, "no certificate belongs to the private key");
	ERR_clear_error();
	cert = key->chain[own];
	memmove(&key->chain[1], &key->chain[0], own * sizeof(*key->chain));
	key->chain[0] = cert;
	key->begins_ms = utc_ms(X509_get0_notBefore(cert));
	key->ends_ms = utc_ms(X509_get0_notAfter(cert));
	if (X509_digest(cert, EVP_sha1(), key->sha1, NULL) != 1 ||
	    X509_digest(cert, EVP_sha256(), key->sha256, NULL) != 1)
		return fail(err, "OpenSSL cannot hash the certificate");
	return true;
}

static bool read_all(struct jwt_key *key, struct str pem, struct str passphrase,
		     struct err *err)
{
	struct block block;

	while (next_block(&pem, &block)) {
		if (str_ends(block.label, STR("PRIVATE KEY"))) {
			if (!read_key(key, &block, passphrase, err))
				return false;
		} else if (str_eq(block.label, STR("CERTIFICATE"))) {
			if (!read_certificate(key, &block, err))
				return false;
		}
	}
	if (!key->pkey)
		return fail(err, "there is no private key; it takes PEM, a block that "
				 "begins with -----BEGIN PRIVATE KEY-----");
	return sort_chain(key, err);
}

struct jwt_key *jwt_key_new(struct str pem, struct str passphrase, struct err *err)
{
	struct jwt_key *key = xcalloc(1, sizeof(*key));

	if (!CRYPTO_secure_malloc_initialized())
		CRYPTO_secure_malloc_init(LOCKED_BYTES, LOCKED_LEAST);
	/* An ASN.1 sequence, but no PEM. */
	if (pem.n && pem.p[0] == 0x30 && str_find(pem, BEGIN) < 0)
		err_set(err, ERR_CONFIG,
			"this looks like PFX; turn it into PEM with: openssl pkcs12 -in "
			"FILE -out FILE.pem -nodes");
	else if (read_all(key, pem, passphrase, err))
		return key;
	jwt_key_free(key);
	return NULL;
}

void jwt_key_free(struct jwt_key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->pkey);
	for (size_t i = 0; i < key->n_chain; i++)
		X509_free(key->chain[i]);
	free(key);
}
