/* See sample.h. A byte that says whether it is whole; then, for each row, how far its
 * number is from the one before, and one number whose low bits say what it is: unknown,
 * a figure times 1, 10, 100 or 1000, or four bytes of a float behind it. */
#include "store/sample.h"

#include <math.h>
#include <string.h>

#include "store/bytes.h"

enum { DIFFERS, WHOLE };
enum { TAG_UNKNOWN, TAG_DECIMALS, TAG_FLOAT = TAG_DECIMALS + 4, TAG_BITS = 3 };

static const double powers[] = {1, 10, 100, 1000};

void sample_begin(struct sample_writer *w, struct strbuf *out, bool is_whole)
{
	*w = (struct sample_writer){.out = out};
	strbuf_putc(out, is_whole ? WHOLE : DIFFERS);
}

static uint64_t zigzag(int64_t value)
{
	return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t bits)
{
	return (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
}

/* Four bytes hold a float; a longer figure is none that is shorter this way. */
static bool put_decimal(struct strbuf *out, float value)
{
	for (unsigned i = 0; i < 4; i++) {
		double scaled = (double)value * powers[i], whole = nearbyint(scaled);

		if (!(fabs(whole) < 1 << 24))
			return false;
		if ((float)(whole / powers[i]) != value || (whole == 0 && signbit(value)))
			continue;
		bytes_put_size(out,
			       zigzag((int64_t)whole) << TAG_BITS | (TAG_DECIMALS + i));
		return true;
	}
	return false;
}

void sample_put(struct sample_writer *w, int64_t id, float value)
{
	bytes_put_i64(w->out, id - w->id);
	w->id = id;
	if (isnan(value)) {
		bytes_put_size(w->out, TAG_UNKNOWN);
	} else if (!put_decimal(w->out, value)) {
		bytes_put_size(w->out, TAG_FLOAT);
		bytes_put_float(w->out, value);
	}
}

bool sample_open(struct sample_reader *r, struct str bytes)
{
	const uint8_t *at = (const uint8_t *)bytes.p;

	if (bytes.n == 0 || at[0] > WHOLE)
		return false;
	*r = (struct sample_reader){.at = at + 1,
				    .end = at + bytes.n,
				    .is_whole = at[0] == WHOLE};
	return true;
}

static bool next_long(struct sample_reader *r, uint64_t *value)
{
	const uint8_t *at = r->at;

	*value = 0;
	for (unsigned shift = 0; at < r->end && shift < 64; shift += 7) {
		uint8_t byte = *at++;

		*value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			r->at = at;
			return true;
		}
	}
	return false;
}

/* Most are of one, two or three bytes, and there are many: a day of a thousand rows is
 * half a million. */
static inline bool next_size(struct sample_reader *r, uint64_t *value)
{
	const uint8_t *at = r->at;

	if (r->end - at < 3)
		return next_long(r, value);
	if (at[0] < 0x80) {
		*value = at[0];
		r->at = at + 1;
	} else if (at[1] < 0x80) {
		*value = (at[0] & 0x7fU) | (uint64_t)at[1] << 7;
		r->at = at + 2;
	} else if (at[2] < 0x80) {
		*value = (at[0] & 0x7fU) | (at[1] & 0x7fU) << 7 | (uint64_t)at[2] << 14;
		r->at = at + 3;
	} else {
		return next_long(r, value);
	}
	return true;
}

static bool next_float(struct sample_reader *r)
{
	struct str rest = {.p = (const char *)r->at, .n = (size_t)(r->end - r->at)};

	if (!bytes_get_float(&rest, &r->value))
		return false;
	r->at = (const uint8_t *)rest.p;
	return true;
}

bool sample_next(struct sample_reader *r)
{
	uint64_t step, bits;
	unsigned tag;

	if (!next_size(r, &step) || !next_size(r, &bits))
		return false;
	r->id = (int64_t)((uint64_t)r->id + (uint64_t)unzigzag(step));
	tag = bits & ((1 << TAG_BITS) - 1);
	if (r->id <= 0 || tag > TAG_FLOAT)
		return false;
	if (tag == TAG_FLOAT)
		return next_float(r);
	r->value = tag == TAG_UNKNOWN ? NAN
				      : (float)((double)unzigzag(bits >> TAG_BITS) /
						powers[tag - TAG_DECIMALS]);
	return true;
}

float sample_round(double value)
{
	double size = fabs(value), power = size >= 100 ? 1 : size >= 10 ? 10 : 100;

	if (size < 0.1 || !(size < 1e7))
		return (float)value;
	return (float)(nearbyint(value * power) / power);
}
