/* See keyvault_ref.h. The lengths are those of
 * https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
#include "auth/keyvault_ref.h"

enum { VAULT_LEAST = 3, VAULT_MOST = 24, NAME_MOST = 127, VERSION_BYTES = 32 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(struct str s, size_t least, size_t most)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_letter(s.p[i]) && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    s.p[i] != '-')
			return false;
	}
	return s.n >= least && s.n <= most;
}

static bool is_vault(struct str s)
{
	return is_name(s, VAULT_LEAST, VAULT_MOST) && is_letter(s.p[0]) &&
	       s.p[s.n - 1] != '-';
}

bool keyvault_ref_parse(struct str rest, struct keyvault_ref *out)
{
	*out = (struct keyvault_ref){0};
	if (!str_next(&rest, '/', &out->vault) || !str_next(&rest, '/', &out->name) ||
	    !is_vault(out->vault) || !is_name(out->name, 1, NAME_MOST))
		return false;
	if (!str_next(&rest, '/', &out->version))
		return true;
	return !rest.p && is_name(out->version, VERSION_BYTES, VERSION_BYTES);
}

void keyvault_ref_put_url(struct strbuf *out, const struct keyvault_ref *ref,
			  struct str url)
{
	struct str mark = STR(KEYVAULT_PLACEHOLDER);
	ptrdiff_t at = str_find(url, mark);

	if (at >= 0) {
		strbuf_put(out, str_sub(url, 0, (size_t)at));
		strbuf_put(out, ref->vault);
		url = str_sub(url, (size_t)at + mark.n, url.n);
	}
	strbuf_put(out, url);
	strbuf_printf(out, "/secrets/%.*s", STR_ARG(ref->name));
	if (ref->version.n)
		strbuf_printf(out, "/%.*s", STR_ARG(ref->version));
	strbuf_puts(out, "?api-version=7.4");
}
