/* JSON text in: no crash, and what parses prints and parses to the same text. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct json_limits limits = {.max_bytes = 1 << 20,
					  .max_depth = 40,
					  .allow_comments = true};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {.p = (const char *)data, .n = n};
	struct strbuf first, second;
	struct json_place place;
	struct err err;
	cJSON *tree = json_parse(in, &limits, &place, &err);
	cJSON *again;

	if (json_locate(in, "a[1].b").offset > n)
		abort();
	if (!tree)
		return 0;
	strbuf_init(&first, n * 8 + 64);
	strbuf_init(&second, n * 8 + 64);
	json_print(&first, tree);
	again = json_parse(strbuf_str(&first), &json_wire, NULL, &err);
	if (!again)
		abort();
	json_print(&second, again);
	if (!str_eq(strbuf_str(&first), strbuf_str(&second)))
		abort();
	cJSON_Delete(tree);
	cJSON_Delete(again);
	strbuf_fini(&first);
	strbuf_fini(&second);
	return 0;
}
