/* One part of a filter. A person types it key by key, so a part that is not
 * finished (no closing quote or slash) is read as if it were. Regexes run under
 * limits: a bad one finds nothing, it does not hang. Thread: one owner. */
#include "board/filter_term.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum {
	MATCH_LIMIT = 20000,
	MATCH_LIMIT_AFTER = 500,
	DEPTH_LIMIT = 500,
	HEAP_LIMIT_KIB = 1024
};

bool filter_term_skip(struct str *rest)
{
	while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t'))
		*rest = str_sub(*rest, 1, rest->n);
	return rest->n > 0;
}

static struct str copy(struct str s)
{
	return (struct str){.p = xstrndup(s.p ? s.p : "", s.n), .n = s.n};
}

static struct str copy_folded(struct str s)
{
	char *p = xstrndup(s.p ? s.p : "", s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = filter_fold(p[i]);
	return (struct str){.p = p, .n = s.n};
}

/* Up to the mark, which is dropped; a backslash keeps the next byte. */
static struct str cut_quoted(struct str *rest, char mark)
{
	struct str part;
	size_t i = 0;

	while (i < rest->n && rest->p[i] != mark)
		i += rest->p[i] == '\\' && i + 1 < rest->n ? 2 : 1;
	part = str_sub(*rest, 0, i);
	*rest = str_sub(*rest, i + 1, rest->n);
	return part;
}

static struct str cut_word(struct str *rest)
{
	struct str part;
	size_t i = 0;

	while (i < rest->n && rest->p[i] != ' ' && rest->p[i] != '\t')
		i++;
	part = str_sub(*rest, 0, i);
	*rest = str_sub(*rest, i, rest->n);
	return part;
}

static ptrdiff_t column_named(const struct board_def *def, struct str name)
{
	if (str_eq_nocase(name, STR("severity")))
		return FILTER_SEVERITY;
	for (size_t i = 0; i < def->n_columns; i++) {
		if (str_eq_nocase(name, str_from(def->columns[i].name)) ||
		    str_eq_nocase(name, str_from(def->columns[i].title)))
			return (ptrdiff_t)i;
	}
	return FILTER_ANY;
}

/* "status:" or "cpu>" in front: the column by name or title. What names no column,
 * or one without figures, is plain text. */
static void cut_column(struct filter_term *term, struct str *rest,
		       const struct board_def *def)
{
	struct str look = *rest, word = cut_word(&look), behind;
	size_t at = 0;

	term->column = FILTER_ANY;
	while (at < word.n && !strchr(":<>", word.p[at]))
		at++;
	if (at == 0 || at == word.n)
		return;
	term->column = column_named(def, str_sub(word, 0, at));
	behind = str_sub(*rest, at, rest->n);
	if (word.p[at] == ':' && term->column != FILTER_ANY) {
		*rest = str_sub(behind, 1, behind.n);
	} else if (word.p[at] != ':' && term->column >= 0 &&
		   filter_bound_fits(&def->columns[term->column])) {
		term->order = filter_order_cut(&behind);
		*rest = behind;
	} else {
		term->column = FILTER_ANY;
	}
}

/* Capitals count, except those of an escape such as \S. */
static bool has_capital(struct str s, bool is_regex)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_regex && s.p[i] == '\\')
			i++;
		else if (s.p[i] >= 'A' && s.p[i] <= 'Z')
			return true;
	}
	return false;
}

static bool compile(struct filter_term *term, struct err *err)
{
	uint32_t flags = PCRE2_UTF | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C |
			 (term->is_exact ? 0 : PCRE2_CASELESS);
	PCRE2_UCHAR text[120];
	PCRE2_SIZE at;
	int code;

	term->regex = pcre2_compile((PCRE2_SPTR)term->text.p, term->text.n, flags, &code,
				    &at, NULL);
	if (!term->regex) {
		pcre2_get_error_message(code, text, sizeof(text));
		return err_set(err, ERR_USAGE, "filter: /%.*s/: %s (character %zu)",
			       STR_ARG(term->text), (char *)text, (size_t)at + 1);
	}
	(void)pcre2_jit_compile(term->regex, PCRE2_JIT_COMPLETE);
	term->match = pcre2_match_data_create_from_pattern(term->regex, NULL);
	term->limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(term->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(term->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(term->limits, HEAP_LIMIT_KIB);
	return true;
}

bool filter_term_parse(struct filter_term *term, struct str *rest,
		       const struct board_def *def, struct err *err)
{
	struct str text;
	bool is_regex;
	char mark;

	*term = (struct filter_term){.is_not = rest->p[0] == '!'};
	if (term->is_not)
		*rest = str_sub(*rest, 1, rest->n);
	cut_column(term, rest, def);
	mark = rest->n ? rest->p[0] : '\0';
	is_regex = mark == '/' && !term->order;
	if (is_regex || mark == '"') {
		*rest = str_sub(*rest, 1, rest->n);
		text = cut_quoted(rest, mark);
	} else {
		text = cut_word(rest);
	}
	if (text.n > FILTER_TEXT_MAX)
		return err_set(err, ERR_USAGE, "filter: a part is longer than %d bytes",
			       FILTER_TEXT_MAX);
	term->text = copy(text);
	term->folded = copy_folded(text);
	term->is_exact = has_capital(text, is_regex);
	if (!text.n)
		return true; /* still being typed */
	if (term->order ? filter_bound_read(text, &def->columns[term->column],
					    &term->bound, err)
			: !is_regex || compile(term, err))
		return true;
	filter_term_fini(term);
	return false;
}

void filter_term_fini(struct filter_term *term)
{
	free((char *)term->text.p);
	free((char *)term->folded.p);
	pcre2_match_context_free(term->limits);
	pcre2_match_data_free(term->match);
	pcre2_code_free(term->regex);
	*term = (struct filter_term){0};
}

static bool find_regex(const struct filter_term *term, struct str text, size_t from,
		       struct filter_range *out)
{
	const PCRE2_SIZE *at;
	int rc = pcre2_match(term->regex, (PCRE2_SPTR)text.p, text.n, from, 0,
			     term->match, term->limits);

	/* Ten thousand rows that are each given up late would hold a key for a
	 * second: after the first one the others get less. */
	if (rc == PCRE2_ERROR_MATCHLIMIT)
		pcre2_set_match_limit(term->limits, MATCH_LIMIT_AFTER);
	if (rc < 0)
		return false;
	at = pcre2_get_ovector_pointer(term->match);
	/* \K in a lookaround can put the start behind the end. */
	if (at[0] > at[1] || at[0] < from)
		return false;
	*out = (struct filter_range){.at = at[0], .n = at[1] - at[0]};
	return true;
}

static bool is_at(const struct filter_term *term, const char *p)
{
	if (term->is_exact)
		return memcmp(p, term->text.p, term->text.n) == 0;
	for (size_t i = 0; i < term->folded.n; i++)
		if (filter_fold(p[i]) != term->folded.p[i])
			return false;
	return true;
}

bool filter_term_find(const struct filter_term *term, struct str text, size_t from,
		      struct filter_range *out)
{
	if (term->regex)
		return find_regex(term, text, from, out);
	for (size_t i = from; i + term->text.n <= text.n; i++) {
		if (is_at(term, text.p + i)) {
			*out = (struct filter_range){.at = i, .n = term->text.n};
			return true;
		}
	}
	return false;
}
