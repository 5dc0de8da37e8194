/* See pack.h. Numbers begin with the low byte. */
#include "auth/pack.h"

static void put(struct pack_writer *w, const void *bytes, size_t n)
{
	if (w->p && n)
		memcpy(w->p + w->n, bytes, n);
	w->n += n;
}

static void put_number(struct pack_writer *w, uint64_t value, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char byte = (unsigned char)(value >> 8 * i);

		put(w, &byte, 1);
	}
}

void pack_u32(struct pack_writer *w, uint32_t value)
{
	put_number(w, value, 4);
}

void pack_i64(struct pack_writer *w, int64_t value)
{
	put_number(w, (uint64_t)value, 8);
}

void pack_text(struct pack_writer *w, struct str text)
{
	pack_u32(w, (uint32_t)text.n);
	put(w, text.p, text.n);
}

static struct str take(struct pack_reader *r, size_t n)
{
	struct str got = str_sub(r->rest, 0, n);

	if (r->is_bad || got.n < n) {
		r->is_bad = true;
		return (struct str){0};
	}
	r->rest = str_sub(r->rest, n, r->rest.n);
	return got;
}

static uint64_t take_number(struct pack_reader *r, size_t n)
{
	struct str bytes = take(r, n);
	uint64_t value = 0;

	for (size_t i = 0; i < bytes.n; i++)
		value |= (uint64_t)(unsigned char)bytes.p[i] << 8 * i;
	return value;
}

uint32_t unpack_u32(struct pack_reader *r)
{
	return (uint32_t)take_number(r, 4);
}

int64_t unpack_i64(struct pack_reader *r)
{
	return (int64_t)take_number(r, 8);
}

struct str unpack_text(struct pack_reader *r, size_t max)
{
	uint32_t n = unpack_u32(r);

	if (n > max)
		r->is_bad = true;
	return take(r, n);
}
