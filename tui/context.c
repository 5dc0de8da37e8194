/* The contexts in which keys mean something: the functions of their table. */
#include "tui/command.h"

static const struct {
	const char *name, *help;
} contexts[] = {
#define X(id, name, help) [CONTEXT_##id] = {name, help},
	CONTEXT_LIST(X)
#undef X
};

const char *context_name(enum context context)
{
	return contexts[context].name;
}

const char *context_help(enum context context)
{
	return contexts[context].help;
}

bool context_find(struct str name, enum context *out)
{
	for (int i = 0; i < CONTEXT_COUNT; i++) {
		if (str_is(name, contexts[i].name)) {
			*out = (enum context)i;
			return true;
		}
	}
	return false;
}
