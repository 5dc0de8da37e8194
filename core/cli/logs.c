/* See logs.h. This file reads the command line; what is done stands in logs_run.c. */
#include "cli/logs.h"

#include <string.h>

#include "base/err.h"
#include "cli/logs_run.h"

enum option_id {
	OPT_COUNT,
	OPT_GREP,
	OPT_IGNORE_CASE,
	OPT_INVERT,
	OPT_REGEX,
};

static const struct cli_option options[] = {
	[OPT_COUNT] = {"--count", NULL, "how many lines, as grep -c says it"},
	[OPT_GREP] = {"--grep", "TEXT", "only lines with this text"},
	[OPT_IGNORE_CASE] = {"--ignore-case", NULL, "upper and lower case are the same"},
	[OPT_INVERT] = {"--invert", NULL, "only lines without the text or pattern"},
	[OPT_REGEX] = {"--regex", "RE", "only lines that match this pattern (PCRE2)"},
	{NULL, NULL, NULL},
};

static bool set_option(struct logs_request *r, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_COUNT:
		r->is_count = true;
		return true;
	case OPT_GREP:
	case OPT_REGEX:
		if (r->pattern)
			return false;
		r->pattern = value;
		r->match.is_regex = id == OPT_REGEX;
		return true;
	case OPT_IGNORE_CASE:
		r->match.ignore_case = true;
		return true;
	case OPT_INVERT:
		r->is_inverted = true;
		return true;
	}
	return false;
}

static bool wrong_value(enum option_id id, const char *value, struct err *err)
{
	if (id == OPT_GREP || id == OPT_REGEX)
		return err_set(err, ERR_USAGE, "logs: one --grep or --regex, not two");
	return err_set(err, ERR_USAGE,
		       "logs: %s cannot be \"%.60s\"; `azdeck help logs` says more",
		       options[id].name, value);
}

/* Words that are files stay where they are, moved to the front of argv. */
static bool read_arguments(int argc, char **argv, struct logs_request *r, int *code)
{
	struct cli_args args = {.argc = argc, .argv = argv, .options = options, .at = 1};
	struct err err = {.code = ERR_NONE};
	int got;

	*code = err_exit_code(ERR_USAGE);
	while ((got = cli_next(&args)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return false;
		if (got == CLI_WORD)
			argv[1 + r->n_files++] = (char *)(uintptr_t)args.value;
		else if (!set_option(r, (enum option_id)got, args.value) &&
			 !wrong_value((enum option_id)got, args.value, &err))
			break;
	}
	if (err.code == ERR_NONE && r->is_inverted && !r->pattern)
		err_set(&err, ERR_USAGE, "logs: --invert needs --grep or --regex");
	if (err.code == ERR_NONE)
		return true;
	cli_fail(&err);
	return false;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	static char input[] = "-";
	static char *only_input[] = {input};
	struct logs_request r = {.files = argv + 1, .clock = clock};
	int code;

	if (!read_arguments(argc, argv, &r, &code))
		return code;
	if (r.n_files == 0) {
		r.files = only_input;
		r.n_files = 1;
	}
	return logs_run(&r);
}

const struct cli_command cli_logs_command = {
	.name = "logs",
	.usage = "[--grep TEXT | --regex RE] [--count] [OPTION...] [FILE...]",
	.help = "lines of logs: found, counted, shown",
	.options = options,
	.run = run,
};
