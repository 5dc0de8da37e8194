/* Hostile expressions and documents: past a limit there is an error that says
 * so, never a crash, and just below it there is a result. */
#include "unit/check.h"

#include <stdio.h>

#include "base/json.h"
#include "query/query.h"

enum { LARGE = 1 << 20 };

/* `times` repetitions between two ends. */
static void repeat(struct strbuf *out, const char *head, const char *part, size_t times,
		   const char *tail)
{
	strbuf_init(out, LARGE * 4);
	strbuf_puts(out, head);
	while (times--)
		strbuf_puts(out, part);
	strbuf_puts(out, tail);
	assert_false(out->overflow);
}

/* Evaluates over `document` and gives the class of the error, QUERY_OK without. */
static enum query_error_class run(struct str expression, const cJSON *document,
				  char text[200])
{
	struct query_error qe;
	struct query *q = query_compile(expression, &qe);
	struct query_value v;
	struct strbuf out;
	struct arena arena;
	struct query_env env = {.now_ms = 0, .arena = &arena};

	arena_init(&arena);
	if (q && query_eval(q, document, &env, &v, &qe)) {
		strbuf_init(&out, LARGE);
		query_print(&out, &v);
		strbuf_fini(&out);
	}
	assert_true(qe.offset <= expression.n);
	snprintf(text, 200, "%s", qe.text);
	query_free(q);
	arena_fini(&arena);
	return qe.class;
}

/* A NUL in a name of the expression: the document's names end at theirs. */
static void a_nul_in_a_name_is_no_end(void **state)
{
	struct err err;
	cJSON *tree = json_parse(STR("{\"l\":[{\"a\":1}],\"o\":{\"a\":1}}"), &json_wire,
				 NULL, &err);
	static const char *const expressions[] = {
		"lookup(l, `\"a\\u0000bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"`, `1`)",
		"`{\"a\\u0000bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\":1}` == o",
		"o == `{\"a\\u0000bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\":1}`",
	};
	char text[200];

	(void)state;
	assert_non_null(tree);
	for (size_t i = 0; i < sizeof(expressions) / sizeof(*expressions); i++)
		check_case(expressions[i],
			   run(str_from(expressions[i]), tree, text) == QUERY_OK);
	cJSON_Delete(tree);
}

static void deep_expressions_are_errors(void **state)
{
	static const struct {
		const char *name, *head, *part;
		size_t good, bad;
		const char *middle, *close, *tail;
	} cases[] = {
		{"brackets", "", "(", 300, 20000, "a", ")", ""},
		{"not", "", "!", 300, 60000, "a", "", ""},
		{"lists", "", "[", 300, 20000, "a", "]", ""},
		{"hashes", "", "{a:", 300, 15000, "a", "}", ""},
		{"calls", "", "abs(", 300, 10000, "a", ")", ""},
		{"references", "", "map(&a,", 190, 8000, "a", ")", ""},
		{"filters", "a", "[?a", 190, 15000, "", "]", ""},
		{"left open", "", "[", 0, 60000, "", "", ""},
		{"call left open", "", "abs(", 0, 15000, "", "", ""},
		{"fields", "a", ".a", 300, 20000, "", "", ""},
		{"or", "a", "||a", 300, 20000, "", "", ""},
		{"and", "a", "&&a", 300, 20000, "", "", ""},
		{"comparisons", "a", "==a", 300, 20000, "", "", ""},
		{"pipes", "a", "|a", 300, 20000, "", "", ""},
		{"flattening", "a", "[]", 150, 20000, "", "", ""},
		{"projections", "a", "[*]", 300, 20000, "", "", ""},
		{"values", "a", ".*", 300, 20000, "", "", ""},
		{"indexes", "a", "[0]", 300, 20000, "", "", ""},
		{"slices", "a", "[:]", 150, 20000, "", "", ""},
	};
	cJSON *document = cJSON_Parse("{\"a\": null}");
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		for (int is_bad = 0; is_bad < 2; is_bad++) {
			size_t times = is_bad ? cases[i].bad : cases[i].good;
			struct strbuf all;
			enum query_error_class class;

			if (times == 0)
				continue;
			repeat(&all, cases[i].head, cases[i].part, times,
			       cases[i].middle);
			while (times--)
				strbuf_puts(&all, cases[i].close);
			class = run(strbuf_str(&all), document, text);
			strbuf_fini(&all);
			/* abs(null) and map() of null are errors of type. */
			if (is_bad)
				check_case(cases[i].name,
					   class == QUERY_SYNTAX && strstr(text, "deep"));
			else
				check_case(cases[i].name,
					   class == QUERY_OK ||
						   class == QUERY_INVALID_TYPE);
		}
	}
	cJSON_Delete(document);
}

static void long_expressions_are_errors(void **state)
{
	static const struct {
		const char *name, *head, *part, *tail;
		size_t times;
		enum query_error_class class;
		const char *text;
	} cases[] = {
		{"as long as may be", "", "a", "", 65536, QUERY_OK, ""},
		{"a byte longer", "", "a", "", 65537, QUERY_SYNTAX, "longer than 65536"},
		{"blanks", "", " ", "a", 65535, QUERY_OK, ""},
		{"a list", "[a", ",a", "]", 30000, QUERY_OK, ""},
		{"one name again", "{a:a", ",a:a", "}", 15000, QUERY_OK, ""},
		{"64 arguments", "not_null(a", ",a", ")", 63, QUERY_OK, ""},
		{"65 arguments", "not_null(a", ",a", ")", 64, QUERY_INVALID_ARITY,
		 "at most 64"},
		{"many arguments", "merge(a", ",a", ")", 30000, QUERY_INVALID_ARITY,
		 "at most 64"},
		{"many for one", "abs(a", ",a", ")", 30000, QUERY_INVALID_ARITY,
		 "takes 1 argument, not 30001"},
		{"unknown name", "", "f", "()", 60000, QUERY_UNKNOWN_FUNCTION,
		 "fff(); see"},
		{"deep literal", "`", "[", "`", 128, QUERY_SYNTAX, "ends too early"},
		{"deeper literal", "`", "[", "`", 60000, QUERY_SYNTAX, "nested too deep"},
		{"pattern", "match('a', '", "a", "')", 4096, QUERY_OK, ""},
		{"longer pattern", "match('a', '", "a", "')", 4097, QUERY_INVALID_VALUE,
		 "longer than 4096"},
		{"nested pattern", "match('a', '", "(", "')", 4000, QUERY_INVALID_VALUE,
		 "no pattern"},
		{"open text", "'", "a", "", 60000, QUERY_SYNTAX, "not closed"},
		{"escapes", "'", "\\'", "'", 30000, QUERY_OK, ""},
	};
	cJSON *document = cJSON_Parse("{\"a\": 1}");
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum query_error_class class;
		struct strbuf all;

		repeat(&all, cases[i].head, cases[i].part, cases[i].times, cases[i].tail);
		class = run(strbuf_str(&all), document, text);
		strbuf_fini(&all);
		if (class != cases[i].class || !strstr(text, cases[i].text))
			fail_msg("%s: %s: %s", cases[i].name, query_error_name(class),
				 text);
	}
	cJSON_Delete(document);
}

/* What is small to write and has no end to evaluate or to print. */
static void growth_is_an_error(void **state)
{
	static const struct {
		const char *name, *head, *part, *tail;
		size_t times;
		enum query_error_class class;
		const char *text;
	} cases[] = {
		{"doubling, printed", "`1`", "|[@,@]", "", 60, QUERY_OK, ""},
		{"doubling, as text", "`1`", "|[@,@]", "|to_string(@)", 60,
		 QUERY_INVALID_VALUE, "bytes"},
		{"doubling, compared", "`1`", "|[@,@]", "|[0]==[1]", 60,
		 QUERY_INVALID_VALUE, "steps"},
		{"doubling, looked for", "`1`", "|[@,@]", "|contains(@,[1])", 60,
		 QUERY_INVALID_VALUE, "steps"},
		{"doubling, looked up", "`1`", "|{k:[@,@]}", "|lookup([@],'k',`1`)", 60,
		 QUERY_OK, ""},
		{"doubling, flattened", "[`1`]", "|[@,@][]", "|length(@)", 60,
		 QUERY_INVALID_VALUE, "grows past"},
		{"doubling text", "'abcdefgh'", "|join(@,[@,@])", "|length(@)", 60,
		 QUERY_INVALID_VALUE, "bytes"},
		{"doubling by replace", "'aa'", "|replace('--','-',@)", "|length(@)", 60,
		 QUERY_INVALID_VALUE, "bytes"},
		{"many large texts", "big", "|[lower(@),upper(@)]|join('',@)", "", 20,
		 QUERY_INVALID_VALUE, "grows past"},
		{"squares", "many[*].[$many]", "", "", 0, QUERY_SYNTAX, "nothing here"},
		{"sorts in a map", "many", "|map(&@,@)|[@,@][]",
		 "|sort(@)|sort(@)|sort(@)|sort(@)", 5, QUERY_INVALID_VALUE,
		 "on this document"},
		{"splits", "join(',',map(&to_string(@),many[:2000]))", "",
		 "|split(@,',')|length(@)", 0, QUERY_OK, ""},
		{"long texts searched", "[big]", "|[@,@][]", "|[?contains(@,'b')]", 16,
		 QUERY_INVALID_VALUE, "steps"},
		{"long texts ordered", "[big]", "|[@,@][]", "|[?@<=@]|length(@)", 16,
		 QUERY_INVALID_VALUE, "steps"},
		{"long texts compared", "[big]", "|[@,@][]", "|[?@==@]|length(@)", 16,
		 QUERY_INVALID_VALUE, "steps"},
		{"long texts sorted", "[big]", "|[@,@][]", "|sort(@)|length(@)", 16,
		 QUERY_INVALID_VALUE, "steps"},
		{"patterns", "many", "", "|[?match(to_string(@),to_string(@))]|length(@)",
		 0, QUERY_OK, ""},
		{"more patterns", "many|[@,@,@,@,@,@,@,@][]", "",
		 "|[?match(to_string(@),join('',[to_string(@),'x']))]|length(@)", 0,
		 QUERY_INVALID_VALUE, "steps"},
	};
	cJSON *document = cJSON_CreateObject();
	cJSON *many = cJSON_AddArrayToObject(document, "many");
	char text[200];
	struct strbuf big;

	(void)state;
	repeat(&big, "", "a", LARGE, "");
	cJSON_AddStringToObject(document, "big", big.p);
	strbuf_fini(&big);
	cJSON_AddNullToObject(document, "a");
	for (int i = 0; i < 20000; i++)
		cJSON_AddItemToArray(many, cJSON_CreateNumber(i));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum query_error_class class;
		struct strbuf all;

		repeat(&all, cases[i].head, cases[i].part, cases[i].times, cases[i].tail);
		class = run(strbuf_str(&all), document, text);
		strbuf_fini(&all);
		if (class != cases[i].class || !strstr(text, cases[i].text))
			fail_msg("%s: %s: %s", cases[i].name, query_error_name(class),
				 text);
	}
	cJSON_Delete(document);
}

static void vast_results_make_no_tree(void **state)
{
	cJSON *document = cJSON_Parse("[1]");
	struct strbuf all, out;
	struct query_error qe;
	struct query_value v;
	struct arena arena;
	struct query_env env = {.arena = &arena};
	struct query *q;

	(void)state;
	repeat(&all, "@", "|[@,@]", 60, "");
	q = query_compile(strbuf_str(&all), &qe);
	strbuf_fini(&all);
	assert_non_null(q);
	arena_init(&arena);
	assert_true(query_eval(q, document, &env, &v, &qe));
	assert_null(query_to_json(&v));
	strbuf_init(&out, 1000);
	query_print_pretty(&out, &v);
	assert_true(out.overflow);
	strbuf_fini(&out);
	query_free(q);
	arena_fini(&arena);
	cJSON_Delete(document);
}

static cJSON *nested(size_t depth, struct err *err)
{
	struct strbuf text;
	cJSON *tree;

	repeat(&text, "", "[", depth, "");
	while (depth--)
		strbuf_putc(&text, ']');
	tree = json_parse(strbuf_str(&text), &json_wire, NULL, err);
	strbuf_fini(&text);
	return tree;
}

static void deep_documents_are_errors(void **state)
{
	struct err err = {0};
	cJSON *deepest = nested(JSON_MAX_DEPTH, &err);
	char text[200];
	struct strbuf all;

	(void)state;
	assert_non_null(deepest);
	assert_null(nested(JSON_MAX_DEPTH + 1, &err));
	assert_non_null(strstr(err.text, "nested deeper than 128"));
	assert_null(nested(200000, &err));
	assert_non_null(strstr(err.text, "nested deeper than 128"));
	/* The deepest result there can be prints. */
	repeat(&all, "@", "|[@]", 390, "");
	assert_int_equal(run(strbuf_str(&all), deepest, text), QUERY_OK);
	strbuf_fini(&all);
	assert_int_equal(run(STR("@ == @ && to_string(@) | length(@)"), deepest, text),
			 QUERY_OK);
	cJSON_Delete(deepest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_nul_in_a_name_is_no_end),
		cmocka_unit_test(deep_expressions_are_errors),
		cmocka_unit_test(long_expressions_are_errors),
		cmocka_unit_test(growth_is_an_error),
		cmocka_unit_test(vast_results_make_no_tree),
		cmocka_unit_test(deep_documents_are_errors),
	};

	return cmocka_run_group_tests_name("query_bounds", tests, NULL, NULL);
}
