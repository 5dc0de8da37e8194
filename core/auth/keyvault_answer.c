/* See keyvault_answer.h. The codes are those of
 * https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
#include "auth/keyvault_answer.h"

#include "base/json.h"
#include "base/strbuf.h"
#include "net/redact.h"

enum { LINE_BYTES = 110, TENANT_BYTES = 36 };

static const struct json_limits limits = {.max_bytes = 256 * 1024, .max_depth = 16};

static const struct {
	const char *code; /* the innermost */
	enum err_code as;
	const char *what; /* NULL: what the vault says */
	const char *todo;
} refusals[] = {
	{"ForbiddenByRbac", ERR_FORBIDDEN, "it is not allowed to",
	 "give it the role Key Vault Secrets User on the vault"},
	{"AccessDenied", ERR_FORBIDDEN, "no access policy allows it to",
	 "give it Get on secrets in the vault's access policies"},
	{"ForbiddenByPolicy", ERR_FORBIDDEN, "no access policy allows it to",
	 "give it Get on secrets in the vault's access policies"},
	{"ForbiddenByFirewall", ERR_FORBIDDEN, NULL,
	 "the vault's firewall must let this machine in, or it must be asked from "
	 "within its network"},
	{"ForbiddenByConnection", ERR_FORBIDDEN,
	 "the vault takes no calls from the internet",
	 "ask it over its private endpoint"},
	{"SecretDisabled", ERR_CONFIG, "the secret is disabled",
	 "enable it, or name another version"},
	{"SecretNotFound", ERR_CONFIG, "there is no such secret in the vault",
	 "check the name; a deleted one has to be recovered"},
	{"VaultNotFound", ERR_CONFIG, "there is no such vault", "check its name"},
};

bool keyvault_value_parse(struct str body, struct secret *out, struct err *err)
{
	cJSON *root = json_parse(body, &limits, NULL, err);
	const char *value = json_text(root, "value"),
		   *type = json_text(root, "contentType");
	/* Nothing here takes one: keys are read as PEM. */
	bool is_pfx = type && strcmp(type, "application/x-pkcs12") == 0;
	/* An empty one is nobody's secret. */
	bool has_value = value && value[0];

	if (has_value && !is_pfx)
		secret_set(out, str_from(value));
	json_wipe(root);
	if (is_pfx)
		return err_set(err, ERR_CONFIG,
			       "it is a certificate in the form PKCS#12; give it the "
			       "content type application/x-pem-file in its policy");
	return has_value ? true
			 : err_set(err, ERR_PARSE, "the answer holds no secret's value");
}

static const char *innermost_code(const cJSON *error)
{
	const char *code = NULL;

	for (; cJSON_IsObject(error); error = json_member(error, "innererror")) {
		const char *one = json_text(error, "code");

		code = one ? one : code;
	}
	return code ? code : "";
}

static enum err_code code_of(int status)
{
	if (status == 429)
		return ERR_THROTTLED;
	if (status >= 500)
		return ERR_SERVICE;
	return status == 404 ? ERR_CONFIG : status == 403 ? ERR_FORBIDDEN : ERR_AUTH;
}

/* Vaults with access policies of old say all of it in the message alone. */
static const char *code_in(const char *message)
{
	if (strstr(message, "Client address is not authorized"))
		return "ForbiddenByFirewall";
	if (strstr(message, "disabled secret"))
		return "SecretDisabled";
	return "";
}

static void put_message(struct strbuf *out, const char *message)
{
	struct str rest = str_from(message), line = {0};

	str_next(&rest, '\n', &line);
	redact_line(out, str_trim(line), LINE_BYTES);
}

void keyvault_error(int status, struct str body, struct err *err)
{
	struct err ignored;
	cJSON *root = json_parse(body, &limits, NULL, &ignored);
	const cJSON *error = json_member(root, "error");
	const char *message = json_text(error, "message");
	const char *code = innermost_code(error),
		   *known = code_in(message ? message : "");
	struct strbuf line;

	strbuf_init(&line, 1024);
	put_message(&line, message ? message : "no reason given");
	err_set(err, code_of(status), "the vault refuses (%d): %s", status, line.p);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		if (strcmp(code, refusals[i].code) != 0 &&
		    strcmp(known, refusals[i].code) != 0)
			continue;
		err_set(err, refusals[i].as, "the vault refuses (%d): %s; %s", status,
			refusals[i].what ? refusals[i].what : line.p, refusals[i].todo);
		break;
	}
	err->http_status = status;
	strbuf_fini(&line);
	cJSON_Delete(root);
}

/* `key="value"`, or without the quotes. */
static struct str value_of(struct str pair, size_t equals)
{
	struct str value = str_trim(str_sub(pair, equals + 1, pair.n));

	if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
		return str_sub(value, 1, value.n - 2);
	return value;
}

static struct str without_end(struct str s, struct str end)
{
	return str_ends(s, end) ? str_sub(s, 0, s.n - end.n) : s;
}

bool keyvault_challenge_parse(struct str header, struct keyvault_challenge *out)
{
	struct str scheme = STR("Bearer "), pair, rest = str_trim(header);

	*out = (struct keyvault_challenge){0};
	if (!str_starts_nocase(rest, scheme))
		return false;
	rest = str_sub(rest, scheme.n, rest.n);
	while (str_next(&rest, ',', &pair)) {
		ptrdiff_t equals = str_find_char(pair, '=');
		struct str name =
			str_trim(str_sub(pair, 0, equals < 0 ? 0 : (size_t)equals));
		struct str value = equals < 0 ? STR("") : value_of(pair, (size_t)equals);

		if (str_eq(name, STR("authorization")) ||
		    str_eq(name, STR("authorization_uri")))
			out->authority = value;
		else if (str_eq(name, STR("resource")))
			out->resource = without_end(value, STR("/"));
		else if (str_eq(name, STR("scope")) && !out->resource.n)
			out->resource = without_end(value, STR("/.default"));
	}
	return true;
}

/* Without scheme and path; empty when it is not https or more than a host. */
static struct str host_of(struct str url)
{
	struct str scheme = STR("https://");
	size_t n = 0;

	if (!str_starts(url, scheme))
		return STR("");
	url = str_sub(url, scheme.n, url.n);
	while (n < url.n && url.p[n] != '/')
		n++;
	for (size_t i = 0; i < n; i++) {
		if (strchr(":@?#\\", url.p[i]))
			return STR("");
	}
	return str_sub(url, 0, n);
}

bool keyvault_resource_fits(struct str resource, struct str url)
{
	struct str domain = host_of(resource), host = host_of(url);

	/* A whole domain of its own: "net" is none. */
	if (str_find_char(domain, '.') <= 0 || domain.p[domain.n - 1] == '.' ||
	    domain.n + 1 >= host.n)
		return false;
	return host.p[host.n - domain.n - 1] == '.' &&
	       str_eq_nocase(str_sub(host, host.n - domain.n, domain.n), domain);
}

struct str keyvault_challenge_tenant(const struct keyvault_challenge *c)
{
	struct str id = without_end(c->authority, STR("/"));
	size_t from = id.n;

	while (from > 0 && id.p[from - 1] != '/')
		from--;
	id = str_sub(id, from, id.n);
	for (size_t i = 0; i < id.n; i++) {
		if (!strchr("0123456789abcdefABCDEF-", id.p[i]) || !id.p[i])
			return STR("");
	}
	return id.n == TENANT_BYTES ? id : STR("");
}
