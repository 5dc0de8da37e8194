/* The table of what an answer admits. */
#include "answer/says.h"

static const struct {
	const char *code, *phrase;
} table[SAYS_CODES] = {
#define X(id, code, phrase) [SAYS_##id] = {code, phrase},
	SAYS_LIST(X)
#undef X
};

const char *says_code(enum says says)
{
	return table[says].code;
}

const char *says_phrase(enum says says)
{
	return table[says].phrase;
}

bool says_find(struct str code, enum says *out)
{
	for (size_t i = 0; i < SAYS_CODES; i++)
		if (str_is(code, table[i].code)) {
			*out = (enum says)i;
			return true;
		}
	return false;
}
