/* What the files of the parser share: parser.c climbs operators, parser_part.c
 * reads words, lists, slices and calls. Thread: any (no state). */
#ifndef AZ_QUERY_PARSER_H
#define AZ_QUERY_PARSER_H

#include <stdio.h>

#include "query/ast.h"

struct parser {
	struct query *q;
	const struct token *at;
	struct query_error *qe;
	unsigned depth; /* of open expressions, which is our recursion */
	size_t start;	/* where the operand begins that is being read */
};

bool parser_fail(struct parser *p, const char *what);
bool parser_expect(struct parser *p, enum token_kind kind);
struct node *parser_node(struct parser *p, enum node_kind kind, struct node *left,
			 struct node *right);
bool parser_check_depth(struct parser *p, const struct node *n);
/* Reads as long as operators bind tighter than `power`. */
bool parser_expression(struct parser *p, int power, struct node **out);

/* The token was taken already: a name, a call, a string or a literal. */
bool parser_word(struct parser *p, const struct token *t, struct node **out);
/* After the opening bracket. */
bool parser_list(struct parser *p, struct node **out);
bool parser_hash(struct parser *p, struct node **out);
bool parser_index(struct parser *p, struct node *left, struct node **out);

#endif
