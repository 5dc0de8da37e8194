/* Links in Markdown that lie, and addresses that would carry something out; see
 * leash_part.h. */
#include "ai/leash_part.h"

#include "base/count.h"
#include "net/redact.h"

enum { LINK_MOST = 2048 };

static struct str host_of(struct str url)
{
	size_t scheme = url_scheme_bytes(url), n = 0;
	ptrdiff_t at;

	if (scheme)
		url = str_sub(url, scheme, url.n);
	while (n < url.n && !strchr("/?#: )>\"'\t\n", url.p[n]))
		n++;
	url = str_sub(url, 0, n);
	at = str_find_char(url, '@');
	return at < 0 ? url : str_sub(url, (size_t)at + 1, url.n);
}

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* The first name of a host in the words of a link; empty: it has none. */
static struct str named_host(struct str words)
{
	static const char *const ends[] = {".com",   ".net", ".org", ".io", ".dev",
					   ".cloud", ".us",  ".cn",  ".ms"};

	for (size_t at = 0; at < words.n; at++) {
		struct str host;
		size_t n = 0;

		while (at + n < words.n && is_host_char(words.p[at + n]))
			n++;
		host = str_sub(words, at, n);
		for (size_t i = 0; n && i < COUNT(ends); i++) {
			if (host.n > strlen(ends[i]) + 1 &&
			    str_ends_nocase(host, str_from(ends[i])))
				return host;
		}
		at += n;
	}
	return (struct str){0};
}

static bool is_of_vendor(struct str host)
{
	static const char *const ends[] = {"microsoft.com",    "azure.com",
					   "azure.net",	       "windows.net",
					   "azure.us",	       "azure.cn",
					   "office.com",       "aka.ms",
					   "github.com",       "live.com",
					   "visualstudio.com", "microsoftonline.com"};

	for (size_t i = 0; i < COUNT(ends); i++) {
		struct str end = str_from(ends[i]);

		if (str_ends_nocase(host, end) &&
		    (host.n == end.n || host.p[host.n - end.n - 1] == '.'))
			return true;
	}
	return false;
}

static bool speaks_of_vendor(struct str words)
{
	static const char *const names[] = {"azure",   "microsoft", "entra",
					    "portal",  "runbook",   "official",
					    "sign in", "log in",    "approve"};

	for (size_t i = 0; i < COUNT(names); i++) {
		if (str_find_nocase(words, str_from(names[i])) >= 0)
			return true;
	}
	return false;
}

/* "{answer}", "<data>", "$(...)", "[S:...": to be filled in by who reads it. */
static bool is_to_fill(struct str url)
{
	ptrdiff_t query = str_find_char(url, '?');
	struct str tail = query < 0 ? url : str_sub(url, (size_t)query, url.n);

	return str_find_char(tail, '{') >= 0 || str_find(tail, STR("$(")) >= 0 ||
	       str_find(tail, STR("[S:")) >= 0 || str_find(tail, STR("=<")) >= 0 ||
	       str_find(tail, STR("=[")) >= 0;
}

static bool is_lying(struct str words, struct str url)
{
	struct str host = host_of(url), named = named_host(words);

	if (named.n)
		return !str_eq_nocase(host, named) &&
		       !(str_ends_nocase(host, named) &&
			 host.p[host.n - named.n - 1] == '.');
	return speaks_of_vendor(words) && !is_of_vendor(host);
}

static const char *judge(struct str words, struct str url, bool is_image)
{
	if (is_image && str_find_char(url, '?') > 0)
		return "shows a picture that tells its server something";
	if (is_to_fill(url))
		return "asks to send something out";
	return is_lying(words, url) ? "has a link that lies about where it leads" : NULL;
}

/* Where the words of a link begin whose "](" is at `at`. */
static size_t words_begin(struct str text, size_t at)
{
	size_t n = at;

	while (n > 0 && at - n < LINK_MOST && text.p[n - 1] != '[')
		n--;
	return n;
}

/* "{name" or "<name" */
static bool is_open(struct str url, struct str name)
{
	ptrdiff_t at = str_find_nocase(url, name);

	return at > 0 && strchr("{<", url.p[at - 1]) != NULL;
}

/* An address in plain words, to be filled in with what only its reader has. */
static const char *plain_address(struct str text)
{
	static const char *const names[] = {"answer",  "context", "conversation",
					    "prompt",  "secret",  "token",
					    "history", "output",  "data",
					    "result",  "key",	  "response"};
	ptrdiff_t at;

	while ((at = str_find_nocase(text, STR("http"))) >= 0) {
		struct str url = str_sub(text, (size_t)at, LINK_MOST);
		size_t n = 0;

		while (n < url.n && !strchr(" \t\n\"'", url.p[n]))
			n++;
		for (size_t i = 0; i < COUNT(names); i++) {
			if (is_open(str_sub(url, 0, n), str_from(names[i])))
				return "asks to send something out";
		}
		text = str_sub(text, (size_t)at + 4, text.n);
	}
	return NULL;
}

static const char *markdown_link(struct str text)
{
	struct str rest = text;
	ptrdiff_t found;
	size_t at = 0;

	while ((found = str_find(rest, STR("]("))) >= 0) {
		const char *what;
		struct str url;
		size_t from;
		ptrdiff_t end;

		at += (size_t)found;
		from = words_begin(text, at);
		url = str_trim(str_sub(text, at + 2, LINK_MOST));
		end = str_find_char(url, ')');
		url = end < 0 ? url : str_sub(url, 0, (size_t)end);
		if (str_starts_nocase(url, STR("http")) || str_starts(url, STR("//"))) {
			what = judge(str_sub(text, from, at - from), url,
				     from > 1 && text.p[from - 2] == '!');
			if (what)
				return what;
		}
		at += 2;
		rest = str_sub(text, at, text.n);
	}
	return NULL;
}

const char *leash_link(struct str text)
{
	const char *what = markdown_link(text);

	return what ? what : plain_address(text);
}
