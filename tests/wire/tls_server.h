/* A server that speaks TLS, on the test's own loop, with a certificate made on the
 * spot and signed by itself. It answers every request with 200 "over tls", or a redirect, and
 * keeps the connection. Thread: the loop's. */
#ifndef AZ_TESTS_WIRE_TLS_SERVER_H
#define AZ_TESTS_WIRE_TLS_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "net/loop.h"

struct tls_server_options {
	const char *names; /* of the certificate: "IP:127.0.0.1", "DNS:a.test" */
	bool is_expired;
	bool wants_certificate; /* of the client: its own does */
	const char *redirect;	/* answers with 302 to this URL instead */
	const char *json;	/* answers with this instead, and closes */
};

struct tls_server;

/* Ends the test program when it cannot serve. */
struct tls_server *tls_server_new(struct loop *loop,
				  const struct tls_server_options *options);
/* Removes the file too; the memory goes as the loop turns on. */
void tls_server_free(struct tls_server *s);
/* "https://127.0.0.1:PORT" */
const char *tls_server_url(const struct tls_server *s);
/* The private key as a PEM, for a client that is to show the server's own certificate.
 * The text is the server's. */
const char *tls_server_key(const struct tls_server *s);
/* The certificate as a PEM file: who trusts it trusts the server. */
const char *tls_server_ca_file(const struct tls_server *s);
size_t tls_server_requests(const struct tls_server *s);
size_t tls_server_connections(const struct tls_server *s);
/* The protocols the last client offered, "h2,http/1.1". */
const char *tls_server_offered(const struct tls_server *s);

#endif
