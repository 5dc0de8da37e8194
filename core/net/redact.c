/* See redact.h. */
#include "net/redact.h"

#include <string.h>

#include "base/sanitize.h"

enum { LONGEST_QUERY = 300 };

static const char hidden[] = "***";

static bool is_one_of(struct str s, const char *const *names)
{
	for (; *names; names++) {
		if (str_eq_nocase(s, str_from(*names)))
			return true;
	}
	return false;
}

/* Names of parameters whose value is a secret. t, c, s and h sign Azure's
 * polling URLs; $skiptoken is opaque but harmless. */
static bool is_secret_name(struct str name)
{
	static const char *const names[] = {"sig",
					    "signature",
					    "code",
					    "key",
					    "api-key",
					    "apikey",
					    "token",
					    "access_token",
					    "refresh_token",
					    "id_token",
					    "client_secret",
					    "client_assertion",
					    "assertion",
					    "device_code",
					    "password",
					    "secret",
					    "sharedaccesssignature",
					    "accountkey",
					    "sharedaccesskey",
					    "subscription-key",
					    "client-key-data",
					    "t",
					    "c",
					    "s",
					    "h",
					    NULL};

	return is_one_of(name, names);
}

bool redact_is_secret_header(struct str name)
{
	static const char *const names[] = {"authorization",
					    "proxy-authorization",
					    "api-key",
					    "x-api-key",
					    "x-identity-header",
					    "secret",
					    "cookie",
					    "set-cookie",
					    "private-token",
					    "x-vault-token",
					    "x-functions-key",
					    "ocp-apim-subscription-key",
					    "aeg-sas-key",
					    "x-amz-security-token",
					    "x-ms-authorization-auxiliary",
					    NULL};

	return is_one_of(name, names);
}

static void put_query(struct strbuf *out, struct str query)
{
	struct str part;
	const char *separator = "?";

	if (query.n > LONGEST_QUERY) {
		strbuf_puts(out, "?***");
		return;
	}
	while (str_next(&query, '&', &part)) {
		ptrdiff_t equals = str_find_char(part, '=');

		strbuf_puts(out, separator);
		separator = "&";
		if (equals >= 0 && is_secret_name(str_sub(part, 0, (size_t)equals))) {
			strbuf_put(out, str_sub(part, 0, (size_t)equals + 1));
			strbuf_puts(out, hidden);
		} else {
			strbuf_put(out, part);
		}
	}
}

size_t url_scheme_bytes(struct str url)
{
	ptrdiff_t colon = str_find_char(url, ':');
	size_t n = (size_t)(colon + 1);

	if (colon < 0 || str_find_char(url, '/') != colon + 1)
		return 0;
	while (n < url.n && url.p[n] == '/')
		n++;
	return n;
}

void redact_url(struct strbuf *out, struct str url)
{
	ptrdiff_t hash = str_find_char(url, '#');
	ptrdiff_t query = str_find_char(url, '?');
	struct str front = query < 0 ? url : str_sub(url, 0, (size_t)query);
	size_t scheme = url_scheme_bytes(front);
	struct str host;
	ptrdiff_t slash, at;

	/* What stands behind '#' is never sent; sign-ins put tokens there. */
	if (hash >= 0) {
		redact_url(out, str_sub(url, 0, (size_t)hash));
		return;
	}
	if (scheme > 0) {
		strbuf_put(out, str_sub(front, 0, (size_t)str_find_char(front, ':')));
		strbuf_puts(out, "://");
		front = str_sub(front, scheme, front.n);
	}
	slash = str_find_char(front, '/');
	host = slash < 0 ? front : str_sub(front, 0, (size_t)slash);
	while ((at = str_find_char(host, '@')) >= 0) {
		host = str_sub(host, (size_t)at + 1, host.n);
		front = str_sub(front, (size_t)at + 1, front.n);
	}
	strbuf_put(out, front);
	if (query >= 0)
		put_query(out, str_sub(url, (size_t)query + 1, url.n));
}

static bool is_token_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c != '\0' && strchr("-_.~+/=%", c));
}

static size_t token_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_token_char(s.p[n]))
		n++;
	return n;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/* The length of a value: of a quoted one up to its quote, of a header's up to the
 * end of its line, of others up to a blank or a separator. */
static size_t value_length(struct str s, bool is_quoted, bool is_header)
{
	size_t n = 0;

	for (; n < s.n; n++) {
		if (is_quoted && s.p[n] == '\\') {
			n++;
			continue;
		}
		if (s.p[n] == '"' || s.p[n] == '\n' || s.p[n] == '\r')
			break;
		if (!is_quoted && !is_header && strchr(" \t&;'<>", s.p[n]))
			break;
	}
	return n < s.n ? n : s.n;
}

/* Words of prose too: Azure's errors say "Code: Conflict". */
static bool is_ambiguous(struct str name)
{
	return str_eq_nocase(name, STR("code")) || str_eq_nocase(name, STR("key"));
}

/* "name=value", "name: value" or "\"name\":\"value\"" with a secret name: the
 * length up to the value, and of the value. Short names are only secrets in URLs. */
static bool secret_pair(struct str s, size_t *front, size_t *value)
{
	size_t name = 0, at;
	struct str word;
	bool is_header, is_quoted = false;

	while (name < s.n && is_word_char(s.p[name]))
		name++;
	word = str_sub(s, 0, name);
	is_header = redact_is_secret_header(word);
	if (name < 3 || (!is_header && !is_secret_name(word)))
		return false;
	for (at = name; at < s.n && (s.p[at] == '"' || s.p[at] == ' '); at++)
		continue;
	if (at >= s.n || (s.p[at] != '=' && s.p[at] != ':'))
		return false;
	if (s.p[at] == ':' && is_ambiguous(word))
		return false;
	for (at++; at < s.n && s.p[at] == ' '; at++)
		continue;
	if (at < s.n && s.p[at] == '"') {
		is_quoted = true;
		at++;
	}
	*front = at;
	*value = value_length(str_sub(s, at, s.n), is_quoted, is_header);
	return true;
}

/* What of the text's front is shown, and what behind it is hidden. */
static bool secret_at(struct str text, size_t *front, size_t *value)
{
	*front = 0;
	if (str_starts_nocase(text, STR("bearer ")))
		*front = 7;
	else if (str_starts_nocase(text, STR("basic ")))
		*front = 6;
	*value = token_length(str_sub(text, *front, text.n));
	/* "Basic" and "bearer" are words of English too. */
	if (*front)
		return *value > 7;
	if (str_starts(text, STR("eyJ")) && *value > 40)
		return true;
	return secret_pair(text, front, value);
}

void redact_text(struct strbuf *out, struct str text)
{
	bool at_word = true;

	while (text.n) {
		size_t front, value;

		if (at_word && secret_at(text, &front, &value)) {
			strbuf_put(out, str_sub(text, 0, front));
			if (value)
				strbuf_puts(out, hidden);
			text = str_sub(text, front + value, text.n);
			continue;
		}
		at_word = !is_word_char(text.p[0]);
		strbuf_putc(out, text.p[0]);
		text = str_sub(text, 1, text.n);
	}
}

void redact_line(struct strbuf *out, struct str text, size_t max)
{
	struct strbuf plain;

	/* A control character becomes a longer one. */
	strbuf_init(&plain, 4 * max + 1);
	sanitize_line(&plain, str_sub(text, 0, max));
	redact_text(out, strbuf_str(&plain));
	strbuf_fini(&plain);
}
