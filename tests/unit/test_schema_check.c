/* Arguments against schemas: every rule, refused with a reason that names the place. */
#include "check.h"

#include <stdlib.h>

#include "ai/schema_check.h"
#include "base/json.h"

#define SCHEMA                                                                           \
	"{\"type\": \"object\", \"additionalProperties\": false, \"required\": "         \
	"[\"board\"], \"properties\": {\"board\": {\"type\": \"string\", "               \
	"\"minLength\": "                                                                \
	"1, \"maxLength\": 5}, \"rows\": {\"type\": \"integer\", \"minimum\": 1, "       \
	"\"maximum\": 40}, \"share\": {\"type\": \"number\", \"maximum\": 1}, \"all\": " \
	"{\"type\": \"boolean\"}, \"order\": {\"type\": \"string\", \"enum\": "          \
	"[\"worst\", \"key\"]}, \"fields\": {\"type\": \"array\", \"minItems\": 1, "     \
	"\"maxItems\": 2, \"items\": {\"type\": \"string\", \"maxLength\": 3}}, "        \
	"\"inputs\": {\"type\": \"object\", \"properties\": {\"size\": {\"type\": "      \
	"\"string\"}}, \"required\": [\"size\"]}}}"

static cJSON *read_json(const char *text)
{
	struct err err = {0};
	cJSON *json = json_parse(str_from(text), &json_wire, NULL, &err);

	if (!json)
		fail_msg("%s: %s", text, err.text);
	return json;
}

static void test_values(void **state)
{
	static const struct {
		const char *name, *value, *why; /* NULL: it fits */
	} cases[] = {
		{"least", "{\"board\":\"sql\"}", NULL},
		{"all of it",
		 "{\"board\":\"sql\",\"rows\":40,\"share\":0.5,\"all\":true,\"order\":"
		 "\"key\",\"fields\":[\"a\",\"b\"],\"inputs\":{\"size\":\"S2\"}}",
		 NULL},
		{"letters are counted, not bytes", "{\"board\":\"äöüßé\"}", NULL},
		{"a list is no object", "[]", "must be an object"},
		{"nothing", "null", "must be an object"},
		{"missing", "{}", "\"board\" is missing"},
		{"unknown", "{\"board\":\"a\",\"approve\":true}",
		 "\"approve\" is not known"},
		{"unknown inside",
		 "{\"board\":\"a\",\"inputs\":{\"size\":\"a\",\"x\":1}}",
		 "inputs: \"x\" is not known"},
		{"missing inside", "{\"board\":\"a\",\"inputs\":{}}",
		 "inputs: \"size\" is missing"},
		{"twice", "{\"board\":\"a\",\"board\":\"b\"}", "\"board\" stands twice"},
		{"names are not folded", "{\"Board\":\"a\"}", "\"Board\" is not known"},
		{"null is no text", "{\"board\":null}", "board: must be a text"},
		{"a number is no text", "{\"board\":1}", "board: must be a text"},
		{"too short", "{\"board\":\"\"}", "board: is below its minLength of 1"},
		{"too long", "{\"board\":\"abcdef\"}",
		 "board: is above its maxLength of 5"},
		{"part of a row", "{\"board\":\"a\",\"rows\":1.5}",
		 "rows: must be a whole number"},
		{"rows as text", "{\"board\":\"a\",\"rows\":\"3\"}",
		 "rows: must be a whole number"},
		{"a number past all", "{\"board\":\"a\",\"rows\":1e300}",
		 "rows: must be a whole number"},
		{"too few", "{\"board\":\"a\",\"rows\":0}",
		 "rows: is below its minimum of 1"},
		{"too many", "{\"board\":\"a\",\"rows\":41}",
		 "rows: is above its maximum of 40"},
		{"too much", "{\"board\":\"a\",\"share\":1.01}",
		 "share: is above its maximum of 1"},
		{"truth", "{\"board\":\"a\",\"all\":1}", "all: must be true or false"},
		{"another word", "{\"board\":\"a\",\"order\":\"best\"}",
		 "order: must be one of \"worst\", \"key\""},
		{"case of a word", "{\"board\":\"a\",\"order\":\"Key\"}",
		 "order: must be one of \"worst\", \"key\""},
		{"no items", "{\"board\":\"a\",\"fields\":[]}",
		 "fields: is below its minItems of 1"},
		{"many items", "{\"board\":\"a\",\"fields\":[\"a\",\"b\",\"c\"]}",
		 "fields: is above its maxItems of 2"},
		{"a wrong item", "{\"board\":\"a\",\"fields\":[\"a\",[]]}",
		 "fields[1]: must be a text"},
		{"a long item", "{\"board\":\"a\",\"fields\":[\"abcd\"]}",
		 "fields[0]: is above its maxLength of 3"},
	};
	cJSON *schema = read_json(SCHEMA);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cJSON *value = read_json(cases[i].value);
		struct err err = {0};
		bool fits = schema_check(schema, value, &err);

		check_case(cases[i].name, fits == !cases[i].why);
		if (!fits)
			check_text(cases[i].name, str_from(err.text), cases[i].why);
		cJSON_Delete(value);
	}
	cJSON_Delete(schema);
}

/* What a schema does not say is refused, not let through. */
static void test_unsaid(void **state)
{
	cJSON *schema = read_json("{\"properties\":{\"a\":{\"type\":\"odd\"}}}");
	cJSON *value = read_json("{\"a\":1}");
	struct err err;

	(void)state;
	assert_false(schema_check(schema, value, &err));
	assert_false(schema_check(NULL, value, &err));
	cJSON_Delete(schema);
	cJSON_Delete(value);
}

/* A name of any length and bytes goes into a reason that a terminal can show. */
static void test_long_name(void **state)
{
	cJSON *schema = read_json(SCHEMA), *value = cJSON_CreateObject();
	struct err err;
	char name[4000];

	(void)state;
	memset(name, '\033', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	cJSON_AddNumberToObject(value, name, 1);
	assert_false(schema_check(schema, value, &err));
	assert_null(strchr(err.text, '\033'));
	cJSON_Delete(schema);
	cJSON_Delete(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_unsaid),
		cmocka_unit_test(test_long_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
