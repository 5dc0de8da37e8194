/* See bytes.h. Seven bits a byte, the lowest first; the top bit says that more come. */
#include "store/bytes.h"

#include <string.h>

void bytes_put_size(struct strbuf *out, uint64_t value)
{
	char text[10];
	size_t n = 0;

	while (value >= 0x80) {
		text[n++] = (char)(value | 0x80);
		value >>= 7;
	}
	text[n++] = (char)value;
	strbuf_put(out, (struct str){.p = text, .n = n});
}

void bytes_put_i64(struct strbuf *out, int64_t value)
{
	uint64_t sign = value < 0 ? UINT64_MAX : 0;

	bytes_put_size(out, ((uint64_t)value << 1) ^ sign);
}

/* Low byte first, whatever the machine: a file may move to another one. */
static void put_fixed(struct strbuf *out, uint64_t bits, size_t n)
{
	char text[8];

	for (size_t i = 0; i < n; i++)
		text[i] = (char)(bits >> (8 * i));
	strbuf_put(out, (struct str){.p = text, .n = n});
}

void bytes_put_float(struct strbuf *out, float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	put_fixed(out, bits, sizeof(bits));
}

void bytes_put_double(struct strbuf *out, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	put_fixed(out, bits, sizeof(bits));
}

void bytes_put_text(struct strbuf *out, struct str text)
{
	bytes_put_size(out, text.n);
	strbuf_put(out, text);
}

static bool fail(struct str *from)
{
	from->n = 0;
	return false;
}

static void skip(struct str *from, size_t n)
{
	from->p += n;
	from->n -= n;
}

bool bytes_get_byte(struct str *from, uint8_t *value)
{
	if (from->n == 0)
		return false;
	*value = (uint8_t)from->p[0];
	skip(from, 1);
	return true;
}

bool bytes_get_size(struct str *from, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < from->n && i < 10; i++) {
		uint8_t byte = (uint8_t)from->p[i];

		*value |= (uint64_t)(byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			skip(from, i + 1);
			return true;
		}
	}
	return fail(from);
}

bool bytes_get_i64(struct str *from, int64_t *value)
{
	uint64_t bits;

	if (!bytes_get_size(from, &bits))
		return false;
	*value = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
	return true;
}

static bool get_fixed(struct str *from, uint64_t *bits, size_t n)
{
	if (from->n < n)
		return fail(from);
	*bits = 0;
	for (size_t i = 0; i < n; i++)
		*bits |= (uint64_t)(uint8_t)from->p[i] << (8 * i);
	skip(from, n);
	return true;
}

bool bytes_get_float(struct str *from, float *value)
{
	uint64_t bits;
	uint32_t low;

	if (!get_fixed(from, &bits, sizeof(low)))
		return false;
	low = (uint32_t)bits;
	memcpy(value, &low, sizeof(low));
	return true;
}

bool bytes_get_double(struct str *from, double *value)
{
	uint64_t bits;

	if (!get_fixed(from, &bits, sizeof(bits)))
		return false;
	memcpy(value, &bits, sizeof(bits));
	return true;
}

bool bytes_get_text(struct str *from, struct str *text)
{
	uint64_t n;

	if (!bytes_get_size(from, &n))
		return false;
	if (n > from->n)
		return fail(from);
	*text = (struct str){.p = from->p, .n = (size_t)n};
	skip(from, (size_t)n);
	return true;
}
