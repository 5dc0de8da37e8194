/* See tenant_device.h. Nothing is kept: a code says when it was given. */
#include "base/count.h"
#include "sim/tenant/tenant_device.h"

#define CODE_LIFE_S   900
#define CODE_ENTRY_MS 2000
#define CODE_HEAD     "SIM1."
#define REFRESH_HEAD  "1.simulated."

static const struct tenant_row {
	const char *tenant;
	bool is_at_once; /* no code is given at all */
	struct token_refusal refusal;
} refusals[] = {
	{"missing.example",
	 true,
	 {400, "invalid_request", 90002,
	  "Tenant 'missing.example' not found. Check to make sure you have the correct "
	  "tenant ID and are signing into the correct cloud."}},
	{"blocked.example",
	 false,
	 {400, "invalid_grant", 53003,
	  "Access has been blocked by Conditional Access policies. The access policy "
	  "does not allow token issuance."}},
	{"declined.example",
	 false,
	 {400, "authorization_declined", 65004, "User declined to consent to access."}},
	{"expired.example",
	 false,
	 {400, "expired_token", 70020,
	  "The provided value for the input parameter 'device_code' is not valid. This "
	  "device code has expired."}},
};

static const struct token_refusal pending = {
	400, "authorization_pending", 70016,
	"The provided request has not yet been authorized by the user. The user must "
	"input their code."};
static const struct token_refusal bad_code = {
	400, "bad_verification_code", 70018,
	"The verification code is invalid or was used before."};
static const struct token_refusal bad_refresh = {
	400, "invalid_grant", 9002313,
	"Invalid request. The refresh token is malformed."};

static const struct tenant_row *row_of(struct str tenant)
{
	for (size_t i = 0; i < COUNT(refusals); i++)
		if (str_eq_nocase(tenant, str_from(refusals[i].tenant)))
			return &refusals[i];
	return NULL;
}

void tenant_device_code(struct world *w, const struct request *req, struct reply *rep)
{
	const struct tenant_row *row = row_of(request_param(req, "tenant"));
	struct guid code = guid_of(w->seed, "code", w->n_requests);
	struct strbuf *out = &rep->body;
	char user[9] = {0};

	if (row && row->is_at_once) {
		tenant_refuse(w, rep, &row->refusal);
		return;
	}
	for (int i = 0; i < 8; i++)
		user[i] = (char)(code.text[i] >= 'a' ? code.text[i] - 'a' + 'H'
						     : code.text[i] - '0' + 'P');
	jw_object(out, NULL);
	jw_text(out, "user_code", user);
	jw_format(out, "device_code", CODE_HEAD "%lld.%s", (long long)w->now_ms,
		  code.text);
	jw_text(out, "verification_uri", "https://microsoft.com/devicelogin");
	jw_int(out, "expires_in", CODE_LIFE_S);
	jw_int(out, "interval", 1);
	jw_format(out, "message",
		  "To sign in, use a web browser to open the page "
		  "https://microsoft.com/devicelogin and enter the code %s to "
		  "authenticate.",
		  user);
	jw_object_end(out);
}

const struct token_refusal *device_refusal(const struct world *w, struct str tenant,
					   struct str device_code)
{
	const struct tenant_row *row = row_of(tenant);
	struct str head = STR(CODE_HEAD), rest = device_code, at = {0};
	int64_t given_ms = 0;

	if (!str_starts(device_code, head))
		return &bad_code;
	rest = str_sub(device_code, head.n, device_code.n);
	if (!str_next(&rest, '.', &at) || !str_to_i64(at, &given_ms))
		return &bad_code;
	if (w->now_ms < given_ms + CODE_ENTRY_MS)
		return &pending;
	return row ? &row->refusal : NULL;
}

const struct token_refusal *device_refresh_refusal(struct str token)
{
	return str_starts(token, STR(REFRESH_HEAD)) ? NULL : &bad_refresh;
}

void device_put_refresh(struct strbuf *out, const struct world *w)
{
	jw_format(out, "refresh_token", REFRESH_HEAD "%s",
		  guid_of(w->seed, "refresh", 0).text);
}
