/* The tree against the published example of certificate logs, and at every size up to
 * some hundreds against the recursion that defines it. */
#include "unit/check.h"

#include <sodium.h>
#include <stdio.h>

#include "act/merkle.h"
#include "base/secret.h"

static void check_hex(const char *name, const struct merkle_hash *got, const char *want)
{
	char hex[2 * MERKLE_BYTES + 1];

	sodium_bin2hex(hex, sizeof(hex), got->p, sizeof(got->p));
	check_text(name, str_from(hex), want);
}

/* The leaves and roots that implementations of RFC 6962 are tried with. */
static void the_published_example(void **state)
{
	static const struct {
		struct str leaf;
		const char *root;
	} cases[] = {
		{{"", 0},
		 "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
		{{"\x00", 1},
		 "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
		{{"\x10", 1},
		 "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
		{{"\x20\x21", 2},
		 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
		{{"\x30\x31", 2},
		 "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
		{{"\x40\x41\x42\x43", 4},
		 "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
		{{"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
		 "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
		{{"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
		 "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
	};
	struct merkle tree = {0};
	struct merkle_hash root = merkle_root(&tree);

	(void)state;
	check_hex("empty", &root,
		  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct merkle_hash leaf = merkle_leaf(cases[i].leaf);
		char name[16];

		merkle_push(&tree, &leaf);
		root = merkle_root(&tree);
		snprintf(name, sizeof(name), "%zu leaves", i + 1);
		check_hex(name, &root, cases[i].root);
	}
}

enum { MOST = 300 };

/* MTH(D[n]) = node(MTH(D[0:k]), MTH(D[k:n])), k the largest power of two below n. */
static struct merkle_hash defined(const struct merkle_hash *leaves, size_t n)
{
	struct merkle_hash left, right;
	size_t k = 1;

	if (n == 1)
		return leaves[0];
	while (2 * k < n)
		k *= 2;
	left = defined(leaves, k);
	right = defined(leaves + k, n - k);
	return merkle_node(&left, &right);
}

static void every_size(void **state)
{
	struct merkle_hash leaves[MOST];
	struct merkle tree = {0};

	(void)state;
	for (size_t n = 1; n <= MOST; n++) {
		struct merkle_hash want, got;
		char text[16];

		snprintf(text, sizeof(text), "entry %zu", n);
		leaves[n - 1] = merkle_leaf(str_from(text));
		merkle_push(&tree, &leaves[n - 1]);
		want = defined(leaves, n);
		got = merkle_root(&tree);
		assert_int_equal(tree.n, n);
		assert_memory_equal(got.p, want.p, MERKLE_BYTES);
	}
}

/* A node is no leaf, though both are made of 64 bytes. */
static void a_node_is_no_leaf(void **state)
{
	struct merkle_hash a = merkle_leaf(STR("a")), b = merkle_leaf(STR("b"));
	struct merkle_hash node = merkle_node(&a, &b), swapped = merkle_node(&b, &a),
			   leaf;
	char both[2 * MERKLE_BYTES];

	(void)state;
	memcpy(both, a.p, MERKLE_BYTES);
	memcpy(both + MERKLE_BYTES, b.p, MERKLE_BYTES);
	leaf = merkle_leaf((struct str){both, sizeof(both)});
	assert_memory_not_equal(node.p, leaf.p, MERKLE_BYTES);
	assert_memory_not_equal(node.p, swapped.p, MERKLE_BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_example),
		cmocka_unit_test(every_size),
		cmocka_unit_test(a_node_is_no_leaf),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
