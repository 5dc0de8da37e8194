/* See redact.h. */
#include "net/redact.h"

#include <string.h>

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

void redact_url(struct strbuf *out, struct str url)
{
	ptrdiff_t scheme = str_find(url, STR("://"));
	ptrdiff_t query = str_find_char(url, '?');
	struct str front = query < 0 ? url : str_sub(url, 0, (size_t)query);
	struct str host;
	ptrdiff_t slash, at;

	if (scheme >= 0) {
		strbuf_put(out, str_sub(front, 0, (size_t)scheme + 3));
		front = str_sub(front, (size_t)scheme + 3, front.n);
	}
	slash = str_find_char(front, '/');
	host = slash < 0 ? front : str_sub(front, 0, (size_t)slash);
	at = str_find_char(host, '@');
	strbuf_put(out, str_sub(front, at < 0 ? 0 : (size_t)at + 1, front.n));
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

/* "name=value", "name: value" or "\"name\":\"value\"" with a secret name: the
 * length up to the value; 0 when this is none. Short names are only secrets in
 * URLs. */
static size_t secret_pair(struct str s)
{
	size_t name = 0, at;

	while (name < s.n && is_word_char(s.p[name]))
		name++;
	if (name < 3 || !is_secret_name(str_sub(s, 0, name)))
		return 0;
	for (at = name; at < s.n && (s.p[at] == '"' || s.p[at] == ' '); at++)
		continue;
	if (at >= s.n || (s.p[at] != '=' && s.p[at] != ':'))
		return 0;
	for (at++; at < s.n && (s.p[at] == '"' || s.p[at] == ' '); at++)
		continue;
	return at;
}

void redact_text(struct strbuf *out, struct str text)
{
	bool at_word = true;

	while (text.n) {
		size_t skip = 0, n;

		if (at_word && str_starts_nocase(text, STR("bearer ")))
			skip = 7;
		else if (at_word && str_starts_nocase(text, STR("basic ")))
			skip = 6;
		else if (at_word)
			skip = secret_pair(text);
		if (!skip && at_word && str_starts(text, STR("eyJ")) &&
		    token_length(text) > 40) {
			strbuf_puts(out, hidden);
			text = str_sub(text, token_length(text), text.n);
			continue;
		}
		if (skip) {
			strbuf_put(out, str_sub(text, 0, skip));
			text = str_sub(text, skip, text.n);
			n = token_length(text);
			if (n)
				strbuf_puts(out, hidden);
			text = str_sub(text, n, text.n);
			at_word = false;
			continue;
		}
		at_word = !is_word_char(text.p[0]);
		strbuf_putc(out, text.p[0]);
		text = str_sub(text, 1, text.n);
	}
}
