/* The file of a kept answer, as somebody else may have written it. The first byte
 * says whether the rest is a file, or a key, a newline and JSON to make one of: what
 * is made is read back; what is read is small and asked for by its own key only. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "board/answer_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define NOW_MS INT64_C(1795233906000)

static void must(bool held)
{
	if (!held)
		abort();
}

static void read_one(struct str text)
{
	int64_t fetched_ms = -1;
	struct err err;
	cJSON *json;

	if (answer_file_parse(text, STR("key"), &fetched_ms, &json, &err))
		must(fetched_ms >= 0 && text.n <= ANSWER_FILE_MAX_BYTES);
	else
		must(!json && err.code != ERR_NONE && err.text[0]);
	cJSON_Delete(json);
}

static void make_one(struct str rest)
{
	struct str key = {.p = "", .n = 0};
	struct strbuf file, before, after;
	int64_t fetched_ms = -1;
	struct err err;
	cJSON *json, *again;

	str_next(&rest, '\n', &key);
	json = json_parse(rest.p ? rest : STR(""), &json_wire, NULL, &err);
	strbuf_init(&file, ANSWER_FILE_MAX_BYTES);
	strbuf_init(&before, ANSWER_FILE_MAX_BYTES);
	strbuf_init(&after, ANSWER_FILE_MAX_BYTES);
	if (answer_file_format(&file, key, NOW_MS, json)) {
		must(answer_file_parse(strbuf_str(&file), key, &fetched_ms, &again,
				       &err));
		must(fetched_ms == NOW_MS && (json != NULL) == (again != NULL));
		if (json) {
			json_print(&before, json);
			json_print(&after, again);
		}
		must(str_eq(strbuf_str(&before), strbuf_str(&after)));
		cJSON_Delete(again);
	}
	strbuf_fini(&file);
	strbuf_fini(&before);
	strbuf_fini(&after);
	cJSON_Delete(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n};

	if (!n)
		return 0;
	if (data[0] == 'm')
		make_one(str_sub(text, 1, n));
	else
		read_one(str_sub(text, 1, n));
	return 0;
}
