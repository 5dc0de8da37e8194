/* One figure of the rows of a board at one moment, in few bytes: whole, or what is not
 * as it was the time before. A row is known by number, and NAN is unknown. Figures with
 * few decimals are short; all come back as the floats they were.
 * What is read is taken for outside bytes. Thread: any (no state). */
#ifndef AZ_STORE_SAMPLE_H
#define AZ_STORE_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct sample_writer {
	struct strbuf *out;
	int64_t id; /* the last one */
};
void sample_begin(struct sample_writer *w, struct strbuf *out, bool is_whole);
/* Numbers that ascend are short. */
void sample_put(struct sample_writer *w, int64_t id, float value);

struct sample_reader {
	const uint8_t *at, *end;
	bool is_whole;
	int64_t id;
	float value;
};
/* False: no figures. */
bool sample_open(struct sample_reader *r, struct str bytes) MUST_CHECK;
/* The next row's `id` and `value`; false at the end, and where the bytes make no sense. */
bool sample_next(struct sample_reader *r) MUST_CHECK;

/* The float with about three digits that is as good for a mean, and shorter. */
float sample_round(double value);

#endif
