/* JMESPath over cJSON: compile once, evaluate many times. Complete to the
 * published compliance cases, plus the functions in azdeck-query(7).
 * A compiled query is immutable. Thread: any. */
#ifndef AZ_QUERY_QUERY_H
#define AZ_QUERY_QUERY_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"

enum query_error_class {
	QUERY_OK,
	QUERY_SYNTAX,
	QUERY_INVALID_TYPE,
	QUERY_INVALID_VALUE,
	QUERY_INVALID_ARITY,
	QUERY_UNKNOWN_FUNCTION,
};

/* Plain value: what is wrong and where in the expression. */
struct query_error {
	enum query_error_class class;
	size_t offset; /* byte in the expression */
	char text[200];
};
/* "syntax", "invalid-type", ... */
const char *query_error_name(enum query_error_class class);

struct query;

/* What bounds a hostile expression or document. Past one of them there is an
 * error, of class syntax when compiling and invalid-value when evaluating. */
#define QUERY_MAX_TEXT	(64u << 10)  /* bytes of an expression */
#define QUERY_MAX_DEPTH 400	     /* nesting, and terms in one chain */
#define QUERY_MAX_STEPS 50000000u    /* work of one evaluation */
#define QUERY_MAX_BYTES (256u << 20) /* memory of one evaluation */

/* NULL on failure. The text is copied. */
struct query *query_compile(struct str text, struct query_error *qe);
/* For many that live as long as the arena does: what query_free leaves is the arena's. */
struct query *query_compile_in(struct arena *arena, struct str text,
			       struct query_error *qe);
void query_free(struct query *q);
struct str query_source(const struct query *q);

/* A value: a borrowed place in the document, or something in an arena. A result
 * lives as long as the document, the scratch arena and the query
 * (names and literals of the expression are borrowed from it). Only the member
 * that `type` names may be read. */
enum query_type {
	QUERY_NULL,
	QUERY_BOOL,
	QUERY_NUMBER,
	QUERY_STRING,
	QUERY_ARRAY,
	QUERY_OBJECT,
};
struct query_value {
	enum query_type type;
	bool is_json; /* private: node is a cJSON of the document */
	union {
		bool boolean;
		double number;
		struct str text;  /* QUERY_STRING */
		const void *node; /* private: array or object */
	};
};
/* "null", "boolean", "number", ... as JMESPath names them. */
const char *query_type_name(enum query_type type);

/* What an evaluation may see beside the document. */
struct query_env {
	int64_t now_ms;	     /* for now(), age(), days_until() */
	struct arena *arena; /* scratch for results; the caller resets it */
	/* lookup('table', key): the row of a named table, or false. NULL: there
	 * are no tables. */
	bool (*lookup)(void *ctx, struct str table, struct str key,
		       struct query_value *out);
	void *lookup_ctx;
};

bool query_eval(const struct query *q, const cJSON *root, const struct query_env *env,
		struct query_value *out, struct query_error *qe);
/* The same over an earlier result (a row out of a list of rows). */
bool query_eval_value(const struct query *q, const struct query_value *root,
		      const struct query_env *env, struct query_value *out,
		      struct query_error *qe);

struct query_value query_from_json(const cJSON *json);
/* A document straight from its text, several times faster to read and to query
 * than a tree of cJSON. Lives as long as `arena` and `text`, which it borrows
 * from. Strict: no comments, no control characters in texts. Whole numbers too
 * long for a double are texts, as with json_parse. On failure null. */
bool query_read(struct str text, const struct json_limits *limits, struct arena *arena,
		struct query_value *out, struct err *err) MUST_CHECK;
/* Arrays: number of items and the i-th one. For walking a list, use the
 * iterator: it is O(1) a step on a cJSON list too. */
size_t query_array_size(const struct query_value *v);
struct query_iter {
	const struct query_value *of;
	const void *at;
	size_t index;
};
struct query_iter query_iter(const struct query_value *array);
bool query_iter_next(struct query_iter *it, struct query_value *out);
/* Object member or null. */
struct query_value query_member(const struct query_value *object, struct str name);
/* JMESPath truth: null, false, "", [], {} are false; 0 is true. */
bool query_is_true(const struct query_value *v);
/* Equal as JSON: the order of members does not matter. */
bool query_equal(const struct query_value *a, const struct query_value *b);
/* Compact JSON; stops where `out` overflows. */
void query_print(struct strbuf *out, const struct query_value *v);
/* Two blanks a level, as `az -o json` prints. */
void query_print_pretty(struct strbuf *out, const struct query_value *v);
/* A tree of its own; the caller owns it. NULL past a million values: a small
 * result may repeat one part very often. */
cJSON *query_to_json(const struct query_value *v);

#endif
