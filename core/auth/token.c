/* See token.h. */
#include "auth/token.h"

#include <sodium.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "net/redact.h"

static const struct json_limits limits = {.max_bytes = 256 * 1024, .max_depth = 16};

bool token_answer_parse(struct str body, struct token_answer *out, struct err *err)
{
	cJSON *root = json_parse(body, &limits, NULL, err);
	const char *token = json_text(root, "access_token");
	double seconds = 0;
	bool ok = token && json_number(root, "expires_in", &seconds) && seconds >= 1 &&
		  seconds < 1e9;

	*out = (struct token_answer){0};
	if (ok) {
		secret_set(&out->token, str_from(token));
		out->lifetime_ms = (int64_t)(seconds * 1000);
	} else {
		err_set(err, ERR_AUTH,
			"the token endpoint answered something else than a token");
	}
	if (token)
		secret_wipe(json_member(root, "access_token")->valuestring,
			    str_from(token).n);
	cJSON_Delete(root);
	return ok;
}

void token_error(int status, struct str body, struct err *err)
{
	struct err ignored;
	cJSON *root = json_parse(body, &limits, NULL, &ignored);
	const char *what = json_text(root, "error_description");
	struct str rest, line = {0};
	struct strbuf clean, plain;

	if (!what)
		what = json_text(root, "error");
	rest = str_from(what ? what : "no reason given");
	str_next(&rest, '\n', &line);
	strbuf_init(&plain, 1024);
	strbuf_init(&clean, 2048);
	sanitize_line(&plain, str_sub(str_trim(line), 0, 300));
	redact_text(&clean, strbuf_str(&plain));
	strbuf_fini(&plain);
	err_set(err, ERR_AUTH, "sign-in refused (%d): %s", status, clean.p);
	err->http_status = status;
	strbuf_fini(&clean);
	cJSON_Delete(root);
}

/* NULL when it is no JWT. */
static cJSON *read_claims(struct str jwt)
{
	unsigned char claims[8192];
	struct str part, rest = jwt;
	struct err ignored;
	size_t n;

	if (!str_next(&rest, '.', &part) || !str_next(&rest, '.', &part) ||
	    sodium_base642bin(claims, sizeof(claims), part.p, part.n, NULL, &n, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return NULL;
	return json_parse((struct str){(const char *)claims, n}, &limits, NULL, &ignored);
}

bool token_expiry(struct str jwt, int64_t *utc_ms)
{
	cJSON *root = read_claims(jwt);
	double seconds;
	bool ok = root && json_number(root, "exp", &seconds) && seconds > 0 &&
		  seconds < 1e11;

	if (ok)
		*utc_ms = (int64_t)(seconds * 1000);
	cJSON_Delete(root);
	return ok;
}

bool token_put_identity(struct strbuf *out, struct str jwt)
{
	/* The object id is a person's or an application's; sub is one for each
	 * application a person signs in with. */
	static const char *const names[] = {"oid", "sub", "appid"};
	cJSON *root = read_claims(jwt);
	const char *tenant = root ? json_text(root, "tid") : NULL, *who = NULL;

	for (size_t i = 0; root && !who && i < sizeof(names) / sizeof(*names); i++)
		who = json_text(root, names[i]);
	if (tenant && who)
		strbuf_printf(out, "%s %s\n", tenant, who);
	cJSON_Delete(root);
	return tenant && who;
}
