/* What a person does about a refused sign-in, by the number Entra gives it. Numbers
 * change: they are explained, never branched on. Thread: any (const). */
#ifndef AZ_AUTH_EXPLAIN_H
#define AZ_AUTH_EXPLAIN_H

#include <stddef.h>

#include "base/str.h"

struct explain_row {
	int number;	  /* of AADSTSnnnnn */
	const char *what; /* in a few words */
	const char *todo; /* what to do, in a few words */
};

/* NULL when it is not in the table. */
const struct explain_row *explain_find(int number);
/* Sorted by number; NULL behind the last one. */
const struct explain_row *explain_at(size_t i);
/* The number in "AADSTS50076: ..."; 0: none. */
int explain_number(struct str text);

#endif
