/* See pattern.h. The match limit is low: a pattern that backtracks without end
 * is an error in the expression, not a reason to hold the worker. To compile a pattern
 * to machine code costs a thousand matches: it is done for one that has shown to be
 * used for many rows. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "query/pattern.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/ref.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "query/lexer.h"
#include "query/plain.h"

enum { MATCH_LIMIT = 50000, DEPTH_LIMIT = 500, HEAP_LIMIT_KB = 1024, MAX_TEXT = 4096 };
enum { MANY = 1000 };

/* All that changes after compiling; matches may run on several threads. */
struct use {
	struct counter matches;
	struct lazy machine; /* pcre2_code, once there were MANY */
};

struct pattern {
	struct plain *plain; /* else the rest */
	pcre2_code *code;
	pcre2_match_context *limits;
	struct use *use;
	char *text;
	size_t n;
};

static struct pattern *pattern_of(struct str text)
{
	struct pattern *p = xcalloc(1, sizeof(*p));

	p->text = xstrndup(text.p, text.n);
	p->n = text.n;
	return p;
}

static pcre2_code *compile(struct str text, size_t offset, struct query_error *qe)
{
	PCRE2_SIZE at = 0;
	pcre2_code *code;
	char why[128];
	int error = 0;

	code = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF, &error, &at, NULL);
	if (!code) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof(why));
		query_fail(qe, QUERY_INVALID_VALUE, offset,
			   "this is no pattern: %s at its character %zu", why, at + 1);
	}
	return code;
}

struct pattern *pattern_new(struct str text, size_t offset, struct query_error *qe)
{
	struct pattern *p;
	pcre2_code *code;

	if (text.n > MAX_TEXT) {
		query_fail(qe, QUERY_INVALID_VALUE, offset,
			   "the pattern is longer than %d bytes", MAX_TEXT);
		return NULL;
	}
	p = pattern_of(text);
	p->plain = plain_new(pattern_source(p));
	if (p->plain)
		return p;
	code = compile(text, offset, qe);
	if (!code) {
		pattern_free(p);
		return NULL;
	}
	p->code = code;
	p->use = xcalloc(1, sizeof(*p->use));
	p->limits = pcre2_match_context_create(NULL);
	if (!p->limits)
		fatal("out of memory");
	pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(p->limits, HEAP_LIMIT_KB);
	return p;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	plain_free(p->plain);
	if (p->use)
		pcre2_code_free(lazy_get(&p->use->machine));
	free(p->use);
	pcre2_code_free(p->code);
	pcre2_match_context_free(p->limits);
	free(p->text);
	free(p);
}

struct str pattern_source(const struct pattern *p)
{
	return (struct str){.p = p->text, .n = p->n};
}

/* As machine code when it pays; where there is none, what was there goes on. */
static const pcre2_code *code_of(const struct pattern *p)
{
	pcre2_code *code = lazy_get(&p->use->machine), *kept;

	if (code)
		return code;
	counter_add(&p->use->matches, 1);
	if (counter_get(&p->use->matches) < MANY)
		return p->code;
	code = pcre2_code_copy(p->code);
	if (!code)
		fatal("out of memory");
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	kept = lazy_offer(&p->use->machine, code);
	if (kept != code)
		pcre2_code_free(code);
	return kept;
}

enum pattern_result pattern_match(const struct pattern *p, struct str text)
{
	pcre2_match_data *data;
	int rc;

	if (p->plain)
		return utf8_is_valid(text) && plain_match(p->plain, text)
			       ? PATTERN_MATCH
			       : PATTERN_NO_MATCH;
	data = pcre2_match_data_create(1, NULL);
	if (!data)
		fatal("out of memory");
	rc = pcre2_match(code_of(p), (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, 0,
			 data, p->limits);
	pcre2_match_data_free(data);
	if (rc >= 0)
		return PATTERN_MATCH;
	if (rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT ||
	    rc == PCRE2_ERROR_HEAPLIMIT || rc == PCRE2_ERROR_JIT_STACKLIMIT)
		return PATTERN_TOO_MUCH_WORK;
	return PATTERN_NO_MATCH;
}
