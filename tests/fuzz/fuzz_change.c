/* The file of a change in: no crash, and what is taken prints, and reads back to the same
 * text; codes of approvals likewise. */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>

#include "worker/change/change_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void try_code(struct str in)
{
	struct approval approval;
	struct strbuf out;
	struct err err;

	if (!approval_parse(in, &approval, &err))
		return;
	strbuf_init(&out, 1000);
	approval_format(&out, &approval);
	if (!approval_parse(strbuf_str(&out), &approval, &err))
		abort();
	strbuf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {.p = (const char *)data, .n = n};
	struct change_record record, again;
	struct strbuf first, second;
	struct err err;

	if (sodium_init() < 0)
		abort();
	try_code(in);
	if (!change_record_load(&record, in, &err))
		return 0;
	strbuf_init(&first, 4 << 20);
	strbuf_init(&second, 4 << 20);
	if (change_record_save(&record, record.has_run ? &record.run : NULL, &first,
			       &err)) {
		if (!change_record_load(&again, strbuf_str(&first), &err) ||
		    !change_record_save(&again, again.has_run ? &again.run : NULL,
					&second, &err) ||
		    !str_eq(strbuf_str(&first), strbuf_str(&second)))
			abort();
		change_record_fini(&again);
	}
	change_record_fini(&record);
	strbuf_fini(&first);
	strbuf_fini(&second);
	return 0;
}
