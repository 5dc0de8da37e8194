/* What a kubeconfig says of who asks: a token, its file, a password, or a program that
 * prints one (an exec plugin such as kubelogin). The files are read again on every
 * fetch, so that a new az aks get-credentials counts at once. The client certificate is
 * the connection's, not the request's: see worker/kube.c. Thread: core. */
#include <string.h>

#include "auth/kubeconfig.h"
#include "auth/methods.h"
#include "auth/reading.h"
#include "base/file.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "config/env.h"
#include "net/program.h"

enum { DEADLINE_MS = 60000, MAX_BYTES = 256 * 1024, INFO_MAX_BYTES = 512 * 1024 };

static const struct json_limits limits = {.max_bytes = 1 << 20, .max_depth = 8};

const struct method_setting method_kubeconfig_settings[] = {
	{.name = "context",
	 .help = "a context of it; where none is said, the current one"},
	{.name = "file",
	 .help = "where it is, in place of KUBECONFIG and ~/.kube/config"},
	{0},
};

/* What the program is told in KUBERNETES_EXEC_INFO. */
static void put_info(cJSON *exec, const struct kubeconfig *k)
{
	cJSON *info = cJSON_CreateObject(), *spec;
	struct strbuf text;

	cJSON_AddStringToObject(info, "kind", "ExecCredential");
	cJSON_AddStringToObject(info, "apiVersion", k->exec_version);
	spec = cJSON_AddObjectToObject(info, "spec");
	cJSON_AddBoolToObject(spec, "interactive", false);
	if (k->wants_cluster)
		cJSON_AddStringToObject(cJSON_AddObjectToObject(spec, "cluster"),
					"server", k->server);
	strbuf_init(&text, INFO_MAX_BYTES);
	strbuf_puts(&text, "KUBERNETES_EXEC_INFO=");
	json_print(&text, info);
	cJSON_AddItemToArray(cJSON_GetObjectItem(exec, "env"),
			     cJSON_CreateString(text.p));
	strbuf_fini(&text);
	cJSON_Delete(info);
}

static void put_words(cJSON *into, const char *name, const char *const *words)
{
	cJSON *list = cJSON_AddArrayToObject(into, name);

	for (; *words; words++)
		cJSON_AddItemToArray(list, cJSON_CreateString(*words));
}

static void put_exec(cJSON *into, const struct kubeconfig *k)
{
	put_words(into, "argv", k->argv);
	put_words(into, "env", k->env);
	put_info(into, k);
	cJSON_AddStringToObject(into, "version", k->exec_version);
	if (k->hint)
		cJSON_AddStringToObject(into, "hint", k->hint);
}

/* A secret's bytes as a text of the object. */
static void put_secret(cJSON *into, const char *name, struct str secret)
{
	struct strbuf text;

	strbuf_init(&text, MAX_BYTES);
	strbuf_put(&text, secret);
	cJSON_AddStringToObject(into, name, text.p);
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
}

static bool put_file(cJSON *into, const char *path, struct err *err)
{
	struct strbuf text;
	bool ok;

	strbuf_init(&text, MAX_BYTES);
	ok = file_read(path, &text, err);
	if (ok && !str_trim(strbuf_str(&text)).n)
		ok = err_set(err, ERR_AUTH, "%s is empty", path);
	if (ok)
		put_secret(into, "token", str_trim(strbuf_str(&text)));
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
	return ok;
}

static bool put_user(cJSON *into, const struct kubeconfig *k, struct err *err)
{
	if (k->token_file)
		return put_file(into, k->token_file, err);
	if (secret_is_set(&k->token)) {
		put_secret(into, "token", secret_borrow(&k->token));
	} else if (k->user) {
		cJSON_AddStringToObject(into, "user", k->user);
		put_secret(into, "password", secret_borrow(&k->password));
	} else if (k->argv) {
		put_exec(into, k);
	} else if (!k->cert.n) {
		return err_set(err, ERR_CONFIG,
			       "context %.60s: its user has no way to sign in",
			       k->context);
	}
	return true;
}

static const char *said(const struct reading *r, const char *name)
{
	struct str value = reading_setting(r, name);

	return value.n ? value.p : NULL;
}

/* On the pool. What comes out is a JSON text that fetch takes apart again. */
bool method_kubeconfig_make(const struct reading *r, struct secret *out, struct err *err)
{
	struct kubeconfig k;
	struct strbuf text;
	cJSON *root = cJSON_CreateObject();
	bool ok = kubeconfig_load(&k, said(r, "file"), said(r, "context"), err) &&
		  put_user(root, &k, err);

	kubeconfig_fini(&k);
	if (ok) {
		strbuf_init(&text, limits.max_bytes);
		json_print(&text, root);
		secret_set(out, strbuf_str(&text));
		secret_wipe(text.p, text.cap);
		strbuf_fini(&text);
	}
	json_wipe(root);
	return ok;
}

static void give(struct slot *s, enum http_auth_kind kind, const char *text,
		 int64_t lifetime_ms)
{
	struct secret secret = {0};

	if (text)
		secret_set(&secret, str_from(text));
	slot_give(s, kind, &secret, lifetime_ms);
	secret_fini(&secret);
}

/* How long what it printed is good; one without an end until it is refused. */
static bool lifetime_of(const cJSON *status, int64_t now_ms, int64_t *out,
			struct err *err)
{
	const char *end = json_text(status, "expirationTimestamp");
	int64_t end_ms;

	*out = INT64_MAX;
	if (!end)
		return true;
	if (!time_parse(str_from(end), &end_ms))
		return err_set(err, ERR_AUTH,
			       "it says no moment at which its token ends");
	*out = end_ms - now_ms;
	if (*out <= 0)
		return err_set(err, ERR_AUTH, "its token has ended already");
	return true;
}

/* The version it answers in is the one it was asked in. */
static bool take_credential(struct slot *s, const char *version, const cJSON *root,
			    struct err *err)
{
	const cJSON *status = json_member(root, "status");
	const char *kind = json_text(root, "kind"), *own = json_text(root, "apiVersion");
	const char *token = json_text(status, "token");
	int64_t now_ms = clock_wall_ms(loop_clock(s->owner->host.loop)), lifetime_ms;

	if (!kind || strcmp(kind, "ExecCredential") != 0)
		return err_set(err, ERR_AUTH, "it prints no ExecCredential");
	if (!own || strcmp(own, version) != 0)
		return err_set(err, ERR_AUTH, "it answers in another version than %s",
			       version);
	if (!token || !token[0])
		return err_set(err, ERR_AUTH,
			       json_text(status, "clientCertificateData")
				       ? "it gives a certificate; only tokens are taken"
				       : "it gives no token");
	if (!lifetime_of(status, now_ms, &lifetime_ms, err))
		return false;
	give(s, HTTP_AUTH_BEARER, token, lifetime_ms);
	return true;
}

/* The last line it complained in: the first ones are often about updates. */
static void explain_failure(const struct program_result *r, struct err *err)
{
	struct str rest = str_trim(strbuf_str(&r->errs)), line = {0}, last = {0};

	while (str_next(&rest, '\n', &line)) {
		if (str_trim(line).n)
			last = str_trim(line);
	}
	last = str_sub(last, 0, 200);
	err_set(err, ERR_AUTH, "it ended with %d%s%.*s", r->exit_code, last.n ? ": " : "",
		STR_ARG(last));
}

static void printed(struct program_result *r, void *ctx)
{
	struct slot *s = ctx;
	struct err err = r->err, ignored;
	cJSON *made = json_parse(reading_made(s->reading), &limits, NULL, &ignored);
	cJSON *root = NULL;
	const char *hint = json_text(made, "hint");
	const char *name =
		cJSON_GetStringValue(cJSON_GetArrayItem(json_member(made, "argv"), 0));

	s->fetching = NULL;
	if (err.code == ERR_NOT_FOUND && hint) {
		err_set(&err, ERR_AUTH, "it is not there: %.200s", hint);
	} else if (err.code == ERR_NONE && r->exit_code != 0) {
		explain_failure(r, &err);
	} else if (err.code == ERR_NONE) {
		root = json_parse(str_trim(strbuf_str(&r->out)), &limits, NULL, &ignored);
		if (!take_credential(s, json_text(made, "version"), root, &err))
			err.code = ERR_AUTH;
	}
	if (err.code != ERR_NONE) {
		err_wrap(&err, "%.60s", name ? name : "exec");
		slot_fail(s, &err);
	}
	json_wipe(root);
	json_wipe(made);
}

static const char **words_of(struct arena *arena, const cJSON *list)
{
	size_t n = 0;
	const char **words =
		arena_calloc(arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof(*words));
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		words[n++] = item->valuestring;
	return words;
}

static void run(struct slot *s, const cJSON *made)
{
	struct arena arena;

	arena_init(&arena);
	s->fetching =
		program_start(s->owner->host.loop,
			      &(struct program_spec){
				      .argv = words_of(&arena, json_member(made, "argv")),
				      .env = env_with(&arena,
						      words_of(&arena,
							       json_member(made, "env"))),
				      .deadline_ms = DEADLINE_MS,
				      .max_bytes = MAX_BYTES},
			      printed, s);
	arena_fini(&arena);
}

void method_kubeconfig_fetch(struct slot *s)
{
	struct err err;
	cJSON *made = json_parse(reading_made(s->reading), &limits, NULL, &err);
	const char *token = json_text(made, "token"), *user = json_text(made, "user");

	if (!made) {
		slot_fail(s, &err);
	} else if (token) {
		give(s, HTTP_AUTH_BEARER, token, SLOT_AGAIN_MS);
	} else if (user) {
		slot_set_text(&s->user, str_from(user));
		give(s, HTTP_AUTH_BASIC, json_text(made, "password"), SLOT_AGAIN_MS);
	} else if (json_member(made, "argv")) {
		run(s, made);
	} else {
		give(s, HTTP_AUTH_NONE, NULL, SLOT_AGAIN_MS);
	}
	json_wipe(made);
}

void method_kubeconfig_cancel(struct slot *s)
{
	program_stop(s->fetching);
	s->fetching = NULL;
}
