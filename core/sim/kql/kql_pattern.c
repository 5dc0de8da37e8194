/* replace_regex(text, pattern, by): every match becomes the other text. Of patterns only
 * classes and letters with * or + behind them are understood, one after the other; all
 * else gives null. No \1 in `by`. Thread: any (no state). */
#include "base/strbuf.h"
#include "sim/kql/kql_tree.h"

enum { ITEMS_MOST = 8, RUN_MOST = 256, TEXT_MOST = 64 << 10 };

struct item {
	bool has[256];
	size_t least, most;
};

struct pattern {
	struct item items[ITEMS_MOST];
	size_t n;
};

/* "[0-9a-f]", or a letter; false: neither. */
static bool read_class(struct str *s, struct item *item)
{
	ptrdiff_t end = str_find_char(*s, ']');

	if (s->n == 0 || strchr("\\^$.|?*+(){}]", *s->p))
		return false;
	if (*s->p != '[') {
		item->has[(unsigned char)*s->p] = true;
		*s = str_sub(*s, 1, s->n);
		return true;
	}
	if (end < 2 || s->p[1] == '^' || memchr(s->p, '\\', (size_t)end))
		return false;
	for (ptrdiff_t i = 1; i < end; i++) {
		bool is_range = i + 2 < end && s->p[i + 1] == '-';
		int last = (unsigned char)s->p[is_range ? i + 2 : i];

		for (int c = (unsigned char)s->p[i]; c <= last; c++)
			item->has[c] = true;
		i += is_range ? 2 : 0;
	}
	*s = str_sub(*s, (size_t)end + 1, s->n);
	return true;
}

static bool read_pattern(struct str s, struct pattern *p)
{
	while (s.n > 0) {
		struct item *item = &p->items[p->n];

		if (p->n == ITEMS_MOST || !read_class(&s, item))
			return false;
		item->least = s.n && *s.p == '*' ? 0 : 1;
		item->most = s.n && (*s.p == '*' || *s.p == '+') ? RUN_MOST : 1;
		s = str_sub(s, item->most > 1, s.n);
		p->n++;
	}
	return p->n > 0;
}

/* The bytes it takes at the front, the most that it can; -1: it is not there. */
static ptrdiff_t match(const struct item *items, size_t n, struct str s)
{
	size_t run = 0;

	if (n == 0)
		return 0;
	while (run < s.n && run < items->most && items->has[(unsigned char)s.p[run]])
		run++;
	for (; run + 1 > items->least; run--) {
		ptrdiff_t rest = match(items + 1, n - 1, str_sub(s, run, s.n));

		if (rest >= 0)
			return (ptrdiff_t)run + rest;
		if (run == 0)
			break;
	}
	return -1;
}

struct kql_value kql_replace_regex(struct kql_eval *e, const struct kql_expr *call)
{
	struct str text = kql_to_text(e, kql_eval(e, call->args[0]));
	struct str by = kql_to_text(e, kql_eval(e, call->args[2]));
	struct kql_value v = {.type = KQL_NULL};
	struct pattern pattern = {0};
	struct strbuf out;

	if (!read_pattern(kql_to_text(e, kql_eval(e, call->args[1])), &pattern))
		return v;
	strbuf_init(&out, TEXT_MOST);
	while (text.n > 0) {
		ptrdiff_t n = match(pattern.items, pattern.n, text);

		if (n > 0)
			strbuf_put(&out, by);
		else
			strbuf_putc(&out, *text.p);
		text = str_sub(text, n > 0 ? (size_t)n : 1, text.n);
	}
	v.type = KQL_TEXT;
	v.text = arena_str(e->arena, strbuf_str(&out));
	strbuf_fini(&out);
	return v;
}
