/* See vectors.h. What is found in 10,000 rows is bound by how fast memory is read, so the
 * sketches lie one after the other, and of the vectors few are read. */
#include "knowledge/vectors.h"

#include <math.h>
#include <string.h>

#include "base/xalloc.h"

enum { LANE = 4, LANES = 4, BLOCK = LANE * LANES };

/* Four floats at once, wherever they lie. */
typedef float lane __attribute__((vector_size(LANE * sizeof(float)),
				  aligned(sizeof(float)), may_alias));

void vectors_fini(struct vectors *v)
{
	vec_fini(&v->floats);
	vec_fini(&v->codes);
	vec_fini(&v->steps);
	vec_fini(&v->errors);
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

static size_t stride(const struct vectors *v)
{
	return v->blocks * SKETCH_BLOCK;
}

/* Of length one, with zeros behind. False: it has no direction. */
static bool unit(const struct vectors *v, const float *vector, float *out)
{
	double sum = 0, length;

	for (size_t i = 0; i < v->dims; i++)
		sum += (double)vector[i] * (double)vector[i];
	length = sqrt(sum);
	if (!isfinite(length) || length < 1e-12)
		return false;
	for (size_t i = 0; i < v->dims; i++)
		out[i] = (float)((double)vector[i] / length);
	memset(out + v->dims, 0, (stride(v) - v->dims) * sizeof(*out));
	return true;
}

static const float *floats_of(const struct vectors *v, size_t row)
{
	return v->floats.p + row * stride(v);
}

static struct sketch sketch_of(const struct vectors *v, size_t row)
{
	return (struct sketch){.codes = v->codes.p + row * stride(v),
			       .steps = v->steps.p + row * v->blocks,
			       .error = v->errors.p + row};
}

static void make_room(struct vectors *v, size_t row)
{
	if (row < v->has.n)
		return;
	vec_reserve(&v->floats, (row + 1) * stride(v));
	vec_reserve(&v->codes, (row + 1) * stride(v));
	vec_reserve(&v->steps, (row + 1) * v->blocks);
	vec_reserve(&v->errors, row + 1);
	vec_reserve(&v->has, row + 1);
	memset(v->has.p + v->has.n, 0, (row + 1 - v->has.n) * sizeof(*v->has.p));
	v->has.n = row + 1;
}

bool vectors_put(struct vectors *v, size_t row, const float *vector, size_t dims)
{
	struct sketch sketch;
	float *floats;

	if (dims < VECTOR_LEAST_DIMS || dims > VECTOR_MOST_DIMS)
		return false;
	/* Whoever has none yet is measured by the next one. */
	if (v->n == 0) {
		v->dims = dims;
		v->blocks = (dims + SKETCH_BLOCK - 1) / SKETCH_BLOCK;
		v->has.n = 0;
	}
	if (dims != v->dims)
		return false;
	make_room(v, row);
	floats = v->floats.p + row * stride(v);
	if (!unit(v, vector, floats))
		return false;
	sketch = sketch_of(v, row);
	sketch_make(&sketch, floats, v->blocks);
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

/* How near each row can be at most. The nearest that they are at least: what cannot come up
 * to the last of those is not among the nearest. */
static float reaches(const struct vectors *v, const struct sketch_query *query,
		     float *reach, struct vector_hit *least, size_t most)
{
	size_t n = 0;

	for (size_t row = 0; row < v->has.n; row++) {
		struct sketch sketch = sketch_of(v, row);
		float product, off;

		if (!v->has.p[row])
			continue;
		product = sketch_product(query, &sketch, &off);
		reach[row] = product + off;
		n = put_hit(least, n, most,
			    (struct vector_hit){.row = row, .cosine = product - off});
	}
	return n == most ? least[n - 1].cosine : -INFINITY;
}

size_t vectors_nearest(const struct vectors *v, const float *vector, size_t dims,
		       struct vector_hit *out, size_t most)
{
	float floats[VECTOR_MOST_DIMS], *reach, least;
	struct sketch_query query;
	size_t n = 0;

	if (!v->n || !most || dims != v->dims || !unit(v, vector, floats))
		return 0;
	sketch_ask(&query, floats, v->blocks);
	reach = xcalloc(v->has.n, sizeof(*reach));
	least = reaches(v, &query, reach, out, most);
	for (size_t row = 0; row < v->has.n; row++) {
		struct vector_hit hit = {.row = row};

		if (!v->has.p[row] || reach[row] < least)
			continue;
		hit.cosine = product(floats, floats_of(v, row), stride(v));
		n = put_hit(out, n, most, hit);
		if (n == most && out[n - 1].cosine > least)
			least = out[n - 1].cosine;
	}
	free(reach);
	return n;
}
