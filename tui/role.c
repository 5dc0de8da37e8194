/* See role.h: the functions of its one table. */
#include "tui/role.h"

static const struct {
	const char *name;
	char letter;
	enum role fallback;
	const char *help;
} roles[] = {
#define X(id, name, letter, fallback, help)                                              \
	[ROLE_##id] = {name, letter, ROLE_##fallback, help},
	ROLE_LIST(X)
#undef X
};

const char *role_name(enum role role)
{
	return roles[role].name;
}

char role_letter(enum role role)
{
	return roles[role].letter;
}

enum role role_fallback(enum role role)
{
	return roles[role].fallback;
}

const char *role_help(enum role role)
{
	return roles[role].help;
}

bool role_find(struct str name, enum role *out)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (str_is(name, roles[i].name)) {
			*out = (enum role)i;
			return true;
		}
	}
	return false;
}
