/* See login.h. It opens the configuration as the worker does and asks for the tokens
 * its connections would ask for: what works here works in the deck. */
#include "cli/login.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "azure/kinds.h"
#include "cli/prompt.h"
#include "worker/access.h"

enum { TURN_MS = 60000 };

struct login {
	const struct clock *clock;
	const char *config_path; /* NULL: the user's */
	const char *name;	 /* of the credential; NULL: not said */
	bool is_list;
	struct keychain keychain;
	struct loop *loop;
	struct access access;
	/* while one is asked */
	bool is_answered;
	struct err err;
};

static const struct cli_option login_options[] = {
	CLI_OPTION_CONFIG(struct login, config_path),
	{"--list", NULL, "name the credentials instead", CLI_INTO(struct login, is_list)},
	{.name = NULL},
};
static const struct cli_option logout_options[] = {
	CLI_OPTION_CONFIG(struct login, config_path),
	{.name = NULL},
};

/* On standard error: what goes to standard output is the result. */
static void tell_code(const char *credential, const struct credential_code *code,
		      void *ctx)
{
	(void)credential;
	(void)ctx;
	if (code)
		fprintf(stderr, "%.*s\n", STR_ARG(code->message));
}

/* NULL: err says why. */
static struct config *read_config(struct login *l, struct err *err)
{
	struct config *config;
	struct strbuf path;

	strbuf_init(&path, 4096);
	config_put_path(&path, l->config_path);
	config = config_load(path.p, err);
	if (!config && err->code == ERR_NOT_FOUND)
		err_set(err, ERR_CONFIG,
			"there is no configuration (%s); azdeck on a terminal offers to "
			"sign in and write one, azdeck config prints one to fill in",
			path.p);
	strbuf_fini(&path);
	return config;
}

static bool open_all(struct login *l, struct err *err)
{
	struct credential_host host = {.keychain = &l->keychain, .tell_code = tell_code};
	struct config *config = read_config(l, err);
	bool ok = config && cli_unlock(&l->keychain, err);

	l->loop = host.loop = ok ? loop_new(l->clock, err) : NULL;
	if (!l->loop || !access_init(&l->access, &host, err)) {
		config_free(config);
		return false;
	}
	access_open_tokens(&l->access, &l->keychain);
	return access_connect(&l->access, config, err);
}

static void close_all(struct login *l)
{
	access_fini(&l->access);
	loop_free(l->loop);
}

static bool uses_code(const struct credential *c)
{
	return str_eq(credential_method(c), STR("device"));
}

/* The one that is named; else the only one that a person signs in for. */
static struct credential *choose(const struct login *l, struct err *err)
{
	struct credential *const *c, *found = NULL;
	size_t n = 0;

	vec_each (c, &l->access.connections.credentials) {
		bool is_wanted = l->name ? str_eq(credential_name(*c), str_from(l->name))
					 : uses_code(*c);

		if (!is_wanted)
			continue;
		found = *c;
		n++;
	}
	if (n == 1)
		return found;
	if (l->name)
		err_set(err, ERR_NOT_FOUND,
			"no connection uses a credential \"%.60s\"; look into the "
			"configuration",
			l->name);
	else
		err_set(err, ERR_USAGE,
			n ? "which? several credentials sign in with a code; name one"
			  : "no connection signs in with a code; name the credential to "
			    "try");
	return NULL;
}

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct login *l = ctx;

	(void)auth;
	l->err = *err;
	l->is_answered = true;
}

/* One connection after the other: the first may ask a person, the others do not. */
static bool sign_in(struct login *l, struct credential *c, struct strbuf *out)
{
	struct connection *const *conn;

	vec_each (conn, &l->access.connections.list) {
		if ((*conn)->credential != c)
			continue;
		l->is_answered = false;
		credential_ask(c, connection_scope(*conn), came, l);
		while (!l->is_answered)
			loop_turn(l->loop, TURN_MS);
		if (l->err.code != ERR_NONE)
			return err_wrap(&l->err, "%s", (*conn)->name);
		strbuf_printf(out, "%s: signed in as %.*s\n", (*conn)->name,
			      STR_ARG(credential_name(c)));
	}
	return true;
}

/* What the configuration names, and how each signs in. */
static bool list(struct login *l, struct strbuf *out, struct err *err)
{
	struct config *config = read_config(l, err);

	if (!config)
		return false;
	for (size_t i = 0; i < config->n_credentials; i++)
		strbuf_printf(out, "%-20s  %s\n", config->credentials[i].name,
			      config->credentials[i].method);
	config_free(config);
	return true;
}

static bool log_in(struct login *l, struct strbuf *out, struct err *err)
{
	struct credential *c = open_all(l, err) ? choose(l, err) : NULL;
	bool ok = c && sign_in(l, c, out);

	if (c && !ok)
		*err = l->err;
	close_all(l);
	return ok;
}

/* Of everybody: the file they are in goes. */
static bool forget_all(struct login *l, struct strbuf *out, struct err *err)
{
	const char *path = l->keychain.tokens_path;

	if (path && unlink(path) == 0) {
		strbuf_puts(out, "signed out\n");
		return true;
	}
	if (path && errno != ENOENT)
		return err_errno(err, ERR_IO, errno, "cannot remove %s", path);
	strbuf_puts(out, "nobody was signed in\n");
	return true;
}

static bool forget_one(struct login *l, struct strbuf *out, struct err *err)
{
	struct credential *c = open_all(l, err) ? choose(l, err) : NULL;

	if (c) {
		credential_sign_out(c);
		strbuf_printf(out, "%s: signed out\n", l->name);
	}
	close_all(l);
	return c != NULL;
}

typedef bool (*act_fn)(struct login *l, struct strbuf *out, struct err *err);

/* What both commands have around what they do. */
static int run(struct login *l, act_fn act)
{
	struct strbuf out;
	struct err err;
	int code = 0;

	strbuf_init(&out, 1 << 20);
	keychain_init(&l->keychain);
	if (act(l, &out, &err))
		cli_write(&out, &code);
	else
		code = cli_fail(&err);
	keychain_fini(&l->keychain);
	strbuf_fini(&out);
	return code;
}

static int run_login(int argc, char **argv, const struct clock *clock)
{
	struct login l = {.clock = clock};
	int code = cli_walk(&cli_login_command, argc, argv, &l);

	return code ? code : run(&l, l.is_list ? list : log_in);
}

static int run_logout(int argc, char **argv, const struct clock *clock)
{
	struct login l = {.clock = clock};
	int code = cli_walk(&cli_logout_command, argc, argv, &l);

	return code ? code : run(&l, l.name ? forget_one : forget_all);
}

#define ONE_CREDENTIAL                                                                   \
	{                                                                                \
		.slots = {CLI_SLOT(struct login, name)}, .n_slots = 1,                   \
		.extra = "one credential at a time, not also"                            \
	}

const struct cli_command cli_login_command = {
	.name = "login",
	.usage = "[CREDENTIAL] [OPTION...]",
	.help = "sign in for a credential, and try it on its connections",
	.options = login_options,
	.words = ONE_CREDENTIAL,
	.run = run_login,
};

const struct cli_command cli_logout_command = {
	.name = "logout",
	.usage = "[CREDENTIAL] [OPTION...]",
	.help = "forget the tokens that are kept, of one credential or of all",
	.options = logout_options,
	.words = ONE_CREDENTIAL,
	.run = run_logout,
};
