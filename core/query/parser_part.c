/* The parts without precedence: words, literals, lists, hashes, calls, slices. */
#include "query/parser.h"

#include <string.h>

#include "base/json.h"
#include "query/function.h"
#include "query/pattern.h"

static struct str inside(const struct token *t)
{
	return str_sub(t->text, 1, t->text.n - 2);
}

/* A copy in which backslash `quote` is that quote; other backslashes stay. */
static struct str unescape(struct parser *p, struct str s, char quote)
{
	char *copy = arena_strdup(p->q->arena, s);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == quote)
			i++;
		copy[n++] = s.p[i];
	}
	copy[n] = '\0';
	return (struct str){.p = copy, .n = n};
}

static bool parse_json(struct parser *p, const struct token *t, struct str text,
		       struct query_value *out)
{
	struct err err = {0};

	if (query_read(text, &json_wire, p->q->arena, out, &err))
		return true;
	return query_fail(p->qe, QUERY_SYNTAX, t->offset, "%s is not valid JSON: %s",
			  token_name(t->kind), err.text);
}

/* Names are terminated: the evaluator compares them with cJSON's. */
static bool parse_name(struct parser *p, const struct token *t, struct str *out)
{
	struct query_value v;

	if (t->kind == TOKEN_NAME) {
		*out = arena_str(p->q->arena, t->text);
		return true;
	}
	if (!parse_json(p, t, t->text, &v))
		return false;
	*out = arena_str(p->q->arena, v.text);
	return true;
}

static bool parse_argument(struct parser *p, struct node **out)
{
	const struct token *t = p->at;
	struct node *inner;

	if (t->kind != TOKEN_REFERENCE)
		return parser_expression(p, 0, out);
	p->at++;
	if (!parser_expression(p, 0, &inner))
		return false;
	*out = parser_node(p, NODE_REFERENCE, inner, NULL);
	(*out)->offset = t->offset;
	return true;
}

struct items {
	VEC(const struct node *) nodes;
	VEC(struct str) names;
};

static void items_fini(struct items *items)
{
	vec_fini(&items->nodes);
	vec_fini(&items->names);
}

/* Copies the lists into the arena. */
static void items_give(struct parser *p, struct node *n, const struct items *items)
{
	size_t count = items->nodes.n;

	n->list.n = count;
	if (count) {
		n->list.items = arena_calloc(p->q->arena, count, sizeof(*n->list.items));
		memcpy(n->list.items, items->nodes.p, count * sizeof(*n->list.items));
	}
	if (items->names.n) {
		n->list.names = arena_calloc(p->q->arena, count, sizeof(*n->list.names));
		memcpy(n->list.names, items->names.p, count * sizeof(*n->list.names));
	}
	for (size_t i = 0; i < count; i++) {
		if (n->list.items[i]->depth >= n->depth)
			n->depth = n->list.items[i]->depth + 1;
	}
}

/* The same name twice: the later value in the place of the first. */
static void add_pair(struct items *items, struct str name, const struct node *value)
{
	for (size_t i = 0; i < items->names.n; i++) {
		if (str_eq(items->names.p[i], name)) {
			items->nodes.p[i] = value;
			return;
		}
	}
	vec_push(&items->names, name);
	vec_push(&items->nodes, value);
}

static bool parse_items(struct parser *p, bool (*one)(struct parser *, struct items *),
			enum token_kind end, struct items *items)
{
	for (;;) {
		if (!one(p, items))
			return false;
		if (p->at->kind == end) {
			p->at++;
			return true;
		}
		if (!parser_expect(p, TOKEN_COMMA))
			return false;
	}
}

static bool one_item(struct parser *p, struct items *items)
{
	struct node *n;

	if (!parser_expression(p, 0, &n))
		return false;
	vec_push(&items->nodes, n);
	return true;
}

static bool one_argument(struct parser *p, struct items *items)
{
	struct node *n;

	if (!parse_argument(p, &n))
		return false;
	vec_push(&items->nodes, n);
	return true;
}

static bool one_pair(struct parser *p, struct items *items)
{
	const struct token *t = p->at;
	struct node *value;
	struct str name;

	if (t->kind != TOKEN_NAME && t->kind != TOKEN_QUOTED)
		return parser_fail(p, "expected a name");
	p->at++;
	if (!parse_name(p, t, &name) || !parser_expect(p, TOKEN_COLON) ||
	    !parser_expression(p, 0, &value))
		return false;
	add_pair(items, name, value);
	return true;
}

static bool parse_many(struct parser *p, enum node_kind kind,
		       bool (*one)(struct parser *, struct items *), enum token_kind end,
		       struct node **out)
{
	struct items items = {0};
	struct node *n = parser_node(p, kind, NULL, NULL);
	bool ok = parse_items(p, one, end, &items);

	if (ok)
		items_give(p, n, &items);
	items_fini(&items);
	*out = n;
	return ok && parser_check_depth(p, n);
}

bool parser_list(struct parser *p, struct node **out)
{
	return parse_many(p, NODE_LIST, one_item, TOKEN_RBRACKET, out);
}

bool parser_hash(struct parser *p, struct node **out)
{
	return parse_many(p, NODE_HASH, one_pair, TOKEN_RBRACE, out);
}

static bool check_call(struct parser *p, struct node *n)
{
	const struct function *fn = n->list.fn;

	if (n->list.n < fn->min || n->list.n > fn->max || n->list.n > FUNCTION_MAX_ARGS)
		return function_fail_arity(fn, n, p->qe);
	if (!fn->compiles_pattern || n->list.items[1]->kind != NODE_LITERAL ||
	    n->list.items[1]->literal.type != QUERY_STRING)
		return true;
	struct pattern *pattern = pattern_new(n->list.items[1]->literal.text,
					      n->list.items[1]->offset, p->qe);

	if (!pattern)
		return false;
	vec_push(&p->q->patterns, pattern);
	n->list.pattern = pattern;
	return true;
}

static bool parse_call(struct parser *p, const struct token *t, struct node **out)
{
	const struct function *fn = function_find(t->text);
	struct node *n;

	if (!fn)
		return query_fail(p->qe, QUERY_UNKNOWN_FUNCTION, t->offset,
				  "there is no function %.*s(); see azdeck-query(7)",
				  STR_ARG(str_sub(t->text, 0, 60)));
	p->at++;
	if (p->at->kind == TOKEN_RPAREN) {
		p->at++;
		n = parser_node(p, NODE_CALL, NULL, NULL);
	} else if (!parse_many(p, NODE_CALL, one_argument, TOKEN_RPAREN, &n)) {
		return false;
	}
	n->offset = (uint32_t)t->offset;
	n->list.fn = fn;
	*out = n;
	return check_call(p, n);
}

bool parser_word(struct parser *p, const struct token *t, struct node **out)
{
	struct query_value literal = {.type = QUERY_STRING};
	struct node *n;

	if (t->kind == TOKEN_NAME && p->at->kind == TOKEN_LPAREN)
		return parse_call(p, t, out);
	if (t->kind == TOKEN_NAME || t->kind == TOKEN_QUOTED) {
		n = parser_node(p, NODE_FIELD, NULL, NULL);
		n->field.id = p->q->fields++;
		n->offset = (uint32_t)t->offset;
		*out = n;
		return parse_name(p, t, &n->field.name);
	}
	if (t->kind == TOKEN_RAW)
		literal.text = unescape(p, inside(t), '\'');
	else if (!parse_json(p, t, unescape(p, inside(t), '`'), &literal))
		return false;
	n = parser_node(p, NODE_LITERAL, NULL, NULL);
	n->offset = (uint32_t)t->offset;
	n->literal = literal;
	*out = n;
	return true;
}

static int64_t take_position(struct parser *p)
{
	int64_t n;
	bool is_negative = *p->at->text.p == '-';

	if (!str_to_i64(p->at->text, &n) || n > SLICE_FAR || n < -SLICE_FAR)
		n = is_negative ? -SLICE_FAR : SLICE_FAR;
	p->at++;
	return n;
}

bool parser_index(struct parser *p, struct node *left, struct node **out)
{
	int64_t parts[3] = {SLICE_NONE, SLICE_NONE, SLICE_NONE};
	const struct token *open = p->at;
	struct node *n;
	int colons = 0;

	while (p->at->kind != TOKEN_RBRACKET) {
		if (p->at->kind == TOKEN_COLON && colons < 2) {
			colons++;
			p->at++;
		} else if (p->at->kind == TOKEN_NUMBER && parts[colons] == SLICE_NONE) {
			parts[colons] = take_position(p);
		} else {
			return parser_fail(p, p->at == open
						      ? "expected a number, ':' or '*'"
						      : "expected a number, ':' or ']'");
		}
	}
	if (parts[0] == SLICE_NONE && colons == 0)
		return parser_fail(p, "expected a number, ':' or '*'");
	p->at++;
	n = parser_node(p, colons ? NODE_SLICE : NODE_INDEX, left, NULL);
	n->offset = open->offset;
	if (parts[2] == 0)
		return query_fail(p->qe, QUERY_INVALID_VALUE, open->offset,
				  "the step of a slice cannot be 0");
	if (colons) {
		n->slice.start = parts[0];
		n->slice.stop = parts[1];
		n->slice.step = parts[2] == SLICE_NONE ? 1 : parts[2];
	} else {
		n->index = parts[0];
	}
	*out = n;
	return true;
}
