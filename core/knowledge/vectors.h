/* Vectors in memory, one a row, and those nearest to another one. What is found is exact:
 * all of them are compared by a sketch, and all that might be among the nearest in full.
 * They are made of length one: a product is a cosine then.
 * Thread: one at a time; vectors_nearest: any, while nobody changes them. */
#ifndef AZ_KNOWLEDGE_VECTORS_H
#define AZ_KNOWLEDGE_VECTORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/vec.h"
#include "knowledge/vector_sketch.h"

enum { VECTOR_LEAST_DIMS = 8 };

struct vectors {
	size_t dims;   /* of the first one that was put; 0: none was */
	size_t blocks; /* a row: whole ones, the rest is zero */
	size_t n;      /* rows that have one */
	VEC(float) floats;
	/* its sketch: a fourth of that again */
	VEC(int8_t) codes;
	VEC(float) steps;
	VEC(float) errors;
	VEC(bool) has;
};

struct vector_hit {
	size_t row;
	float cosine;
};

void vectors_fini(struct vectors *v);
/* False: it has another number of dimensions than the others, or too few or too many, is
 * nothing but zeros, or has something in it that is no number. */
bool vectors_put(struct vectors *v, size_t row, const float *vector,
		 size_t dims) MUST_CHECK;
void vectors_drop(struct vectors *v, size_t row);
bool vectors_has(const struct vectors *v, size_t row);
/* The nearest first; of two as near the lower row. None where the dimensions differ. */
size_t vectors_nearest(const struct vectors *v, const float *vector, size_t dims,
		       struct vector_hit *out, size_t most);

#endif
