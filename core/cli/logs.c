/* See logs.h. This file reads the command line; what is done stands in logs_run.c. */
#include "cli/logs.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/when.h"
#include "cli/logs_run.h"
#include "config/env.h"

enum option_id {
	OPT_SOURCE,
	OPT_SOURCES,
	OPT_COUNT,
	OPT_CLUSTERS,
	OPT_FOLLOW,
	OPT_GREP,
	OPT_HISTOGRAM,
	OPT_IGNORE_CASE,
	OPT_INVERT,
	OPT_KEYMAP,
	OPT_LEVEL,
	OPT_OUTPUT,
	OPT_PRINT,
	OPT_REGEX,
	OPT_SINCE,
	OPT_THEME,
	OPT_UNTIL,
	OPT_DEMO,
	OPT_SEED,
	OPT_SPEED,
	OPT_AT,
	OPT_FAULT,
	OPT_CONFIG,
};

static const struct cli_option options[] = {
	[OPT_SOURCE] = {"--source", "SOURCE",
			"live lines in place of files: pods:..., kql:..., file:..."},
	[OPT_SOURCES] = {"--sources", NULL,
			 "list what --source can be, with --demo or not"},
	[OPT_COUNT] = {"--count", NULL, "how many lines, as grep -c says it (-c)"},
	[OPT_CLUSTERS] = {"--clusters", NULL, "patterns of lines that are alike"},
	[OPT_FOLLOW] = {"--follow", NULL, "go on with what is added (-f)"},
	[OPT_GREP] = {"--grep", "TEXT", "only lines with this text"},
	[OPT_HISTOGRAM] = {"--histogram", NULL, "how many lines when, and how bad"},
	[OPT_IGNORE_CASE] = {"--ignore-case", NULL,
			     "upper and lower case are the same (-i)"},
	[OPT_INVERT] = {"--invert", NULL, "only lines without the text or pattern"},
	[OPT_KEYMAP] = {"--keymap", "NAME", "keys of the screen"},
	[OPT_LEVEL] = {"--level", "LEVEL", "only lines as bad as this, or worse"},
	[OPT_OUTPUT] = {"--output", "text|json", "how to print it (-o)"},
	[OPT_PRINT] = {"--print", NULL, "print to a terminal too; else it gets a screen"},
	[OPT_REGEX] = {"--regex", "RE", "only lines that match this pattern (PCRE2)"},
	[OPT_SINCE] = {"--since", "TIME", "only lines of then or later: 15m, 10:32"},
	[OPT_THEME] = {"--theme", "NAME", "colours of the screen"},
	[OPT_UNTIL] = {"--until", "TIME", "only lines from before then"},
	[OPT_DEMO] = {"--demo", NULL, "sources of the embedded, simulated Azure"},
	[OPT_SEED] = CLI_OPTION_SEED,
	[OPT_SPEED] = CLI_OPTION_SPEED,
	[OPT_AT] = CLI_OPTION_AT,
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_CONFIG] = {"--config", "FILE", "use this configuration"},
	{NULL, NULL, NULL},
};

/* Also "15m" for fifteen minutes ago. */
static bool read_moment(const struct logs_request *r, const char *value, int64_t *out)
{
	int64_t now_ms =
		r->is_demo && r->world.at_ms ? r->world.at_ms : clock_wall_ms(r->clock);
	char ago[32] = "-";
	size_t n = strlen(value);

	if (when_parse(str_from(value), now_ms, now_ms, out))
		return true;
	if (n + 2 > sizeof(ago))
		return false;
	memcpy(ago + 1, value, n + 1);
	return when_parse(str_from(ago), now_ms, now_ms, out);
}

static bool set_mode(struct logs_request *r, enum logs_mode mode)
{
	bool is_first = r->mode == LOGS_LINES || r->mode == mode;

	r->mode = mode;
	return is_first;
}

static bool set_pattern(struct logs_request *r, const char *value, bool is_regex)
{
	bool is_first = !r->pattern;

	r->pattern = value;
	r->match.is_regex = is_regex;
	return is_first;
}

static bool set_option(struct logs_request *r, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_CLUSTERS:
		return set_mode(r, LOGS_CLUSTERS);
	case OPT_COUNT:
		return set_mode(r, LOGS_COUNT);
	case OPT_HISTOGRAM:
		return set_mode(r, LOGS_HISTOGRAM);
	case OPT_GREP:
	case OPT_REGEX:
		return set_pattern(r, value, id == OPT_REGEX);
	case OPT_FOLLOW:
		return r->is_follow = true;
	case OPT_IGNORE_CASE:
		return r->match.ignore_case = true;
	case OPT_INVERT:
		return r->is_inverted = true;
	case OPT_LEVEL:
		r->level = line_level_of(str_from(value));
		return r->level != LINE_UNKNOWN;
	case OPT_OUTPUT:
		r->is_json = strcmp(value, "json") == 0;
		return r->is_json || strcmp(value, "text") == 0;
	/* What they count from may still follow. */
	case OPT_PRINT:
		return r->is_printed = true;
	case OPT_SINCE:
		r->since = value;
		return true;
	case OPT_UNTIL:
		r->until = value;
		return true;
	case OPT_SOURCE:
		r->source = value;
		return true;
	case OPT_SOURCES:
		return r->lists_sources = true;
	case OPT_THEME:
		r->theme = value;
		return true;
	case OPT_KEYMAP:
		r->keymap = value;
		return true;
	case OPT_DEMO:
		return r->is_demo = true;
	case OPT_SEED:
	case OPT_SPEED:
	case OPT_AT:
	case OPT_FAULT:
		return cli_world_set(&r->world, options[id].name, value);
	case OPT_CONFIG:
		r->config = value;
		return true;
	}
	return false;
}

static void wrong_value(enum option_id id, const char *value, struct err *err)
{
	if (id == OPT_GREP || id == OPT_REGEX)
		err_set(err, ERR_USAGE, "logs: one --grep or --regex, not two");
	else if (!options[id].arg)
		err_set(err, ERR_USAGE,
			"logs: one of --count, --clusters and --histogram");
	else if (id == OPT_LEVEL)
		err_set(err, ERR_USAGE,
			"logs: --level cannot be \"%.60s\": it is trace, debug, info, "
			"warning, error or critical",
			value);
	else
		err_set(err, ERR_USAGE,
			"logs: %s cannot be \"%.60s\"; `azdeck help logs` says more",
			options[id].name, value);
}

static void read_moments(struct logs_request *r, struct err *err)
{
	if (r->since && !read_moment(r, r->since, &r->since_ms))
		wrong_value(OPT_SINCE, r->since, err);
	else if (r->until && !read_moment(r, r->until, &r->until_ms))
		wrong_value(OPT_UNTIL, r->until, err);
}

static void check(const struct logs_request *r, struct err *err)
{
	if (logs_is_live(r) && r->n_files)
		err_set(err, ERR_USAGE, "logs: --source or files, not both");
	else if (r->is_demo && !logs_is_live(r))
		err_set(err, ERR_USAGE,
			"logs: --demo needs --source; `azdeck logs --sources --demo` "
			"lists what there is");
	else if (r->is_inverted && !r->pattern)
		err_set(err, ERR_USAGE, "logs: --invert needs --grep or --regex");
	else if (r->is_follow && r->mode != LOGS_LINES)
		err_set(err, ERR_USAGE,
			"logs: --follow never ends, so there is nothing to sum up");
	for (size_t i = 0; r->is_follow && r->n_files > 1 && i < r->n_files; i++) {
		if (strcmp(r->files[i], "-") == 0)
			err_set(err, ERR_USAGE,
				"logs: --follow takes standard input alone or files");
	}
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
		else if (err.code == ERR_NONE &&
			 !set_option(r, (enum option_id)got, args.value))
			wrong_value((enum option_id)got, args.value, &err);
	}
	if (err.code == ERR_NONE)
		read_moments(r, &err);
	if (err.code == ERR_NONE)
		check(r, &err);
	if (err.code == ERR_NONE)
		return true;
	cli_fail(&err);
	return false;
}

bool logs_read(int argc, char **argv, struct logs_request *r, int *code)
{
	static char input[] = "-";
	static char *only_input[] = {input};

	r->files = argv + 1;
	if (!read_arguments(argc, argv, r, code))
		return false;
	if (r->n_files == 0 && !logs_is_live(r)) {
		r->files = only_input;
		r->n_files = 1;
	}
	return true;
}

bool logs_wants_screen(const struct logs_request *r)
{
	const char *term = env_get("TERM");

	return !r->is_printed && !r->is_json && !logs_is_live(r) &&
	       r->mode == LOGS_LINES && isatty(STDOUT_FILENO) && term &&
	       strcmp(term, "dumb") != 0;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct logs_request r = {.clock = clock, .world = CLI_WORLD_DEFAULT};
	int code;

	return logs_read(argc, argv, &r, &code) ? logs_run(&r) : code;
}

const struct cli_command cli_logs_command = {
	.name = "logs",
	.usage = "[--grep TEXT | --regex RE] [--follow] [--source SOURCE] [OPTION...] "
		 "[FILE...]",
	.help = "lines of log files or live sources: found, counted, summed up",
	.options = options,
	.run = run,
};
