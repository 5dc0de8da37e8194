/* A file that is named as key and certificate: refused with a reason, or something
 * that signs. OpenSSL reads what is between the marks; finding them is ours. */
#include <stdint.h>
#include <stdlib.h>

#include "auth/jwt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct jwt_service service = {.email = STR("deck@contoso.example")};
	struct secret token = {0};
	struct jwt_key *key;
	struct err err;

	if (!secret_setup())
		abort();
	key = jwt_key_new((struct str){(const char *)data, n}, STR("sesame"), &err);
	if (!key) {
		if (err.code != ERR_CONFIG || !err.text[0])
			abort();
		return 0;
	}
	if (key->n_chain > JWT_CHAIN_MOST ||
	    !jwt_sign_service(key, &service, &token, &err))
		abort();
	secret_fini(&token);
	jwt_key_free(key);
	return 0;
}
