/* The words that runbooks have, by stem, and the one that a mistyped word was meant to
 * be. Thread: one at a time. */
#ifndef AZ_KNOWLEDGE_VOCABULARY_H
#define AZ_KNOWLEDGE_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"
#include "knowledge/words.h"

struct known_word {
	char *stem, *text; /* a form of it, for asking the index */
	uint32_t letters;  /* a bit for each that is in the stem */
	size_t length;	   /* of the stem */
	size_t sections;   /* how many have it; 0: only the synonyms do */
	int64_t last;	   /* counted: a section counts once, whatever often it says it */
};

struct vocabulary {
	struct map by_stem;
	VEC(struct known_word *) words;
};

void vocabulary_init(struct vocabulary *v);
void vocabulary_fini(struct vocabulary *v);
/* A word of the section, from 1 on, whose words come one after the other; 0: of the
 * synonyms. */
void vocabulary_add(struct vocabulary *v, const struct word *word, int64_t section);
/* The section goes. Its words stay known. */
void vocabulary_remove(struct vocabulary *v, const struct word *word, int64_t section);
/* NULL: never seen. */
const struct known_word *vocabulary_find(const struct vocabulary *v, struct str stem);
/* The one fewest slips away: one of them in a short word, two in one of eight letters;
 * the more frequent of two that are as near. NULL: none is near. */
const struct known_word *vocabulary_nearest(const struct vocabulary *v, struct str stem);
/* How many slips two words are apart: a letter too many, too few, wrong, or two that
 * changed places. Both are shorter than WORD_MOST. */
size_t vocabulary_slips(struct str a, struct str b);

#endif
