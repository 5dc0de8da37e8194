/* See check.h. */
#include "dr/check.h"

static const struct {
	const char *name;
	int weight;
} checks[] = {
#define X(id, name, weight) [DR_##id] = {name, weight},
	DR_CHECK_LIST(X)
#undef X
};

const char *dr_check_name(enum dr_check check)
{
	return checks[check].name;
}

int dr_check_weight(enum dr_check check)
{
	return checks[check].weight;
}

const char *verdict_word(enum verdict verdict)
{
	static const char *const words[] = {
		[VERDICT_READY] = "ready",
		[VERDICT_STALE] = "stale",
		[VERDICT_UNKNOWN] = "unknown",
		[VERDICT_NOT] = "not ready",
	};

	return words[verdict];
}
