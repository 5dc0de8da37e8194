/* An error answer: its status on the first line, the error header on the second, the
 * body after them. Whatever comes, one line that is safe to draw says so. */
#include <stdint.h>
#include <stdlib.h>

#include "azure/arm_error.h"
#include "azure/denied.h"
#include "base/json.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_text(const struct err *err)
{
	struct str text = str_from(err->text);

	if (err->code == ERR_NONE || !text.n || !utf8_is_valid(text))
		abort();
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
			abort();
	}
}

static bool is_part(struct str part, struct str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, line, header = {0};
	struct denied denied;
	int64_t status = 0;
	struct err err;
	cJSON *json;

	if (!str_next(&rest, '\n', &line) || !str_to_i64(line, &status) || status < 300 ||
	    status > 599)
		status = 400;
	(void)str_next(&rest, '\n', &header);
	arm_error_decode((int)status, rest, header, &err);
	if (err.http_status != (int)status)
		abort();
	check_text(&err);
	if (denied_find(rest, &denied) &&
	    (!denied.action.n || !is_part(denied.action, rest) ||
	     !is_part(denied.scope, rest)))
		abort();
	json = json_parse(rest, &json_wire, NULL, &err);
	if (json && arm_error_in_answer(json, &err))
		check_text(&err);
	cJSON_Delete(json);
	return 0;
}
