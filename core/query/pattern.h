/* Regular expressions for match(). A compiled one is immutable; the scratch a
 * match needs belongs to the evaluation. Thread: any. */
#ifndef AZ_QUERY_PATTERN_H
#define AZ_QUERY_PATTERN_H

#include "query/query.h"

struct pattern;

/* NULL and invalid-value when the text is no regular expression. */
struct pattern *pattern_new(struct str text, size_t offset, struct query_error *qe);
void pattern_free(struct pattern *p);
/* The text it was made of. */
struct str pattern_source(const struct pattern *p);

enum pattern_result { PATTERN_MATCH, PATTERN_NO_MATCH, PATTERN_TOO_MUCH_WORK };
/* Text that is not UTF-8 never matches. */
enum pattern_result pattern_match(const struct pattern *p, struct str text);

#endif
