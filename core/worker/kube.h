/* A connection to a cluster, as a kubeconfig has it. Thread: core, before the loop
 * runs. */
#ifndef AZ_WORKER_KUBE_H
#define AZ_WORKER_KUBE_H

#include "azure/api.h"

/* Fills in what the connection does not have yet: base, who vouches for it and, unless
 * a credential of ours asks (`is_ours`), the client certificate; else the scope its
 * user's kubelogin would ask a token for. */
bool kube_fill(struct connection *conn, const char *files, const char *context,
	       bool is_ours, struct err *err) MUST_CHECK;
/* A connection's own PEM texts; each is copied, empty ones may be. */
struct http_tls *kube_tls_new(struct str ca, struct str cert, struct str key);
/* Accepts NULL. The key is wiped. */
void kube_tls_free(const struct http_tls *tls);

#endif
