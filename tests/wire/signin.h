/* What every test of a method starts from: credentials whose sign-in host is the fake
 * server, an environment without a trace of another cloud, and requests compared to
 * the last byte. Thread: the test's. */
#ifndef AZ_TESTS_WIRE_SIGNIN_H
#define AZ_TESTS_WIRE_SIGNIN_H

#include "auth/credential.h"
#include "wire/client.h"

#define SIGNIN_SCOPE "https://management.azure.com/.default"
#define SIGNIN_TOKEN                                                                     \
	"{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"t1\"}"
#define SIGNIN_PATH "/contoso.example/oauth2/v2.0/token"

/* cmocka set-up of a test; *state is the struct client. Takes every variable that a
 * method reads out of the environment. The tear-down is client_teardown. */
int signin_setup(void **state);

/* Settings are pairs, ended by a NULL name. NULL: err says why not. */
struct credential *signin_make(struct client *c, const char *method,
			       const struct credential_setting *settings,
			       struct err *err);
/* The test fails when there is none. */
struct credential *signin_new(struct client *c, const char *method,
			      const struct credential_setting *settings);

struct got {
	int n; /* answers: must end as 1 */
	enum http_auth_kind kind;
	char user[80], secret[2048], name[80], session[80];
	struct err err;
};
/* A credential_fn whose ctx is a struct got. */
void signin_came(const struct http_auth *auth, const struct err *err, void *ctx);
void signin_ask(struct client *c, struct credential *credential, const char *scope,
		struct got *got);
void signin_wait(struct client *c, const struct got *got);

/* The i-th request as "METHOD TARGET\nName: value\n...\n\nBODY", where the server's own
 * host stands as HOST. Valid until the next call. */
const char *signin_request(struct client *c, size_t i);
/* A form posted by us, to the byte. */
void signin_check_form(struct client *c, size_t i, const char *path, const char *body);

void signin_reply(struct client *c, const char *method, const char *target, int status,
		  const char *body);

#endif
