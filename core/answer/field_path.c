/* A path is what somebody wrote, a model perhaps: its key is cleaned, and brackets in it
 * count as long as they come in pairs. */
#include "answer/field_path.h"

#include <stdio.h>

#include "base/percent.h"
#include "base/sanitize.h"

/* Bytes up to the bracket that closes the one at the start; 0: none does. */
static size_t bracket_length(struct str s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '[';
		depth -= s.p[i] == ']';
		if (depth == 0)
			return i + 1;
	}
	return 0;
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '.')
			return false;
	}
	return true;
}

/* Adds a key to the keys before it. */
static bool add_key(struct field_path *out, struct str key)
{
	struct strbuf plain, clean;
	bool fits;

	strbuf_init(&plain, FIELD_PATH_MOST);
	strbuf_init(&clean, FIELD_KEY_MOST - 1);
	percent_decode(&plain, str_trim(key));
	if (out->has_key)
		strbuf_printf(&clean, "%s/", out->key);
	sanitize_line(&clean, strbuf_str(&plain));
	fits = !clean.overflow && !plain.overflow && clean.n > 0;
	if (fits)
		snprintf(out->key, sizeof(out->key), "%s", clean.p);
	out->has_key = true;
	strbuf_fini(&clean);
	strbuf_fini(&plain);
	return fits;
}

bool field_path_parse(struct str path, struct field_path *out)
{
	ptrdiff_t open;

	path = str_trim(path);
	*out = (struct field_path){.root = path};
	open = str_find_char(path, '[');
	if (open >= 0) {
		struct str rest = str_sub(path, (size_t)open, path.n);

		out->root = str_sub(path, 0, (size_t)open);
		while (rest.n && rest.p[0] == '[') {
			size_t n = bracket_length(rest);

			if (n < 3 || !add_key(out, str_sub(rest, 1, n - 2)))
				return false;
			rest = str_sub(rest, n, rest.n);
		}
		if (rest.n && (rest.p[0] != '.' || rest.n == 1))
			return false;
		out->name = str_sub(rest, 1, rest.n);
	}
	return out->root.n && path.n < FIELD_PATH_MOST && is_name(out->root) &&
	       is_name(out->name);
}

bool field_path_is(const struct field_path *path, const char *root, const char *name)
{
	struct str first = str_from(root), second = str_from(name);
	struct str whole = path->root;

	if (path->has_key)
		return str_eq_nocase(whole, first) && str_eq_nocase(path->name, second);
	if (!second.n)
		return str_eq_nocase(whole, first);
	return whole.n == first.n + 1 + second.n && str_starts_nocase(whole, first) &&
	       whole.p[first.n] == '.' && str_ends_nocase(whole, second);
}

void field_path_put_key(struct strbuf *out, struct str key)
{
	for (size_t i = 0; i < key.n; i++) {
		unsigned char c = (unsigned char)key.p[i];

		if (c == '[' || c == ']' || c == '%' || c < 0x20)
			strbuf_printf(out, "%%%02X", c);
		else
			strbuf_putc(out, (char)c);
	}
}
