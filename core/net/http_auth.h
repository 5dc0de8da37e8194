/* How a request says who asks, and how a connection is told apart from an impostor.
 * Plain values; everything is borrowed. Thread: core. */
#ifndef AZ_NET_HTTP_AUTH_H
#define AZ_NET_HTTP_AUTH_H

#include <stdbool.h>

#include "base/str.h"

enum http_auth_kind {
	HTTP_AUTH_NONE,
	HTTP_AUTH_BEARER, /* secret: the token */
	HTTP_AUTH_BASIC,  /* user and secret, with the first request */
	HTTP_AUTH_HEADER, /* name: of the header; secret: its whole value */
	HTTP_AUTH_DIGEST, /* user and secret, after a challenge */
	HTTP_AUTH_SIGV4,  /* user: key id; secret; name: "region:service"; session */
};

/* Never logged, never in an error text. */
struct http_auth {
	enum http_auth_kind kind;
	struct str user;
	struct str secret;
	struct str name;
	struct str session; /* HTTP_AUTH_SIGV4: of temporary keys, or empty */
};

/* PEM texts; empty: as for every server. */
struct http_tls {
	struct str ca;	 /* who may vouch for this server, nobody else */
	struct str cert; /* ours */
	struct str key;
};

#endif
