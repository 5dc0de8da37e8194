/* References in a draft, "[S:sql[atlas-orders].tier@v3]", found; what they mean is asked
 * elsewhere. Thread: any (no state). */
#ifndef AZ_ANSWER_GROUND_REF_H
#define AZ_ANSWER_GROUND_REF_H

#include "answer/answer.h"

struct ground_ref {
	size_t begin, end; /* of the text that it was found in, brackets included */
	enum claim_kind kind;
	struct str target; /* "sql[atlas-orders].tier"; empty: it is broken */
	bool has_version;
	uint64_t version;
};

/* The first at or behind `from`. One that is not closed on its line, or has another one
 * in it, is broken, and goes to where it could have ended. */
bool ground_ref_next(struct str text, size_t from, struct ground_ref *out);

#endif
