/* What the two halves of the parser share: the token looked at, the columns there are
 * at this point, and the first error. After an error nothing moves any more.
 * Thread: any (no state but the struct). */
#ifndef AZ_SIM_KQL_PARSER_H
#define AZ_SIM_KQL_PARSER_H

#include "sim/kql/kql_lexer.h"
#include "sim/kql/kql_tree.h"

#define KQL_MAX_COLUMNS 128

struct kql_parser {
	struct kql_lexer lexer;
	struct kql_token at;
	struct arena *arena;
	struct kql_error *error;
	bool failed;
	int depth;
	int n_expands;
	struct str columns[KQL_MAX_COLUMNS];
	size_t n_columns;
};

void kql_advance(struct kql_parser *p);
/* At the present token; the first error stands. */
void kql_fail(struct kql_parser *p, enum kql_problem problem, const char *expected);
void kql_fail_at(struct kql_parser *p, enum kql_problem problem, struct str token,
		 const char *expected);
bool kql_is(const struct kql_parser *p, const char *word_or_sign);
/* Steps over it when it is there. */
bool kql_took(struct kql_parser *p, const char *word_or_sign);
/* Fails when it is not. */
void kql_expect(struct kql_parser *p, const char *word_or_sign);
bool kql_has_column(const struct kql_parser *p, struct str name);

/* Never NULL; after a failure a literal null. */
const struct kql_expr *kql_parse_expr(struct kql_parser *p);
/* The name a column gets where the query gives none: properties.state is
 * properties_state. Empty when the expression has none. */
struct str kql_name_of(struct kql_parser *p, const struct kql_expr *expr);

#endif
