/* See checkpoint.h. */
#include "act/checkpoint.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "act/code32.h"

enum {
	N_BITS = 30,
	ALL_BITS = N_BITS + CHECKPOINT_ROOT_BITS,
	ALL_BYTES = (ALL_BITS + 7) / 8,
	GROUP = 5
};

static const struct code32 form = {
	.purpose = {"azdeck checkpoint v1", 20},
	.n_bits = ALL_BITS,
	.group = GROUP,
};

static void set_bit(unsigned char *bytes, size_t i)
{
	bytes[i / 8] |= (unsigned char)(0x80 >> i % 8);
}

static bool get_bit(const unsigned char *bytes, size_t i)
{
	return bytes[i / 8] >> (7 - i % 8) & 1;
}

struct checkpoint checkpoint_of(const struct merkle *tree)
{
	struct merkle_hash root = merkle_root(tree);
	struct checkpoint c = {.n = tree->n};

	assert(tree->n <= CHECKPOINT_MOST);
	memcpy(c.root, root.p, sizeof(c.root));
	c.root[CHECKPOINT_BYTES - 1] &= 0xf0;
	return c;
}

void checkpoint_format(struct strbuf *out, const struct checkpoint *c)
{
	unsigned char bytes[ALL_BYTES] = {0};

	for (size_t i = 0; i < N_BITS; i++) {
		if (c->n >> (N_BITS - 1 - i) & 1)
			set_bit(bytes, i);
	}
	for (size_t i = 0; i < CHECKPOINT_ROOT_BITS; i++) {
		if (get_bit(c->root, i))
			set_bit(bytes, N_BITS + i);
	}
	code32_format(out, &form, bytes);
}

bool checkpoint_parse(struct str text, struct checkpoint *out, struct err *err)
{
	unsigned char bytes[ALL_BYTES];

	*out = (struct checkpoint){0};
	if (!code32_parse(&form, text, bytes))
		return err_set(
			err, ERR_USAGE,
			"\"%.*s\" is no checkpoint, or a letter of it is wrong; it "
			"is six groups of five, as `azdeck audit checkpoint` "
			"prints them",
			(int)(text.n < 60 ? text.n : 60), text.p ? text.p : "");
	for (size_t i = 0; i < N_BITS; i++)
		out->n = out->n << 1 | get_bit(bytes, i);
	for (size_t i = 0; i < CHECKPOINT_ROOT_BITS; i++) {
		if (get_bit(bytes, N_BITS + i))
			set_bit(out->root, i);
	}
	return true;
}

bool checkpoint_equal(const struct checkpoint *a, const struct checkpoint *b)
{
	return a->n == b->n && sodium_memcmp(a->root, b->root, sizeof(a->root)) == 0;
}
