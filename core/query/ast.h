/* The tree of a compiled expression. All of it lives in the query's arena and
 * is never changed after compiling. Thread: any (no state). */
#ifndef AZ_QUERY_AST_H
#define AZ_QUERY_AST_H

#include "base/vec.h"
#include "query/lexer.h"
#include "query/value.h"

struct function;
struct pattern;

enum node_kind {
	NODE_CURRENT,
	NODE_FIELD,
	NODE_LITERAL,
	NODE_INDEX,
	NODE_SLICE,
	NODE_CHAIN, /* left, then right on its result: '.' and '|' */
	NODE_OR,
	NODE_AND,
	NODE_NOT,
	NODE_COMPARE,
	NODE_FLATTEN,
	NODE_PROJECT, /* right on each item of left */
	NODE_PROJECT_VALUES,
	NODE_FILTER,
	NODE_LIST,
	NODE_HASH,
	NODE_CALL,
	NODE_REFERENCE, /* only as an argument of a call */
};

/* Absent parts of a slice. */
#define SLICE_NONE INT64_MAX
/* Larger positions are clipped to this, far past any list. */
#define SLICE_FAR ((int64_t)1 << 53)

/* Boards hold thousands of these, so a node is only as large as its kind needs: of
 * the union there is that member alone. */
struct node {
	enum node_kind kind : 8;
	enum token_kind op : 8; /* NODE_COMPARE */
	unsigned depth : 16;	/* of the tree below and with this node */
	uint32_t offset;	/* where it begins in the expression */
	struct node *left, *right;
	union {
		struct {
			struct str name;
			unsigned id;	    /* its place among the query's fields */
		} field;		    /* NODE_FIELD */
		struct node *cond;	    /* NODE_FILTER */
		struct query_value literal; /* NODE_LITERAL */
		int64_t index;		    /* NODE_INDEX */
		struct {
			int64_t start, stop, step;
		} slice; /* NODE_SLICE */
		struct {
			const struct node **items;
			struct str *names; /* NODE_HASH */
			size_t n;
			const struct function *fn;     /* NODE_CALL */
			const struct pattern *pattern; /* match() with a literal */
		} list; /* NODE_LIST, NODE_HASH, NODE_CALL */
	};
};

struct query {
	struct arena *arena; /* what the query is in */
	struct arena own;    /* where it has one to itself */
	struct str text;
	const struct node *root;
	unsigned fields;
	VEC(struct pattern *) patterns;
};

/* Fills q->root from q->text. */
bool parser_run(struct query *q, struct query_error *qe);

#endif
