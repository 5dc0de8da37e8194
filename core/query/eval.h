/* One evaluation: what it borrows, what it has used up, and the steps the files
 * of the evaluator share. Everything fallible returns false with ev->qe set.
 * Thread: any; an evaluation is on one thread. */
#ifndef AZ_QUERY_EVAL_H
#define AZ_QUERY_EVAL_H

#include "query/ast.h"

/* More fields than this are looked up without a hint. */
enum { EVAL_HINTS = 32 };

/* Where in its object a field was found last: rows are alike, so it is mostly
 * there again, and surely so among objects that share their names. */
struct eval_hint {
	const struct str *names; /* NULL: it was a cJSON object */
	size_t at;
};

struct eval {
	const struct query_env *env;
	struct query_error *qe;
	size_t arena_start; /* bytes of the arena when we began */
	unsigned steps;
	struct eval_hint *hints; /* by field_id, up to EVAL_HINTS */
	/* Items of arrays being built; an array takes its tail off again. */
	VEC(struct query_value) stack;
	struct pattern *pattern; /* the last one that was not a literal */
};

bool eval_node(struct eval *ev, const struct node *n, const struct query_value *cur,
	       struct query_value *out);
/* Projections, slices and flattening. */
bool eval_project(struct eval *ev, const struct node *n, const struct query_value *cur,
		  struct query_value *out);
bool eval_slice(struct eval *ev, const struct node *n, const struct query_value *list,
		struct query_value *out);
/* A function call: checks the arguments and runs it. */
bool eval_call(struct eval *ev, const struct node *n, const struct query_value *cur,
	       struct query_value *out);

/* Counts work; false past QUERY_MAX_STEPS. */
bool eval_spend(struct eval *ev, size_t steps, const struct node *n);
/* What reading a text costs, in steps. */
static inline size_t eval_text_steps(struct str s)
{
	return s.n / 16;
}
/* NULL past QUERY_MAX_BYTES. */
void *eval_alloc(struct eval *ev, size_t count, size_t size, const struct node *n);
/* Builds an array: mark = eval_mark(ev), pushes, then eval_array. */
static inline size_t eval_mark(const struct eval *ev)
{
	return ev->stack.n;
}
static inline void eval_push(struct eval *ev, struct query_value v)
{
	vec_push(&ev->stack, v);
}
bool eval_array(struct eval *ev, size_t mark, const struct node *n,
		struct query_value *out);
/* A copy of what `sb` holds; frees it. */
bool eval_text(struct eval *ev, struct strbuf *sb, const struct node *n,
	       struct query_value *out);
/* An array of either kind as a plain list. */
bool eval_items(struct eval *ev, const struct query_value *array, const struct node *n,
		struct query_array *out);
bool eval_equal(struct eval *ev, const struct query_value *a, const struct query_value *b,
		const struct node *n, bool *equal);

#endif
