/* See vector_sketch.h. Of two vectors x and y of length one with sketches x' and y' it is
 * xy - x'y' = (x - x')y' + x(y - y'), and neither part is more than the lengths of its two
 * factors multiplied (Cauchy-Schwarz). */
#include "knowledge/vector_sketch.h"

#include <math.h>
#include <stdbool.h>

enum {
	ROW_MOST = 127,
	QUERY_MOST = 32767,
	/* Rows lie one after the other: what comes next is fetched meanwhile. */
	AHEAD_BYTES = 8192,
};

#define ALWAYS_INLINE inline __attribute__((always_inline))
#ifdef __x86_64__
#define WIDE	 __attribute__((target("avx2")))
#define HAS_WIDE __builtin_cpu_supports("avx2")
#else
#define WIDE
#define HAS_WIDE false
#endif

/* Lengths of one that were rounded to floats are this long at most. */
#define LENGTH_MOST 1.001F
/* Sums of products of floats are rounded each time: VECTOR_MOST_DIMS / 16 times here and
 * there, by 2^-24 of what is summed up, which is no more than 1. */
#define ROUNDING 5e-5F

/* The step that makes the largest one `most`. */
static float step_of(const float *block, int most)
{
	float largest = 0;

	for (size_t i = 0; i < SKETCH_BLOCK; i++) {
		if (fabsf(block[i]) > largest)
			largest = fabsf(block[i]);
	}
	return largest / (float)most;
}

static int code_of(float x, float step, int most)
{
	float code = step > 0 ? x / step : 0;

	/* A step that is hardly a number any more may be far from what it was to be. */
	if (fabsf(code) > (float)most)
		code = copysignf((float)most, x);
	return (int)(code + copysignf(0.5F, x));
}

/* What the code leaves out, squared. */
static double left_out(float x, float step, int code)
{
	double rest = (double)x - (double)step * code;

	return rest * rest;
}

static float error_of(double left_out_squared)
{
	return (float)(sqrt(left_out_squared) * 1.000001);
}

void sketch_make(const struct sketch *s, const float *unit, size_t blocks)
{
	double rest = 0;

	for (size_t b = 0; b < blocks; b++) {
		const float *block = unit + b * SKETCH_BLOCK;
		int8_t *codes = s->codes + b * SKETCH_BLOCK;

		s->steps[b] = step_of(block, ROW_MOST);
		for (size_t i = 0; i < SKETCH_BLOCK; i++) {
			codes[i] = (int8_t)code_of(block[i], s->steps[b], ROW_MOST);
			rest += left_out(block[i], s->steps[b], codes[i]);
		}
	}
	*s->error = error_of(rest);
}

void sketch_ask(struct sketch_query *q, const float *unit, size_t blocks)
{
	double rest = 0;

	q->blocks = blocks;
	for (size_t b = 0; b < blocks; b++) {
		const float *block = unit + b * SKETCH_BLOCK;
		int16_t *codes = q->codes + b * SKETCH_BLOCK;

		q->steps[b] = step_of(block, QUERY_MOST);
		for (size_t i = 0; i < SKETCH_BLOCK; i++) {
			codes[i] = (int16_t)code_of(block[i], q->steps[b], QUERY_MOST);
			rest += left_out(block[i], q->steps[b], codes[i]);
		}
	}
	q->error = error_of(rest);
}

/* In these types and of this length, because compilers know what to do with it. */
static ALWAYS_INLINE int32_t product(const int16_t *a, const int8_t *b)
{
	int32_t sum = 0;

	for (size_t i = 0; i < SKETCH_BLOCK; i++)
		sum += a[i] * b[i];
	return sum;
}

static ALWAYS_INLINE float sum_up(const struct sketch_query *q, const struct sketch *s)
{
	float sum = 0;

	for (size_t b = 0; b < q->blocks; b++) {
		const int8_t *codes = s->codes + b * SKETCH_BLOCK;

		__builtin_prefetch((const void *)((uintptr_t)codes + AHEAD_BYTES));
		sum += (float)product(q->codes + b * SKETCH_BLOCK, codes) *
		       (q->steps[b] * s->steps[b]);
	}
	return sum;
}

/* The same for processors with wider registers. */
static WIDE float sum_up_wide(const struct sketch_query *q, const struct sketch *s)
{
	return sum_up(q, s);
}

float sketch_product(const struct sketch_query *q, const struct sketch *s, float *off)
{
	*off = q->error * (LENGTH_MOST + *s->error) + *s->error * LENGTH_MOST + ROUNDING;
	return HAS_WIDE ? sum_up_wide(q, s) : sum_up(q, s);
}
