/* The arena: alignment, growth, reset, and handing memory over. */
#include "unit/check.h"

#include "base/arena.h"

static void allocations_are_aligned_and_apart(void **state)
{
	struct arena a;
	char *last = NULL;

	(void)state;
	arena_init(&a);
	for (size_t n = 1; n < 3000; n += 37) {
		char *p = arena_alloc(&a, n);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		memset(p, (int)(n & 0xff), n);
		if (last)
			assert_int_equal((unsigned char)*last, (n - 37) & 0xff);
		last = p;
	}
	assert_true(a.bytes >= 3000);
	arena_fini(&a);
	assert_int_equal(a.bytes, 0);
}

static void texts_are_terminated_copies(void **state)
{
	char source[] = "Atlas";
	struct arena a;
	struct str copy;

	(void)state;
	arena_init(&a);
	copy = arena_str(&a, str_from(source));
	source[0] = 'x';
	check_text("copy", copy, "Atlas");
	assert_int_equal(copy.p[copy.n], '\0');
	check_text("empty", arena_str(&a, (struct str){0}), "");
	arena_fini(&a);
}

static void large_pieces_get_their_own_chunk(void **state)
{
	struct arena a;
	char *big;

	(void)state;
	arena_init(&a);
	big = arena_calloc(&a, 1024, 1024);
	assert_int_equal(big[1024 * 1024 - 1], 0);
	memset(big, 1, 1024 * 1024);
	assert_non_null(arena_alloc(&a, 10));
	arena_reset(&a);
	assert_non_null(arena_alloc(&a, 10));
	arena_fini(&a);
}

static void give_moves_everything(void **state)
{
	struct arena from, to;
	char *text;

	(void)state;
	arena_init(&from);
	arena_init(&to);
	text = arena_strdup(&from, STR("kept"));
	arena_strdup(&to, STR("own"));
	arena_give(&to, &from);
	assert_null(from.head);
	assert_int_equal(from.bytes, 0);
	arena_fini(&from);
	assert_string_equal(text, "kept");
	arena_fini(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(allocations_are_aligned_and_apart),
		cmocka_unit_test(texts_are_terminated_copies),
		cmocka_unit_test(large_pieces_get_their_own_chunk),
		cmocka_unit_test(give_moves_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
