/* Each connection's sign-in: its credential is asked for its scope. What comes is not
 * looked at, only whether something came. Thread: core. */
#include "azure/kinds.h"
#include "cli/doctor_check.h"

enum { SIGN_IN_MS = 30000 };

struct sign_in {
	struct doctor *d;
	bool is_done;
	struct err err;
};

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct sign_in *s = ctx;

	(void)auth;
	s->err = *err;
	s->is_done = true;
	s->d->n_waiting--;
}

static void say(struct doctor *d, const struct connection *conn, struct sign_in *s)
{
	struct str name = credential_name(conn->credential);

	if (!s->is_done)
		err_set(&s->err, ERR_TIMEOUT, "%.*s: no answer in time", STR_ARG(name));
	if (!s->is_done || s->err.code != ERR_NONE)
		doctor_fail(
			d, conn->name, &s->err,
			"put the credential right; `azdeck login NAME` tries it alone");
	else
		doctor_say(d, DOCTOR_OK, conn->name, "", "signed in with %.*s (%.*s)",
			   STR_ARG(name), STR_ARG(credential_method(conn->credential)));
}

void doctor_sign_in(struct doctor *d)
{
	size_t n = d->access.connections.list.n;
	struct sign_in *all = xcalloc(n + 1, sizeof(*all));

	for (size_t i = 0; i < n; i++) {
		const struct connection *conn = d->access.connections.list.p[i];

		all[i].d = d;
		if (!doctor_wants(d, conn))
			continue;
		d->n_waiting++;
		credential_ask(conn->credential, connection_scope(conn), came, &all[i]);
	}
	doctor_wait(d, SIGN_IN_MS);
	for (size_t i = 0; i < n; i++) {
		const struct connection *conn = d->access.connections.list.p[i];

		if (!doctor_wants(d, conn))
			continue;
		credential_forget(conn->credential, &all[i]);
		say(d, conn, &all[i]);
	}
	d->n_waiting = 0;
	free(all);
}
