/* See code32.h. */
#include "act/code32.h"

#include <assert.h>
#include <sodium.h>

enum {
	SYMBOL_BITS = 5,
	CHECK_BITS = CODE32_CHECK_SYMBOLS * SYMBOL_BITS,
	MOST_BITS = 1024
};

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

static unsigned bit_at(const unsigned char *bytes, size_t i)
{
	return bytes[i / 8] >> (7 - i % 8) & 1;
}

static char symbol_at(const unsigned char *bytes, size_t n_bits, size_t at)
{
	unsigned value = 0;

	for (size_t i = at; i < at + SYMBOL_BITS; i++)
		value = value << 1 | (i < n_bits ? bit_at(bytes, i) : 0);
	return alphabet[value];
}

void code32_put(struct strbuf *out, const unsigned char *bytes, size_t n_bits)
{
	for (size_t at = 0; at < n_bits; at += SYMBOL_BITS)
		strbuf_putc(out, symbol_at(bytes, n_bits, at));
}

static void put_check(unsigned char check[crypto_hash_sha256_BYTES],
		      const struct code32 *form, const unsigned char *bytes)
{
	crypto_hash_sha256_state hash;

	crypto_hash_sha256_init(&hash);
	crypto_hash_sha256_update(&hash, (const unsigned char *)form->purpose.p,
				  form->purpose.n);
	crypto_hash_sha256_update(&hash, (const unsigned char *)"", 1);
	crypto_hash_sha256_update(&hash, bytes, (form->n_bits + 7) / 8);
	crypto_hash_sha256_final(&hash, check);
}

void code32_format(struct strbuf *out, const struct code32 *form,
		   const unsigned char *bytes)
{
	unsigned char check[crypto_hash_sha256_BYTES];
	struct strbuf symbols;

	strbuf_init(&symbols, MOST_BITS);
	code32_put(&symbols, bytes, form->n_bits);
	put_check(check, form, bytes);
	code32_put(&symbols, check, CHECK_BITS);
	for (size_t i = 0; i < symbols.n; i++) {
		if (form->group && i && i % form->group == 0)
			strbuf_putc(out, '-');
		strbuf_putc(out, symbols.p[i]);
	}
	strbuf_fini(&symbols);
}

/* -1: no symbol. */
static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	if (c == 'o')
		c = '0';
	if (c == 'i' || c == 'l')
		c = '1';
	for (int i = 0; alphabet[i]; i++) {
		if (alphabet[i] == c)
			return i;
	}
	return -1;
}

/* Cuts the next symbol off; -1: there is none, or the text ends. */
static int next_symbol(struct str *text)
{
	while (text->n) {
		char c = *text->p;

		*text = str_sub(*text, 1, text->n);
		if (c != '-' && c != ' ')
			return value_of(c);
	}
	return -1;
}

/* Bits behind the last whole one must be zero. */
static bool take_bits(struct str *text, unsigned char *bytes, size_t n_bits)
{
	for (size_t i = 0; i < (n_bits + 7) / 8; i++)
		bytes[i] = 0;
	for (size_t at = 0; at < n_bits; at += SYMBOL_BITS) {
		int value = next_symbol(text);

		if (value < 0)
			return false;
		for (size_t i = 0; i < SYMBOL_BITS; i++) {
			unsigned bit = (unsigned)value >> (SYMBOL_BITS - 1 - i) & 1;

			if (bit && at + i >= n_bits)
				return false;
			if (bit)
				bytes[(at + i) / 8] |=
					(unsigned char)(0x80 >> (at + i) % 8);
		}
	}
	return true;
}

bool code32_take(struct str text, unsigned char *bytes, size_t n_bits)
{
	return take_bits(&text, bytes, n_bits) && text.n == 0;
}

bool code32_parse(const struct code32 *form, struct str text, unsigned char *bytes)
{
	unsigned char given[(CHECK_BITS + 7) / 8], check[crypto_hash_sha256_BYTES];

	assert(form->n_bits <= MOST_BITS);
	if (!take_bits(&text, bytes, form->n_bits) ||
	    !take_bits(&text, given, CHECK_BITS))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '-' && text.p[i] != ' ')
			return false;
	}
	put_check(check, form, bytes);
	for (size_t i = 0; i < CHECK_BITS; i++) {
		if (bit_at(given, i) != bit_at(check, i))
			return false;
	}
	return true;
}
