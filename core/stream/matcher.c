/* See matcher.h. One plain text is looked for in the whole block, and lines are found
 * around it. A pattern is asked line by line, for it might match across them; so are
 * several texts, for a rare one would be looked for again behind every common one. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "stream/matcher.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "stream/needle.h"

enum {
	MATCH_LIMIT = 200000,
	DEPTH_LIMIT = 2000,
	HEAP_LIMIT_KB = 4096,
	MAX_TEXT = 64 << 10
};

struct matcher {
	VEC(struct needle) needles; /* a line that has one of them matches */
	pcre2_code *code;	    /* else this decides */
	pcre2_match_data *data;
	pcre2_match_context *limits;
	uint64_t given_up;
};

static bool compile(struct matcher *m, struct str text, uint32_t options, struct err *err)
{
	PCRE2_SIZE at = 0;
	char why[128];
	int error = 0;

	if (utf8_is_valid(text))
		options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
	m->code = pcre2_compile((PCRE2_SPTR)(text.p ? text.p : ""), text.n, options,
				&error, &at, NULL);
	if (!m->code) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof(why));
		return err_set(err, ERR_USAGE,
			       "this is no pattern: %s at its character %zu", why,
			       at + 1);
	}
	pcre2_jit_compile(m->code, PCRE2_JIT_COMPLETE);
	m->data = pcre2_match_data_create(1, NULL);
	m->limits = pcre2_match_context_create(NULL);
	if (!m->data || !m->limits)
		fatal("out of memory");
	pcre2_set_match_limit(m->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(m->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(m->limits, HEAP_LIMIT_KB);
	return true;
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] > 0x7f)
			return false;
	}
	return true;
}

static void add_needles(struct matcher *m, struct str text, bool ignore_case)
{
	struct str rest = text, part;
	struct needle needle;

	if (!rest.p)
		rest.p = "";
	while (str_next(&rest, '\n', &part)) {
		needle_init(&needle, part, ignore_case);
		vec_push(&m->needles, needle);
	}
}

struct matcher *matcher_new(struct str text, const struct matcher_options *options,
			    struct err *err)
{
	uint32_t flags = options->ignore_case ? PCRE2_CASELESS : 0;
	struct matcher *m;

	if (text.n > MAX_TEXT) {
		err_set(err, ERR_USAGE, "the pattern is longer than %d bytes", MAX_TEXT);
		return NULL;
	}
	m = xcalloc(1, sizeof(*m));
	if (!options->is_regex && (!options->ignore_case || is_ascii(text))) {
		add_needles(m, text, options->ignore_case);
		return m;
	}
	/* Other scripts have cases too, and PCRE2 knows them. */
	if (!options->is_regex)
		flags |= PCRE2_LITERAL;
	if (compile(m, text, flags, err))
		return m;
	matcher_free(m);
	return NULL;
}

void matcher_free(struct matcher *m)
{
	struct needle *needle;

	if (!m)
		return;
	vec_each (needle, &m->needles)
		needle_fini(needle);
	vec_fini(&m->needles);
	pcre2_code_free(m->code);
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->limits);
	free(m);
}

static bool is_line_by_line(const struct matcher *m)
{
	return m->code || m->needles.n > 1;
}

uint64_t matcher_given_up(const struct matcher *m)
{
	return m->given_up;
}

static ptrdiff_t find_pattern(struct matcher *m, struct str line, size_t from,
			      size_t *length)
{
	const PCRE2_SIZE *ends;
	int rc = pcre2_match(m->code, (PCRE2_SPTR)(line.p ? line.p : ""), line.n, from, 0,
			     m->data, m->limits);

	if (rc < 0) {
		m->given_up +=
			rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT ||
			rc == PCRE2_ERROR_HEAPLIMIT || rc == PCRE2_ERROR_JIT_STACKLIMIT;
		return -1;
	}
	ends = pcre2_get_ovector_pointer(m->data);
	*length = ends[1] > ends[0] ? ends[1] - ends[0] : 0;
	return (ptrdiff_t)ends[0];
}

/* The first place of any of the texts. */
static ptrdiff_t find_text(const struct matcher *m, struct str hay, size_t from,
			   size_t *length)
{
	const struct needle *needle;
	ptrdiff_t first = -1;

	vec_each (needle, &m->needles) {
		/* Only what ends before the best so far can be better. */
		struct str part =
			first < 0 ? hay : str_sub(hay, 0, (size_t)first + needle->n);
		ptrdiff_t at = needle_find(needle, part, from);

		if (at < 0 || (first >= 0 && at >= first))
			continue;
		first = at;
		*length = needle->n;
	}
	return first;
}

ptrdiff_t matcher_find(struct matcher *m, struct str line, size_t from, size_t *length)
{
	return m->code ? find_pattern(m, line, from, length)
		       : find_text(m, line, from, length);
}

/* From `from` to behind the newline. */
static struct str line_at(struct str block, size_t from)
{
	const char *end = memchr(block.p + from, '\n', block.n - from);

	return str_sub(block, from, end ? (size_t)(end - block.p) + 1 - from : block.n);
}

static struct str without_newline(struct str line)
{
	return line.n && line.p[line.n - 1] == '\n' ? str_sub(line, 0, line.n - 1) : line;
}

static bool next_one_by_one(struct matcher *m, struct str block, size_t from,
			    struct str *line)
{
	for (; from < block.n; from += line->n) {
		*line = line_at(block, from);
		if (matcher_has(m, without_newline(*line)))
			return true;
	}
	return false;
}

bool matcher_next_line(struct matcher *m, struct str block, size_t from, struct str *line)
{
	const char *newline;
	size_t length, begin;
	ptrdiff_t at;

	if (from >= block.n)
		return false;
	if (is_line_by_line(m))
		return next_one_by_one(m, block, from, line);
	at = find_text(m, block, from, &length);
	/* Behind the last newline there is no line, though an empty text stands there. */
	if (at < 0 || (size_t)at >= block.n)
		return false;
	newline = memrchr(block.p + from, '\n', (size_t)at - from);
	begin = newline ? (size_t)(newline - block.p) + 1 : from;
	*line = line_at(block, begin);
	return true;
}

/* Behind the newline or NUL that ends the line. */
static size_t end_for_grep(struct str block, size_t from)
{
	size_t end = bytes_find_either(block, from, '\n', '\0');

	return end < block.n ? end + 1 : end;
}

static uint64_t count_one_by_one(struct matcher *m, struct str block)
{
	uint64_t matching = 0;
	size_t end;

	for (size_t at = 0; at < block.n; at = end) {
		struct str line;

		end = end_for_grep(block, at);
		line = str_sub(block, at, end - at);
		if (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\0')
			line.n--;
		matching += matcher_has(m, line);
	}
	return matching;
}

uint64_t matcher_count(struct matcher *m, struct str block)
{
	uint64_t matching = 0;
	size_t length;
	ptrdiff_t at;

	if (is_line_by_line(m))
		return count_one_by_one(m, block);
	for (size_t from = 0; from < block.n; from = end_for_grep(block, (size_t)at)) {
		at = find_text(m, block, from, &length);
		if (at < 0 || (size_t)at >= block.n)
			break;
		matching++;
	}
	return matching;
}

uint64_t matcher_count_lines(struct str block)
{
	uint64_t lines = bytes_count(block, '\n') + bytes_count(block, '\0');

	return lines + (block.n > 0 && block.p[block.n - 1] != '\n' &&
			block.p[block.n - 1] != '\0');
}
