/* See signer.h. What is sealed is the seed; the public half is made of it each time, so
 * that no file can say another one. */
#include "act/signer.h"

#include <assert.h>
#include <sodium.h>

#include "auth/file_lock.h"
#include "auth/seal.h"
#include "config/env.h"

#define PURPOSE STR("signer")

enum { LOCK_WAIT_MS = 5000, MOST_MESSAGE_BYTES = 1 << 20 };

static bool find_path(struct strbuf *path, struct err *err)
{
	strbuf_init(path, 4096);
	env_data_path(path, "signer");
	return path->n != 0 ||
	       err_set(err, ERR_CONFIG,
		       "there is no place for a signing key; set HOME or XDG_DATA_HOME");
}

static void derive(struct signer *s, const struct secret *seed)
{
	secret_reserve(&s->secret, crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(s->key.p, (unsigned char *)s->secret.p,
				 (const unsigned char *)seed->p);
	s->name = sign_key_name(&s->key);
}

/* The keychain is open. */
static bool load(struct signer *s, const char *path, const struct keychain *k,
		 struct err *err)
{
	struct secret seed = {0};
	bool ok = seal_file_read(path, &k->key, PURPOSE, &seed, err);

	if (ok && seed.n != crypto_sign_SEEDBYTES)
		ok = err_set(err, ERR_PARSE,
			     "%s holds no signing key; bring it back from a backup",
			     path);
	if (ok)
		derive(s, &seed);
	secret_fini(&seed);
	return ok;
}

static bool make(struct signer *s, const char *path, const struct keychain *k,
		 struct err *err)
{
	struct secret seed = {0};
	bool ok;

	randombytes_buf(secret_reserve(&seed, crypto_sign_SEEDBYTES),
			crypto_sign_SEEDBYTES);
	ok = seal_file_write(path, &k->key, PURPOSE, secret_borrow(&seed), err);
	if (ok)
		derive(s, &seed);
	secret_fini(&seed);
	return ok;
}

bool signer_open(struct signer *s, struct keychain *k, struct err *err)
{
	struct strbuf path;
	bool ok;

	*s = (struct signer){0};
	ok = find_path(&path, err) && keychain_open(k, err) && load(s, path.p, k, err);
	strbuf_fini(&path);
	return ok;
}

/* Another process may have made it meanwhile. */
static bool load_or_make(struct signer *s, const char *path, const struct keychain *k,
			 struct err *err)
{
	struct file_lock lock;
	bool ok;

	if (load(s, path, k, err))
		return true;
	if (err->code != ERR_NOT_FOUND || !file_lock_take(&lock, path, LOCK_WAIT_MS, err))
		return false;
	ok = load(s, path, k, err) ||
	     (err->code == ERR_NOT_FOUND && make(s, path, k, err));
	file_lock_drop(&lock);
	return ok;
}

bool signer_open_or_make(struct signer *s, struct keychain *k, struct err *err)
{
	struct strbuf path;
	bool ok;

	*s = (struct signer){0};
	ok = find_path(&path, err) && keychain_open_or_make(k, err) &&
	     load_or_make(s, path.p, k, err);
	strbuf_fini(&path);
	return ok;
}

void signer_draw(struct signer *s)
{
	struct secret seed = {0};

	*s = (struct signer){0};
	randombytes_buf(secret_reserve(&seed, crypto_sign_SEEDBYTES),
			crypto_sign_SEEDBYTES);
	derive(s, &seed);
	secret_fini(&seed);
}

void signer_fini(struct signer *s)
{
	secret_fini(&s->secret);
	*s = (struct signer){0};
}

struct signature signer_sign(const struct signer *s, enum sign_domain domain,
			     struct str bytes)
{
	struct signature out;
	struct strbuf message;

	assert(secret_is_set(&s->secret));
	strbuf_init(&message, MOST_MESSAGE_BYTES);
	sign_domain_put(&message, domain, bytes);
	assert(!message.overflow);
	crypto_sign_detached(out.p, NULL, (const unsigned char *)message.p, message.n,
			     (const unsigned char *)s->secret.p);
	strbuf_fini(&message);
	return out;
}
