/* See keychain.h. */
#include "auth/keychain.h"

#include <stdlib.h>
#include <unistd.h>

#include "auth/file_lock.h"
#include "auth/private_file.h"
#include "base/xalloc.h"
#include "config/env.h"

enum { TRIES = 3, LOCK_WAIT_MS = 5000 };

static char *take_path(struct strbuf *path)
{
	return path->n ? strbuf_take(path) : NULL;
}

void keychain_init(struct keychain *k)
{
	struct strbuf path;

	*k = (struct keychain){.cost = &seal_key_cost};
	strbuf_init(&path, 4096);
	env_data_path(&path, "key");
	k->key_path = take_path(&path);
	env_data_path(&path, "secrets");
	k->secrets_path = take_path(&path);
	env_state_path(&path, "tokens");
	k->tokens_path = take_path(&path);
	strbuf_fini(&path);
}

void keychain_fini(struct keychain *k)
{
	free(k->key_path);
	free(k->secrets_path);
	free(k->tokens_path);
	secret_fini(&k->key);
	*k = (struct keychain){0};
}

static char *copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void keychain_copy(struct keychain *dst, const struct keychain *src)
{
	*dst = (struct keychain){.key_path = copy_text(src->key_path),
				 .secrets_path = copy_text(src->secrets_path),
				 .tokens_path = copy_text(src->tokens_path),
				 .cost = src->cost};
	if (secret_is_set(&src->key))
		secret_set(&dst->key, secret_borrow(&src->key));
}

/* False without an error set (*is_named false) when no file is named. */
static bool read_passphrase(bool *is_named, struct secret *out, struct err *err)
{
	const char *path = env_get("AZDECK_PASSPHRASE_FILE");

	*is_named = path != NULL;
	if (!path)
		return false;
	if (!private_file_read(path, PASSPHRASE_MAX, out, err)) {
		/* Not found means: no key. */
		err->code = ERR_CONFIG;
		return err_wrap(err, "AZDECK_PASSPHRASE_FILE");
	}
	secret_trim_line(out);
	if (out->n == 0)
		return err_set(err, ERR_CONFIG,
			       "AZDECK_PASSPHRASE_FILE: %s is empty; write the "
			       "passphrase into it",
			       path);
	return true;
}

static bool ask_and_unwrap(struct keychain *k, struct str file, struct err *err)
{
	struct secret passphrase = {0};
	bool ok = false;

	if (!k->ask)
		return err_set(
			err, ERR_AUTH,
			"%s is locked with a passphrase; name a file that holds it "
			"in AZDECK_PASSPHRASE_FILE",
			k->key_path);
	for (int i = 0; !ok && i < TRIES; i++) {
		if (!k->ask(i > 0, &passphrase, err, k->ask_ctx))
			break;
		ok = seal_key_unwrap(file, k->key_path, secret_borrow(&passphrase),
				     &k->key, err);
		if (!ok && err->code != ERR_AUTH)
			break;
	}
	secret_fini(&passphrase);
	return ok;
}

static bool unwrap(struct keychain *k, struct str file, struct err *err)
{
	struct secret passphrase = {0};
	struct seal_key_cost cost;
	bool ok, is_named;

	/* Nobody is asked for a key that cannot be opened at all. */
	if (!seal_key_cost_of(file, k->key_path, &cost, err))
		return false;
	ok = read_passphrase(&is_named, &passphrase, err);
	if (!is_named)
		return ask_and_unwrap(k, file, err);
	ok = ok &&
	     seal_key_unwrap(file, k->key_path, secret_borrow(&passphrase), &k->key, err);
	secret_fini(&passphrase);
	return ok;
}

/* A new key would only hide that the old one is missing. */
static bool fail_unread(const struct keychain *k, struct err *err)
{
	if (err->code == ERR_NOT_FOUND && access(k->secrets_path, F_OK) == 0)
		err_set(err, ERR_CONFIG,
			"%s is gone, and %s was sealed with it; bring it back, or remove "
			"that file and begin again",
			k->key_path, k->secrets_path);
	return false;
}

bool keychain_open(struct keychain *k, struct err *err)
{
	struct secret file = {0};
	bool ok;

	if (secret_is_set(&k->key))
		return true;
	if (!k->key_path)
		return err_set(err, ERR_CONFIG,
			       "there is no place for a key; set HOME or XDG_DATA_HOME");
	if (!private_file_read(k->key_path, SEAL_KEY_FILE_MAX, &file, err))
		return fail_unread(k, err);
	if (seal_key_form(secret_borrow(&file)) == SEAL_KEY_WRAPPED)
		ok = unwrap(k, secret_borrow(&file), err);
	else
		ok = seal_key_parse(secret_borrow(&file), k->key_path, &k->key, err);
	secret_fini(&file);
	return ok;
}

bool keychain_is_locked(const struct keychain *k)
{
	struct secret file = {0};
	struct err ignored;
	bool is_wrapped;

	if (secret_is_set(&k->key) || !k->key_path || env_get("AZDECK_PASSPHRASE_FILE") ||
	    !private_file_read(k->key_path, SEAL_KEY_FILE_MAX, &file, &ignored))
		return false;
	is_wrapped = seal_key_form(secret_borrow(&file)) == SEAL_KEY_WRAPPED;
	secret_fini(&file);
	return is_wrapped;
}

static bool write_key(struct keychain *k, const struct secret *key,
		      const struct secret *passphrase, struct err *err)
{
	struct secret file = {0};
	bool ok;

	if (secret_is_set(passphrase))
		seal_key_wrap(&file, key, secret_borrow(passphrase), k->cost);
	else
		seal_key_format(&file, key);
	ok = private_file_write(k->key_path, secret_borrow(&file), err);
	secret_fini(&file);
	return ok;
}

static bool make(struct keychain *k, struct err *err)
{
	struct secret passphrase = {0}, key = {0};
	bool is_named, ok = read_passphrase(&is_named, &passphrase, err);

	if (!ok && is_named)
		return false;
	seal_key_make(&key);
	ok = write_key(k, &key, &passphrase, err);
	if (ok)
		secret_give(&k->key, &key);
	secret_fini(&key);
	secret_fini(&passphrase);
	return ok;
}

bool keychain_open_or_make(struct keychain *k, struct err *err)
{
	struct file_lock lock;
	bool ok;

	if (keychain_open(k, err))
		return true;
	if (err->code != ERR_NOT_FOUND)
		return false;
	if (!file_lock_take(&lock, k->key_path, LOCK_WAIT_MS, err))
		return false;
	/* Another process may have made it meanwhile. */
	ok = keychain_open(k, err) || (err->code == ERR_NOT_FOUND && make(k, err));
	file_lock_drop(&lock);
	return ok;
}

bool keychain_wrap(struct keychain *k, const struct secret *passphrase, struct err *err)
{
	struct file_lock lock;
	bool ok;

	if (!keychain_open_or_make(k, err) ||
	    !file_lock_take(&lock, k->key_path, LOCK_WAIT_MS, err))
		return false;
	ok = write_key(k, &k->key, passphrase, err);
	file_lock_drop(&lock);
	return ok;
}
