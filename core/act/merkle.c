/* See merkle.h. */
#include "act/merkle.h"

#include <assert.h>
#include <sodium.h>

_Static_assert(MERKLE_BYTES == crypto_hash_sha256_BYTES, "the hash");

struct merkle_hash merkle_leaf(struct str bytes)
{
	static const unsigned char in_front = 0;
	crypto_hash_sha256_state hash;
	struct merkle_hash out;

	crypto_hash_sha256_init(&hash);
	crypto_hash_sha256_update(&hash, &in_front, 1);
	if (bytes.n)
		crypto_hash_sha256_update(&hash, (const unsigned char *)bytes.p, bytes.n);
	crypto_hash_sha256_final(&hash, out.p);
	return out;
}

struct merkle_hash merkle_node(const struct merkle_hash *left,
			       const struct merkle_hash *right)
{
	static const unsigned char in_front = 1;
	crypto_hash_sha256_state hash;
	struct merkle_hash out;

	crypto_hash_sha256_init(&hash);
	crypto_hash_sha256_update(&hash, &in_front, 1);
	crypto_hash_sha256_update(&hash, left->p, MERKLE_BYTES);
	crypto_hash_sha256_update(&hash, right->p, MERKLE_BYTES);
	crypto_hash_sha256_final(&hash, out.p);
	return out;
}

void merkle_push(struct merkle *m, const struct merkle_hash *leaf)
{
	struct merkle_hash sum = *leaf;
	int level = 0;

	for (; m->n >> level & 1; level++)
		sum = merkle_node(&m->peaks[level], &sum);
	assert(level < MERKLE_LEVELS);
	m->peaks[level] = sum;
	m->n++;
}

struct merkle_hash merkle_root(const struct merkle *m)
{
	struct merkle_hash root;
	bool is_begun = false;

	for (int level = 0; level < MERKLE_LEVELS; level++) {
		if (!(m->n >> level & 1))
			continue;
		root = is_begun ? merkle_node(&m->peaks[level], &root) : m->peaks[level];
		is_begun = true;
	}
	if (!is_begun)
		crypto_hash_sha256(root.p, (const unsigned char *)"", 0);
	return root;
}
