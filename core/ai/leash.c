/* Redaction; see leash.h. Secrets go first and for good, by net/redact; what is left of a
 * text is looked through by all patterns at once, the leftmost match first. A pattern that
 * gives up on a text (it backtracks without end) has not said that nothing is private in
 * it, so the rest of that text is withheld. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "ai/leash.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/map.h"
#include "base/vec.h"
#include "net/redact.h"
#include "net/redact_opaque.h"

enum {
	PATTERN_BYTES = 4096,
	MATCH_LIMIT = 50000,
	DEPTH_LIMIT = 500,
	MARKS_MOST = 10000, /* of one leash; what comes after is withheld */
	VALUE_MOST = 512,
	MARK_MOST = 24,
};

static const char withheld[] = "***";

#define OCTET "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
#define SECRET_END                                                                       \
	"(?:password|passwd|passphrase|pwd|secret|account_?key|access_?key|"             \
	"api[_-]?key|shared_?key|private_?key|connection_?string|token)"

/* `kind` NULL: a secret. */
static const struct {
	const char *kind, *pattern;
} built_in[] = {
	/* What looks like a mark and is none of ours. */
	{"text", "<(?:text|mail|ip|id|name)-[0-9]{1,9}>"},
	{NULL, "(?<=://)[^\\s/@:]{0,200}:[^\\s/@]{1,400}(?=@)"},
	{NULL,
	 "\"[\\w.-]{0,60}" SECRET_END "\"\\s{0,9}:\\s{0,9}\"\\K(?:[^\"\\\\]++|\\\\.)++"},
	{NULL, SECRET_END "\\s{0,9}=\\s{0,9}[\"']?\\K[^\\s\"',;&<>]{3,}"},
	{"mail", "(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,200}+@[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{"
		 "1,63}){0,8}"
		 "\\.[a-z]{2,24}"},
	{"ip", "(?<![\\w.])(?:" OCTET "\\.){3}" OCTET "(?![\\w]|\\.[0-9])"},
	{"ip", "(?<![\\w:.])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\\w:])"},
	{"ip", "(?<![\\w:.])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::"
	       "(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})(?![\\w:])"},
	{"id", "(?<![0-9a-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])"},
};

struct matcher {
	const char *kind; /* NULL: a secret */
	pcre2_code *code;
	/* Its next match in the text that is redacted; `from` past the end: none. */
	size_t from, to;
};

struct mark {
	char name[MARK_MOST]; /* "ip-2" */
	char *value;
};

struct leash {
	struct matcher matchers[COUNT(built_in) + LEASH_PATTERNS_MOST];
	size_t n_matchers;
	pcre2_match_data *match;
	pcre2_match_context *limits;
	VEC(struct mark *) marks;
	struct map by_value, by_name; /* of the marks */
};

static pcre2_code *compile(struct str pattern, struct err *err)
{
	PCRE2_SIZE at = 0;
	pcre2_code *code;
	char why[128];
	int error = 0;

	code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
			     PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_CASELESS, &error,
			     &at, NULL);
	if (!code) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof(why));
		err_set(err, ERR_CONFIG, "this is no pattern: %s at its character %zu",
			why, at + 1);
		return NULL;
	}
	/* A leash is used for all that leaves, so it pays. Where there is no machine
	 * code, what there is goes on. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

static void add(struct leash *l, const char *kind, pcre2_code *code)
{
	l->matchers[l->n_matchers++] = (struct matcher){.kind = kind, .code = code};
}

struct leash *leash_new(void)
{
	struct leash *l = xcalloc(1, sizeof(*l));
	struct err err;

	l->match = pcre2_match_data_create(1, NULL);
	l->limits = pcre2_match_context_create(NULL);
	if (!l->match || !l->limits)
		fatal("out of memory");
	pcre2_set_match_limit(l->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(l->limits, DEPTH_LIMIT);
	map_init(&l->by_value);
	map_init(&l->by_name);
	for (size_t i = 0; i < COUNT(built_in); i++) {
		pcre2_code *code = compile(str_from(built_in[i].pattern), &err);

		if (!code)
			fatal(err.text);
		add(l, built_in[i].kind, code);
	}
	return l;
}

void leash_free(struct leash *l)
{
	struct mark **mark;

	if (!l)
		return;
	for (size_t i = 0; i < l->n_matchers; i++)
		pcre2_code_free(l->matchers[i].code);
	vec_each (mark, &l->marks) {
		free((*mark)->value);
		free(*mark);
	}
	vec_fini(&l->marks);
	map_fini(&l->by_value);
	map_fini(&l->by_name);
	pcre2_match_data_free(l->match);
	pcre2_match_context_free(l->limits);
	free(l);
}

bool leash_add(struct leash *l, struct str pattern, struct err *err)
{
	pcre2_code *code;
	int rc;

	if (l->n_matchers == COUNT(l->matchers))
		return err_set(err, ERR_CONFIG, "there may be %d patterns at most",
			       LEASH_PATTERNS_MOST);
	if (!pattern.n || pattern.n > PATTERN_BYTES)
		return err_set(err, ERR_CONFIG, "a pattern has 1 to %d bytes",
			       PATTERN_BYTES);
	code = compile(pattern, err);
	if (!code)
		return false;
	rc = pcre2_match(code, (PCRE2_SPTR) "", 0, 0, 0, l->match, l->limits);
	if (rc >= 0) {
		pcre2_code_free(code);
		return err_set(err, ERR_CONFIG, "the pattern matches the empty text");
	}
	add(l, "name", code);
	return true;
}

/* The next match at or behind `at`. False: it gave up. A match of nothing, which a
 * look-around may give, hides nothing and is stepped over. */
static bool look(struct leash *l, struct matcher *m, struct str text, size_t at)
{
	m->from = m->to = text.n + 1;
	while (at <= text.n) {
		PCRE2_SIZE *found = pcre2_get_ovector_pointer(l->match);
		int rc = pcre2_match(m->code, (PCRE2_SPTR)text.p, text.n, at, 0, l->match,
				     l->limits);

		if (rc == PCRE2_ERROR_NOMATCH)
			return true;
		if (rc < 0)
			return false;
		if (found[1] > found[0] && found[0] >= at) {
			m->from = found[0];
			m->to = found[1];
			return true;
		}
		at = (found[1] > at ? found[1] : at) + 1;
	}
	return true;
}

static const struct matcher *leftmost(const struct leash *l)
{
	const struct matcher *best = &l->matchers[0];

	for (size_t i = 1; i < l->n_matchers; i++) {
		const struct matcher *m = &l->matchers[i];

		if (m->from < best->from ||
		    (m->from == best->from && m->to > best->to && best->kind))
			best = m;
	}
	return best;
}

/* NULL: there are too many, or it is too long to be kept. */
static const struct mark *mark_for(struct leash *l, const char *kind, struct str value)
{
	struct mark *mark = map_find(&l->by_value, value);
	struct mark **other;
	size_t n = 1;

	if (mark)
		return mark;
	if (l->marks.n >= MARKS_MOST || value.n > VALUE_MOST)
		return NULL;
	vec_each (other, &l->marks)
		n += str_starts(str_from((*other)->name), str_from(kind));
	mark = xcalloc(1, sizeof(*mark));
	snprintf(mark->name, sizeof(mark->name), "%s-%zu", kind, n);
	mark->value = xstrndup(value.p, value.n);
	vec_push(&l->marks, mark);
	map_put(&l->by_value, value, mark);
	map_put(&l->by_name, str_from(mark->name), mark);
	return mark;
}

static void put_mark(struct leash *l, const char *kind, struct str value,
		     struct strbuf *out)
{
	const struct mark *mark = kind ? mark_for(l, kind, value) : NULL;

	if (mark)
		strbuf_printf(out, "<%s>", mark->name);
	else
		strbuf_puts(out, withheld);
}

static void put_marked(struct leash *l, struct str text, struct strbuf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < l->n_matchers; i++)
		l->matchers[i].from = l->matchers[i].to = 0;
	for (;;) {
		const struct matcher *m;

		for (size_t i = 0; i < l->n_matchers; i++) {
			struct matcher *late = &l->matchers[i];

			if ((late->from < at || late->to == 0) &&
			    !look(l, late, text, at)) {
				strbuf_puts(out, withheld);
				return;
			}
		}
		m = leftmost(l);
		if (m->from > text.n)
			break;
		strbuf_put(out, str_sub(text, at, m->from - at));
		put_mark(l, m->kind, str_sub(text, m->from, m->to - m->from), out);
		at = m->to;
	}
	strbuf_put(out, str_sub(text, at, text.n));
}

void leash_redact(struct leash *l, struct str text, struct strbuf *out)
{
	struct strbuf named, plain;

	/* A secret is two bytes at least where three stand for it. */
	strbuf_init(&named, text.n * 3 + 8);
	strbuf_init(&plain, text.n * 9 + 32);
	redact_text(&named, text);
	redact_opaque(&plain, strbuf_str(&named));
	put_marked(l, strbuf_str(&plain), out);
	strbuf_fini(&named);
	strbuf_fini(&plain);
}

/* The mark at the front of the text; NULL. */
static const struct mark *mark_at(const struct leash *l, struct str text)
{
	ptrdiff_t end = str_find_char(str_sub(text, 0, MARK_MOST + 2), '>');

	return end < 2 ? NULL : map_find(&l->by_name, str_sub(text, 1, (size_t)end - 1));
}

void leash_restore(const struct leash *l, struct str text, struct strbuf *out)
{
	ptrdiff_t next;

	while ((next = str_find_char(text, '<')) >= 0) {
		const struct mark *mark;

		strbuf_put(out, str_sub(text, 0, (size_t)next));
		text = str_sub(text, (size_t)next, text.n);
		mark = mark_at(l, text);
		strbuf_puts(out, mark ? mark->value : "<");
		text = str_sub(text, mark ? strlen(mark->name) + 2 : 1, text.n);
	}
	strbuf_put(out, text);
}
