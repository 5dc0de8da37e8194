/* The vector of a text by rule: its words by stem, pieces of them, and what the synonyms
 * say it is about, each at a place that a hash chooses. Texts that share words or meaning
 * are near to each other, the same text has the same vector everywhere, and no model is
 * needed: it is what the simulator's embedding deployment answers. Thread: one at a time. */
#ifndef AZ_KNOWLEDGE_HASHED_VECTOR_H
#define AZ_KNOWLEDGE_HASHED_VECTOR_H

#include "knowledge/phrasebook.h"

struct hashed_words {
	struct vocabulary known;
	struct phrasebook says, means;
};

void hashed_words_init(struct hashed_words *w);
void hashed_words_fini(struct hashed_words *w);
/* Zeros for a text that says nothing. */
void hashed_vector(const struct hashed_words *w, struct str text, float *out,
		   size_t dims);

#endif
