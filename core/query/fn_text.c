/* Functions of text. Case is ASCII only, so that no locale changes a result. */
#include <string.h>

#include "base/utf8.h"
#include "query/function.h"
#include "query/pattern.h"

static struct str text(const struct call *call, size_t i)
{
	return call->args[i].text;
}

FUNCTION(starts_with)
{
	*out = value_bool(str_starts(text(call, 0), text(call, 1)));
	return true;
}

FUNCTION(ends_with)
{
	*out = value_bool(str_ends(text(call, 0), text(call, 1)));
	return true;
}

static bool fold(const struct call *call, char from, char to, struct query_value *out)
{
	struct str s = text(call, 0);
	char *copy = eval_alloc(call->ev, s.n + 1, 1, call->node);

	if (!copy)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		copy[i] = c >= from && c <= to ? (char)(c ^ 0x20) : c;
	}
	copy[s.n] = '\0';
	*out = value_text((struct str){.p = copy, .n = s.n});
	return true;
}

FUNCTION(lower)
{
	return fold(call, 'A', 'Z', out);
}

FUNCTION(upper)
{
	return fold(call, 'a', 'z', out);
}

FUNCTION(trim)
{
	*out = value_text(str_trim(text(call, 0)));
	return true;
}

FUNCTION(join)
{
	struct query_iter it = query_iter(&call->args[1]);
	struct query_value item;
	bool is_first = true;
	struct strbuf sb;

	function_text(&sb);
	while (query_iter_next(&it, &item) && !sb.overflow) {
		if (item.type != QUERY_STRING) {
			strbuf_fini(&sb);
			return function_fail_type(call, "an array of strings", &item);
		}
		if (!is_first)
			strbuf_put(&sb, text(call, 0));
		is_first = false;
		strbuf_put(&sb, item.text);
	}
	return eval_text(call->ev, &sb, call->node, out);
}

FUNCTION(split)
{
	struct str rest = text(call, 0), sep = text(call, 1);
	size_t mark = eval_mark(call->ev);
	ptrdiff_t at;

	if (sep.n == 0)
		return query_fail(call->ev->qe, QUERY_INVALID_VALUE, call->node->offset,
				  "split() needs a separator of one character or more");
	while ((at = str_find(rest, sep)) >= 0) {
		if (!eval_spend(call->ev, 1, call->node))
			return false;
		eval_push(call->ev, value_text(str_sub(rest, 0, (size_t)at)));
		rest = str_sub(rest, (size_t)at + sep.n, rest.n);
	}
	eval_push(call->ev, value_text(rest));
	return eval_array(call->ev, mark, call->node, out);
}

FUNCTION(replace)
{
	struct str rest = text(call, 0), from = text(call, 1), to = text(call, 2);
	struct strbuf sb;
	ptrdiff_t at;

	function_text(&sb);
	while (from.n && !sb.overflow && (at = str_find(rest, from)) >= 0) {
		strbuf_put(&sb, str_sub(rest, 0, (size_t)at));
		strbuf_put(&sb, to);
		rest = str_sub(rest, (size_t)at + from.n, rest.n);
	}
	strbuf_put(&sb, rest);
	return eval_text(call->ev, &sb, call->node, out);
}

/* The compiled pattern: of the query, or the last one of this evaluation. */
static const struct pattern *pattern_of(const struct call *call)
{
	struct eval *ev = call->ev;

	if (call->node->list.pattern)
		return call->node->list.pattern;
	if (ev->pattern && str_eq(pattern_source(ev->pattern), text(call, 1)))
		return ev->pattern;
	pattern_free(ev->pattern);
	ev->pattern = NULL;
	/* Compiling costs about as much as some hundred values. */
	if (eval_spend(ev, 500 + text(call, 1).n * 10, call->node))
		ev->pattern = pattern_new(text(call, 1), call->node->offset, ev->qe);
	return ev->pattern;
}

FUNCTION(match)
{
	const struct pattern *pattern = pattern_of(call);
	enum pattern_result result;

	if (!pattern || !eval_spend(call->ev, 20 + text(call, 0).n / 8, call->node))
		return false;
	result = pattern_match(pattern, text(call, 0));
	if (result == PATTERN_TOO_MUCH_WORK)
		return query_fail(call->ev->qe, QUERY_INVALID_VALUE, call->node->offset,
				  "the pattern backtracks too much on this text");
	*out = value_bool(result == PATTERN_MATCH);
	return true;
}

FUNCTION(to_string)
{
	struct strbuf sb;

	if (call->args[0].type == QUERY_STRING) {
		*out = call->args[0];
		return true;
	}
	function_text(&sb);
	query_print(&sb, &call->args[0]);
	return eval_spend(call->ev, sb.n / 8, call->node)
		       ? eval_text(call->ev, &sb, call->node, out)
		       : (strbuf_fini(&sb), false);
}

/* In characters, which may be fewer than bytes. */
size_t function_text_length(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

bool function_text_reverse(const struct call *call, struct query_value *out)
{
	struct str rest = text(call, 0);
	char *copy = eval_alloc(call->ev, rest.n + 1, 1, call->node);
	size_t end = rest.n;
	uint32_t cp;

	if (!copy)
		return false;
	*out = value_text((struct str){.p = copy, .n = rest.n});
	copy[end] = '\0';
	while (rest.n) {
		size_t n = utf8_decode(rest, &cp);

		end -= n;
		memcpy(copy + end, rest.p, n);
		rest = str_sub(rest, n, rest.n);
	}
	return true;
}
