/* The synonyms made ready for comparing: each phrase as stems, found by its first one.
 * Thread: any once made. */
#ifndef AZ_KNOWLEDGE_PHRASEBOOK_H
#define AZ_KNOWLEDGE_PHRASEBOOK_H

#include "base/map.h"
#include "base/vec.h"
#include "knowledge/synonyms.h"
#include "knowledge/vocabulary.h"

struct phrase {
	const struct synonym *row;
	char *stems; /* with a blank after each */
	size_t n;
	struct phrase *next; /* that begins with the same one */
};

struct phrasebook {
	struct map by_first;
	VEC(struct phrase *) all;
};

/* Its words become known, so that none is taken for a slip. */
void phrasebook_init(struct phrasebook *book, struct vocabulary *v);
/* Likewise of what runbooks call it. */
void phrasebook_init_means(struct phrasebook *book, struct vocabulary *v);
void phrasebook_fini(struct phrasebook *book);
/* The phrases that a text begins with, of which these are the `n` stems, one after the
 * other: NULL for the first of them; NULL is behind the last. */
const struct phrase *phrasebook_next(const struct phrasebook *book,
				     const char *const *stems, size_t n,
				     const struct phrase *before);

#endif
