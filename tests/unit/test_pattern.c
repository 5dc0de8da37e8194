/* match(): words and regular expressions say the same, before and after a pattern has
 * become machine code. */
#include "query/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "query/plain.h"

static const struct {
	const char *pattern;
	bool is_plain;
} patterns[] = {
	{"Failed", true},
	{"Failed|Unhealthy", true},
	{"^Failed", true},
	{"Failed$", true},
	{"^Failed$", true},
	{"^Fail|ed$|^a word$", true},
	{"(?i)fail", true},
	{"(?i)^fail|HEALTHY$", true},
	{"a b-c/d:e", true},
	{"\xc3\xa9t\xc3\xa9", true},
	{"", false},
	{"^", false},
	{"a||b", false},
	{"a|", false},
	{"|a", false},
	{"Fail.d", false},
	{"fail\\d", false},
	{"(main|master)", false},
	{"[Ff]ailed", false},
	{"fa*", false},
	{"a$b", false},
	{"a^b", false},
	{"(?i)\xc3\xa9", false},
	{"(?i)kelvin", false},
	{"(?i)states", false},
	{"(?s)fail", false},
	{"a{2}", false},
};

static const char *const texts[] = {
	"",
	"\n",
	"a",
	"aa",
	"b",
	"Failed",
	"Failed\n",
	"Failed\n\n",
	"\nFailed",
	"not Failed",
	"not failed today",
	"FAILED",
	"Unhealthy",
	"unHealthy\n",
	"a word",
	"a word\n",
	"ed",
	"needed",
	"Fail",
	"an a b-c/d:e",
	"\xc3\xa9t\xc3\xa9",
	"\xc3\x89T\xc3\x89",
	"\xe2\x84\xaa"
	"elvin",
	"\xc5\xbftates",
	"main",
	"fail7",
	"not UTF-8: Failed \xff",
};
enum {
	PATTERNS = sizeof(patterns) / sizeof(*patterns),
	TEXTS = sizeof(texts) / sizeof(*texts)
};

static struct pattern *compile(const char *text)
{
	struct query_error qe;
	struct pattern *p = pattern_new(str_from(text), 0, &qe);

	if (!p)
		fail_msg("%s: %s", text, qe.text);
	return p;
}

static void test_words_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < PATTERNS; i++) {
		struct plain *plain = plain_new(str_from(patterns[i].pattern));

		if ((plain != NULL) != patterns[i].is_plain)
			fail_msg("\"%s\" is %s", patterns[i].pattern,
				 plain ? "plain" : "not plain");
		plain_free(plain);
	}
}

/* In parentheses no pattern is plain. */
static void test_words_say_what_pcre_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < PATTERNS; i++) {
		struct pattern *p = compile(patterns[i].pattern), *same;
		struct strbuf wrapped;

		strbuf_init(&wrapped, 200);
		strbuf_printf(&wrapped, "(?:%s)", patterns[i].pattern);
		same = compile(wrapped.p);
		for (size_t k = 0; k < TEXTS; k++) {
			struct str text = str_from(texts[k]);

			if (pattern_match(p, text) != pattern_match(same, text))
				fail_msg("\"%s\" in \"%s\": %s", patterns[i].pattern,
					 texts[k],
					 pattern_match(p, text) == PATTERN_MATCH
						 ? "a match"
						 : "no match");
		}
		strbuf_fini(&wrapped);
		pattern_free(same);
		pattern_free(p);
	}
}

static void test_many_matches_say_the_same(void **state)
{
	struct pattern *p = compile("^[a-z]+-(0|[1-9][0-9]*)$");

	(void)state;
	for (int i = 0; i < 3000; i++) {
		char text[32];
		bool is_good = i % 3 != 0;

		snprintf(text, sizeof(text), is_good ? "pool-%d" : "pool-0%d", i);
		if (i == 0)
			continue;
		if ((pattern_match(p, str_from(text)) == PATTERN_MATCH) != is_good)
			fail_msg("%s at match %d", text, i);
	}
	pattern_free(p);
}

/* As machine code as well, a pattern that goes on without end is told. */
static void test_work_is_bounded(void **state)
{
	struct pattern *p = compile("^(a|aa)+$");
	const char *text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";

	(void)state;
	assert_int_equal(pattern_match(p, str_from(text)), PATTERN_TOO_MUCH_WORK);
	for (int i = 0; i < 2000; i++)
		assert_int_equal(pattern_match(p, STR("aaa")), PATTERN_MATCH);
	assert_int_equal(pattern_match(p, str_from(text)), PATTERN_TOO_MUCH_WORK);
	pattern_free(p);
}

static void test_what_is_wrong_is_told(void **state)
{
	struct query_error qe;

	(void)state;
	assert_null(pattern_new(STR("a(b"), 7, &qe));
	assert_int_equal(qe.class, QUERY_INVALID_VALUE);
	assert_int_equal(qe.offset, 7);
	assert_null(pattern_new(STR("word\xff"), 0, &qe));
	assert_int_equal(qe.class, QUERY_INVALID_VALUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_told_apart),
		cmocka_unit_test(test_words_say_what_pcre_says),
		cmocka_unit_test(test_many_matches_say_the_same),
		cmocka_unit_test(test_work_is_bounded),
		cmocka_unit_test(test_what_is_wrong_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
