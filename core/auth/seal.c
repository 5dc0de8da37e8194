/* See seal.h. */
#include "auth/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "auth/private_file.h"

enum {
	ID_BYTES = 16,
	NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	VERSION_AT = 14 /* in the magic */
};

static const char magic[SEAL_MAGIC_BYTES + 1] = "azdeck sealed 1\n";

/* As it stands in the file: bytes alone, so it has no padding. */
struct header {
	char magic[SEAL_MAGIC_BYTES];
	char purpose[SEAL_PURPOSE_BYTES]; /* zeros behind it */
	unsigned char key_id[ID_BYTES];
	unsigned char nonce[NONCE_BYTES];
};

_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");
_Static_assert(sizeof(struct header) == 72, "the format");

/* Which key it is, without telling the key. */
static void put_key_id(const struct secret *key, unsigned char id[ID_BYTES])
{
	static const char what[] = "azdeck key id";

	assert(key->n == SEAL_KEY_BYTES);
	crypto_generichash(id, ID_BYTES, (const unsigned char *)what, sizeof(what) - 1,
			   (const unsigned char *)key->p, key->n);
}

void seal_close(struct strbuf *out, const struct secret *key, struct str purpose,
		struct str plain)
{
	size_t at = sizeof(struct header);
	struct header h = {.purpose = {0}};

	assert(purpose.n && purpose.n <= SEAL_PURPOSE_BYTES);
	memcpy(h.magic, magic, sizeof(h.magic));
	memcpy(h.purpose, purpose.p, purpose.n);
	put_key_id(key, h.key_id);
	randombytes_buf(h.nonce, sizeof(h.nonce));
	strbuf_reset(out);
	strbuf_put(out, (struct str){(const char *)&h, sizeof(h)});
	strbuf_pad(out, '\0', plain.n + TAG_BYTES);
	if (out->overflow)
		return;
	crypto_aead_xchacha20poly1305_ietf_encrypt((unsigned char *)out->p + at, NULL,
						   (const unsigned char *)plain.p,
						   plain.n, (const unsigned char *)&h,
						   sizeof(h), NULL, h.nonce,
						   (const unsigned char *)key->p);
}

static bool check_magic(const struct header *h, const char *name, struct err *err)
{
	if (memcmp(h->magic, magic, VERSION_AT) != 0 ||
	    h->magic[VERSION_AT + 1] != magic[VERSION_AT + 1])
		return err_set(err, ERR_PARSE,
			       "%s was not sealed by azdeck; move it out of the way",
			       name);
	if (h->magic[VERSION_AT] != magic[VERSION_AT])
		return err_set(err, ERR_PARSE,
			       "%s was sealed by another version of azdeck; use that one",
			       name);
	return true;
}

static bool check_header(const struct header *h, const struct secret *key,
			 struct str purpose, const char *name, struct err *err)
{
	char wanted[SEAL_PURPOSE_BYTES] = {0};
	unsigned char id[ID_BYTES];

	if (!check_magic(h, name, err))
		return false;
	memcpy(wanted, purpose.p, purpose.n);
	if (memcmp(wanted, h->purpose, sizeof(wanted)) != 0)
		return err_set(
			err, ERR_PARSE,
			"%s holds something else than %.*s; move it out of the way", name,
			STR_ARG(purpose));
	put_key_id(key, id);
	if (memcmp(id, h->key_id, sizeof(id)) != 0)
		return err_set(err, ERR_PARSE,
			       "%s was sealed with another key; bring that key back, or "
			       "remove the file and begin again",
			       name);
	return true;
}

bool seal_open(struct str sealed, const struct secret *key, struct str purpose,
	       const char *name, struct secret *plain, struct err *err)
{
	struct secret opened = {0};
	struct header h;

	assert(purpose.n && purpose.n <= SEAL_PURPOSE_BYTES);
	if (sealed.n < sizeof(h) + TAG_BYTES) {
		if (sealed.n >= sizeof(h.magic)) {
			memcpy(&h, sealed.p, sizeof(h.magic));
			if (!check_magic(&h, name, err))
				return false;
		}
		return err_set(
			err, ERR_PARSE,
			"%s is cut short; bring it back from a backup, or remove it",
			name);
	}
	memcpy(&h, sealed.p, sizeof(h));
	if (!check_header(&h, key, purpose, name, err))
		return false;
	sealed = str_sub(sealed, sizeof(h), sealed.n);
	if (sealed.n - TAG_BYTES > SEAL_MAX_BYTES)
		return err_set(err, ERR_TOO_LARGE, "%s is larger than azdeck makes them",
			       name);
	secret_reserve(&opened, sealed.n - TAG_BYTES);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		    (unsigned char *)opened.p, NULL, NULL,
		    (const unsigned char *)sealed.p, sealed.n, (const unsigned char *)&h,
		    sizeof(h), h.nonce, (const unsigned char *)key->p) != 0) {
		secret_fini(&opened);
		return err_set(err, ERR_PARSE,
			       "%s is damaged; bring it back from a backup, or remove it",
			       name);
	}
	secret_give(plain, &opened);
	return true;
}

bool seal_file_read(const char *path, const struct secret *key, struct str purpose,
		    struct secret *plain, struct err *err)
{
	const size_t max = SEAL_MAX_BYTES + sizeof(struct header) + TAG_BYTES;
	struct secret sealed = {0};
	bool ok;

	if (!private_file_read(path, max, &sealed, err))
		return false;
	ok = seal_open(secret_borrow(&sealed), key, purpose, path, plain, err);
	secret_fini(&sealed);
	return ok;
}

bool seal_file_write(const char *path, const struct secret *key, struct str purpose,
		     struct str plain, struct err *err)
{
	struct strbuf sealed;
	bool ok;

	if (plain.n > SEAL_MAX_BYTES)
		return err_set(err, ERR_TOO_LARGE, "%s would be larger than %d KiB", path,
			       SEAL_MAX_BYTES >> 10);
	strbuf_init(&sealed, SEAL_MAX_BYTES + sizeof(struct header) + TAG_BYTES);
	seal_close(&sealed, key, purpose, plain);
	ok = private_file_write(path, strbuf_str(&sealed), err);
	strbuf_fini(&sealed);
	return ok;
}
