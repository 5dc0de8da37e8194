/* A parsed query: its operators and their expressions. Thread: any (immutable). */
#ifndef AZ_SIM_KQL_TREE_H
#define AZ_SIM_KQL_TREE_H

#include "sim/kql/kql.h"

#define KQL_MAX_ARGS   32
#define KQL_MAX_STEPS  16
#define KQL_MAX_STAGES 24
#define KQL_MAX_DEPTH  64

enum kql_type { KQL_NULL, KQL_BOOL, KQL_NUMBER, KQL_TEXT, KQL_NODE };
/* A value while a row is looked at. Texts live in the row, the query or the arena of
 * the evaluation; nodes in the row. */
struct kql_value {
	enum kql_type type;
	bool boolean;
	double number;
	struct str text;
	const cJSON *node; /* an object or a list */
};

enum kql_kind { KQL_LITERAL, KQL_COLUMN, KQL_COMPARE, KQL_IN, KQL_AND, KQL_OR, KQL_CALL };

/* How two values are compared. */
enum kql_op {
	KQL_EQ,
	KQL_EQ_NOCASE,
	KQL_LESS,
	KQL_LESS_EQ,
	KQL_MORE,
	KQL_MORE_EQ,
	KQL_HAS,
	KQL_CONTAINS,
	KQL_STARTS,
	KQL_ENDS,
};

struct kql_step {
	struct str name; /* a member; empty: an item */
	int index;
};

struct kql_expr;
struct kql_eval;
struct kql_function {
	const char *name;
	size_t least, most; /* arguments */
	struct kql_value (*eval)(struct kql_eval *e, const struct kql_expr *call);
};

struct kql_expr {
	enum kql_kind kind;
	enum kql_op op;
	bool is_not; /* != !~ !in !has ... */
	struct kql_value literal;
	struct kql_step steps[KQL_MAX_STEPS]; /* of a column; the first is its name */
	size_t n_steps;
	const struct kql_function *function;
	const struct kql_expr
		*args[KQL_MAX_ARGS]; /* of a call; of in: value, then list */
	size_t n_args;
};

/* "name = expression" of project, extend, summarize. */
struct kql_term {
	struct str name;
	const struct kql_expr *expr;
	const struct kql_aggregate *aggregate; /* summarize only */
	bool is_ascending;		       /* order by only */
};

enum kql_verb {
	KQL_WHERE,
	KQL_EXTEND,
	KQL_PROJECT,
	KQL_PROJECT_AWAY,
	KQL_ORDER,
	KQL_TAKE,
	KQL_DISTINCT,
	KQL_COUNT,
	KQL_SUMMARIZE,
	KQL_MV_EXPAND,
};

struct kql_stage {
	enum kql_verb verb;
	const struct kql_expr *where;
	struct kql_term terms[KQL_MAX_ARGS];
	size_t n_terms;
	size_t n_aggregates; /* the first so many terms; the rest is "by" */
	size_t take;
};

struct kql {
	const struct kql_table *table;
	struct kql_stage stages[KQL_MAX_STAGES];
	size_t n_stages;
};

/* Room for what an evaluation makes. */
struct kql_eval {
	const cJSON *row;
	struct arena *arena;
	int64_t now_ms;
};
struct kql_value kql_eval(struct kql_eval *e, const struct kql_expr *expr);
bool kql_is_true(struct kql_value v);
/* The value as a node of its own. */
cJSON *kql_to_json(struct kql_value v);
struct kql_value kql_of_json(const cJSON *node);
struct str kql_to_text(struct kql_eval *e, struct kql_value v);
bool kql_compare(enum kql_op op, struct kql_value a, struct kql_value b);
/* For sorting: null first, numbers, texts. */
int kql_order(struct kql_value a, struct kql_value b);

struct kql_value kql_replace_regex(struct kql_eval *e, const struct kql_expr *call);
/* NULL when there is none of that name and count of arguments. */
const struct kql_function *kql_function(struct str name, size_t n_args);
const struct kql_aggregate *kql_aggregate(struct str name, size_t n_args);
/* The name a result column gets where the query gives none. */
const char *kql_aggregate_name(const struct kql_aggregate *aggregate);
/* Rows one by one into groups of the stage. */
struct kql_groups;
struct kql_groups *kql_groups_new(const struct kql_stage *stage);
void kql_groups_add(struct kql_groups *groups, struct kql_eval *e, size_t times);
/* The rows they make; the groups are gone. */
cJSON *kql_groups_finish(struct kql_groups *groups);
/* The stages from that one on. */
cJSON *kql_run_from(const struct kql *q, size_t stage, cJSON *rows, int64_t now_ms);
/* Puts the columns of an extend into the row. */
void kql_extend(const struct kql_stage *stage, struct kql_eval *e, cJSON *row);
cJSON *kql_summarize(const struct kql_stage *stage, cJSON *rows, int64_t now_ms);

#endif
