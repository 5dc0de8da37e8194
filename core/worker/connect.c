/* See connect.h. */
#include "worker/connect.h"

#include <stdlib.h>
#include <string.h>

#include "azure/kinds.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

static bool add(struct connections *c, const struct credential_host *host,
		const struct connection *like, struct str credential, const char *login,
		struct err *err)
{
	struct connection conn = {
		.name = xstrdup(like->name),
		.kind = like->kind,
		.base_url = xstrdup(like->base_url),
		.scope = like->scope ? xstrdup(like->scope) : NULL,
		.credential = credential_from_text(host, credential, login, err),
	};

	vec_push(&c->list, conn);
	return conn.credential != NULL;
}

bool connections_to_sim(struct connections *c, const struct credential_host *host,
			const char *url, struct err *err)
{
	struct strbuf credential, devops;
	bool ok;

	strbuf_init(&credential, 256);
	strbuf_init(&devops, 256);
	strbuf_printf(&credential, "sim:%s", url);
	strbuf_printf(&devops, "%s/_devops/contoso", url);
	ok = add(c, host,
		 &(struct connection){.name = (char[]){"azure"},
				      .kind = CONN_ARM,
				      .base_url = (char *)(uintptr_t)url},
		 strbuf_str(&credential), NULL, err) &&
	     add(c, host,
		 &(struct connection){.name = (char[]){"devops"},
				      .kind = CONN_DEVOPS,
				      .base_url = devops.p},
		 strbuf_str(&credential), NULL, err);
	strbuf_fini(&credential);
	strbuf_fini(&devops);
	return ok;
}

static void put_base(struct strbuf *out, const struct config_connection *c,
		     enum conn_kind kind, const struct cloud_row *cloud)
{
	if (c->base)
		strbuf_puts(out, c->base);
	else if (kind == CONN_ARM)
		strbuf_puts(out, cloud->arm);
	else
		strbuf_printf(out, "%s/%s", kind_row(kind)->default_base,
			      c->organization);
	while (out->n && out->p[out->n - 1] == '/')
		strbuf_cut(out, out->n - 1);
}

static bool add_configured(struct connections *all, const struct credential_host *host,
			   const struct config_connection *c, struct err *err)
{
	const struct cloud_row *cloud = cloud_find(str_from(c->cloud));
	struct strbuf base, scope;
	enum conn_kind kind;
	bool ok;

	if (!cloud || !conn_kind_find(str_from(c->kind), &kind))
		return err_set(err, ERR_CONFIG, "connection %s: unknown kind or cloud",
			       c->name);
	strbuf_init(&base, 1024);
	strbuf_init(&scope, 1024);
	put_base(&base, c, kind, cloud);
	if (c->scope)
		strbuf_puts(&scope, c->scope);
	else if (kind == CONN_ARM)
		strbuf_printf(&scope, "%s/.default", cloud->arm);
	ok = add(all, host,
		 &(struct connection){.name = (char *)(uintptr_t)c->name,
				      .kind = kind,
				      .base_url = base.p,
				      .scope = scope.n ? scope.p : NULL},
		 str_from(c->credential), cloud->login, err);
	strbuf_fini(&base);
	strbuf_fini(&scope);
	return ok ? true : err_wrap(err, "connection %s", c->name);
}

bool connections_from_config(struct connections *c, const struct credential_host *host,
			     const struct config *config, struct err *err)
{
	for (size_t i = 0; i < config->n_connections; i++) {
		if (!add_configured(c, host, &config->connections[i], err))
			return false;
	}
	return true;
}

void connections_fini(struct connections *c)
{
	struct connection *conn;

	vec_each (conn, &c->list) {
		credential_free(conn->credential);
		free(conn->name);
		free(conn->base_url);
		free(conn->scope);
	}
	vec_fini(&c->list);
}

const struct connection *connections_find(const struct connections *c,
					  enum conn_kind kind)
{
	const struct connection *conn;

	vec_each (conn, &c->list) {
		if (conn->kind == kind)
			return conn;
	}
	return NULL;
}
