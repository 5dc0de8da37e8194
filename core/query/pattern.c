/* See pattern.h. The match limit is low: a pattern that backtracks without end
 * is an error in the expression, not a reason to hold the worker. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "query/pattern.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "query/lexer.h"

enum { MATCH_LIMIT = 50000, DEPTH_LIMIT = 500, HEAP_LIMIT_KB = 1024, MAX_TEXT = 4096 };

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
	char *text;
	size_t n;
};

struct pattern *pattern_new(struct str text, size_t offset, struct query_error *qe)
{
	struct pattern *p;
	PCRE2_SIZE at = 0;
	pcre2_code *code;
	char why[128];
	int error = 0;

	if (text.n > MAX_TEXT) {
		query_fail(qe, QUERY_INVALID_VALUE, offset,
			   "the pattern is longer than %d bytes", MAX_TEXT);
		return NULL;
	}
	code = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF, &error, &at, NULL);
	if (!code) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof(why));
		query_fail(qe, QUERY_INVALID_VALUE, offset,
			   "this is no pattern: %s at its character %zu", why, at + 1);
		return NULL;
	}
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	p = xcalloc(1, sizeof(*p));
	p->code = code;
	p->limits = pcre2_match_context_create(NULL);
	if (!p->limits)
		fatal("out of memory");
	pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(p->limits, HEAP_LIMIT_KB);
	p->text = xstrndup(text.p, text.n);
	p->n = text.n;
	return p;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_code_free(p->code);
	pcre2_match_context_free(p->limits);
	free(p->text);
	free(p);
}

struct str pattern_source(const struct pattern *p)
{
	return (struct str){.p = p->text, .n = p->n};
}

enum pattern_result pattern_match(const struct pattern *p, struct str text)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int rc;

	if (!data)
		fatal("out of memory");
	rc = pcre2_match(p->code, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, 0, data,
			 p->limits);
	pcre2_match_data_free(data);
	if (rc >= 0)
		return PATTERN_MATCH;
	if (rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT ||
	    rc == PCRE2_ERROR_HEAPLIMIT || rc == PCRE2_ERROR_JIT_STACKLIMIT)
		return PATTERN_TOO_MUCH_WORK;
	return PATTERN_NO_MATCH;
}
