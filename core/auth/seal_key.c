/* See seal_key.h. */
#include "auth/seal_key.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "auth/seal.h"
#include "base/xalloc.h"

enum {
	MOST_PASSES = 16,
	MOST_MEMORY_KIB = 256 << 10,
	NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES
};

static const char bare_magic[SEAL_MAGIC_BYTES + 1] = "azdeck key    1\n";
static const char wrapped_magic[SEAL_MAGIC_BYTES + 1] = "azdeck wrapped1\n";

const struct seal_key_cost seal_key_cost = {.passes = 3, .memory_kib = 64 << 10};

/* Both as they stand in the file: bytes alone. Numbers begin with the low byte. */
struct bare {
	char magic[SEAL_MAGIC_BYTES];
	unsigned char key[SEAL_KEY_BYTES];
};

struct wrapped {
	char magic[SEAL_MAGIC_BYTES];
	unsigned char passes[4];
	unsigned char memory_kib[4];
	unsigned char salt[crypto_pwhash_SALTBYTES];
	unsigned char nonce[NONCE_BYTES];
	/* What stands before is authenticated with it. */
	unsigned char key[SEAL_KEY_BYTES + TAG_BYTES];
};

_Static_assert(sizeof(struct bare) == 48, "the format");
_Static_assert(sizeof(struct wrapped) == 112, "the format");

static void put_u32(unsigned char out[4], uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(value >> 8 * i);
}

static uint32_t get_u32(const unsigned char in[4])
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value |= (uint32_t)in[i] << 8 * i;
	return value;
}

void seal_key_make(struct secret *key)
{
	randombytes_buf(secret_reserve(key, SEAL_KEY_BYTES), SEAL_KEY_BYTES);
}

void seal_key_format(struct secret *file, const struct secret *key)
{
	struct bare *bare = (void *)secret_reserve(file, sizeof(*bare));

	assert(key->n == SEAL_KEY_BYTES);
	memcpy(bare->magic, bare_magic, sizeof(bare->magic));
	memcpy(bare->key, key->p, sizeof(bare->key));
}

static bool derive(struct secret *out, struct str passphrase, const unsigned char *salt,
		   const struct seal_key_cost *cost)
{
	secret_reserve(out, SEAL_KEY_BYTES);
	return crypto_pwhash((unsigned char *)out->p, out->n, passphrase.p, passphrase.n,
			     salt, cost->passes, (size_t)cost->memory_kib << 10,
			     crypto_pwhash_ALG_ARGON2ID13) == 0;
}

void seal_key_wrap(struct secret *file, const struct secret *key, struct str passphrase,
		   const struct seal_key_cost *cost)
{
	struct secret outer = {0};
	struct wrapped w;

	assert(key->n == SEAL_KEY_BYTES);
	memcpy(w.magic, wrapped_magic, sizeof(w.magic));
	put_u32(w.passes, cost->passes);
	put_u32(w.memory_kib, cost->memory_kib);
	randombytes_buf(w.salt, sizeof(w.salt));
	randombytes_buf(w.nonce, sizeof(w.nonce));
	if (!derive(&outer, passphrase, w.salt, cost))
		fatal("out of memory for a passphrase");
	crypto_aead_xchacha20poly1305_ietf_encrypt(w.key, NULL,
						   (const unsigned char *)key->p, key->n,
						   (const unsigned char *)&w,
						   offsetof(struct wrapped, key), NULL,
						   w.nonce,
						   (const unsigned char *)outer.p);
	secret_fini(&outer);
	secret_set(file, (struct str){(const char *)&w, sizeof(w)});
}

static bool begins(struct str file, const char *magic)
{
	return str_starts(file, (struct str){magic, SEAL_MAGIC_BYTES});
}

enum seal_key_form seal_key_form(struct str file)
{
	if (file.n == sizeof(struct bare) && begins(file, bare_magic))
		return SEAL_KEY_BARE;
	if (file.n == sizeof(struct wrapped) && begins(file, wrapped_magic))
		return SEAL_KEY_WRAPPED;
	return SEAL_KEY_NONE;
}

static bool refuse(const char *name, struct err *err)
{
	return err_set(err, ERR_PARSE,
		       "%s is not a key that this azdeck made; bring the right one back, "
		       "or move it away and set the secrets again",
		       name);
}

bool seal_key_parse(struct str file, const char *name, struct secret *key,
		    struct err *err)
{
	if (seal_key_form(file) != SEAL_KEY_BARE)
		return refuse(name, err);
	secret_set(key, str_sub(file, offsetof(struct bare, key), SEAL_KEY_BYTES));
	return true;
}

bool seal_key_cost_of(struct str file, const char *name, struct seal_key_cost *cost,
		      struct err *err)
{
	struct wrapped w;

	if (seal_key_form(file) != SEAL_KEY_WRAPPED)
		return refuse(name, err);
	memcpy(&w, file.p, sizeof(w));
	cost->passes = get_u32(w.passes);
	cost->memory_kib = get_u32(w.memory_kib);
	if (cost->passes < 1 || cost->passes > MOST_PASSES || cost->memory_kib < 8 ||
	    cost->memory_kib > MOST_MEMORY_KIB)
		return refuse(name, err);
	return true;
}

bool seal_key_unwrap(struct str file, const char *name, struct str passphrase,
		     struct secret *key, struct err *err)
{
	struct secret outer = {0}, inner = {0};
	struct seal_key_cost cost;
	struct wrapped w;
	bool ok;

	if (!seal_key_cost_of(file, name, &cost, err))
		return false;
	memcpy(&w, file.p, sizeof(w));
	if (!derive(&outer, passphrase, w.salt, &cost)) {
		secret_fini(&outer);
		return err_set(err, ERR_INTERNAL,
			       "%s needs %u MiB of memory to be opened; there is less",
			       name, cost.memory_kib >> 10);
	}
	secret_reserve(&inner, SEAL_KEY_BYTES);
	ok = crypto_aead_xchacha20poly1305_ietf_decrypt(
		     (unsigned char *)inner.p, NULL, NULL, w.key, sizeof(w.key),
		     (const unsigned char *)&w, offsetof(struct wrapped, key), w.nonce,
		     (const unsigned char *)outer.p) == 0;
	secret_fini(&outer);
	if (ok)
		secret_give(key, &inner);
	else
		err_set(err, ERR_AUTH, "this passphrase does not open %s", name);
	secret_fini(&inner);
	return ok;
}
