/* Issues and checks bearer tokens (HS256). Thread: core. The audience is written
 * but not enforced: one token opens ARM and DevOps here. */
#include "sim/tenant/token.h"

#include <sodium.h>

#include "base/json.h"
#include "base/rng.h"
#include "sim/jw.h"

#define MAX_TOKEN 4096

void token_key_init(struct token_key *key, uint64_t seed)
{
	struct rng rng;

	rng_init(&rng, rng_mix(seed, 0x746f6b656eu));
	for (size_t i = 0; i < TOKEN_KEY_BYTES; i++)
		key->bytes[i] = (uint8_t)rng_range(&rng, 0, 255);
}

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			     "0123456789-_";

/* Base64url without padding. */
static void encode(struct strbuf *out, struct str in)
{
	for (size_t i = 0; i < in.n; i += 3) {
		size_t left = in.n - i;
		unsigned v = (unsigned)(uint8_t)in.p[i] << 16;

		if (left > 1)
			v |= (unsigned)(uint8_t)in.p[i + 1] << 8;
		if (left > 2)
			v |= (uint8_t)in.p[i + 2];
		strbuf_putc(out, digits[v >> 18]);
		strbuf_putc(out, digits[v >> 12 & 63]);
		if (left > 1)
			strbuf_putc(out, digits[v >> 6 & 63]);
		if (left > 2)
			strbuf_putc(out, digits[v & 63]);
	}
}

static bool decode(struct strbuf *out, struct str in)
{
	unsigned bits = 0;
	int n_bits = 0;

	for (size_t i = 0; i < in.n; i++) {
		const char *at = in.p[i] ? strchr(digits, in.p[i]) : NULL;

		if (!at)
			return false;
		bits = (bits << 6 | (unsigned)(at - digits)) & 0xffffu;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			strbuf_putc(out, (char)(bits >> n_bits & 0xff));
		}
	}
	return !out->overflow;
}

/* Of libsodium, which keeps nothing for each thread of the pool that asks. */
static void sign(struct strbuf *out, const struct token_key *key, struct str text)
{
	uint8_t mac[crypto_auth_hmacsha256_BYTES];

	crypto_auth_hmacsha256(mac, (const uint8_t *)text.p, text.n, key->bytes);
	encode(out, (struct str){.p = (const char *)mac, .n = sizeof(mac)});
}

void token_issue(struct strbuf *out, const struct token_key *key, struct str client,
		 struct str audience, const char *tenant, int64_t now_ms)
{
	struct strbuf claims, signature;
	size_t from = out->n, to;

	strbuf_init(&claims, MAX_TOKEN / 2);
	jw_object(&claims, NULL);
	jw_str(&claims, "aud", audience);
	jw_format(&claims, "iss", "https://sts.windows.net/%s/", tenant);
	jw_int(&claims, "iat", now_ms / 1000);
	jw_int(&claims, "nbf", now_ms / 1000);
	jw_int(&claims, "exp", now_ms / 1000 + TOKEN_LIFE_S + 1);
	jw_str(&claims, "appid", client);
	jw_text(&claims, "tid", tenant);
	jw_text(&claims, "ver", "1.0");
	jw_object_end(&claims);

	encode(out, STR("{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"simulated\"}"));
	strbuf_putc(out, '.');
	encode(out, strbuf_str(&claims));
	strbuf_fini(&claims);
	to = out->n;
	strbuf_putc(out, '.');
	strbuf_init(&signature, 128);
	sign(&signature, key, (struct str){.p = out->p + from, .n = to - from});
	strbuf_put(out, strbuf_str(&signature));
	strbuf_fini(&signature);
}

static bool is_signed(const struct token_key *key, struct str text, struct str signature)
{
	struct strbuf want;
	bool is_same;

	strbuf_init(&want, 128);
	sign(&want, key, text);
	is_same = want.n == signature.n &&
		  sodium_memcmp(want.p, signature.p, signature.n) == 0;
	strbuf_fini(&want);
	return is_same;
}

/* NULL: they are none. */
static cJSON *read_claims(struct str payload)
{
	struct strbuf text;
	struct err err = {0};
	cJSON *claims = NULL;

	strbuf_init(&text, MAX_TOKEN);
	if (decode(&text, payload))
		claims = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	strbuf_fini(&text);
	return claims;
}

static bool read_expiry(struct str payload, double *expiry_s)
{
	cJSON *claims = read_claims(payload);
	bool has_expiry = claims && json_number(claims, "exp", expiry_s);

	cJSON_Delete(claims);
	return has_expiry;
}

void token_put_client(struct strbuf *out, struct str authorization)
{
	struct str rest = authorization, part;
	const char *client;
	cJSON *claims;

	if (!str_next(&rest, '.', &part) || !str_next(&rest, '.', &part))
		return;
	claims = read_claims(part);
	client = json_text(claims, "appid");
	if (client)
		strbuf_puts(out, client);
	cJSON_Delete(claims);
}

enum token_state token_check(const struct token_key *key, struct str token,
			     int64_t now_ms)
{
	struct str rest = token, header, payload;
	double expiry_s = 0;

	if (token.n > MAX_TOKEN || !str_next(&rest, '.', &header) ||
	    !str_next(&rest, '.', &payload) || !rest.p)
		return TOKEN_WRONG;
	if (!is_signed(key, str_sub(token, 0, header.n + 1 + payload.n), rest))
		return TOKEN_WRONG;
	if (!read_expiry(payload, &expiry_s))
		return TOKEN_WRONG;
	return (double)now_ms / 1000 < expiry_s ? TOKEN_GOOD : TOKEN_EXPIRED;
}
