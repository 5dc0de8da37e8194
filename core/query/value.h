/* What stands behind a computed array or object. Immutable once built; both
 * may share members with the document and with each other, so a result is a
 * graph without cycles rather than a tree. Thread: any (no state). */
#ifndef AZ_QUERY_VALUE_H
#define AZ_QUERY_VALUE_H

#include "query/query.h"

struct query_array {
	size_t n;
	const struct query_value *items;
};

/* Names are unique. Rows out of one {a: b} share `names`. */
struct query_object {
	size_t n;
	const struct str *names;
	const struct query_value *values;
};

static inline struct query_value value_null(void)
{
	return (struct query_value){.type = QUERY_NULL};
}

static inline struct query_value value_bool(bool boolean)
{
	return (struct query_value){.type = QUERY_BOOL, .boolean = boolean};
}

/* Infinity and NaN have no JSON form: null. */
struct query_value value_number(double number);

static inline struct query_value value_text(struct str text)
{
	return (struct query_value){.type = QUERY_STRING, .text = text};
}

/* Walks the members of an object of either kind, in order. */
struct member_iter {
	const struct query_value *of;
	const cJSON *node;
	size_t index;
};
struct member_iter member_iter(const struct query_value *object);
bool member_iter_next(struct member_iter *it, struct str *name,
		      struct query_value *value);
/* False when there is none, which a null member is not. */
bool value_find(const struct query_value *object, struct str name,
		struct query_value *out);

#endif
