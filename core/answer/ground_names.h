/* Names in a draft: which ones were cited or asked for, and which words are names at all.
 * Thread: one owner. */
#ifndef AZ_ANSWER_GROUND_NAMES_H
#define AZ_ANSWER_GROUND_NAMES_H

#include "answer/evidence.h"
#include "base/map.h"

struct ground_names {
	const struct evidence *e;
	struct map said; /* words that may be said */
};

void ground_names_init(struct ground_names *names, const struct evidence *e);
void ground_names_fini(struct ground_names *names);
/* The text and each of its words may be said from now on. */
void ground_names_allow(struct ground_names *names, struct str text);
bool ground_names_is_allowed(const struct ground_names *names, struct str word);
/* Whether a word without a digit is a name; `is_certain`: its form alone says so. */
bool ground_names_is_name(const struct ground_names *names, struct str word,
			  bool is_certain);

#endif
