/* Finding texts in bytes, against the plainest way to do it: every place of every small
 * text, folded or not, and runs made to be slow. Thread: the test's. */
#include "stream/needle.h"

#include <stdlib.h>

#include "base/rng.h"
#include "base/xalloc.h"
#include "unit/check.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static ptrdiff_t naive(struct str hay, struct str text, size_t from, bool ignore_case)
{
	for (size_t at = from; at + text.n <= hay.n; at++) {
		size_t i = 0;

		while (i < text.n &&
		       (ignore_case ? lower(hay.p[at + i]) == lower(text.p[i])
				    : hay.p[at + i] == text.p[i]))
			i++;
		if (i == text.n)
			return (ptrdiff_t)at;
	}
	return -1;
}

static void check_all(struct str hay, struct str text, bool is_folded)
{
	struct needle needle;
	ptrdiff_t at = 0;

	needle_init(&needle, text, is_folded);
	for (size_t from = 0; at >= 0; from = (size_t)at + 1) {
		at = needle_find(&needle, hay, from);
		assert_int_equal(at, naive(hay, text, from, is_folded));
	}
	needle_fini(&needle);
}

/* The bytes lie at the end of their memory, so that a sanitizer sees a look behind. */
static void hold(struct rng *rng, const char *alphabet, size_t n_hay, size_t n_text)
{
	char *hay = xmalloc(n_hay + 1), *text = xmalloc(n_text + 1);
	struct str h = {.p = hay, .n = n_hay}, t = {.p = text, .n = n_text};
	int64_t last = (int64_t)strlen(alphabet) - 1;

	for (size_t i = 0; i < n_hay; i++)
		hay[i] = alphabet[rng_range(rng, 0, last)];
	for (size_t i = 0; i < n_text; i++)
		text[i] = alphabet[rng_range(rng, 0, last)];
	check_all(h, t, false);
	check_all(h, t, true);
	free(hay);
	free(text);
}

static void finds_what_a_plain_search_finds(void **state)
{
	static const char *const alphabets[] = {"ab", "aAbB", "abc \n", "ERROR warn:=\n",
						"\x01\x7f\x80\xff@`[{"};
	struct rng rng;

	(void)state;
	rng_init(&rng, 11);
	for (size_t a = 0; a < 5; a++) {
		for (size_t n_text = 0; n_text < 9; n_text++) {
			for (int i = 0; i < 40; i++)
				hold(&rng, alphabets[a], (size_t)rng_range(&rng, 0, 300),
				     n_text);
		}
		hold(&rng, alphabets[a], 400, 100);
	}
}

/* One of its bytes is everywhere and the other one hardly anywhere, or both are rare, or it
 * is there once, at either end: whichever way is taken, it goes on where that stops. */
static void finds_it_however_rare_its_bytes_are(void **state)
{
	static const char *const texts[] = {"q", "qe", "eq", "eeqee", "ee", "qz", "zzzq"};
	struct rng rng;

	(void)state;
	rng_init(&rng, 23);
	for (int i = 0; i < 400; i++) {
		struct str text = str_from(texts[i % 7]);
		int64_t every = rng_range(&rng, 1, 900);
		size_t n = (size_t)rng_range(&rng, 0, 3000);
		char *hay = xmalloc(n + 1);

		for (size_t k = 0; k < n; k++)
			hay[k] = rng_range(&rng, 1, every) == 1 ? 'q' : 'e';
		if (n >= text.n && i % 3)
			memcpy(hay + (i % 3 == 1 ? 0 : n - text.n), text.p, text.n);
		check_all((struct str){.p = hay, .n = n}, text, i % 2);
		free(hay);
	}
}

/* Would be 10^11 comparisons if each place cost the whole text. */
static void long_runs_do_not_hold_it_up(void **state)
{
	enum { HAY = 2000000, TEXT = 60000 };
	char *hay = xmalloc(HAY), *text = xmalloc(TEXT);
	struct needle needle;

	(void)state;
	memset(hay, 'a', HAY);
	memset(text, 'a', TEXT);
	for (size_t i = TEXT - 1; i < HAY; i += TEXT - 1)
		hay[i] = 'b';
	needle_init(&needle, (struct str){.p = text, .n = TEXT}, false);
	assert_int_equal(needle_find(&needle, (struct str){.p = hay, .n = HAY}, 0), -1);
	needle_fini(&needle);
	free(hay);
	free(text);
}

static void counts_and_finds_bytes(void **state)
{
	char hay[9000];
	struct rng rng;

	(void)state;
	rng_init(&rng, 3);
	/* Short lines, then longer ones. */
	for (size_t i = 0; i < sizeof(hay); i++)
		hay[i] = "ab\n\0"[rng_range(&rng, 0, 3)];
	for (size_t i = sizeof(hay) / 2; i < sizeof(hay); i++)
		hay[i] = rng_range(&rng, 0, (int64_t)i / 20) ? 'a' : "\n\0"[i % 2];
	for (size_t from = 0; from < sizeof(hay); from += 97) {
		struct str part = {.p = hay + from, .n = (from * 7) % 4500};
		size_t newlines = 0, first = part.n;

		if (from + part.n > sizeof(hay))
			part.n = sizeof(hay) - from;
		for (size_t i = part.n; i-- > 0;) {
			newlines += part.p[i] == '\n';
			if (part.p[i] == '\n' || !part.p[i])
				first = i;
		}
		assert_int_equal(bytes_count(part, '\n'), newlines);
		assert_int_equal(bytes_find_either(part, 0, '\n', '\0'),
				 first < part.n ? first : part.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_a_plain_search_finds),
		cmocka_unit_test(finds_it_however_rare_its_bytes_are),
		cmocka_unit_test(long_runs_do_not_hold_it_up),
		cmocka_unit_test(counts_and_finds_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
