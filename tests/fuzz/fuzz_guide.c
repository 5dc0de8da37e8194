/* Questions of anybody, and whatever was pasted: each is of one kind, its names and boards
 * are within their limits, and its span is one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guide/guide.h"

#define NOW_MS INT64_C(1773224430000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct guide_setting settings[] = {{"", ""}, {"sql", "/a/b"}};
	struct guide_plan plan;

	if (n < 1 || n > 65536)
		return 0;
	guide_understand((struct str){.p = (const char *)data + 1, .n = n - 1},
			 &settings[data[0] & 1], NOW_MS, &plan);
	must(plan.kind < GUIDE_KINDS && plan.also < GUIDE_KINDS);
	must(guide_kind_name(plan.kind)[0] != '\0');
	must(plan.sure >= 0 && plan.sure <= 1);
	must(plan.n_subjects <= GUIDE_SUBJECTS_MOST &&
	     plan.n_boards <= GUIDE_BOARDS_MOST);
	for (size_t i = 0; i < plan.n_subjects; i++)
		must(plan.subjects[i][0] && memchr(plan.subjects[i], '\0', 128));
	for (size_t i = 0; i < plan.n_boards; i++)
		must(plan.boards[i] && plan.boards[i][0]);
	must(plan.from_ms <= plan.to_ms || plan.to_ms == 0);
	must(!plan.unsafe || plan.kind == GUIDE_UNSAFE);
	return 0;
}
