/* The one way headless commands read their options; see cli.h. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/cli.h"

static int fail(const char *command, const char *what, struct str name)
{
	struct err err;

	err_set(&err, ERR_USAGE, "%s: %s \"%.*s\"; `azdeck help %s` lists what there is",
		command, what, (int)(name.n < 80 ? name.n : 80), name.p, command);
	cli_fail(&err);
	return CLI_ERROR;
}

/* "-o" stands for the row whose long name begins with that letter. */
static bool is_named(const struct cli_option *row, struct str name)
{
	if (name.n == 2 && name.p[0] == '-' && name.p[1] != '-')
		return row->name[2] == name.p[1];
	return str_eq(str_from(row->name), name);
}

static int option(struct cli_args *a, const char *word)
{
	struct str name = str_from(word);
	ptrdiff_t equals = word[1] == '-' ? str_find_char(name, '=') : -1;

	a->value = equals < 0 ? NULL : word + equals + 1;
	if (equals >= 0)
		name = str_sub(name, 0, (size_t)equals);
	for (int i = 0; a->options[i].name; i++) {
		const struct cli_option *row = &a->options[i];

		if (!is_named(row, name))
			continue;
		if (row->arg && !a->value && a->at < a->argc)
			a->value = a->argv[a->at++];
		if (row->arg && !a->value)
			return fail(a->argv[0], "a value is missing after", name);
		if (!row->arg && a->value)
			return fail(a->argv[0], "no value belongs after", name);
		return i;
	}
	return fail(a->argv[0], "there is no option", name);
}

int cli_next(struct cli_args *a)
{
	const char *word;

	if (a->at >= a->argc)
		return CLI_DONE;
	word = a->argv[a->at++];
	if (!a->is_after_dashes && strcmp(word, "--") == 0) {
		a->is_after_dashes = true;
		return cli_next(a);
	}
	if (!a->is_after_dashes && word[0] == '-' && word[1])
		return option(a, word);
	a->value = word;
	return CLI_WORD;
}

int cli_usage(const char *command, const char *what, const char *value)
{
	struct err err;

	err_set(&err, ERR_USAGE, "%s: %s \"%.80s\"; `azdeck help %s` says more", command,
		what, value, command);
	return cli_fail(&err);
}

int cli_wrong_value(const char *command, const char *option, const char *value)
{
	char what[80];

	snprintf(what, sizeof(what), "%s cannot be", option);
	return cli_usage(command, what, value);
}
