/* See approve.h. */
#include "act/approve.h"

#include <sodium.h>
#include <string.h>

#include "act/code32.h"

enum {
	KEY_BYTES = 10, /* of a key's name: 80 bits */
	TIME_BYTES = 6,
	CODE_BYTES = KEY_BYTES + TIME_BYTES + SIGNATURE_BYTES,
};

static const struct code32 form = {
	.purpose = {"azdeck approval v1", 18},
	.n_bits = 8 * CODE_BYTES,
	.group = 8,
};

static void put_signed(struct strbuf *out, const struct plan *plan, int64_t at_ms)
{
	char hex[2 * PLAN_DIGEST_BYTES + 1];

	sodium_bin2hex(hex, sizeof(hex), plan->digest, sizeof(plan->digest));
	strbuf_printf(out, "%s %lld", hex, (long long)at_ms);
}

void approval_make(const struct plan *plan, const struct signer *signer, int64_t now_ms,
		   struct approval *out)
{
	struct strbuf text;

	strbuf_init(&text, 200);
	put_signed(&text, plan, now_ms);
	*out = (struct approval){
		.key = signer->name,
		.at_ms = now_ms,
		.signature = signer_sign(signer, SIGN_APPROVAL, strbuf_str(&text)),
	};
	strbuf_fini(&text);
}

static void put_time(unsigned char out[TIME_BYTES], int64_t ms)
{
	for (int i = 0; i < TIME_BYTES; i++)
		out[i] = (unsigned char)(ms >> (8 * (TIME_BYTES - 1 - i)));
}

static int64_t get_time(const unsigned char from[TIME_BYTES])
{
	int64_t ms = 0;

	for (int i = 0; i < TIME_BYTES; i++)
		ms = ms << 8 | from[i];
	return ms;
}

void approval_format(struct strbuf *out, const struct approval *approval)
{
	unsigned char bytes[CODE_BYTES];

	if (!code32_take(str_from(approval->key.p), bytes, 8 * KEY_BYTES))
		memset(bytes, 0, KEY_BYTES);
	put_time(bytes + KEY_BYTES, approval->at_ms);
	memcpy(bytes + KEY_BYTES + TIME_BYTES, approval->signature.p, SIGNATURE_BYTES);
	strbuf_puts(out, APPROVAL_PREFIX "-");
	code32_format(out, &form, bytes);
}

bool approval_looks_like(struct str text)
{
	return str_starts_nocase(str_trim(text), STR(APPROVAL_PREFIX));
}

bool approval_parse(struct str text, struct approval *out, struct err *err)
{
	unsigned char bytes[CODE_BYTES];
	struct strbuf name;

	text = str_trim(text);
	if (!str_starts_nocase(text, STR(APPROVAL_PREFIX)) ||
	    !code32_parse(&form, str_sub(text, sizeof(APPROVAL_PREFIX) - 1, text.n),
			  bytes))
		return err_set(err, ERR_USAGE,
			       "\"%.*s\" is no approval; copy it whole from what `azdeck "
			       "act approve` prints",
			       (int)(text.n < 40 ? text.n : 40), text.p ? text.p : "");
	*out = (struct approval){.at_ms = get_time(bytes + KEY_BYTES)};
	strbuf_init(&name, SIGN_KEY_NAME_BYTES);
	code32_put(&name, bytes, 8 * KEY_BYTES);
	memcpy(out->key.p, name.p, SIGN_KEY_NAME_BYTES);
	strbuf_fini(&name);
	memcpy(out->signature.p, bytes + KEY_BYTES + TIME_BYTES, SIGNATURE_BYTES);
	return true;
}

/* The person whose key has this name; false: it is nobody's that counts. */
static bool find_person(const struct approvers *a, const struct sign_key_name *name,
			struct sign_key *key, const char **who)
{
	struct err ignored;

	for (size_t i = 0; i < a->n_people; i++) {
		struct sign_key_name own;

		if (!sign_key_parse(str_from(a->people[i].key), key, &ignored))
			continue;
		own = sign_key_name(key);
		if (strcmp(own.p, name->p) != 0)
			continue;
		*who = a->people[i].name;
		return true;
	}
	if (!a->own)
		return false;
	*key = *a->own;
	*who = "you";
	return strcmp(sign_key_name(key).p, name->p) == 0;
}

const char *approval_by(const struct approval *approval, const struct plan *plan,
			const struct approvers *approvers, struct err *err)
{
	struct sign_key key;
	const char *who = NULL;
	struct strbuf text;
	bool is_good;

	if (!find_person(approvers, &approval->key, &key, &who)) {
		err_set(err, ERR_REFUSED,
			"it is approved with a key that is nobody's: put the person's "
			"key "
			"into \"people\" of \"actions\" in the configuration");
		return NULL;
	}
	strbuf_init(&text, 200);
	put_signed(&text, plan, approval->at_ms);
	is_good = sign_key_verify(&key, SIGN_APPROVAL, strbuf_str(&text),
				  &approval->signature);
	strbuf_fini(&text);
	if (!is_good)
		err_set(err, ERR_REFUSED, "%s approved another plan than %s", who,
			plan->id);
	else if (approval->at_ms < plan->made_ms - PLAN_SKEW_MS ||
		 approval->at_ms >= plan->expires_ms)
		err_set(err, ERR_REFUSED, "%s approved it when it was not valid", who);
	else
		return who;
	return NULL;
}

bool approval_is_own(const struct approval *approval, const char *who,
		     const struct plan *plan)
{
	return !plan->by_key[0] || strcmp(approval->key.p, plan->by_key) == 0 ||
	       strcmp(who, plan->by) == 0;
}

bool approved_by(const struct plan *plan, const struct approval *approvals,
		 const char *const *who, size_t n, bool needs_second, int64_t now_ms,
		 struct err *err)
{
	bool is_enough = false;

	if (plan_is_over(plan, now_ms))
		return plan_refuse_over(plan, now_ms, err);
	for (size_t i = 0; i < n; i++) {
		if (!who[i])
			return err_set(err, ERR_REFUSED,
				       "an approval of the plan %s is none", plan->id);
		is_enough = is_enough || !needs_second ||
			    !approval_is_own(&approvals[i], who[i], plan);
	}
	if (is_enough)
		return true;
	if (n == 0)
		return err_set(err, ERR_REFUSED, "nobody has approved the plan %s",
			       plan->id);
	return err_set(
		err, ERR_REFUSED,
		"the plan %s needs a second person: who asked for it cannot approve "
		"it alone",
		plan->id);
}

bool approved(const struct plan *plan, const struct approval *approvals, size_t n,
	      bool needs_second, const struct approvers *approvers, int64_t now_ms,
	      struct err *err)
{
	const char *who[APPROVALS_MOST] = {NULL};

	if (n > APPROVALS_MOST)
		return err_set(err, ERR_TOO_LARGE, "the plan %s has %zu approvals",
			       plan->id, n);
	for (size_t i = 0; i < n && !plan_is_over(plan, now_ms); i++) {
		who[i] = approval_by(&approvals[i], plan, approvers, err);
		if (!who[i])
			return false;
	}
	return approved_by(plan, approvals, who, n, needs_second, now_ms, err);
}
