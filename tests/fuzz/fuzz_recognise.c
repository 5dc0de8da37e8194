/* A line of anybody: what is recognised in it lies within it, and is the same whatever
 * stands behind it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stream/recognise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static void within(struct str raw, struct str part)
{
	uintptr_t begin = (uintptr_t)raw.p, p = (uintptr_t)part.p;

	must(part.n == 0 || (p >= begin && p + part.n <= begin + raw.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str raw = {.p = (const char *)data, .n = n};
	struct strbuf message;
	struct line line, again;

	line_recognise(raw, INT64_C(1795240800000), &line);
	within(raw, line.raw);
	within(line.raw, line.source);
	within(line.raw, line.message);
	must(line.level < LINE_LEVELS && line.format < LINE_FORMATS);
	must(line.raw.n + 2 >= n);
	strbuf_init(&message, 3 * n + 16);
	line_put_message(&message, &line);
	must(!message.overflow && message.n <= 3 * line.message.n);
	strbuf_fini(&message);
	line_recognise(line.raw, INT64_C(1795240800000), &again);
	must(line.raw.n == again.raw.n ? again.level == line.level : again.raw.n < n);
	return 0;
}
