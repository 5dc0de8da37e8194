/* See kube.h. */
#include "worker/kube.h"

#include <stdlib.h>
#include <string.h>

#include "auth/kubeconfig.h"
#include "base/secret.h"
#include "base/xalloc.h"

static struct str copy(struct str text)
{
	return text.n ? (struct str){.p = xstrndup(text.p, text.n), .n = text.n}
		      : (struct str){0};
}

struct http_tls *kube_tls_new(struct str ca, struct str cert, struct str key)
{
	struct http_tls *tls = xcalloc(1, sizeof(*tls));

	*tls = (struct http_tls){.ca = copy(ca), .cert = copy(cert), .key = copy(key)};
	return tls;
}

static void release(struct str text)
{
	free((char *)(uintptr_t)text.p);
}

void kube_tls_free(const struct http_tls *tls)
{
	if (!tls)
		return;
	if (tls->key.n)
		secret_wipe((char *)(uintptr_t)tls->key.p, tls->key.n);
	release(tls->ca);
	release(tls->cert);
	release(tls->key);
	free((void *)(uintptr_t)tls);
}

/* A token for another application is refused by the cluster. */
static void fill_scope(struct connection *conn, const char *server_id)
{
	struct strbuf scope;

	if (conn->scope || !server_id)
		return;
	strbuf_init(&scope, 1024);
	strbuf_printf(&scope, "%s/.default", server_id);
	conn->scope = strbuf_take(&scope);
	strbuf_fini(&scope);
}

static void fill_base(struct connection *conn, const char *server)
{
	size_t n = strlen(server);

	if (conn->base_url && conn->base_url[0])
		return;
	while (n && server[n - 1] == '/')
		n--;
	free(conn->base_url);
	conn->base_url = xstrndup(server, n);
}

bool kube_fill(struct connection *conn, const char *files, const char *context,
	       bool is_ours, struct err *err)
{
	struct kubeconfig k;
	bool ok = kubeconfig_load(&k, files, context, err);

	if (ok) {
		fill_base(conn, k.server);
		if (!conn->tls && (k.ca.n || (k.cert.n && !is_ours)))
			conn->tls = kube_tls_new(k.ca, is_ours ? (struct str){0} : k.cert,
						 is_ours ? (struct str){0}
							 : secret_borrow(&k.key));
		if (is_ours)
			fill_scope(conn, k.server_id);
	}
	kubeconfig_fini(&k);
	return ok;
}
