/* Signed texts that prove who asks: the client assertion of Entra ID and the one of
 * a Google service account. A signature takes some milliseconds, so from the pool
 * where the loop must not wait. Thread: any. */
#ifndef AZ_AUTH_JWT_H
#define AZ_AUTH_JWT_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/jwt_key.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

enum jwt_alg {
	JWT_PS256, /* with x5t#S256: what Entra asks for */
	JWT_RS256  /* with x5t: what it took before */
};

struct jwt_client {
	struct str endpoint; /* the token endpoint it will be sent to, to the letter */
	struct str client_id;
	enum jwt_alg alg;
	bool sends_chain; /* x5c, where the application trusts a name and its issuer */
	int64_t now_ms;
};

/* Needs a key with a certificate that is good at now_ms. */
bool jwt_sign_client(const struct jwt_key *key, const struct jwt_client *client,
		     struct secret *out, struct err *err) MUST_CHECK;

struct jwt_service {
	struct str email;    /* of the account */
	struct str endpoint; /* https://oauth2.googleapis.com/token */
	struct str scope;
	struct str key_id; /* empty: none */
	int64_t now_ms;
};

bool jwt_sign_service(const struct jwt_key *key, const struct jwt_service *service,
		      struct secret *out, struct err *err) MUST_CHECK;

#endif
