/* The words of the concepts made ready for comparing: phrases as stems, and all words
 * that are known, so that a mistyped one is found and a name is told from a word.
 * Thread: one at a time. */
#ifndef AZ_GUIDE_LEXICON_H
#define AZ_GUIDE_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "knowledge/vocabulary.h"

enum { PHRASE_WORDS = 6, LEXICON_CONCEPTS = 80 };

struct lexicon_phrase {
	const char *stems[PHRASE_WORDS]; /* borrowed of the vocabulary */
	size_t n, concept;
};

struct lexicon {
	struct vocabulary words;
	VEC(struct lexicon_phrase) phrases;
};

void lexicon_init(struct lexicon *lex);
void lexicon_fini(struct lexicon *lex);
/* The concept of that name; it must be one. */
size_t lexicon_concept(struct str name);
bool lexicon_knows(const struct lexicon *lex, const struct word *word);
/* What a word that is not known was meant to be; NULL: it may be a name. */
const struct known_word *lexicon_meant(const struct lexicon *lex,
				       const struct word *word);

#endif
