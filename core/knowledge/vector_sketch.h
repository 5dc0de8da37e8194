/* Vectors of length one in a byte a dimension, and how far a product of such a sketch can
 * be from the real one: what cannot be near by its sketch need not be read, which is a
 * quarter of the memory to go through. Thread: any (no state). */
#ifndef AZ_KNOWLEDGE_VECTOR_SKETCH_H
#define AZ_KNOWLEDGE_VECTOR_SKETCH_H

#include <stddef.h>
#include <stdint.h>

enum {
	VECTOR_MOST_DIMS = 4096,
	/* Dimensions that share a scale, so that a single large one spoils few. */
	SKETCH_BLOCK = 64,
	SKETCH_MOST_BLOCKS = VECTOR_MOST_DIMS / SKETCH_BLOCK,
};

/* One row: code times step is about the dimension. */
struct sketch {
	int8_t *codes; /* SKETCH_BLOCK for each block */
	float *steps;  /* one for each block */
	float *error;  /* the length of what it leaves out, at most */
};

/* What is asked for, with codes of its own: finer, for there is one of it alone. */
struct sketch_query {
	size_t blocks;
	int16_t codes[VECTOR_MOST_DIMS];
	float steps[SKETCH_MOST_BLOCKS];
	float error;
};

/* `unit` has the length one and whole blocks. */
void sketch_make(const struct sketch *s, const float *unit, size_t blocks);
void sketch_ask(struct sketch_query *q, const float *unit, size_t blocks);

/* The product, and in *off by how much the real one, however its floats are summed up, is
 * more or less at most. */
float sketch_product(const struct sketch_query *q, const struct sketch *s, float *off);

#endif
