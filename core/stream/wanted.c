/* See wanted.h. */
#include "stream/wanted.h"

#include <stdlib.h>
#include <string.h>

#include "base/timefmt.h"
#include "base/xalloc.h"

void wanted_fini(struct wanted *w)
{
	for (size_t i = 0; i < w->terms.n; i++)
		free(w->terms.p[i].text);
	vec_fini(&w->terms);
	*w = (struct wanted){0};
}

void wanted_copy(struct wanted *dst, const struct wanted *src)
{
	struct wanted_term term;

	wanted_fini(dst);
	dst->level = src->level;
	dst->since_ms = src->since_ms;
	dst->until_ms = src->until_ms;
	for (size_t i = 0; i < src->terms.n; i++) {
		term = src->terms.p[i];
		term.text = xstrdup(term.text);
		vec_push(&dst->terms, term);
	}
}

bool wanted_is_all(const struct wanted *w)
{
	return w->terms.n == 0 && w->level == LINE_UNKNOWN && !w->since_ms &&
	       !w->until_ms;
}

/* The pattern between slashes, or the text as it stands. */
static bool is_pattern(struct str *text)
{
	bool is_one = text->n > 2 && text->p[0] == '/' && text->p[text->n - 1] == '/';

	if (is_one)
		*text = str_sub(*text, 1, text->n - 2);
	return is_one;
}

/* As in most pagers: who types a capital letter means it. */
static bool has_capital(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] >= 'A' && text.p[i] <= 'Z' &&
		    (i == 0 || text.p[i - 1] != '\\'))
			return true;
	}
	return false;
}

static struct matcher *make(const struct wanted_term *term, struct str text,
			    struct err *err)
{
	const struct matcher_options options = {
		.is_regex = term->is_regex,
		.ignore_case = term->which == WANTED_FOLDED ||
			       (term->which == WANTED_SMART && !has_capital(text)),
	};

	return matcher_new(text, &options, err);
}

struct matcher *wanted_matcher(struct str text, struct err *err)
{
	const struct wanted_term term = {.is_regex = is_pattern(&text)};

	return make(&term, text, err);
}

static bool add(struct wanted *w, struct wanted_term term, struct str text,
		struct err *err)
{
	struct matcher *m;

	if (w->terms.n == WANTED_TERMS_MOST)
		return err_set(err, ERR_USAGE,
			       "there are %d filters: take one away first",
			       WANTED_TERMS_MOST);
	m = make(&term, text, err);
	if (!m)
		return false;
	matcher_free(m);
	term.text = xstrndup(text.p, text.n);
	vec_push(&w->terms, term);
	return true;
}

bool wanted_add(struct wanted *w, struct str text, bool is_out, struct err *err)
{
	const struct wanted_term term = {.is_regex = is_pattern(&text), .is_out = is_out};

	return add(w, term, text, err);
}

bool wanted_add_term(struct wanted *w, const struct wanted_term *term, struct err *err)
{
	return add(w, *term, str_from(term->text), err);
}

bool wanted_drop(struct wanted *w)
{
	if (w->terms.n > 0)
		free(w->terms.p[--w->terms.n].text);
	else if (w->since_ms || w->until_ms)
		w->since_ms = w->until_ms = 0;
	else if (w->level != LINE_UNKNOWN)
		w->level = LINE_UNKNOWN;
	else
		return false;
	return true;
}

static void put_moment(struct strbuf *out, const char *word, int64_t ms)
{
	struct utc at = utc_from_ms(ms);

	if (ms)
		strbuf_printf(out, "%s%s%02d:%02d:%02d", out->n ? " " : "", word, at.hour,
			      at.minute, at.second);
}

void wanted_format(struct strbuf *out, const struct wanted *w)
{
	for (size_t i = 0; i < w->terms.n; i++) {
		const struct wanted_term *term = &w->terms.p[i];
		const char *slash = term->is_regex ? "/" : "";

		strbuf_printf(out, "%s%s%s%s%s", out->n ? " " : "",
			      term->is_out ? "!" : "&", slash, term->text, slash);
	}
	if (w->level != LINE_UNKNOWN)
		strbuf_printf(out, "%slevel>=%s", out->n ? " " : "",
			      line_level_name(w->level));
	put_moment(out, "from ", w->since_ms);
	put_moment(out, "to ", w->until_ms);
}

bool wanted_compile(const struct wanted *w, struct line_filter *filter, struct err *err)
{
	filter->level = w->level;
	filter->since_ms = w->since_ms;
	filter->until_ms = w->until_ms;
	for (size_t i = 0; i < w->terms.n; i++) {
		const struct wanted_term *term = &w->terms.p[i];
		struct matcher *m = make(term, str_from(term->text), err);

		if (!m)
			return false;
		line_filter_give(filter, m, term->is_out);
	}
	return true;
}
