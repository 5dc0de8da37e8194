/* What is asked for vectors in, and every form in which they come back or do not. */
#include "unit/check.h"

#include <stdlib.h>

#include "ai/embed.h"
#include "base/count.h"

#define V(index, floats)                                                                 \
	"{\"object\":\"embedding\",\"index\":" index ",\"embedding\":" floats "}"
#define OPENAI(data)                                                                     \
	"{\"object\":\"list\",\"data\":[" data "],\"model\":\"text-embedding-3-large\"," \
	"\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}"
#define ONE "[1,0,0,0,0,0,0,0]"
#define TWO "[0,2,0,0,0,0,0,0]"
/* 1 and seven zeros, as floats, the lowest byte first. */
#define ONE_64 "\"AACAPwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
/* Not a number, and seven zeros. */
#define NAN_64 "\"AADAfwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""

static const struct {
	const char *name;
	enum embed_form form;
	int dims;
	const char *body;
	const char *wrong; /* a part of why; NULL: two vectors, the first is ONE */
} cases[] = {
	{"floats", EMBED_OPENAI, 0, OPENAI(V("0", ONE) "," V("1", TWO)), NULL},
	{"base64", EMBED_OPENAI, 0, OPENAI(V("0", ONE_64) "," V("1", TWO)), NULL},
	{"in another order", EMBED_OPENAI, 8, OPENAI(V("1", TWO) "," V("0", ONE)), NULL},
	{"without places", EMBED_OPENAI, 0,
	 "{\"data\":[{\"embedding\":" ONE "},{\"embedding\":" TWO "}]}", NULL},
	{"ollama", EMBED_OLLAMA, 0,
	 "{\"model\":\"nomic\",\"embeddings\":[" ONE "," TWO "],\"prompt_eval_count\":7}",
	 NULL},
	{"fewer than asked", EMBED_OPENAI, 0, OPENAI(V("0", ONE)), "fewer"},
	{"fewer of ollama", EMBED_OLLAMA, 0, "{\"embeddings\":[" ONE "]}", "fewer"},
	{"none at all", EMBED_OPENAI, 0, "{}", "fewer"},
	{"more than asked", EMBED_OLLAMA, 0, "{\"embeddings\":[" ONE "," TWO "," ONE "]}",
	 "of no text"},
	{"one twice", EMBED_OPENAI, 0, OPENAI(V("0", ONE) "," V("0", TWO)),
	 "two vectors"},
	{"of no text", EMBED_OPENAI, 0, OPENAI(V("7", ONE) "," V("1", TWO)),
	 "of no text"},
	{"before the first", EMBED_OPENAI, 0, OPENAI(V("-1", ONE)), "of no text"},
	{"another length than asked", EMBED_OPENAI, 16,
	 OPENAI(V("0", ONE) "," V("1", TWO)), "8 dimensions, and not 16"},
	{"of two lengths", EMBED_OPENAI, 0,
	 OPENAI(V("0", ONE) "," V("1", "[1,2,3,4,5,6,7,8,9]")), "differ in length"},
	{"too short", EMBED_OPENAI, 0, OPENAI(V("0", "[1,2]") "," V("1", "[1,2]")),
	 "2 dimensions"},
	{"no number", EMBED_OPENAI, 0, OPENAI(V("0", NAN_64) "," V("1", TWO)), "nothing"},
	{"null in it", EMBED_OPENAI, 0,
	 OPENAI(V("0", "[1,0,null,0,0,0,0,0]") "," V("1", TWO)), "no number"},
	{"too large for a float", EMBED_OPENAI, 0,
	 OPENAI(V("0", "[1e300,0,0,0,0,0,0,0]") "," V("1", TWO)), "nothing"},
	{"nothing but zeros", EMBED_OPENAI, 0,
	 OPENAI(V("0", "[0,0,0,0,0,0,0,0]") "," V("1", TWO)), "nothing"},
	{"no base64", EMBED_OPENAI, 0, OPENAI(V("0", "\"~~\"") "," V("1", TWO)),
	 "base64"},
	{"half a float", EMBED_OPENAI, 0, OPENAI(V("0", "\"AACAPwA=\"") "," V("1", TWO)),
	 "base64"},
	{"neither", EMBED_OPENAI, 0, OPENAI(V("0", "true") "," V("1", TWO)), "neither"},
	{"an error inside", EMBED_OPENAI, 0,
	 "{\"error\":{\"message\":\"the model is gone\",\"code\":\"model_not_found\"}}",
	 "the model is gone"},
	{"an error of ollama", EMBED_OLLAMA, 0,
	 "{\"error\":\"model \\\"x\\\" not found, try pulling it first\"}", "not found"},
	{"no JSON", EMBED_OPENAI, 0, "<html>", ""},
	{"cut off", EMBED_OPENAI, 0, "{\"data\":[{\"index\":0,\"embedding\":[1,0", ""},
};

static void answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct embed_answer a;
		struct model_error error;
		bool ok = embed_read(cases[i].form, str_from(cases[i].body), 2,
				     cases[i].dims, &a, &error);

		if (ok != !cases[i].wrong ||
		    (!ok &&
		     str_find(str_from(error.err.text), str_from(cases[i].wrong)) < 0))
			fail_msg("%s: %s", cases[i].name, ok ? "taken" : error.err.text);
		if (!ok) {
			assert_null(a.floats);
			assert_true(error.err.code != ERR_NONE);
			continue;
		}
		assert_int_equal(a.n, 2);
		assert_int_equal(a.dims, 8);
		assert_true(a.floats[0] == 1 && a.floats[1] == 0);
		assert_true(a.floats[8] == 0 && a.floats[9] == 2);
		free(a.floats);
	}
}

static const struct {
	const char *name;
	struct embed_request request;
	const char *want;
} bodies[] = {
	{"openai",
	 {.form = EMBED_OPENAI, .model = "m"},
	 "{\"model\":\"m\",\"input\":[\"a \\\"b\\\"\",\"c\"],"
	 "\"encoding_format\":\"base64\"}"},
	{"so long",
	 {.form = EMBED_OPENAI, .model = "m", .dims = 512},
	 "{\"model\":\"m\",\"input\":[\"a \\\"b\\\"\",\"c\"],"
	 "\"encoding_format\":\"base64\",\"dimensions\":512}"},
	{"what it refused",
	 {.form = EMBED_OPENAI,
	  .model = "m",
	  .dims = 512,
	  .no_base64 = true,
	  .no_dims = true},
	 "{\"model\":\"m\",\"input\":[\"a \\\"b\\\"\",\"c\"]}"},
	{"ollama",
	 {.form = EMBED_OLLAMA, .model = "m", .dims = 256},
	 "{\"model\":\"m\",\"input\":[\"a \\\"b\\\"\",\"c\"],\"dimensions\":256}"},
};

static void requests(void **state)
{
	static const struct str texts[] = {{"a \"b\"", 5}, {"c", 1}};

	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		struct embed_request r = bodies[i].request;
		struct strbuf out;

		r.texts = texts;
		r.n = 2;
		strbuf_init(&out, 4096);
		embed_put_body(&r, &out);
		assert_string_equal(out.p, bodies[i].want);
		strbuf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(requests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
