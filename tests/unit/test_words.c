/* Words of a question, and what a mistyped one was meant to be. */
#include "unit/check.h"

#include <stdio.h>

#include "base/count.h"
#include "knowledge/vocabulary.h"
#include "knowledge/words.h"

static void forms_of_a_word_have_one_stem(void **state)
{
	static const struct {
		const char *a, *b;
		bool is_same;
	} cases[] = {
		{"certificate", "Certificates", true},
		{"scale", "scaling", true},
		{"scaled", "scales", true},
		{"run", "running", true},
		{"query", "queries", true},
		{"crash", "crashes", true},
		{"expires", "expired", true},
		{"fail", "failing", true},
		{"process", "processes", true},
		{"status", "stats", false},
		{"ring", "r", false},
		{"redis", "red", false},
		{"dns", "dn", false},
		{"502", "50", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str a = str_from(cases[i].a), b = str_from(cases[i].b);
		struct word x, y;

		assert_true(words_next(&a, &x) && words_next(&b, &y));
		if ((strcmp(x.stem, y.stem) == 0) != cases[i].is_same)
			fail_msg("%s is %s, %s is %s", cases[i].a, x.stem, cases[i].b,
				 y.stem);
	}
}

static void words_and_codes_are_told_apart(void **state)
{
	static const struct {
		const char *name, *text, *want; /* each word; a code has a mark */
	} cases[] = {
		{"nothing", " ?! ", ""},
		{"words", "The node's gone.", "the node s gone "},
		{"codes", "AADSTS700016: CrashLoopBackOff",
		 "aadsts700016! crashloopbackoff! "},
		{"names of services", "AKS and DNS", "aks and dns "},
		{"a path", "Microsoft.Sql/servers", "microsoft sql servers "},
		{"other letters", "Größe 5", "größe 5! "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str rest = str_from(cases[i].text);
		struct strbuf got;
		struct word word;

		strbuf_init(&got, 400);
		while (words_next(&rest, &word))
			strbuf_printf(&got, "%s%s ", word.text, word.is_code ? "!" : "");
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
	}
}

static void a_long_word_is_cut(void **state)
{
	char text[200];
	struct str rest;
	struct word word;

	(void)state;
	memset(text, 'x', sizeof(text));
	rest = (struct str){.p = text, .n = sizeof(text)};
	assert_true(words_next(&rest, &word));
	assert_int_equal(strlen(word.text), WORD_MOST - 1);
	assert_int_equal(word.raw.n, sizeof(text));
	assert_int_equal(rest.n, 0);
}

static void names_are_taken_apart(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 100);
	assert_true(words_split_name(STR("CrashLoopBackOff"), &out));
	check_text("camel", strbuf_str(&out), "crash loop back off");
	strbuf_reset(&out);
	assert_false(words_split_name(STR("AADSTS50076"), &out));
	strbuf_fini(&out);
}

static void stops_are_found(void **state)
{
	static const char *const stops[] = {"a", "about", "don", "what", "your", "of"};
	static const char *const others[] = {"", "aa", "database", "zebra", "who's"};

	(void)state;
	for (size_t i = 0; i < COUNT(stops); i++)
		check_case(stops[i], words_is_stop(str_from(stops[i])));
	for (size_t i = 0; i < COUNT(others); i++)
		check_case(others[i], !words_is_stop(str_from(others[i])));
}

static void add_all(struct vocabulary *v, const char *text, int64_t section)
{
	struct str rest = str_from(text);
	struct word word;

	while (words_next(&rest, &word))
		vocabulary_add(v, &word, section);
}

static void slips_are_understood(void **state)
{
	static const struct {
		const char *typed, *want; /* NULL: nobody knows */
	} cases[] = {
		{"databse", "database"},
		{"failvoer", "failover"},
		{"certficate", "certificate"},
		{"replicaton", "replication"},
		{"nods", "node"},
		{"nde", NULL},
		{"zebra", NULL},
		{"fai", NULL},
	};
	struct vocabulary v;

	(void)state;
	vocabulary_init(&v);
	add_all(&v, "database failover certificate replication node", 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str rest = str_from(cases[i].typed);
		const struct known_word *near;
		struct word word;

		assert_true(words_next(&rest, &word));
		near = vocabulary_find(&v, str_from(word.stem));
		if (!near)
			near = vocabulary_nearest(&v, str_from(word.stem));
		check_text(cases[i].typed, str_from(near ? near->text : "-"),
			   cases[i].want ? cases[i].want : "-");
	}
	vocabulary_fini(&v);
}

static void a_section_counts_once(void **state)
{
	const struct known_word *known;
	struct vocabulary v;
	struct str rest = STR("node");
	struct word word;

	(void)state;
	vocabulary_init(&v);
	add_all(&v, "node nodes node", 1);
	add_all(&v, "node", 2);
	add_all(&v, "node", 0);
	known = vocabulary_find(&v, STR("nod"));
	assert_non_null(known);
	assert_int_equal(known->sections, 2);
	assert_true(words_next(&rest, &word));
	vocabulary_remove(&v, &word, 1);
	vocabulary_remove(&v, &word, 1);
	assert_int_equal(known->sections, 1);
	vocabulary_fini(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_of_a_word_have_one_stem),
		cmocka_unit_test(words_and_codes_are_told_apart),
		cmocka_unit_test(a_long_word_is_cut),
		cmocka_unit_test(names_are_taken_apart),
		cmocka_unit_test(stops_are_found),
		cmocka_unit_test(slips_are_understood),
		cmocka_unit_test(a_section_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
