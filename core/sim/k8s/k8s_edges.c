/* What connects workloads with the world: volumes, ingresses, certificates.
 * Thread: core. */
#include <string.h>

#include "base/count.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

#define ATLAS "aks-atlas-prod"
#define QODEX "aks-qodex-prod"

static const struct claim {
	const char *cluster, *namespace, *name, *class;
	int gib, asked_gib;  /* what there is; 0: nothing yet */
	const char *problem; /* of growing: a condition; or NULL */
} claims[] = {
	{ATLAS, "monitoring", "data-prometheus-0", "managed-csi-premium", 256, 256, NULL},
	{ATLAS, "monitoring", "data-prometheus-1", "managed-csi-premium", 256, 512,
	 "FileSystemResizePending"},
	{ATLAS, "atlas", "checkout-receipts", "azurefile-csi", 1024, 1024, NULL},
	{QODEX, "qodex", "data-search-0", "managed-csi-premium", 512, 512, NULL},
	{QODEX, "qodex", "data-search-1", "managed-csi-premium", 512, 512, NULL},
	{QODEX, "qodex", "data-search-2", "managed-csi-ultra", 0, 512, NULL},
};

static void put_storage(struct strbuf *out, const char *key, int gib)
{
	jw_object(out, key);
	jw_format(out, "storage", "%dGi", gib);
	jw_object_end(out);
}

static void put_claim(struct k8s_list *l, const struct claim *it)
{
	int64_t made =
		it->gib ? K8S_CREATED_MS : k8s_since(l->w, 6 * HOUR_MS) - 5 * MINUTE_MS;

	k8s_object(l, it->namespace, it->name, made);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_list(l->out, "accessModes");
	jw_text(l->out, NULL,
		strcmp(it->class, "azurefile-csi") ? "ReadWriteOnce" : "ReadWriteMany");
	jw_list_end(l->out);
	jw_object(l->out, "resources");
	put_storage(l->out, "requests", it->asked_gib);
	jw_object_end(l->out);
	jw_text(l->out, "storageClassName", it->class);
	jw_text(l->out, "volumeMode", "Filesystem");
	if (it->gib)
		jw_format(l->out, "volumeName", "pvc-%s",
			  guid_of(l->w->seed, it->name, 3).text);
	jw_object_end(l->out);
	jw_object(l->out, "status");
	jw_text(l->out, "phase", it->gib ? "Bound" : "Pending");
	if (it->gib)
		put_storage(l->out, "capacity", it->gib);
	if (it->problem) {
		jw_list(l->out, "conditions");
		k8s_condition(l->out, it->problem, "True", NULL,
			      "Waiting for user to (re-)start a pod to finish file "
			      "system resize of volume on node.",
			      k8s_since(l->w, DAY_MS) - 9 * HOUR_MS);
		jw_list_end(l->out);
	}
	jw_object_end(l->out);
	jw_object_end(l->out);
}

void k8s_list_claims(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(claims); i++) {
		if (strcmp(claims[i].cluster, l.cluster->name) == 0 &&
		    k8s_takes(&l, claims[i].namespace))
			put_claim(&l, &claims[i]);
	}
	k8s_end(&l, "PersistentVolumeClaim", "v1");
}

static const struct ingress {
	const char *cluster, *namespace, *name, *class, *host, *service, *secret, *ip;
} ingresses[] = {
	{ATLAS, "atlas", "storefront", "nginx", "shop.contoso.example", "storefront",
	 "storefront-tls", "20.31.77.14"},
	{ATLAS, "atlas", "orders", "nginx", "orders.contoso.example", "orders-api",
	 "orders-tls", "20.31.77.14"},
	{ATLAS, "atlas", "pricing", "nginx", "pricing.contoso.example", "pricing", NULL,
	 "20.31.77.14"},
	{QODEX, "qodex", "gateway", "azure-application-gateway", "api.qodex.example",
	 "gateway", "gateway-tls", "52.155.90.3"},
	{QODEX, "qodex", "search", "azure-application-gateway", "search.qodex.example",
	 "search", "search-tls", NULL},
};

static void put_backend(struct strbuf *out, const struct ingress *it)
{
	jw_list(out, "rules");
	jw_object(out, NULL);
	jw_text(out, "host", it->host);
	jw_object(out, "http");
	jw_list(out, "paths");
	jw_object(out, NULL);
	jw_text(out, "path", "/");
	jw_text(out, "pathType", "Prefix");
	jw_object(out, "backend");
	jw_object(out, "service");
	jw_text(out, "name", it->service);
	jw_object(out, "port");
	jw_int(out, "number", 80);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
}

static void put_ingress(struct k8s_list *l, const struct ingress *it)
{
	int64_t made = it->ip ? K8S_CREATED_MS : k8s_since(l->w, 6 * HOUR_MS);

	k8s_object(l, it->namespace, it->name,
		   made + (made == l->w->now_ms ? -1 : 0) - 40 * MINUTE_MS);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_text(l->out, "ingressClassName", it->class);
	put_backend(l->out, it);
	if (it->secret) {
		jw_list(l->out, "tls");
		jw_object(l->out, NULL);
		jw_list(l->out, "hosts");
		jw_text(l->out, NULL, it->host);
		jw_list_end(l->out);
		jw_text(l->out, "secretName", it->secret);
		jw_object_end(l->out);
		jw_list_end(l->out);
	}
	jw_object_end(l->out);
	jw_object(l->out, "status");
	jw_object(l->out, "loadBalancer");
	if (it->ip) {
		jw_list(l->out, "ingress");
		jw_object(l->out, NULL);
		jw_text(l->out, "ip", it->ip);
		jw_object_end(l->out);
		jw_list_end(l->out);
	}
	jw_object_end(l->out);
	jw_object_end(l->out);
	jw_object_end(l->out);
}

void k8s_list_ingresses(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(ingresses); i++) {
		if (strcmp(ingresses[i].cluster, l.cluster->name) == 0 &&
		    k8s_takes(&l, ingresses[i].namespace))
			put_ingress(&l, &ingresses[i]);
	}
	k8s_end(&l, "Ingress", "networking.k8s.io/v1");
}

/* Certificates of ninety days are renewed thirty days before their end. */
static const struct certificate {
	const char *cluster, *namespace, *name, *host;
	int days_left;
	const char *message; /* of the last failure; or NULL */
	int failures;
} certificates[] = {
	{ATLAS, "atlas", "storefront-tls", "shop.contoso.example", 61, NULL, 0},
	{ATLAS, "atlas", "orders-tls", "orders.contoso.example", 4,
	 "The certificate request has failed to complete and will be retried: Failed to "
	 "wait for order resource \"orders-tls-3-2171\" to become ready: order is in "
	 "\"invalid\" state: acme: authorization error for orders.contoso.example: 403 "
	 "urn:ietf:params:acme:error:dns: DNS problem: NXDOMAIN looking up TXT",
	 5},
	{ATLAS, "monitoring", "grafana-tls", "grafana.contoso.example", 26, NULL, 0},
};

enum { CERT_LIFE_DAYS = 90, CERT_AHEAD_DAYS = 30 };

static void put_certificate_status(struct k8s_list *l, const struct certificate *it)
{
	int64_t today = k8s_since(l->w, DAY_MS);
	int64_t end = today + it->days_left * DAY_MS + 9 * HOUR_MS;

	jw_object(l->out, "status");
	jw_list(l->out, "conditions");
	k8s_condition(l->out, "Ready", "True", "Ready",
		      "Certificate is up to date and has not expired",
		      end - CERT_LIFE_DAYS * DAY_MS);
	if (it->failures)
		k8s_condition(l->out, "Issuing", "False", "Failed", it->message,
			      today - 3 * HOUR_MS);
	jw_list_end(l->out);
	if (it->failures) {
		jw_int(l->out, "failedIssuanceAttempts", it->failures);
		jw_time(l->out, "lastFailureTime", today - 3 * HOUR_MS, 0);
	}
	jw_time(l->out, "notAfter", end, 0);
	jw_time(l->out, "notBefore", end - CERT_LIFE_DAYS * DAY_MS, 0);
	jw_time(l->out, "renewalTime", end - CERT_AHEAD_DAYS * DAY_MS, 0);
	jw_int(l->out, "revision", 3);
	jw_object_end(l->out);
}

/* Only one of the clusters has cert-manager: the other's is a gateway's business. */
void k8s_list_certificates(struct world *w, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = k8s_cluster(req, rep);
	struct k8s_list l;

	if (!cluster)
		return;
	if (strcmp(cluster->name, ATLAS) != 0) {
		k8s_refuse(req, rep, false);
		return;
	}
	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(certificates); i++) {
		const struct certificate *it = &certificates[i];

		if (!k8s_takes(&l, it->namespace))
			continue;
		k8s_object(&l, it->namespace, it->name, K8S_CREATED_MS);
		jw_object_end(l.out);
		jw_object(l.out, "spec");
		jw_list(l.out, "dnsNames");
		jw_text(l.out, NULL, it->host);
		jw_list_end(l.out);
		jw_object(l.out, "issuerRef");
		jw_text(l.out, "kind", "ClusterIssuer");
		jw_text(l.out, "name", "letsencrypt");
		jw_object_end(l.out);
		jw_text(l.out, "secretName", it->name);
		jw_object_end(l.out);
		put_certificate_status(&l, it);
		jw_object_end(l.out);
	}
	k8s_end(&l, "Certificate", "cert-manager.io/v1");
}
