/* Tokens to tree, by precedence climbing. The wrong thing to expect is that a
 * projection is a loop over what is left of it: what is right of it, up to the
 * next weaker mark, belongs to the projection (see parse_projection). */
#include "query/parser.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "query/function.h"

bool parser_fail(struct parser *p, const char *what)
{
	return query_fail(p->qe, QUERY_SYNTAX, p->at->offset, "%s, not %s", what,
			  token_name(p->at->kind));
}

bool parser_expect(struct parser *p, enum token_kind kind)
{
	char what[64];

	if (p->at->kind == kind) {
		p->at++;
		return true;
	}
	snprintf(what, sizeof(what), "expected %s", token_name(kind));
	return parser_fail(p, what);
}

static unsigned depth_of(const struct node *n)
{
	return n ? n->depth : 0;
}

#define UP_TO(member) (offsetof(struct node, member) + sizeof(((struct node *)0)->member))

static size_t size_of(enum node_kind kind)
{
	switch (kind) {
	case NODE_FIELD:
		return UP_TO(field);
	case NODE_LITERAL:
		return UP_TO(literal);
	case NODE_INDEX:
		return UP_TO(index);
	case NODE_SLICE:
		return UP_TO(slice);
	case NODE_FILTER:
		return UP_TO(cond);
	case NODE_LIST:
	case NODE_HASH:
	case NODE_CALL:
		return UP_TO(list);
	case NODE_CURRENT:
	case NODE_CHAIN:
	case NODE_OR:
	case NODE_AND:
	case NODE_NOT:
	case NODE_COMPARE:
	case NODE_FLATTEN:
	case NODE_PROJECT:
	case NODE_PROJECT_VALUES:
	case NODE_REFERENCE:
		break;
	}
	return UP_TO(right);
}

struct node *parser_node(struct parser *p, enum node_kind kind, struct node *left,
			 struct node *right)
{
	struct node *n = arena_calloc(p->q->arena, 1, size_of(kind));
	unsigned below = depth_of(left);

	if (depth_of(right) > below)
		below = depth_of(right);
	n->kind = kind;
	n->offset = left ? left->offset : (uint32_t)p->start;
	n->left = left;
	n->right = right;
	n->depth = below + 1;
	return n;
}

bool parser_check_depth(struct parser *p, const struct node *n)
{
	if (n->depth <= QUERY_MAX_DEPTH)
		return true;
	return query_fail(p->qe, QUERY_SYNTAX, n->offset,
			  "the expression is nested or chained more than %d deep",
			  QUERY_MAX_DEPTH);
}

static bool parse_dot(struct parser *p, int power, struct node **out)
{
	p->start = p->at->offset;
	switch ((int)p->at->kind) {
	case TOKEN_NAME:
	case TOKEN_QUOTED:
	case TOKEN_STAR:
		return parser_expression(p, power, out);
	case TOKEN_LBRACKET:
		p->at++;
		return parser_list(p, out);
	case TOKEN_LBRACE:
		p->at++;
		return parser_hash(p, out);
	default:
		return parser_fail(p, "expected a name, '*', '[' or '{' after the dot");
	}
}

/* What a projection applies to each item; NULL: the item itself. */
static bool parse_projection(struct parser *p, int power, struct node **out)
{
	enum token_kind kind = p->at->kind;

	*out = NULL;
	if (token_power(kind) < BIND_PROJECTION && kind != TOKEN_LPAREN &&
	    kind != TOKEN_LBRACE)
		return true;
	if (kind == TOKEN_LBRACKET || kind == TOKEN_FILTER)
		return parser_expression(p, power, out);
	if (kind != TOKEN_DOT)
		return parser_fail(p, "expected '.', '[' or the end of the projection");
	p->at++;
	return parse_dot(p, power, out);
}

static bool parse_project(struct parser *p, enum node_kind kind, struct node *left,
			  int power, struct node **out)
{
	struct node *n = parser_node(p, kind, left, NULL);
	struct node *right;

	if (!parse_projection(p, power, &right))
		return false;
	n->right = right;
	if (depth_of(right) >= n->depth)
		n->depth = depth_of(right) + 1;
	*out = n;
	return true;
}

static bool parse_flatten(struct parser *p, struct node *left, struct node **out)
{
	struct node *n = parser_node(p, NODE_FLATTEN, left, NULL);

	return parse_project(p, NODE_PROJECT, n, token_power(TOKEN_FLATTEN), out);
}

static bool parse_filter(struct parser *p, struct node *left, struct node **out)
{
	struct node *n = parser_node(p, NODE_FILTER, left, NULL);
	struct node *cond;

	if (!parser_expression(p, 0, &cond) || !parser_expect(p, TOKEN_RBRACKET))
		return false;
	n->cond = cond;
	if (p->at->kind != TOKEN_FLATTEN &&
	    !parse_projection(p, token_power(TOKEN_FILTER), &n->right))
		return false;
	if (depth_of(cond) >= n->depth)
		n->depth = depth_of(cond) + 1;
	if (depth_of(n->right) >= n->depth)
		n->depth = depth_of(n->right) + 1;
	*out = n;
	return true;
}

/* After '[': an index, a slice, or '*]'. */
static bool parse_bracket(struct parser *p, struct node *left, struct node **out)
{
	int power = token_power(TOKEN_STAR);
	struct node *n;

	if (p->at->kind == TOKEN_STAR) {
		p->at++;
		return parser_expect(p, TOKEN_RBRACKET) &&
		       parse_project(p, NODE_PROJECT, left, power, out);
	}
	if (!parser_index(p, left, &n))
		return false;
	if (n->kind == NODE_SLICE)
		return parse_project(p, NODE_PROJECT, n, power, out);
	*out = n;
	return true;
}

static bool parse_prefix_bracket(struct parser *p, struct node **out)
{
	enum token_kind kind = p->at->kind;

	if (kind == TOKEN_NUMBER || kind == TOKEN_COLON ||
	    (kind == TOKEN_STAR && p->at[1].kind == TOKEN_RBRACKET))
		return parse_bracket(p, NULL, out);
	return parser_list(p, out);
}

static bool parse_prefix(struct parser *p, struct node **out)
{
	const struct token *t = p->at++;
	struct node *inner;

	p->start = t->offset;
	switch ((int)t->kind) {
	case TOKEN_NAME:
	case TOKEN_QUOTED:
	case TOKEN_RAW:
	case TOKEN_JSON:
		return parser_word(p, t, out);
	case TOKEN_CURRENT:
		*out = parser_node(p, NODE_CURRENT, NULL, NULL);
		return true;
	case TOKEN_STAR:
		return parse_project(p, NODE_PROJECT_VALUES, NULL,
				     token_power(TOKEN_STAR), out);
	case TOKEN_FILTER:
		return parse_filter(p, NULL, out);
	case TOKEN_FLATTEN:
		return parse_flatten(p, NULL, out);
	case TOKEN_LBRACKET:
		return parse_prefix_bracket(p, out);
	case TOKEN_LBRACE:
		return parser_hash(p, out);
	case TOKEN_LPAREN:
		return parser_expression(p, 0, out) && parser_expect(p, TOKEN_RPAREN);
	case TOKEN_NOT:
		if (!parser_expression(p, BIND_NOT, &inner))
			return false;
		*out = parser_node(p, NODE_NOT, inner, NULL);
		(*out)->offset = t->offset;
		return true;
	default:
		p->at = t;
		return parser_fail(p, "expected an expression");
	}
}

static bool parse_binary(struct parser *p, enum node_kind kind, const struct token *op,
			 struct node **left)
{
	struct node *right, *n;

	if (!parser_expression(p, token_power(op->kind), &right))
		return false;
	n = parser_node(p, kind, *left, right);
	n->op = op->kind;
	*left = n;
	return true;
}

static bool parse_infix(struct parser *p, struct node **left)
{
	const struct token *op = p->at++;
	struct node *right;

	switch ((int)op->kind) {
	case TOKEN_DOT:
		if (p->at->kind == TOKEN_STAR) {
			p->at++;
			return parse_project(p, NODE_PROJECT_VALUES, *left,
					     token_power(TOKEN_STAR), left);
		}
		if (!parse_dot(p, token_power(TOKEN_DOT), &right))
			return false;
		*left = parser_node(p, NODE_CHAIN, *left, right);
		return true;
	case TOKEN_PIPE:
		return parse_binary(p, NODE_CHAIN, op, left);
	case TOKEN_OR:
		return parse_binary(p, NODE_OR, op, left);
	case TOKEN_AND:
		return parse_binary(p, NODE_AND, op, left);
	case TOKEN_FLATTEN:
		return parse_flatten(p, *left, left);
	case TOKEN_FILTER:
		return parse_filter(p, *left, left);
	case TOKEN_LBRACKET:
		return parse_bracket(p, *left, left);
	case TOKEN_STAR:
		p->at = op;
		return parser_fail(p, "expected '.' or an operator");
	default:
		return parse_binary(p, NODE_COMPARE, op, left);
	}
}

bool parser_expression(struct parser *p, int power, struct node **out)
{
	struct node *left = NULL;

	if (++p->depth > QUERY_MAX_DEPTH)
		return query_fail(p->qe, QUERY_SYNTAX, p->at->offset,
				  "the expression is nested more than %d deep",
				  QUERY_MAX_DEPTH);
	if (!parse_prefix(p, &left))
		return false;
	while (token_power(p->at->kind) > power) {
		if (!parse_infix(p, &left) || !parser_check_depth(p, left))
			return false;
	}
	p->depth--;
	*out = left;
	return parser_check_depth(p, left);
}

bool parser_run(struct query *q, struct query_error *qe)
{
	struct parser p = {.q = q, .qe = qe};
	struct token *tokens;
	struct node *root;
	bool ok;

	if (!lexer_run(q->text, &tokens, qe))
		return false;
	p.at = tokens;
	ok = parser_expression(&p, 0, &root);
	if (ok && p.at->kind != TOKEN_END)
		ok = parser_fail(&p, "expected an operator or the end");
	if (ok)
		q->root = root;
	free(tokens);
	return ok;
}
