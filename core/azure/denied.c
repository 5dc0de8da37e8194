/* See denied.h. A refusal of a linked resource names two actions, the first of which
 * is allowed: the last one counts, unless it is the allowed one. */
#include "azure/denied.h"

/* Behind the last `needle`; false when there is none. */
static bool behind_last(struct str s, struct str needle, struct str *before,
			struct str *behind)
{
	ptrdiff_t at;
	bool found = false;
	size_t from = 0;

	while ((at = str_find(str_sub(s, from, s.n), needle)) >= 0) {
		*before = str_sub(s, 0, from + (size_t)at);
		from += (size_t)at + needle.n;
		*behind = str_sub(s, from, s.n);
		found = true;
	}
	return found;
}

/* What stands between the next two quotes; *s goes on behind them. */
static struct str quoted(struct str *s)
{
	struct str text;
	ptrdiff_t open = str_find_char(*s, '\''), close;

	if (open < 0)
		return (struct str){0};
	text = str_sub(*s, (size_t)open + 1, s->n);
	close = str_find_char(text, '\'');
	if (close < 0)
		return (struct str){0};
	*s = str_sub(text, (size_t)close + 1, text.n);
	return str_sub(text, 0, (size_t)close);
}

bool denied_find(struct str message, struct denied *out)
{
	struct str before, behind;
	ptrdiff_t scope;

	*out = (struct denied){0};
	if (!behind_last(message, STR("perform action"), &before, &behind) ||
	    str_ends(before, STR(" has permission to ")))
		return false;
	out->action = str_trim(quoted(&behind));
	scope = str_find(behind, STR("scope"));
	if (scope >= 0) {
		behind = str_sub(behind, (size_t)scope, behind.n);
		out->scope = str_trim(quoted(&behind));
	}
	return out->action.n > 0;
}
