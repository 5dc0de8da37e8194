/* A checkpoint: how many entries a log has and 100 bits of the root over them, as 36
 * letters, digits and dashes to read into an incident channel. Whoever has one can be
 * shown later that the log still begins with exactly those entries, even if log and
 * head were both put back together. Thread: any (no state). */
#ifndef AZ_ACT_CHECKPOINT_H
#define AZ_ACT_CHECKPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "act/merkle.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

enum { CHECKPOINT_ROOT_BITS = 100, CHECKPOINT_BYTES = 13 };
#define CHECKPOINT_MOST ((UINT64_C(1) << 30) - 1)

struct checkpoint {
	uint64_t n;
	unsigned char root[CHECKPOINT_BYTES]; /* the last four bits are zero */
};

/* Of a tree with at most CHECKPOINT_MOST leaves. */
struct checkpoint checkpoint_of(const struct merkle *tree);
void checkpoint_format(struct strbuf *out, const struct checkpoint *c);
/* Forgives what reading aloud does to a code; a mistake in it is noticed. */
bool checkpoint_parse(struct str text, struct checkpoint *out,
		      struct err *err) MUST_CHECK;
bool checkpoint_equal(const struct checkpoint *a, const struct checkpoint *b);

#endif
