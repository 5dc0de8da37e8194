/* The table of kinds of question. */
#include "guide/guide.h"

const char *guide_kind_name(enum guide_kind kind)
{
	static const char *const names[GUIDE_KINDS] = {
#define X(id, word, help) [GUIDE_##id] = word,
		GUIDE_KIND_LIST(X)
#undef X
	};

	return names[kind];
}

const char *guide_kind_help(enum guide_kind kind)
{
	static const char *const helps[GUIDE_KINDS] = {
#define X(id, word, help) [GUIDE_##id] = help,
		GUIDE_KIND_LIST(X)
#undef X
	};

	return helps[kind];
}
