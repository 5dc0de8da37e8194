/* Error answers of services that are not Azure's: found or not, what is said lies in the
 * answer, and becomes a clean line that is never without a reason. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm_error.h"
#include "azure/other_error.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

/* Terminated texts of the tree: reading to their end is what the sanitizer watches. */
static void check_part(struct str part)
{
	must(!part.p || strlen(part.p) == part.n);
}

/* Nothing is left to be cleaned. */
static bool is_safe(struct str text)
{
	struct strbuf again;
	bool same;

	strbuf_init(&again, 4096);
	sanitize_line(&again, text);
	same = str_eq(strbuf_str(&again), text);
	strbuf_fini(&again);
	return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const int statuses[] = {200, 400, 401, 403, 404, 429, 500, 503};
	struct str text = {.p = (const char *)data, .n = n}, code, message;
	struct err err;
	cJSON *root;

	if (n > 65536)
		return 0;
	root = json_parse(text, &json_wire, NULL, &err);
	if (root && other_error_find(root, &code, &message)) {
		must(code.n || message.n);
		check_part(code);
		check_part(message);
	}
	cJSON_Delete(root);
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		arm_error_decode(statuses[i], text, STR(""), &err);
		must(err.code != ERR_NONE && err.text[0]);
		must(err.http_status == statuses[i]);
		must(is_safe(str_from(err.text)));
	}
	return 0;
}
