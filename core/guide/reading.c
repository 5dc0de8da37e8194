/* See reading.h. */
#include "guide/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "guide/lettering.h"
#include "guide/shorthand.h"

enum { SHORT_WORD = 3, TRACE_DIGITS = 16 };

static const double FROM_A_SLIP = 0.9, FROM_A_NAME = 0.5;

static bool is_mark(char c)
{
	return strchr("?!,;:()[]{}<>\"'`*|=", c) != NULL;
}

/* Between blanks, without the marks around it. */
static bool chunk_next(struct str *rest, struct str *chunk)
{
	size_t n = 0;

	*rest = str_trim(*rest);
	while (n < rest->n && !isspace((unsigned char)rest->p[n]))
		n++;
	*chunk = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	while (chunk->n && (is_mark(chunk->p[0]) || chunk->p[0] == '.'))
		*chunk = str_sub(*chunk, 1, chunk->n);
	while (chunk->n &&
	       (is_mark(chunk->p[chunk->n - 1]) || strchr(".-/", chunk->p[chunk->n - 1])))
		chunk->n--;
	return n > 0;
}

static size_t count_of(struct str s, int (*is)(int))
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += is((unsigned char)s.p[i]) != 0;
	return n;
}

/* "10:32", "24h", "-2h", "15min", "9am", "5%": of time and amount, no name. */
static bool is_amount(struct str s)
{
	static const char *const units[] = {"",	    "s",   "sec",  "m",	    "min", "mins",
					    "h",    "hr",  "hrs",  "hours", "d",   "days",
					    "w",    "am",  "pm",   "%",	    "x",   "k",
					    "utc",  "z",   "th",   "st",    "nd",  "rd",
					    "xx",   "eur", "euro", "usd",   "day", "hour",
					    "week", "mo"};
	size_t i = 0;

	if (s.n && (s.p[0] == '-' || s.p[0] == '+' || s.p[0] == '~'))
		i = 1;
	if (i == s.n || !isdigit((unsigned char)s.p[i]) || count_of(s, isdigit) > 6)
		return false;
	while (i < s.n && strchr("0123456789:.", s.p[i]))
		i++;
	for (size_t u = 0; u < COUNT(units); u++)
		if (str_eq_nocase(str_sub(s, i, s.n), str_from(units[u])))
			return true;
	return false;
}

static bool is_trace(struct str s)
{
	size_t hex = count_of(s, isxdigit);

	return hex >= TRACE_DIGITS && count_of(s, isdigit) > 2 &&
	       hex + (size_t)(s.n - count_of(s, isalnum)) == s.n;
}

/* "S3", "P2", "GP_Gen5_4": what a database can be scaled to. */
static bool is_size(struct str s)
{
	static const char *const kinds[] = {"GP_", "BC_", "HS_"};

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_starts_nocase(s, str_from(kinds[i])))
			return true;
	return s.n >= 2 && s.n <= 3 && strchr("SP", toupper((unsigned char)s.p[0])) &&
	       count_of(str_sub(s, 1, s.n), isdigit) == s.n - 1;
}

static bool is_date(struct str s)
{
	return s.n >= 10 && s.p[4] == '-' && s.p[7] == '-' &&
	       count_of(str_sub(s, 0, 4), isdigit) == 4;
}

/* Parts that are all words: "hand-over", "on/off", "let's". */
static bool is_of_words(const struct lexicon *lex, struct str s)
{
	struct word word;

	if (count_of(s, isdigit) || str_find_char(s, '.') > 0 ||
	    str_find_char(s, '_') >= 0)
		return false;
	while (words_next(&s, &word))
		if (!lexicon_knows(lex, &word))
			return false;
	return true;
}

static bool looks_like_name(const struct lexicon *lex, struct str s)
{
	static const char *const words[] = {"e2e", "k8s", "5xx", "4xx",	 "500s", "ci/cd",
					    "i/o", "io",  "ok",	 "x509", "gen5"};
	bool has_joint = false;

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_eq_nocase(s, str_from(words[i])))
			return false;
	if (is_amount(s) || is_date(s))
		return false;
	for (size_t i = 1; i + 1 < s.n; i++)
		has_joint |= strchr("-_./@#\\", s.p[i]) != NULL;
	if (!has_joint)
		return count_of(s, isdigit) > 0 ||
		       (s.n > 5 && count_of(str_sub(s, 1, s.n), isupper) > 0 &&
			count_of(s, islower) > 2);
	return !is_of_words(lex, s);
}

static struct reading_name *add_name(struct reading *r, struct str text)
{
	struct reading_name *name;

	for (size_t i = 0; i < r->n_names; i++)
		if (str_eq_nocase(text, str_from(r->names[i].text)))
			return &r->names[i];
	if (r->n_names == READING_NAMES)
		return NULL;
	name = &r->names[r->n_names++];
	*name = (struct reading_name){.is_certain = true};
	snprintf(name->text, sizeof(name->text), "%.*s", STR_ARG(text));
	return name;
}

static void add_word(struct reading *r, const struct word *word, bool is_name)
{
	const struct known_word *meant = NULL;

	if (r->n_words == READING_WORDS)
		return;
	if (!is_name && !lexicon_knows(&r->lexicon, word))
		meant = lexicon_meant(&r->lexicon, word);
	r->words[r->n_words] = (struct reading_word){.word = *word, .is_name = is_name};
	r->words[r->n_words].stem = meant ? meant->stem : NULL;
	r->words[r->n_words].sentence = r->n_sentences;
	r->n_words++;
}

static void add_certain_name(struct reading *r, struct str chunk)
{
	struct reading_name *name;
	struct word word;

	while (chunk.n && chunk.p[0] == '#')
		chunk = str_sub(chunk, 1, chunk.n);
	r->has_trace |= is_trace(chunk);
	r->has_size |= is_size(chunk);
	name = add_name(r, chunk);
	if (name && count_of(chunk, isdigit) == chunk.n) {
		name->is_number = true;
		r->has_number = true;
	}
	while (words_next(&chunk, &word))
		add_word(r, &word, true);
}

static bool is_long_number(struct str s)
{
	if (s.n && s.p[0] == '#')
		s = str_sub(s, 1, s.n);
	return s.n >= 3 && count_of(s, isdigit) == s.n;
}

/* "120 minutes", "500 errors": what is counted stands behind it. */
static bool counts_something(struct str number, struct str rest)
{
	static const char *const counted[] = {"minutes", "min",	    "hours", "days",
					      "seconds", "errors",  "eur",   "euro",
					      "lines",	 "percent", "%",     "usd",
					      "ms",	 "jobs",    "times"};
	struct str next;

	return is_long_number(number) && chunk_next(&rest, &next) &&
	       str_is_among(next, counted, COUNT(counted));
}

/* `rest` is what comes behind it. */
static void read_chunk(struct reading *r, struct str chunk, struct str rest)
{
	struct word word;

	if ((is_amount(chunk) && !is_long_number(chunk)) || is_date(chunk) ||
	    counts_something(chunk, rest))
		return;
	if (is_long_number(chunk) || looks_like_name(&r->lexicon, chunk)) {
		add_certain_name(r, chunk);
		return;
	}
	while (words_next(&chunk, &word))
		add_word(r, &word, false);
}

/* What stands between two marks of one kind is one name, blanks and all. */
static bool take_quoted(struct reading *r, struct str *rest)
{
	struct reading_name *name;
	struct str inner;
	ptrdiff_t end;

	*rest = str_trim(*rest);
	if (!rest->n || !strchr("\"`'", rest->p[0]))
		return false;
	end = str_find_char(str_sub(*rest, 1, rest->n), rest->p[0]);
	if (end < 2 || end >= NAME_MOST)
		return false;
	inner = str_sub(*rest, 1, (size_t)end);
	name = add_name(r, inner);
	if (name)
		name->is_quoted = true;
	r->has_trace |= is_trace(inner);
	for (struct word word; words_next(&inner, &word);)
		add_word(r, &word, true);
	*rest = str_sub(*rest, (size_t)end + 2, rest->n);
	return true;
}

static bool is_unknown_word(const struct reading *r, const struct reading_word *w)
{
	return !w->is_name && !w->stem && !lexicon_knows(&r->lexicon, &w->word);
}

/* Words that nobody knows are names; several that stand together are one. */
static void take_unknown_words(struct reading *r)
{
	for (size_t i = 0; i < r->n_words; i++) {
		size_t last = i;
		struct str name = r->words[i].word.raw;
		struct reading_name *added;

		if (!is_unknown_word(r, &r->words[i]))
			continue;
		while (last + 1 < r->n_words && is_unknown_word(r, &r->words[last + 1]))
			last++;
		name.n = (size_t)(r->words[last].word.raw.p + r->words[last].word.raw.n -
				  name.p);
		if (name.n <= SHORT_WORD && count_of(name, islower) == name.n) {
			i = last;
			continue;
		}
		added = add_name(r, name);
		if (added)
			added->is_certain = false;
		for (; i < last; i++)
			r->words[i].is_name = true;
		r->words[last].is_name = true;
	}
}

static const char *stem_of(const struct reading *r, size_t i)
{
	return r->words[i].stem ? r->words[i].stem : r->words[i].word.stem;
}

/* A name may stand in between: "why does atlas-web-ci not start". */
static bool says(const struct reading *r, size_t at, const struct lexicon_phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++, at++) {
		while (i > 0 && at < r->n_words && r->words[at].is_name &&
		       strcmp(stem_of(r, at), phrase->stems[i]) != 0)
			at++;
		if (at >= r->n_words || strcmp(stem_of(r, at), phrase->stems[i]) != 0)
			return false;
	}
	return true;
}

static void find_concepts(struct reading *r)
{
	const struct lexicon_phrase *phrase;

	vec_each (phrase, &r->lexicon.phrases) {
		for (size_t at = 0; at < r->n_words; at++) {
			double sure = 1;

			if (!says(r, at, phrase))
				continue;
			if (r->words[at].is_name)
				sure = FROM_A_NAME;
			else if (r->words[at].stem)
				sure = FROM_A_SLIP;
			if (sure > r->concepts[phrase->concept])
				r->concepts[phrase->concept] = sure;
		}
	}
}

static void find_here(struct reading *r)
{
	static const char *const words[] = {"this", "it", "that", "here", "its", "these"};

	for (size_t i = 0; i < r->n_words; i++)
		r->has_here |= str_is_among(str_from(r->words[i].word.text), words,
					    COUNT(words));
}

/* Behind the chunk stands the mark that ends a sentence. */
static bool ends_sentence(struct str chunk, struct str rest)
{
	for (const char *p = chunk.p + chunk.n; p < rest.p; p++)
		if (strchr(".?!;:", *p))
			return true;
	return false;
}

void reading_init(struct reading *r, struct str question)
{
	struct strbuf folded;
	struct str rest, chunk;

	*r = (struct reading){.n_words = 0};
	strbuf_init(&r->text, READING_MOST_BYTES);
	strbuf_init(&folded, READING_MOST_BYTES);
	r->has_unseen = lettering_fold(str_sub(question, 0, READING_MOST_BYTES), &folded);
	shorthand_expand(strbuf_str(&folded), &r->text);
	strbuf_fini(&folded);
	lexicon_init(&r->lexicon);
	rest = strbuf_str(&r->text);
	for (;;) {
		if (take_quoted(r, &rest))
			continue;
		if (!chunk_next(&rest, &chunk))
			break;
		read_chunk(r, chunk, rest);
		r->n_sentences += ends_sentence(chunk, rest);
	}
	take_unknown_words(r);
	find_concepts(r);
	find_here(r);
}

void reading_fini(struct reading *r)
{
	lexicon_fini(&r->lexicon);
	strbuf_fini(&r->text);
}
