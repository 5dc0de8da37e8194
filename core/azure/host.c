/* See host.h. Everything up to the first '/' must be plain host and port: a user
 * name, a '?' or a backslash there would make curl call another host than the one
 * that was compared. */
#include "azure/host.h"

#include "azure/kinds.h"

struct origin {
	bool is_tls;
	struct str host; /* empty: this is no address we follow */
	struct str port; /* empty: the scheme's own */
};

static bool is_plain_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		      (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == ':' ||
		      c == '[' || c == ']' || c == '_'))
			return false;
	}
	return s.n > 0;
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return true;
}

static struct origin origin_of(struct str url)
{
	struct origin o = {.is_tls = str_starts_nocase(url, STR("https://"))};
	size_t scheme = o.is_tls ? 8 : 7, end, colon;
	struct str whole;

	if (!o.is_tls && !str_starts_nocase(url, STR("http://")))
		return o;
	for (end = scheme; end < url.n && url.p[end] != '/';)
		end++;
	whole = str_sub(url, scheme, end - scheme);
	if (!is_plain_host(whole))
		return o;
	/* The last colon, but not one within an IPv6 address. */
	for (colon = whole.n;
	     colon > 0 && whole.p[colon - 1] != ':' && whole.p[colon - 1] != ']';)
		colon--;
	if (colon > 0 && whole.p[colon - 1] == ':') {
		o.port = str_sub(whole, colon, whole.n);
		if (!is_digits(o.port))
			return o;
		whole = str_sub(whole, 0, colon - 1);
	}
	if (str_eq(o.port, o.is_tls ? STR("443") : STR("80")))
		o.port = (struct str){0};
	o.host = whole;
	return o;
}

/* "westeurope.management.azure.com" and the host itself, of one suffix. */
static bool is_within(struct str host, struct str suffix)
{
	size_t extra = host.n - suffix.n;

	if (host.n < suffix.n || !str_eq_nocase(str_sub(host, extra, suffix.n), suffix))
		return false;
	return extra == 0 || (extra > 1 && host.p[extra - 1] == '.');
}

bool host_is_ours(struct str url, struct str base_url)
{
	struct origin a = origin_of(url), b = origin_of(base_url);
	const struct cloud_row *cloud;

	if (!a.host.n || !b.host.n || a.is_tls != b.is_tls || !str_eq(a.port, b.port))
		return false;
	if (str_eq_nocase(a.host, b.host))
		return true;
	if (!a.is_tls || a.port.n)
		return false;
	for (size_t i = 0; (cloud = cloud_at(i)); i++) {
		struct str suffix = origin_of(str_from(cloud->arm)).host;

		if (is_within(a.host, suffix) && is_within(b.host, suffix))
			return true;
	}
	return false;
}
