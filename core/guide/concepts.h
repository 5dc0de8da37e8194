/* Words of this trade by what they are about: "cost" is said as spend, bill or money.
 * Kinds of question are told apart by them. A rule, not a model: the table can be read.
 * Thread: any (const). */
#ifndef AZ_GUIDE_CONCEPTS_H
#define AZ_GUIDE_CONCEPTS_H

#include <stddef.h>

struct concept_row {
	const char *name;
	/* Words or phrases, each between '|'; compared by stem, so one form of each is
	 * enough. One may stand in several rows. */
	const char *says;
};

extern const struct concept_row concept_rows[];
extern const size_t n_concept_rows;
/* Words that many questions have and that name nothing, each between '|'. */
extern const char *const filler_words;

#endif
