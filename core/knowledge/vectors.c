/* See vectors.h. A scan of 10,000 rows is bound by how fast memory is read, so rows lie one
 * after the other, and four lanes are summed beside each other. */
#include "knowledge/vectors.h"

#include <math.h>
#include <string.h>

enum { LANE = 4, LANES = 4, BLOCK = LANE * LANES };

/* Four floats at once, wherever they lie. */
typedef float lane __attribute__((vector_size(LANE * sizeof(float)),
				  aligned(sizeof(float)), may_alias));

void vectors_fini(struct vectors *v)
{
	vec_fini(&v->floats);
	vec_fini(&v->has);
	*v = (struct vectors){.dims = 0};
}

static float product(const float *a, const float *b, size_t n)
{
	lane sum[LANES] = {{0}};

	for (size_t i = 0; i < n; i += BLOCK) {
		const lane *x = (const lane *)(a + i), *y = (const lane *)(b + i);

		sum[0] += x[0] * y[0];
		sum[1] += x[1] * y[1];
		sum[2] += x[2] * y[2];
		sum[3] += x[3] * y[3];
	}
	sum[0] += sum[1] + sum[2] + sum[3];
	return sum[0][0] + sum[0][1] + sum[0][2] + sum[0][3];
}

/* Of length one, with zeros behind. False: it has no direction. */
static bool unit(const float *vector, size_t dims, float *out, size_t stride)
{
	double sum = 0, length;

	for (size_t i = 0; i < dims; i++)
		sum += (double)vector[i] * (double)vector[i];
	length = sqrt(sum);
	if (!isfinite(length) || length < 1e-12)
		return false;
	for (size_t i = 0; i < dims; i++)
		out[i] = (float)((double)vector[i] / length);
	memset(out + dims, 0, (stride - dims) * sizeof(*out));
	return true;
}

static void make_room(struct vectors *v, size_t row)
{
	if (row < v->has.n)
		return;
	vec_reserve(&v->floats, (row + 1) * v->stride);
	vec_reserve(&v->has, row + 1);
	memset(v->has.p + v->has.n, 0, (row + 1 - v->has.n) * sizeof(*v->has.p));
	v->has.n = row + 1;
	v->floats.n = (row + 1) * v->stride;
}

bool vectors_put(struct vectors *v, size_t row, const float *vector, size_t dims)
{
	if (dims < VECTOR_LEAST_DIMS || dims > VECTOR_MOST_DIMS)
		return false;
	/* Whoever has none yet is measured by the next one. */
	if (v->n == 0) {
		v->dims = dims;
		v->stride = (dims + BLOCK - 1) / BLOCK * BLOCK;
		v->has.n = v->floats.n = 0;
	}
	if (dims != v->dims)
		return false;
	make_room(v, row);
	if (!unit(vector, dims, v->floats.p + row * v->stride, v->stride))
		return false;
	v->n += !v->has.p[row];
	v->has.p[row] = true;
	return true;
}

void vectors_drop(struct vectors *v, size_t row)
{
	if (!vectors_has(v, row))
		return;
	v->has.p[row] = false;
	v->n--;
}

bool vectors_has(const struct vectors *v, size_t row)
{
	return row < v->has.n && v->has.p[row];
}

static size_t put_hit(struct vector_hit *out, size_t n, size_t most,
		      struct vector_hit hit)
{
	size_t at = n;

	while (at > 0 && out[at - 1].cosine < hit.cosine)
		at--;
	if (at == most)
		return n;
	n += n < most;
	memmove(&out[at + 1], &out[at], (n - at - 1) * sizeof(*out));
	out[at] = hit;
	return n;
}

size_t vectors_nearest(const struct vectors *v, const float *vector, size_t dims,
		       struct vector_hit *out, size_t most)
{
	float query[VECTOR_MOST_DIMS];
	size_t n = 0;

	if (!v->n || dims != v->dims || !unit(vector, dims, query, v->stride))
		return 0;
	for (size_t row = 0; row < v->has.n; row++) {
		struct vector_hit hit = {.row = row};

		if (!v->has.p[row])
			continue;
		hit.cosine = product(query, v->floats.p + row * v->stride, v->stride);
		n = put_hit(out, n, most, hit);
	}
	return n;
}
