/* TLS endpoints as if they were a service: a call on a tls connection becomes a
 * handshake, and what the server showed becomes an answer boards can read. A tls
 * connection with a base asks there instead, for such an answer.
 *
 *   /probe?at=HOST[:PORT]&name=NAME   (name: whom to ask for; default: the host)
 *
 *   {"at", "name", "problem": null or why there was no handshake,
 *    "trust": {"ok", "reason"}, "name_matches",
 *    "chain": [{"subject", "issuer", "organization": of the issuer, "serial",
 *               "not_before", "not_after", "names": [...], "key": "RSA 2048",
 *               "is_self_signed"}]}
 *
 * Thread: core. */
#ifndef AZ_AZURE_PROBE_H
#define AZ_AZURE_PROBE_H

#include <cjson/cJSON.h>

#include "azure/api.h"

/* Calls on it are handshakes. */
bool probe_is_due(const struct connection *connection);

struct probe {
	struct strbuf at;   /* "host:port" */
	struct strbuf name; /* of the certificate that is expected */
	struct strbuf url;  /* for http_request */
};
/* From a call's path. probe_fini is due either way. */
bool probe_init(struct probe *p, struct str path, struct err *err) MUST_CHECK;
void probe_fini(struct probe *p);
/* The answer above; never NULL. */
cJSON *probe_answer(const struct probe *p, const struct http_response *response);

#endif
