/* See token.h. */
#include "auth/token.h"

#include <sodium.h>
#include <stdio.h>

#include "auth/explain.h"
#include "base/count.h"
#include "base/json.h"
#include "net/redact.h"

enum { LINE_BYTES = 300, EXPLAINED_LINE_BYTES = 150 };

static const struct json_limits limits = {.max_bytes = 256 * 1024, .max_depth = 16};

/* Milliseconds from now on; 0: not said, or nonsense. */
static int64_t lifetime(const cJSON *root, struct str token, int64_t now_ms)
{
	double seconds;
	int64_t end;

	if (json_number(root, "expires_in", &seconds))
		return seconds >= 1 && seconds < 1e9 ? (int64_t)(seconds * 1000) : 0;
	if (json_number(root, "expires_on", &seconds) && seconds > 0 && seconds < 1e11)
		end = (int64_t)(seconds * 1000);
	else if (!token_expiry(token, &end))
		return 0;
	return end > now_ms && end - now_ms < INT64_C(1000000000000) ? end - now_ms : 0;
}

static void take(const cJSON *root, const char *name, struct secret *out)
{
	const cJSON *item = json_member(root, name);

	if (!cJSON_IsString(item))
		return;
	if (item->valuestring[0])
		secret_set(out, str_from(item->valuestring));
	secret_wipe(item->valuestring, strlen(item->valuestring));
}

bool token_answer_parse(struct str body, int64_t now_ms, struct token_answer *out,
			struct err *err)
{
	cJSON *root = json_parse(body, &limits, NULL, err);

	*out = (struct token_answer){0};
	take(root, "access_token", &out->token);
	take(root, "refresh_token", &out->refresh);
	if (out->token.n)
		out->lifetime_ms = lifetime(root, secret_borrow(&out->token), now_ms);
	cJSON_Delete(root);
	if (out->lifetime_ms > 0)
		return true;
	token_answer_fini(out);
	return err_set(err, ERR_AUTH,
		       "the token endpoint answered something else than a token");
}

void token_answer_fini(struct token_answer *answer)
{
	secret_fini(&answer->token);
	secret_fini(&answer->refresh);
	answer->lifetime_ms = 0;
}

/* The texts of the endpoints we know, the longest first. */
static const char *reason(const cJSON *root)
{
	static const char *const names[] = {"error_description", "detail", "message",
					    "error"};
	const char *text = NULL;

	for (size_t i = 0; i < COUNT(names) && !text; i++)
		text = json_text(root, names[i]);
	return text ? text : "no reason given";
}

/* The first line, fit to be shown. Where Entra writes it all in one, what follows are
 * numbers for its own logs. */
static void put_reason(struct strbuf *out, const cJSON *root, size_t max)
{
	struct str rest = str_from(reason(root)), line = {0};
	ptrdiff_t ids;

	str_next(&rest, '\n', &line);
	ids = str_find(line, STR(" Trace ID: "));
	if (ids > 0)
		line = str_sub(line, 0, (size_t)ids);
	redact_line(out, str_trim(line), max);
}

static enum err_code code_of(int status)
{
	if (status == 429)
		return ERR_THROTTLED;
	return status >= 500 ? ERR_SERVICE : ERR_AUTH;
}

void token_error(int status, struct str body, struct err *err)
{
	struct err ignored;
	cJSON *root = json_parse(body, &limits, NULL, &ignored);
	const struct explain_row *row =
		explain_find(explain_number(str_from(reason(root))));
	struct strbuf line;

	strbuf_init(&line, 2048);
	put_reason(&line, root, row ? EXPLAINED_LINE_BYTES : LINE_BYTES);
	err_set(err, code_of(status), "sign-in refused (%d): %s%s%s", status, line.p,
		row ? "; " : "", row ? row->todo : "");
	err->http_status = status;
	strbuf_fini(&line);
	cJSON_Delete(root);
}

void token_error_word(struct str body, char *out, size_t size)
{
	struct err ignored;
	cJSON *root = json_parse(body, &limits, NULL, &ignored);
	const char *word = json_text(root, "error");

	snprintf(out, size, "%s", word ? word : "");
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

	for (size_t i = 0; root && !who && i < COUNT(names); i++)
		who = json_text(root, names[i]);
	if (tenant && who)
		strbuf_printf(out, "%s %s\n", tenant, who);
	cJSON_Delete(root);
	return tenant && who;
}
