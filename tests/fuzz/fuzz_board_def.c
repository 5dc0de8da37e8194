/* A definition file: no crash, and what loads expands its requests and decodes an
 * empty estate without one either. */
#include <stdint.h>

#include "board/decode.h"
#include "board/def.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expand_all(const struct board_def *def, const cJSON *answers)
{
	for (size_t i = 0; i < def->n_requests; i++) {
		struct strbuf out;
		struct err err;

		strbuf_init(&out, 1 << 16);
		if (request_path(&def->requests[i], answers, answers, 1795233906000, &out,
				 &err))
			strbuf_reset(&out);
		if (!request_body(&def->requests[i], answers, answers, 1795233906000,
				  &out, &err))
			strbuf_reset(&out);
		strbuf_fini(&out);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n};
	struct board *board;
	struct err err;
	struct board_def *def;
	cJSON *answers;

	if (n > 1 << 16)
		return 0;
	def = board_def_parse(text, "fuzz", "fuzz.json", &err);
	if (!def)
		return 0;
	answers = cJSON_Parse("{\"subs\":{\"value\":[{\"id\":\"/1\",\"n\":1}]}}");
	expand_all(def, answers);
	if (board_decode(def, answers, 1795233906000, &board, &err))
		board_put(board);
	cJSON_Delete(answers);
	board_def_put(def);
	return 0;
}
