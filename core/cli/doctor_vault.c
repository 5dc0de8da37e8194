/* Secrets that the configuration names in key vaults: each is read, once for all who
 * name it, before anybody signs in with it. A token that is kept would hide that it
 * cannot be read any more. Thread: core. */
#include "auth/keyvault_reader.h"
#include "auth/secret_ref.h"
#include "cli/doctor_check.h"

enum { READ_MS = 30000 };

struct named {
	struct doctor *d;
	const char *ref; /* "keyvault:atlas-kv/sp-secret" */
	bool is_done;
	struct err err;
};

struct names {
	VEC(struct named) list;
};

static void came(const struct keyvault_value *value, const struct err *err, void *ctx)
{
	struct named *n = ctx;

	(void)value;
	n->err = *err;
	n->is_done = true;
	n->d->n_waiting--;
}

static bool is_listed(const struct names *names, const char *ref)
{
	for (size_t i = 0; i < names->list.n; i++) {
		if (strcmp(names->list.p[i].ref, ref) == 0)
			return true;
	}
	return false;
}

/* Whether a connection that is looked at signs in with it. */
static bool is_used(const struct doctor *d, const char *credential)
{
	struct connection *const *conn;

	vec_each (conn, &d->access.connections.list) {
		if (doctor_wants(d, *conn) &&
		    str_eq(credential_name((*conn)->credential), str_from(credential)))
			return true;
	}
	return false;
}

static void find(struct doctor *d, struct names *out)
{
	for (size_t i = 0; i < d->access.config->n_credentials; i++) {
		const struct config_credential *c = &d->access.config->credentials[i];
		struct str rest;

		for (size_t k = 0; k < c->n_settings && is_used(d, c->name); k++) {
			const char *value = c->settings[k].value;

			if (secret_ref_is_remote(str_from(value), &rest) &&
			    !is_listed(out, value))
				vec_push(&out->list,
					 (struct named){.d = d, .ref = value});
		}
	}
}

static void say(struct doctor *d, struct named *n)
{
	struct str reader = credential_name(d->access.connections.vault_reader);

	if (!n->is_done)
		err_set(&n->err, ERR_TIMEOUT, "no answer in time");
	if (n->err.code == ERR_NONE)
		doctor_say(d, DOCTOR_OK, n->ref, "", "read with %.*s", STR_ARG(reader));
	else
		doctor_fail(d, n->ref, &n->err,
			    "put that right; who signs in with it cannot, once what is "
			    "kept has ended");
}

void doctor_vault(struct doctor *d)
{
	struct names names = {0};
	struct named *n;

	if (!d->access.config || !d->access.connections.keyvault)
		return;
	find(d, &names);
	vec_each (n, &names.list) {
		struct str rest;

		if (!secret_ref_is_remote(str_from(n->ref), &rest))
			continue;
		d->n_waiting++;
		keyvault_reader_ask(d->access.connections.keyvault, rest, 0, came, n);
	}
	doctor_wait(d, READ_MS);
	vec_each (n, &names.list) {
		keyvault_reader_forget(d->access.connections.keyvault, n);
		say(d, n);
	}
	d->n_waiting = 0;
	vec_fini(&names.list);
}
