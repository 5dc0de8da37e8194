/* The table of functions: one row says what a function takes, and one C function
 * does it. Arguments are checked against the row before it runs. The manual
 * page azdeck-query(7) documents every row. Thread: any (no state). */
#ifndef AZ_QUERY_FUNCTION_H
#define AZ_QUERY_FUNCTION_H

#include "query/eval.h"

enum { FUNCTION_MANY = 255, FUNCTION_MAX_ARGS = 64 };

/* What an argument may be: a set of types. */
enum {
	TAKES_NULL = 1 << QUERY_NULL,
	TAKES_BOOL = 1 << QUERY_BOOL,
	TAKES_NUMBER = 1 << QUERY_NUMBER,
	TAKES_STRING = 1 << QUERY_STRING,
	TAKES_ARRAY = 1 << QUERY_ARRAY,
	TAKES_OBJECT = 1 << QUERY_OBJECT,
	TAKES_ANY = (1 << (QUERY_OBJECT + 1)) - 1,
	TAKES_REFERENCE = 1 << (QUERY_OBJECT + 1),
};

struct call {
	struct eval *ev;
	const struct node *node;
	const struct query_value *cur;
	struct query_value *args; /* references are null here: see the node */
	size_t n;
};

typedef bool (*function_fn)(const struct call *call, struct query_value *out);

struct function {
	const char *name;
	unsigned char min, max;
	/* Of each argument; further ones are as the last. */
	unsigned char takes[3];
	/* Any null argument gives null, unchecked: our own functions. */
	bool null_is_null;
	/* Gets no arguments and evaluates them itself. */
	bool is_lazy;
	/* Argument 2 is a regular expression. */
	bool compiles_pattern;
	function_fn run;
};

const struct function *function_find(struct str name);
/* All of them, ended by a NULL name. */
extern const struct function functions[];

/* Errors at the call; they return false. */
bool function_fail_arity(const struct function *fn, const struct node *n,
			 struct query_error *qe);
bool function_fail_type(const struct call *call, const char *wanted,
			const struct query_value *got);

/* Text of at most QUERY_MAX_BYTES. */
void function_text(struct strbuf *sb);

/* The text halves of length() and reverse(). */
size_t function_text_length(struct str s);
bool function_text_reverse(const struct call *call, struct query_value *out);

#define FUNCTION(name)                                                                   \
	bool function_##name(const struct call *call, struct query_value *out)
FUNCTION(abs);
FUNCTION(add);
FUNCTION(age);
FUNCTION(avg);
FUNCTION(ceil);
FUNCTION(contains);
FUNCTION(days_until);
FUNCTION(div);
FUNCTION(duration);
FUNCTION(quantity);
FUNCTION(ends_with);
FUNCTION(floor);
FUNCTION(from_items);
FUNCTION(group_by);
FUNCTION(iso);
FUNCTION(items);
FUNCTION(join);
FUNCTION(keys);
FUNCTION(leaf);
FUNCTION(length);
FUNCTION(lookup);
FUNCTION(lower);
FUNCTION(map);
FUNCTION(match);
FUNCTION(max);
FUNCTION(max_by);
FUNCTION(merge);
FUNCTION(min);
FUNCTION(min_by);
FUNCTION(mod);
FUNCTION(mul);
FUNCTION(not_null);
FUNCTION(now);
FUNCTION(plain);
FUNCTION(records);
FUNCTION(entries);
FUNCTION(replace);
FUNCTION(reverse);
FUNCTION(rg);
FUNCTION(round);
FUNCTION(segment);
FUNCTION(sort);
FUNCTION(sort_by);
FUNCTION(split);
FUNCTION(starts_with);
FUNCTION(sub);
FUNCTION(sum);
FUNCTION(time);
FUNCTION(to_array);
FUNCTION(to_number);
FUNCTION(to_string);
FUNCTION(trim);
FUNCTION(type);
FUNCTION(unfold);
FUNCTION(upper);
FUNCTION(values);
FUNCTION(when);

#endif
