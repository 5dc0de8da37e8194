/* See kubeconfig.h. Settings that would weaken what is sent or trusted (a server that
 * is not checked, another name, a proxy, another person's name) are refused. */
#include "auth/kubeconfig.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "config/env.h"
#include "config/yaml.h"

enum { MAX_FILES = 16, PEM_MAX_BYTES = 256 * 1024, MAX_WORDS = 64 };

struct source {
	cJSON *root;
	char *dir; /* relative paths begin here */
};

struct sources {
	struct source list[MAX_FILES];
	size_t n;
};

/* A named thing of one of the files. */
struct entry {
	const cJSON *object;
	const char *dir;
};

static void close_sources(struct sources *s)
{
	for (size_t i = 0; i < s->n; i++) {
		json_wipe(s->list[i].root);
		free(s->list[i].dir);
	}
}

/* "~/" is the home folder, as in a shell. */
static char *path_of(struct str path)
{
	const char *home = env_get("HOME");
	struct strbuf text;
	char *name;

	strbuf_init(&text, 8192);
	if (home && str_starts(path, STR("~/"))) {
		strbuf_puts(&text, home);
		path = str_sub(path, 1, path.n);
	}
	strbuf_put(&text, path);
	name = strbuf_take(&text);
	strbuf_fini(&text);
	return name;
}

static bool open_source(struct sources *s, struct str path, struct err *err)
{
	char *name = path_of(path), *slash;
	struct source *source = &s->list[s->n];
	struct strbuf text;
	bool ok;

	strbuf_init(&text, YAML_MAX_BYTES);
	ok = file_read(name, &text, err);
	if (ok) {
		source->root = yaml_parse(strbuf_str(&text), err);
		ok = source->root || err_wrap(err, "%s", name);
	}
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
	if (ok) {
		slash = strrchr(name, '/');
		source->dir =
			slash ? xstrndup(name, (size_t)(slash - name)) : xstrdup(".");
		s->n++;
	}
	free(name);
	return ok;
}

/* Of several files some may be missing, which is no error. */
static bool open_listed(struct sources *s, struct str path, struct err *err)
{
	struct err why;

	if (s->n == MAX_FILES)
		return err_set(err, ERR_CONFIG, "more than %d files", MAX_FILES);
	if (open_source(s, path, &why) || why.code == ERR_NOT_FOUND)
		return true;
	*err = why;
	return false;
}

static bool open_sources(struct sources *s, const char *files, struct err *err)
{
	const char *home = env_get("HOME"),
		   *listed = files ? files : env_get("KUBECONFIG");
	struct strbuf standard;
	struct str rest, one;
	bool ok = true;

	strbuf_init(&standard, 4096);
	strbuf_printf(&standard, "%s/.kube/config", home ? home : "");
	rest = listed ? str_from(listed) : strbuf_str(&standard);
	while (ok && str_next(&rest, ':', &one)) {
		if (one.n)
			ok = open_listed(s, one, err);
	}
	if (ok && !s->n)
		ok = err_set(err, ERR_CONFIG,
			     "there is no kubeconfig (%s); az aks get-credentials "
			     "writes one",
			     listed ? listed : standard.p);
	strbuf_fini(&standard);
	return ok;
}

static bool find_entry(const struct sources *s, const char *list, const char *name,
		       const char *what, struct entry *out, struct err *err)
{
	for (size_t i = 0; name && i < s->n; i++) {
		const cJSON *items = json_member(s->list[i].root, list), *item;

		cJSON_ArrayForEach (item, items) {
			const char *own = json_text(item, "name");

			if (!own || strcmp(own, name) != 0)
				continue;
			*out = (struct entry){.object = json_member(item, what),
					      .dir = s->list[i].dir};
			if (cJSON_IsObject(out->object))
				return true;
			return err_set(err, ERR_CONFIG, "%s %.60s is empty", what, name);
		}
	}
	return err_set(err, ERR_CONFIG, "there is no %s %.60s", what, name ? name : "");
}

static const char *current_context(const struct sources *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *name = json_text(s->list[i].root, "current-context");

		if (name && name[0])
			return name;
	}
	return NULL;
}

static char *full_path(struct arena *arena, const struct entry *e, const char *path)
{
	struct strbuf text;
	char *copy;

	strbuf_init(&text, 8192);
	if (path[0] != '/')
		strbuf_printf(&text, "%s/", e->dir);
	strbuf_puts(&text, path);
	copy = arena_strdup(arena, strbuf_str(&text));
	strbuf_fini(&text);
	return copy;
}

static bool decode(const char *name, const char *text, struct secret *out,
		   struct err *err)
{
	size_t n = strlen(text), used = 0;
	char *bytes = secret_reserve(out, n + 1);

	if (n > PEM_MAX_BYTES ||
	    sodium_base642bin((unsigned char *)bytes, n, text, n, " \r\n", &used, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0)
		return err_set(err, ERR_CONFIG, "%s is no base64", name);
	bytes[used] = '\0';
	out->n = used;
	return true;
}

/* The text in "name-data", or the file that "name" names. */
static bool read_pem(struct kubeconfig *k, const struct entry *e, const char *name,
		     struct secret *out, struct err *err)
{
	char with_data[64];
	const char *data, *path = json_text(e->object, name);
	struct strbuf text;
	bool ok;

	strbuf_init(&text, PEM_MAX_BYTES);
	strbuf_printf(&text, "%s-data", name);
	memcpy(with_data, text.p, text.n + 1);
	strbuf_reset(&text);
	data = json_text(e->object, with_data);
	if (data && data[0]) {
		ok = decode(with_data, data, out, err);
	} else if (path && path[0]) {
		ok = file_read(full_path(&k->arena, e, path), &text, err) ||
		     err_wrap(err, "%s", name);
		if (ok)
			secret_set(out, strbuf_str(&text));
	} else {
		ok = true;
	}
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
	return ok;
}

/* What is in the clear anyway. */
static bool read_public_pem(struct kubeconfig *k, const struct entry *e, const char *name,
			    struct str *out, struct err *err)
{
	struct secret pem = {0};
	bool ok = read_pem(k, e, name, &pem, err);

	if (ok && pem.n)
		*out = str_from(arena_strdup(&k->arena, secret_borrow(&pem)));
	secret_fini(&pem);
	return ok;
}

static bool refuse_keys(const struct entry *e, const char *const *names, struct err *err)
{
	for (; *names; names++) {
		const cJSON *item = json_member(e->object, *names);

		if (item && !cJSON_IsNull(item) && !cJSON_IsFalse(item) &&
		    !(cJSON_IsString(item) && !item->valuestring[0]))
			return err_set(err, ERR_CONFIG,
				       "%s is not supported; take it out of a copy of "
				       "the kubeconfig, if the cluster works without",
				       *names);
	}
	return true;
}

static bool read_cluster(struct kubeconfig *k, const struct entry *e, struct err *err)
{
	static const char *const refused[] = {"insecure-skip-tls-verify",
					      "tls-server-name", "proxy-url", NULL};
	const char *server = json_text(e->object, "server");
	struct str url = str_from(server);

	if (!refuse_keys(e, refused, err))
		return false;
	if (!str_starts(url, STR("https://")) &&
	    !str_starts(url, STR("http://127.0.0.1:")) &&
	    !str_starts(url, STR("http://localhost:")))
		return err_set(err, ERR_CONFIG, "the cluster's server is no https URL");
	k->server = arena_strdup(&k->arena, url);
	return read_public_pem(k, e, "certificate-authority", &k->ca, err);
}

static bool read_words(struct kubeconfig *k, const cJSON *exec, const struct entry *e,
		       struct err *err)
{
	const char *command = json_text(exec, "command");
	const cJSON *args = json_member(exec, "args"), *item;
	const char **argv = arena_calloc(&k->arena, MAX_WORDS + 2, sizeof(*argv));
	size_t n = 0;

	if (!command || !command[0])
		return err_set(err, ERR_CONFIG, "exec has no command");
	argv[n++] = strchr(command, '/') ? full_path(&k->arena, e, command)
					 : arena_strdup(&k->arena, str_from(command));
	cJSON_ArrayForEach (item, args) {
		if (!cJSON_IsString(item) || n > MAX_WORDS)
			return err_set(err, ERR_CONFIG,
				       "exec.args must be %d texts at most", MAX_WORDS);
		argv[n++] = arena_strdup(&k->arena, str_from(item->valuestring));
	}
	for (size_t i = 1; i + 1 < n; i++) {
		if (strcmp(argv[i], "--server-id") == 0 &&
		    str_ends(str_from(argv[0]), STR("kubelogin")))
			k->server_id = argv[i + 1];
	}
	k->argv = argv;
	return true;
}

static bool read_env(struct kubeconfig *k, const cJSON *exec, struct err *err)
{
	const cJSON *list = json_member(exec, "env"), *item;
	const char **env = arena_calloc(&k->arena, MAX_WORDS + 1, sizeof(*env));
	size_t n = 0;

	cJSON_ArrayForEach (item, list) {
		const char *name = json_text(item, "name");
		const char *value = json_text(item, "value");
		struct strbuf text;

		if (!name || !name[0] || strchr(name, '=') || !value || n == MAX_WORDS)
			return err_set(err, ERR_CONFIG,
				       "exec.env must be %d names and values at most",
				       MAX_WORDS);
		strbuf_init(&text, YAML_MAX_BYTES);
		strbuf_printf(&text, "%s=%s", name, value);
		env[n++] = arena_strdup(&k->arena, strbuf_str(&text));
		strbuf_fini(&text);
	}
	k->env = env;
	return true;
}

static bool read_exec(struct kubeconfig *k, const struct entry *e, struct err *err)
{
	const cJSON *exec = json_member(e->object, "exec");
	const char *version = json_text(exec, "apiVersion");
	const char *mode = json_text(exec, "interactiveMode");
	const char *hint = json_text(exec, "installHint");

	if (!cJSON_IsObject(exec))
		return true;
	if (!version || (strcmp(version, "client.authentication.k8s.io/v1") != 0 &&
			 strcmp(version, "client.authentication.k8s.io/v1beta1") != 0))
		return err_set(err, ERR_CONFIG,
			       "exec.apiVersion must be client.authentication.k8s.io/v1 "
			       "or /v1beta1");
	if (mode && strcmp(mode, "Always") == 0)
		return err_set(err, ERR_CONFIG,
			       "exec wants a terminal (interactiveMode Always), which it "
			       "cannot have here");
	k->exec_version = arena_strdup(&k->arena, str_from(version));
	k->hint = hint ? arena_strdup(&k->arena, str_from(hint)) : NULL;
	k->wants_cluster = json_bool(exec, "provideClusterInfo", false);
	return read_words(k, exec, e, err) && read_env(k, exec, err);
}

static bool read_user(struct kubeconfig *k, const struct entry *e, struct err *err)
{
	static const char *const refused[] = {
		"as", "as-uid", "as-groups", "as-user-extra", "auth-provider", NULL};
	const char *token = json_text(e->object, "token");
	const char *file = json_text(e->object, "tokenFile");
	const char *user = json_text(e->object, "username");
	const char *password = json_text(e->object, "password");

	if (!refuse_keys(e, refused, err) ||
	    !read_public_pem(k, e, "client-certificate", &k->cert, err) ||
	    !read_pem(k, e, "client-key", &k->key, err))
		return false;
	if (!k->cert.n != !secret_is_set(&k->key))
		return err_set(err, ERR_CONFIG,
			       "client-certificate and client-key go together");
	if (file && file[0])
		k->token_file = full_path(&k->arena, e, file);
	if (token && token[0])
		secret_set(&k->token, str_from(token));
	if (user && user[0]) {
		k->user = arena_strdup(&k->arena, str_from(user));
		secret_set(&k->password, str_from(password));
	}
	return read_exec(k, e, err);
}

static bool read_context(struct kubeconfig *k, const struct sources *s,
			 const char *context, struct err *err)
{
	const char *name = context ? context : current_context(s);
	struct entry at, cluster, user;

	if (!name)
		return err_set(err, ERR_CONFIG,
			       "the kubeconfig has no current-context; name a context");
	k->context = arena_strdup(&k->arena, str_from(name));
	if (!find_entry(s, "contexts", name, "context", &at, err) ||
	    !find_entry(s, "clusters", json_text(at.object, "cluster"), "cluster",
			&cluster, err) ||
	    !find_entry(s, "users", json_text(at.object, "user"), "user", &user, err))
		return false;
	return read_cluster(k, &cluster, err) && read_user(k, &user, err)
		       ? true
		       : err_wrap(err, "context %.60s", name);
}

bool kubeconfig_load(struct kubeconfig *k, const char *files, const char *context,
		     struct err *err)
{
	struct sources s = {0};
	bool ok;

	*k = (struct kubeconfig){0};
	arena_init(&k->arena);
	ok = open_sources(&s, files, err) && read_context(k, &s, context, err);
	close_sources(&s);
	return ok ? true : err_wrap(err, "kubeconfig");
}

void kubeconfig_fini(struct kubeconfig *k)
{
	secret_fini(&k->key);
	secret_fini(&k->token);
	secret_fini(&k->password);
	arena_fini(&k->arena);
}
