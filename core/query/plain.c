/* See plain.h. "$" is also before a line's end that ends the text, and without regard
 * to case a K is also the sign of Kelvin and an S the long s: words with these two are
 * left to PCRE2. */
#include "query/plain.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"

#define NOCASE "(?i)"

struct word {
	struct str text;
	bool is_at_start, is_at_end;
};

struct plain {
	bool is_nocase;
	size_t n;
	struct word words[];
};

static bool is_special(char c)
{
	return c == '\0' || strchr("\\^$.[]|(){}*+?", c) != NULL;
}

static bool read_word(struct str text, bool is_nocase, struct word *out)
{
	*out = (struct word){0};
	if (text.n && text.p[0] == '^') {
		out->is_at_start = true;
		text = str_sub(text, 1, text.n);
	}
	if (text.n && text.p[text.n - 1] == '$') {
		out->is_at_end = true;
		text.n--;
	}
	out->text = text;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (is_special(text.p[i]) ||
		    (is_nocase && (c >= 0x80 || strchr("kKsS", c))))
			return false;
	}
	return text.n > 0;
}

struct plain *plain_new(struct str pattern)
{
	struct plain *p;
	struct str word;
	size_t n = 1;
	bool is_good = utf8_is_valid(pattern);

	for (size_t i = 0; i < pattern.n; i++)
		n += pattern.p[i] == '|';
	p = xcalloc(1, sizeof(*p) + n * sizeof(p->words[0]));
	p->is_nocase = str_starts(pattern, STR(NOCASE));
	if (p->is_nocase)
		pattern = str_sub(pattern, sizeof(NOCASE) - 1, pattern.n);
	/* An option in the first of several words holds for the others as well. */
	while (is_good && str_next(&pattern, '|', &word))
		is_good = read_word(word, p->is_nocase, &p->words[p->n++]);
	if (is_good && p->n)
		return p;
	free(p);
	return NULL;
}

void plain_free(struct plain *p)
{
	free(p);
}

static bool starts(const struct plain *p, struct str text, struct str word)
{
	return p->is_nocase ? str_starts_nocase(text, word) : str_starts(text, word);
}

static bool is_at_end(const struct plain *p, struct str text, struct str word)
{
	return text.n >= word.n &&
	       starts(p, str_sub(text, text.n - word.n, word.n), word);
}

static bool is_in(const struct plain *p, struct str text, struct str word)
{
	if (!p->is_nocase)
		return str_find(text, word) >= 0;
	for (; text.n >= word.n; text = str_sub(text, 1, text.n)) {
		if (str_starts_nocase(text, word))
			return true;
	}
	return false;
}

static bool matches(const struct plain *p, const struct word *word, struct str text)
{
	struct str line = text;

	if (line.n && line.p[line.n - 1] == '\n')
		line.n--;
	if (word->is_at_start && word->is_at_end)
		return (text.n == word->text.n || line.n == word->text.n) &&
		       starts(p, text, word->text);
	if (word->is_at_start)
		return starts(p, text, word->text);
	if (word->is_at_end)
		return is_at_end(p, text, word->text) || is_at_end(p, line, word->text);
	return is_in(p, text, word->text);
}

bool plain_match(const struct plain *p, struct str text)
{
	for (size_t i = 0; i < p->n; i++) {
		if (matches(p, &p->words[i], text))
			return true;
	}
	return false;
}
