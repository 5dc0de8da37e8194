/* See sign_key.h. */
#include "act/sign_key.h"

#include <sodium.h>
#include <string.h>

#include "act/code32.h"

#define PREFIX "azk1"

enum { NAME_BITS = 5 * SIGN_KEY_NAME_BYTES, MOST_DOMAIN_BYTES = 64 };

_Static_assert(SIGN_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "the key");
_Static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "the signature");

static const char *const domains[SIGN_DOMAINS] = {
	[SIGN_AUDIT_ENTRY] = "azdeck audit entry v1",
	[SIGN_AUDIT_HEAD] = "azdeck audit head v1",
	[SIGN_APPROVAL] = "azdeck approval v1",
};

static const struct code32 form = {
	.purpose = {"azdeck key v1", 13},
	.n_bits = 8 * SIGN_KEY_BYTES,
};

void sign_key_format(struct strbuf *out, const struct sign_key *key)
{
	strbuf_puts(out, PREFIX);
	code32_format(out, &form, key->p);
}

bool sign_key_parse(struct str text, struct sign_key *out, struct err *err)
{
	text = str_trim(text);
	if (str_starts_nocase(text, STR(PREFIX)) &&
	    code32_parse(&form, str_sub(text, sizeof(PREFIX) - 1, text.n), out->p) &&
	    crypto_core_ed25519_is_valid_point(out->p))
		return true;
	return err_set(err, ERR_USAGE,
		       "\"%.*s\" is no public key; copy it whole from what `azdeck audit "
		       "key` prints",
		       (int)(text.n < 80 ? text.n : 80), text.p ? text.p : "");
}

struct sign_key_name sign_key_name(const struct sign_key *key)
{
	static const char what[] = "azdeck key name v1";
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	struct sign_key_name name;
	struct strbuf text;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const unsigned char *)what, sizeof(what));
	crypto_hash_sha256_update(&state, key->p, SIGN_KEY_BYTES);
	crypto_hash_sha256_final(&state, hash);
	strbuf_init(&text, SIGN_KEY_NAME_BYTES);
	code32_put(&text, hash, NAME_BITS);
	memcpy(name.p, text.p, sizeof(name.p));
	strbuf_fini(&text);
	return name;
}

const struct sign_key *sign_keys_find(const struct sign_keys *keys, struct str name)
{
	for (size_t i = 0; i < keys->n; i++) {
		struct sign_key_name own = sign_key_name(&keys->p[i]);

		if (str_eq(str_from(own.p), name))
			return &keys->p[i];
	}
	return NULL;
}

void sign_domain_put(struct strbuf *out, enum sign_domain domain, struct str bytes)
{
	strbuf_puts(out, domains[domain]);
	strbuf_putc(out, '\0');
	strbuf_put(out, bytes);
}

bool sign_key_verify(const struct sign_key *key, enum sign_domain domain,
		     struct str bytes, const struct signature *signature)
{
	struct strbuf message;
	bool ok;

	strbuf_init(&message, bytes.n + MOST_DOMAIN_BYTES);
	sign_domain_put(&message, domain, bytes);
	ok = crypto_sign_verify_detached(signature->p, (const unsigned char *)message.p,
					 message.n, key->p) == 0;
	strbuf_fini(&message);
	return ok;
}
