/* See connect.h. What the configuration leaves to the kinds of connection and the
 * ways to sign in is checked here, with the place in the file. Thread: core. */
#include "worker/connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/keyvault_reader.h"
#include "azure/kinds.h"
#include "base/count.h"
#include "base/file.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "worker/identity.h"
#include "worker/kube.h"
#include "worker/log/log_choices.h"

enum { CA_MAX_BYTES = 1 << 20 };

static void free_connection(struct connection *conn)
{
	kube_tls_free(conn->tls);
	cJSON_Delete(conn->about);
	free(conn->name);
	free(conn->base_url);
	free(conn->scope);
	free(conn);
}

void connections_fini(struct connections *c)
{
	struct connection **conn;
	struct credential **credential;

	vec_each (conn, &c->list)
		free_connection(*conn);
	/* Readings of the others may wait for the one that reads key vaults. */
	vec_each (credential, &c->credentials) {
		if (*credential != c->vault_reader)
			credential_free(*credential);
	}
	keyvault_reader_free(c->keyvault);
	credential_free(c->vault_reader);
	vec_fini(&c->list);
	vec_fini(&c->credentials);
}

const struct connection *connections_find(const struct connections *c,
					  enum conn_kind kind, size_t i)
{
	struct connection *const *conn;

	vec_each (conn, &c->list) {
		if ((*conn)->kind == kind && i-- == 0)
			return *conn;
	}
	return NULL;
}

struct connection *connection_new(enum conn_kind kind, const char *name, cJSON *about)
{
	struct connection *conn = xcalloc(1, sizeof(*conn));

	conn->kind = kind;
	conn->name = xstrdup(name);
	conn->about = about ? about : cJSON_CreateObject();
	cJSON_AddStringToObject(conn->about, "name", name);
	return conn;
}

bool connections_to_self(struct connections *c, const struct credential_host *host,
			 struct err *err)
{
	struct credential *none = credential_from_text(host, STR("none"), NULL, err);
	struct connection *conn;

	if (!none)
		return false;
	vec_push(&c->credentials, none);
	conn = connection_new(CONN_DECK, "azdeck", NULL);
	conn->base_url = xstrdup("");
	conn->credential = none;
	vec_push(&c->list, conn);
	return true;
}

/* What reading one connection needs. */
struct reading {
	struct connections *all;
	const struct credential_host *host;
	const struct config *config;
	const struct config_connection *from;
	const struct kind_row *kind;
	const struct cloud_row *cloud;
	size_t index;
	struct err *err;
};

static bool fail(const struct reading *r, const char *key, const char *what)
{
	char path[160];

	snprintf(path, sizeof(path), "connections[%zu]%s%s", r->index, key ? "." : "",
		 key ? key : "");
	return config_fail(r->config, path, what, r->err);
}

static bool check_kind(struct reading *r, enum conn_kind *kind)
{
	char what[600];
	size_t n;

	if (conn_kind_find(str_from(r->from->kind), kind)) {
		r->kind = kind_row(*kind);
		return true;
	}
	n = (size_t)snprintf(what, sizeof(what), "must be one of:");
	for (int i = 0; i < CONN_KIND_COUNT && n < sizeof(what) - 1; i++)
		n += (size_t)snprintf(what + n, sizeof(what) - n, " %s",
				      conn_kind_name((enum conn_kind)i));
	return fail(r, "kind", what);
}

static bool is_common_key(const char *name)
{
	static const char *const names[] = {"name",  "kind", "cloud",	  "base",
					    "scope", "ca",   "credential"};

	return str_is_among(str_from(name), names, COUNT(names));
}

static bool find_setting(const struct kind_row *kind, const char *name,
			 struct kind_setting *out)
{
	struct str rest = kind->settings ? str_from(kind->settings) : (struct str){0};

	while (kind_setting_next(&rest, out)) {
		if (str_eq(out->name, str_from(name)))
			return true;
	}
	return false;
}

static bool check_list(const struct reading *r, const cJSON *item)
{
	const cJSON *entry;

	if (!cJSON_IsArray(item))
		return fail(r, item->string, "must be a list");
	cJSON_ArrayForEach (entry, item) {
		if (!cJSON_IsString(entry) && !cJSON_IsObject(entry))
			return fail(r, item->string, "must be a list of texts");
	}
	return true;
}

/* The settings of the kind become what boards may read. */
static bool read_about(const struct reading *r, cJSON *about)
{
	struct str rest =
		r->kind->settings ? str_from(r->kind->settings) : (struct str){0};
	struct kind_setting setting;
	const cJSON *item;
	char what[120];

	cJSON_ArrayForEach (item, r->from->object) {
		if (is_common_key(item->string))
			continue;
		if (!find_setting(r->kind, item->string, &setting)) {
			snprintf(what, sizeof(what), "%s connections have no such key",
				 r->kind->name);
			return fail(r, item->string, what);
		}
		if (setting.is_list && !check_list(r, item))
			return false;
		if (!setting.is_list && !cJSON_IsString(item))
			return fail(r, item->string, "must be a text");
		cJSON_AddItemToObject(about, item->string, cJSON_Duplicate(item, true));
	}
	while (kind_setting_next(&rest, &setting)) {
		char name[40];

		snprintf(name, sizeof(name), "%.*s", STR_ARG(setting.name));
		if (!setting.is_required || json_member(r->from->object, name))
			continue;
		snprintf(what, sizeof(what), "%s connections need \"%s\"", r->kind->name,
			 name);
		return fail(r, NULL, what);
	}
	return true;
}

/* The user of a kubeconfig asks, not a credential of ours. */
static bool has_kube_user(const struct reading *r)
{
	const struct config_credential *named =
		config_credential(r->config, str_from(r->from->credential));

	return strcmp(named ? named->method : r->from->credential, "kubeconfig") == 0;
}

/* A cluster's kubeconfig says where it is and who vouches for it. */
static bool read_kubeconfig(const struct reading *r, enum conn_kind kind,
			    struct connection *out)
{
	const char *files = json_text(out->about, "kubeconfig");
	const char *context = json_text(out->about, "context");
	bool has_user = has_kube_user(r);
	struct err why;

	if (kind != CONN_K8S || (!files && !context && !has_user))
		return true;
	if (r->from->base)
		out->base_url = xstrdup(r->from->base);
	if (kube_fill(out, files, context, !has_user, &why))
		return true;
	return fail(r,
		    files     ? "kubeconfig"
		    : context ? "context"
			      : "credential",
		    why.text);
}

static bool read_base(const struct reading *r, enum conn_kind kind,
		      struct connection *out)
{
	const char *organization = json_text(out->about, "organization");
	struct strbuf base;

	if (out->base_url && !r->from->base)
		return true;
	free(out->base_url);
	strbuf_init(&base, 1024);
	if (r->from->base)
		strbuf_puts(&base, r->from->base);
	else if (kind == CONN_ARM)
		strbuf_puts(&base, r->cloud->arm);
	else if (r->kind->base)
		strbuf_puts(&base, r->kind->base);
	if (kind == CONN_DEVOPS && !r->from->base)
		strbuf_printf(&base, "/%s", organization);
	while (base.n && base.p[base.n - 1] == '/')
		strbuf_cut(&base, base.n - 1);
	out->base_url = strbuf_take(&base);
	strbuf_fini(&base);
	/* Endpoints of TLS have their addresses in their list. */
	if (!out->base_url[0] && kind != CONN_TLS)
		return fail(r, NULL, "needs its \"base\": the URL it is at");
	return true;
}

static void read_scope(const struct reading *r, enum conn_kind kind,
		       struct connection *out)
{
	struct strbuf scope;

	strbuf_init(&scope, 1024);
	if (r->from->scope)
		strbuf_puts(&scope, r->from->scope);
	else if (kind == CONN_ARM)
		strbuf_printf(&scope, "%s/.default", r->cloud->arm);
	else if (kind == CONN_KEY_VAULT)
		strbuf_printf(&scope, "https://%s/.default", r->cloud->vault);
	if (scope.n) {
		free(out->scope);
		out->scope = strbuf_take(&scope);
	}
	strbuf_fini(&scope);
}

static bool read_ca(const struct reading *r, struct connection *out)
{
	struct strbuf pem;
	struct err why;

	if (!r->from->ca)
		return true;
	strbuf_init(&pem, CA_MAX_BYTES);
	if (!file_read(r->from->ca, &pem, &why)) {
		strbuf_fini(&pem);
		return fail(r, "ca", why.text);
	}
	out->tls = kube_tls_new(strbuf_str(&pem), (struct str){0}, (struct str){0});
	strbuf_fini(&pem);
	return true;
}

static bool read_credential(const struct reading *r, struct connection *out)
{
	char path[80];
	const struct identity_want want = {.config = r->config,
					   .text = r->from->credential,
					   .path = path,
					   .cloud = r->cloud,
					   .from = r->from};

	snprintf(path, sizeof(path), "connections[%zu].credential", r->index);
	out->credential = identity_open(r->all, r->host, &want, r->err);
	return out->credential != NULL;
}

static bool read_connection(struct reading *r)
{
	struct connection *out;
	enum conn_kind kind;
	bool ok;

	r->cloud = cloud_find(str_from(r->from->cloud));
	if (!r->cloud)
		return fail(r, "cloud", "there is no such cloud");
	if (!check_kind(r, &kind))
		return false;
	out = connection_new(kind, r->from->name, NULL);
	ok = read_about(r, out->about) && read_ca(r, out) &&
	     read_kubeconfig(r, kind, out) && read_base(r, kind, out) &&
	     read_credential(r, out);
	if (ok) {
		read_scope(r, kind, out);
		vec_push(&r->all->list, out);
	} else {
		free_connection(out);
	}
	return ok;
}

bool connections_from_config(struct connections *c, const struct credential_host *host,
			     const struct config *config, struct err *err)
{
	struct credential_host reading = *host;

	if (!identity_open_vaults(c, host, config, err))
		return false;
	reading.keyvault = c->keyvault;
	for (size_t i = 0; i < config->n_connections; i++) {
		struct reading r = {.all = c,
				    .host = &reading,
				    .config = config,
				    .from = &config->connections[i],
				    .index = i,
				    .err = err};

		if (!read_connection(&r))
			return false;
	}
	return log_choices_check(config, c, err);
}
