/* See lexicon.h. A slip is seldom in the first letter, and a name often differs there
 * from a word: so the first letters must be the same, or have changed places. */
#include "guide/lexicon.h"

#include <assert.h>
#include <string.h>

#include "guide/concepts.h"

enum { A_KEYWORD = 1, A_FILLER = 0 };

static const char *known_stem(struct lexicon *lex, const struct word *word, int64_t kind)
{
	vocabulary_add(&lex->words, word, kind);
	return vocabulary_find(&lex->words, str_from(word->stem))->stem;
}

static void add_phrase(struct lexicon *lex, struct str text, size_t concept)
{
	struct lexicon_phrase phrase = {.concept = concept};
	struct word word;

	while (phrase.n < PHRASE_WORDS && words_next(&text, &word))
		phrase.stems[phrase.n++] = known_stem(lex, &word, A_KEYWORD);
	if (phrase.n)
		vec_push(&lex->phrases, phrase);
}

void lexicon_init(struct lexicon *lex)
{
	struct str rest = str_from(filler_words), part;
	struct word word;

	assert(n_concept_rows <= LEXICON_CONCEPTS);
	*lex = (struct lexicon){.phrases = {0}};
	vocabulary_init(&lex->words);
	for (size_t i = 0; i < n_concept_rows; i++) {
		struct str says = str_from(concept_rows[i].says);

		while (str_next(&says, '|', &part))
			add_phrase(lex, part, i);
	}
	while (str_next(&rest, '|', &part))
		if (words_next(&part, &word))
			known_stem(lex, &word, A_FILLER);
}

void lexicon_fini(struct lexicon *lex)
{
	vocabulary_fini(&lex->words);
	vec_fini(&lex->phrases);
}

size_t lexicon_concept(struct str name)
{
	size_t i = 0;

	while (i < n_concept_rows && !str_is(name, concept_rows[i].name))
		i++;
	assert(i < n_concept_rows);
	return i;
}

bool lexicon_knows(const struct lexicon *lex, const struct word *word)
{
	return words_is_stop(str_from(word->text)) ||
	       vocabulary_find(&lex->words, str_from(word->stem));
}

/* "scalign", "pendng" and "untaggd": the ending as it was meant, for the stem hangs on it.
 * False: it is fine as it stands. */
static bool mend_ending(const char *text, struct word *out)
{
	size_t n = strlen(text);
	char mended[WORD_MOST + 2];
	struct str rest;

	if (n < 6 || n + 1 >= WORD_MOST)
		return false;
	memcpy(mended, text, n + 1);
	if (strcmp(text + n - 3, "ign") == 0 || strcmp(text + n - 3, "nig") == 0)
		memcpy(mended + n - 3, "ing", 4);
	else if (strcmp(text + n - 2, "ng") == 0 && !strchr("aeiou", text[n - 3]))
		memcpy(mended + n - 2, "ing", 4);
	else if (text[n - 1] == 'd' && !strchr("aeiou", text[n - 2]))
		memcpy(mended + n - 1, "ed", 3);
	else
		return false;
	rest = str_from(mended);
	return words_next(&rest, out);
}

const struct known_word *lexicon_meant(const struct lexicon *lex, const struct word *word)
{
	const struct known_word *near;
	struct word mended;

	if (word->is_code)
		return NULL;
	if (mend_ending(word->text, &mended)) {
		near = vocabulary_find(&lex->words, str_from(mended.stem));
		if (near)
			return near;
		word = &mended;
	}
	near = vocabulary_nearest(&lex->words, str_from(word->stem));
	if (!near)
		return NULL;
	if (near->stem[0] == word->stem[0] ||
	    (near->stem[0] == word->stem[1] && near->stem[1] == word->stem[0]))
		return near;
	return NULL;
}
