/* Requests that are never met, however they are put: an act and what it is done to, within
 * a few words of each other. And words that try to give orders to a model, which are said
 * to be there and are otherwise nothing but words. Thread: one at a time. */
#ifndef AZ_GUIDE_UNSAFE_H
#define AZ_GUIDE_UNSAFE_H

#include <stdbool.h>
#include <stddef.h>

#include "answer/says.h"
#include "guide/reading.h"

struct unsafe_rule {
	const char *name;    /* "skip-approval" */
	const char *acts;    /* words or phrases, each between '|'; as they are written */
	const char *objects; /* the same; NULL: the act says it all */
	/* What makes a question of it: at the beginning of its sentence, anywhere in it;
	 * NULL: nothing does. */
	const char *asks, *unless;
	enum says says;
	const char *what;    /* "Skipping an approval": begins the refusal */
	const char *instead; /* what is possible; a whole sentence */
};

extern const struct unsafe_rule unsafe_rules[];
extern const size_t n_unsafe_rules;

/* The first rule the question breaks; NULL: none. */
const struct unsafe_rule *unsafe_find(const struct reading *r);
/* Whether its words give orders to a model, also where they are hidden: by letters that
 * cannot be seen, or in base64. */
bool unsafe_is_injection(const struct reading *r);

#endif
