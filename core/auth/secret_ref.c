/* See secret_ref.h. */
#include "auth/secret_ref.h"

#include "auth/keyvault_ref.h"
#include "auth/private_file.h"
#include "auth/vault.h"
#include "base/count.h"
#include "base/strbuf.h"
#include "config/env.h"

enum { PATH_BYTES = 4096 };

struct form {
	const char *prefix;
	const char *rule; /* what stands behind the prefix */
	bool (*is_fine)(struct str rest);
	/* `rest` is terminated. */
	bool (*resolve)(const char *rest, struct keychain *k, struct secret *out,
			struct err *err);
};

static bool is_variable(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool is_letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

		if (!is_letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return name.n > 0 && name.n < PATH_BYTES;
}

static bool is_path(struct str path)
{
	return path.n < PATH_BYTES && str_find_char(path, '\0') < 0 &&
	       (str_starts(path, STR("/")) || str_starts(path, STR("~/")));
}

static bool from_env(const char *name, struct keychain *k, struct secret *out,
		     struct err *err)
{
	const char *value = env_get(name);

	(void)k;
	if (!value)
		return err_set(err, ERR_AUTH, "%s is not set; put the secret into it",
			       name);
	secret_set(out, str_from(value));
	return true;
}

static bool from_file(const char *path, struct keychain *k, struct secret *out,
		      struct err *err)
{
	const char *home = env_get("HOME");
	struct strbuf full;
	bool ok;

	(void)k;
	strbuf_init(&full, PATH_BYTES);
	if (path[0] == '~')
		strbuf_printf(&full, "%s%s", home ? home : "", path + 1);
	else
		strbuf_puts(&full, path);
	ok = full.overflow ? err_set(err, ERR_CONFIG, "the path is too long")
			   : private_file_read(full.p, VAULT_VALUE_MAX, out, err);
	strbuf_fini(&full);
	return ok;
}

static bool from_vault(const char *name, struct keychain *k, struct secret *out,
		       struct err *err)
{
	struct vault_entry entry;
	struct vault v;
	bool ok;

	if (!vault_load(&v, k, err))
		return false;
	ok = vault_find(&v, str_from(name), &entry);
	if (ok)
		secret_set(out, entry.value);
	else
		err_set(err, ERR_AUTH, "it is not there; run: azdeck secret set %s",
			name);
	vault_fini(&v);
	return ok;
}

static bool is_in_keyvault(struct str rest)
{
	struct keyvault_ref ref;

	return keyvault_ref_parse(rest, &ref);
}

static bool from_keyvault(const char *rest, struct keychain *k, struct secret *out,
			  struct err *err)
{
	(void)rest;
	(void)k;
	(void)out;
	return err_set(err, ERR_CONFIG,
		       "only a credential's setting may name a secret in a key vault");
}

static const struct form forms[] = {
	{"env:", "the name of a variable", is_variable, from_env},
	{"file:", "a path that begins with / or ~/", is_path, from_file},
	{"secret:", "a name that `azdeck secret set` takes", vault_name_is_fine,
	 from_vault},
	{KEYVAULT_PREFIX, "VAULT/NAME or VAULT/NAME/VERSION", is_in_keyvault,
	 from_keyvault},
};

static const struct form *find(struct str ref, struct str *rest)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		struct str prefix = str_from(forms[i].prefix);

		*rest = str_sub(ref, prefix.n, ref.n);
		if (str_starts(ref, prefix))
			return &forms[i];
	}
	return NULL;
}

bool secret_ref_check(struct str ref, struct err *err)
{
	struct str rest;
	const struct form *form = find(ref, &rest);

	/* It may be the secret itself. */
	if (!form)
		return err_set(err, ERR_CONFIG,
			       "a secret is never written here; name where it is, as "
			       "env:NAME, file:PATH, secret:NAME or "
			       "keyvault:VAULT/NAME");
	if (form->is_fine(rest))
		return true;
	return err_set(err, ERR_CONFIG, "behind \"%s\" belongs %s", form->prefix,
		       form->rule);
}

bool secret_ref_is_remote(struct str ref, struct str *rest)
{
	struct str prefix = STR(KEYVAULT_PREFIX);

	if (!str_starts(ref, prefix))
		return false;
	*rest = str_sub(ref, prefix.n, ref.n);
	return true;
}

bool secret_ref_resolve(struct str ref, struct keychain *k, struct secret *out,
			struct err *err)
{
	char rest[PATH_BYTES];
	const struct form *form;
	struct secret got = {0};
	struct str part;

	if (!secret_ref_check(ref, err))
		return false;
	form = find(ref, &part);
	memcpy(rest, part.p, part.n);
	rest[part.n] = '\0';
	if (!form->resolve(rest, k, &got, err)) {
		/* Not found is what a service says. */
		if (err->code == ERR_NOT_FOUND)
			err->code = ERR_CONFIG;
		return err_wrap(err, "%.*s", (int)(ref.n < 200 ? ref.n : 200), ref.p);
	}
	secret_trim_line(&got);
	if (got.n == 0) {
		secret_fini(&got);
		return err_set(err, ERR_AUTH, "%.*s is empty",
			       (int)(ref.n < 200 ? ref.n : 200), ref.p);
	}
	secret_give(out, &got);
	return true;
}
