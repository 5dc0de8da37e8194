/* Codes that are read aloud: what is forgiven, and that a wrong letter is noticed. */
#include "unit/check.h"

#include <stdio.h>

#include "act/checkpoint.h"
#include "act/code32.h"
#include "base/secret.h"

static struct checkpoint of_size(uint64_t n)
{
	struct merkle tree = {0};

	for (uint64_t i = 0; i < n; i++) {
		struct merkle_hash leaf = merkle_leaf(STR("entry"));

		merkle_push(&tree, &leaf);
	}
	return checkpoint_of(&tree);
}

static void there_and_back(void **state)
{
	static const uint64_t sizes[] = {0, 1, 2, 57, 1000};
	struct strbuf code;

	(void)state;
	strbuf_init(&code, 64);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct checkpoint c = of_size(sizes[i]), back;
		struct err err;

		strbuf_reset(&code);
		checkpoint_format(&code, &c);
		assert_int_equal(code.n, 35);
		assert_true(checkpoint_parse(strbuf_str(&code), &back, &err));
		assert_int_equal(back.n, sizes[i]);
		assert_true(checkpoint_equal(&c, &back));
	}
	/* The largest there is. */
	strbuf_reset(&code);
	checkpoint_format(&code, &(struct checkpoint){.n = CHECKPOINT_MOST});
	assert_true(checkpoint_parse(strbuf_str(&code), &(struct checkpoint){0},
				     &(struct err){0}));
	strbuf_fini(&code);
}

/* Written down by hand once, so that codes of today can be read in years. */
static void the_form_stays(void **state)
{
	struct checkpoint c = of_size(57);
	struct strbuf code;

	(void)state;
	strbuf_init(&code, 64);
	checkpoint_format(&code, &c);
	check_text("57 entries", strbuf_str(&code),
		   "00001-seqhz-ntwvp-n7dsx-e3zxn-ds01y");
	strbuf_fini(&code);
}

static void what_reading_aloud_does(void **state)
{
	struct checkpoint c = of_size(57), back;
	struct strbuf code, other;
	struct err err;

	(void)state;
	strbuf_init(&code, 64);
	strbuf_init(&other, 128);
	checkpoint_format(&code, &c);
	for (size_t i = 0; i < code.n; i++) {
		char letter = code.p[i];

		if (letter >= 'a' && letter <= 'z')
			letter = (char)(letter - 'a' + 'A');
		if (letter == '0')
			letter = 'O';
		if (letter == '1')
			letter = i % 2 ? 'l' : 'I';
		strbuf_putc(&other, letter == '-' ? ' ' : letter);
	}
	strbuf_puts(&other, " -");
	assert_true(checkpoint_parse(strbuf_str(&other), &back, &err));
	assert_true(checkpoint_equal(&c, &back));
	strbuf_fini(&code);
	strbuf_fini(&other);
}

/* Every other letter at every place, every exchange of two neighbours, every cut. */
static void mistakes_are_noticed(void **state)
{
	static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
	struct checkpoint c = of_size(57), back;
	struct strbuf code;
	struct err err;

	(void)state;
	strbuf_init(&code, 64);
	checkpoint_format(&code, &c);
	for (size_t i = 0; i < code.n; i++) {
		char right = code.p[i];

		assert_false(
			checkpoint_parse(str_sub(strbuf_str(&code), 0, i), &back, &err));
		if (right == '-')
			continue;
		for (const char *wrong = letters; *wrong; wrong++) {
			code.p[i] = *wrong;
			if (*wrong != right &&
			    checkpoint_parse(strbuf_str(&code), &back, &err))
				fail_msg("letter %zu as %c is not noticed", i, *wrong);
		}
		code.p[i] = right;
		if (i + 1 < code.n && code.p[i + 1] != '-' && code.p[i + 1] != right) {
			code.p[i] = code.p[i + 1];
			code.p[i + 1] = right;
			assert_false(checkpoint_parse(strbuf_str(&code), &back, &err));
			code.p[i + 1] = code.p[i];
			code.p[i] = right;
		}
	}
	strbuf_putc(&code, '0');
	assert_false(checkpoint_parse(strbuf_str(&code), &back, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "azdeck audit checkpoint"));
	strbuf_fini(&code);
}

static void no_codes(void **state)
{
	static const char *const cases[] = {"",
					    "-",
					    "u",
					    "hello",
					    "00000-00000",
					    "00000-00000-00000-00000-00000-00000",
					    "zzzzz-zzzzz-zzzzz-zzzzz-zzzzz-zzzzz",
					    "00000-00000-00000-00000-00000-0000\x80"};
	struct checkpoint c;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_case(cases[i], !checkpoint_parse(str_from(cases[i]), &c, &err));
}

/* A code for one thing is none for another, and bits that do not fill a symbol are
 * zero. */
static void codes_have_a_purpose(void **state)
{
	const struct code32 one = {.purpose = STR("one"), .n_bits = 7};
	const struct code32 two = {.purpose = STR("two"), .n_bits = 7};
	unsigned char bits = 0xa4, back;
	struct strbuf code;

	(void)state;
	strbuf_init(&code, 64);
	code32_format(&code, &one, &bits);
	assert_int_equal(code.n, 2 + CODE32_CHECK_SYMBOLS);
	assert_true(code32_parse(&one, strbuf_str(&code), &back));
	assert_int_equal(back, bits);
	assert_false(code32_parse(&two, strbuf_str(&code), &back));
	code.p[1] = '1';
	assert_false(code32_parse(&one, strbuf_str(&code), &back));
	strbuf_fini(&code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(the_form_stays),
		cmocka_unit_test(what_reading_aloud_does),
		cmocka_unit_test(mistakes_are_noticed),
		cmocka_unit_test(no_codes),
		cmocka_unit_test(codes_have_a_purpose),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
