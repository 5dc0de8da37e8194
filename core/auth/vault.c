/* See vault.h. An entry is its name, when it was changed, and its value, as pack.h
 * writes them; entries follow each other in order of name. */
#include "auth/vault.h"

#include <unistd.h>

#include "auth/file_lock.h"
#include "auth/pack.h"
#include "auth/seal.h"

#define PURPOSE STR("secrets")

enum { LOCK_WAIT_MS = 5000 };

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool vault_name_is_fine(struct str name)
{
	if (name.n == 0 || name.n > VAULT_NAME_MAX || !is_alnum(name.p[0]))
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!is_alnum(c) && c != '.' && c != '_' && c != '-')
			return false;
	}
	return true;
}

static bool read_entry(struct pack_reader *r, struct vault_entry *entry)
{
	entry->name = unpack_text(r, VAULT_NAME_MAX);
	entry->changed_ms = unpack_i64(r);
	entry->value = unpack_text(r, VAULT_VALUE_MAX);
	return !r->is_bad;
}

static void write_entry(struct pack_writer *w, const struct vault_entry *entry)
{
	pack_text(w, entry->name);
	pack_i64(w, entry->changed_ms);
	pack_text(w, entry->value);
}

bool vault_check(struct str plain, const char *name, struct err *err)
{
	struct pack_reader r = {.rest = plain};
	struct str before = {0};

	while (r.rest.n) {
		struct vault_entry entry;

		if (!read_entry(&r, &entry) || !vault_name_is_fine(entry.name) ||
		    str_cmp(before, entry.name) >= 0)
			return err_set(err, ERR_PARSE,
				       "%s holds what azdeck did not write; bring it "
				       "back from a backup, or remove it",
				       name);
		before = entry.name;
	}
	return true;
}

bool vault_next(const struct vault *v, size_t *at, struct vault_entry *entry)
{
	struct str all = secret_borrow(&v->plain);
	struct pack_reader r = {.rest = str_sub(all, *at, all.n)};

	if (r.rest.n == 0 || !read_entry(&r, entry))
		return false;
	*at = all.n - r.rest.n;
	return true;
}

bool vault_find(const struct vault *v, struct str name, struct vault_entry *entry)
{
	size_t at = 0;

	while (vault_next(v, &at, entry)) {
		if (str_eq(entry->name, name))
			return true;
	}
	return false;
}

void vault_fini(struct vault *v)
{
	secret_fini(&v->plain);
}

/* The key is open. */
static bool load(struct vault *v, const struct keychain *k, struct err *err)
{
	if (!seal_file_read(k->secrets_path, &k->key, PURPOSE, &v->plain, err))
		return false;
	if (vault_check(secret_borrow(&v->plain), k->secrets_path, err))
		return true;
	vault_fini(v);
	return false;
}

bool vault_load(struct vault *v, struct keychain *k, struct err *err)
{
	*v = (struct vault){0};
	if (!k->secrets_path || access(k->secrets_path, F_OK) != 0)
		return true;
	return keychain_open(k, err) && load(v, k, err);
}

/* The vault with `entry` put where it belongs, or left out when it has no value. */
static void rewrite(const struct vault *v, const struct vault_entry *entry,
		    struct pack_writer *w)
{
	struct vault_entry old;
	bool is_due = entry->value.p != NULL;
	size_t at = 0;

	while (vault_next(v, &at, &old)) {
		int order = str_cmp(old.name, entry->name);

		if (is_due && order >= 0) {
			write_entry(w, entry);
			is_due = false;
		}
		if (order != 0)
			write_entry(w, &old);
	}
	if (is_due)
		write_entry(w, entry);
}

static bool store(const struct vault *v, const struct keychain *k,
		  const struct vault_entry *entry, struct err *err)
{
	struct pack_writer w = {0};
	struct secret plain = {0};
	bool ok;

	rewrite(v, entry, &w);
	w = (struct pack_writer){.p = secret_reserve(&plain, w.n)};
	rewrite(v, entry, &w);
	ok = seal_file_write(k->secrets_path, &k->key, PURPOSE, secret_borrow(&plain),
			     err);
	secret_fini(&plain);
	return ok;
}

static bool fail_unknown(struct str name, struct err *err)
{
	return err_set(err, ERR_NOT_FOUND,
		       "there is no secret \"%.*s\"; `azdeck secret list` names what "
		       "there is",
		       (int)(name.n < 80 ? name.n : 80), name.p);
}

/* The file is locked and the key is open. */
static bool change(const struct keychain *k, const struct vault_entry *entry,
		   struct err *err)
{
	struct vault_entry old;
	struct vault v = {0};
	bool ok;

	if (access(k->secrets_path, F_OK) == 0 && !load(&v, k, err))
		return false;
	if (entry->value.p || vault_find(&v, entry->name, &old))
		ok = store(&v, k, entry, err);
	else
		ok = fail_unknown(entry->name, err);
	vault_fini(&v);
	return ok;
}

static bool lock_and_change(struct keychain *k, const struct vault_entry *entry,
			    struct err *err)
{
	struct file_lock lock;
	bool ok;

	if (!file_lock_take(&lock, k->secrets_path, LOCK_WAIT_MS, err))
		return false;
	ok = change(k, entry, err);
	file_lock_drop(&lock);
	return ok;
}

bool vault_set(struct keychain *k, struct str name, struct str value, int64_t now_ms,
	       struct err *err)
{
	const struct vault_entry entry = {.name = name,
					  .value = value,
					  .changed_ms = now_ms};

	if (!vault_name_is_fine(name))
		return err_set(err, ERR_USAGE,
			       "\"%.*s\" is no name for a secret; use up to %d letters, "
			       "digits, dots, dashes and underscores",
			       (int)(name.n < 80 ? name.n : 80), name.p, VAULT_NAME_MAX);
	if (value.n == 0)
		return err_set(err, ERR_USAGE,
			       "the value of %.*s is empty; it was not set",
			       STR_ARG(name));
	if (value.n > VAULT_VALUE_MAX)
		return err_set(err, ERR_TOO_LARGE,
			       "the value of %.*s is over %d KiB; keep it in a file, and "
			       "name that as file:PATH",
			       STR_ARG(name), VAULT_VALUE_MAX >> 10);
	return keychain_open_or_make(k, err) && lock_and_change(k, &entry, err);
}

bool vault_remove(struct keychain *k, struct str name, struct err *err)
{
	const struct vault_entry entry = {.name = name};

	/* Nothing is made only to remove from it. */
	if (!k->secrets_path || access(k->secrets_path, F_OK) != 0)
		return fail_unknown(name, err);
	return keychain_open(k, err) && lock_and_change(k, &entry, err);
}
