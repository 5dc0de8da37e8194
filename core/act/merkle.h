/* The hash tree of RFC 6962 (SHA-256, one byte in front of leaves, another in front of
 * nodes), of which only the edge is kept: leaves are added at the end, and the root is
 * known at any size. Thread: one owner. */
#ifndef AZ_ACT_MERKLE_H
#define AZ_ACT_MERKLE_H

#include <stdint.h>

#include "base/str.h"

enum { MERKLE_BYTES = 32, MERKLE_LEVELS = 40 };

struct merkle_hash {
	unsigned char p[MERKLE_BYTES];
};

struct merkle {
	uint64_t n;
	/* Of the whole subtree of 2^i leaves, where bit i of n is set. */
	struct merkle_hash peaks[MERKLE_LEVELS];
};

struct merkle_hash merkle_leaf(struct str bytes);
struct merkle_hash merkle_node(const struct merkle_hash *left,
			       const struct merkle_hash *right);
/* A zeroed tree is empty. */
void merkle_push(struct merkle *m, const struct merkle_hash *leaf);
struct merkle_hash merkle_root(const struct merkle *m);

#endif
