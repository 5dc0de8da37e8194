/* See logs.h. This file reads the command line; what is done stands in logs_run.c. */
#include "cli/logs.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/when.h"
#include "cli/logs_run.h"
#include "config/env.h"

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

static bool set_mode(struct logs_request *r, enum logs_mode mode, struct err *err)
{
	if (r->mode != LOGS_LINES && r->mode != mode)
		return err_set(err, ERR_USAGE,
			       "logs: one of --count, --clusters and --histogram");
	r->mode = mode;
	return true;
}

static bool set_count(const char *value, struct err *err, void *to)
{
	(void)value;
	return set_mode(to, LOGS_COUNT, err);
}

static bool set_clusters(const char *value, struct err *err, void *to)
{
	(void)value;
	return set_mode(to, LOGS_CLUSTERS, err);
}

static bool set_histogram(const char *value, struct err *err, void *to)
{
	(void)value;
	return set_mode(to, LOGS_HISTOGRAM, err);
}

static bool set_pattern(struct logs_request *r, const char *value, bool is_regex,
			struct err *err)
{
	if (r->pattern)
		return err_set(err, ERR_USAGE, "logs: one --grep or --regex, not two");
	r->pattern = value;
	r->match.is_regex = is_regex;
	return true;
}

static bool set_text(const char *value, struct err *err, void *to)
{
	return set_pattern(to, value, false, err);
}

static bool set_regex(const char *value, struct err *err, void *to)
{
	return set_pattern(to, value, true, err);
}

static bool set_level(const char *value, struct err *err, void *to)
{
	struct logs_request *r = to;

	r->level = line_level_of(str_from(value));
	return r->level != LINE_UNKNOWN ||
	       err_set(err, ERR_USAGE,
		       "logs: --level cannot be \"%.60s\": it is trace, debug, info, "
		       "warning, error or critical",
		       value);
}

static const struct cli_option options[] = {
	{"--source", "SOURCE",
	 "live lines in place of files: pods:..., kql:..., file:...",
	 CLI_INTO(struct logs_request, source)},
	{"--sources", NULL, "list what --source can be, with --demo or not",
	 CLI_INTO(struct logs_request, lists_sources)},
	{"--count", NULL, "how many lines, as grep -c says it (-c)", .set = set_count},
	{"--clusters", NULL, "patterns of lines that are alike", .set = set_clusters},
	{"--follow", NULL, "go on with what is added (-f)",
	 CLI_INTO(struct logs_request, is_follow)},
	{"--grep", "TEXT", "only lines with this text", .set = set_text},
	{"--histogram", NULL, "how many lines when, and how bad", .set = set_histogram},
	{"--ignore-case", NULL, "upper and lower case are the same (-i)",
	 CLI_INTO(struct logs_request, match.ignore_case)},
	{"--invert", NULL, "only lines without the text or pattern",
	 CLI_INTO(struct logs_request, is_inverted)},
	{"--keymap", "NAME", "keys of the screen", CLI_INTO(struct logs_request, keymap)},
	{"--level", "LEVEL", "only lines as bad as this, or worse", .set = set_level},
	{"--output", "text|json", "how to print it (-o)",
	 CLI_INTO_JSON(struct logs_request, is_json)},
	{"--print", NULL, "print to a terminal too; else it gets a screen",
	 CLI_INTO(struct logs_request, is_printed)},
	{"--regex", "RE", "only lines that match this pattern (PCRE2)", .set = set_regex},
	/* What they count from may still follow. */
	{"--since", "TIME", "only lines of then or later: 15m, 10:32",
	 CLI_INTO(struct logs_request, since)},
	{"--theme", "NAME", "colours of the screen",
	 CLI_INTO(struct logs_request, theme)},
	{"--until", "TIME", "only lines from before then",
	 CLI_INTO(struct logs_request, until)},
	{"--demo", NULL, "sources of the embedded, simulated Azure",
	 CLI_INTO(struct logs_request, is_demo)},
	CLI_OPTION_SEED(struct logs_request),
	CLI_OPTION_SPEED(struct logs_request),
	CLI_OPTION_AT(struct logs_request),
	CLI_OPTION_FAULT(struct logs_request),
	CLI_OPTION_CONFIG(struct logs_request, config),
	{.name = NULL},
};

static int read_moments(struct logs_request *r)
{
	if (r->since && !read_moment(r, r->since, &r->since_ms))
		return cli_wrong_value("logs", "--since", r->since);
	if (r->until && !read_moment(r, r->until, &r->until_ms))
		return cli_wrong_value("logs", "--until", r->until);
	return 0;
}

static bool fits(const struct logs_request *r, struct err *err)
{
	if (logs_is_live(r) && r->n_files)
		return err_set(err, ERR_USAGE, "logs: --source or files, not both");
	if (r->is_demo && !logs_is_live(r))
		return err_set(
			err, ERR_USAGE,
			"logs: --demo needs --source; `azdeck logs --sources --demo` "
			"lists what there is");
	if (r->is_inverted && !r->pattern)
		return err_set(err, ERR_USAGE, "logs: --invert needs --grep or --regex");
	if (r->is_follow && r->mode != LOGS_LINES)
		return err_set(
			err, ERR_USAGE,
			"logs: --follow never ends, so there is nothing to sum up");
	for (size_t i = 0; r->is_follow && r->n_files > 1 && i < r->n_files; i++) {
		if (strcmp(r->files[i], "-") == 0)
			return err_set(
				err, ERR_USAGE,
				"logs: --follow takes standard input alone or files");
	}
	return true;
}

/* Words that are files stay where they are, moved to the front of argv. */
static bool add_file(const char *word, struct err *err, void *to)
{
	struct logs_request *r = to;

	(void)err;
	r->files[r->n_files++] = (char *)(uintptr_t)word;
	return true;
}

bool logs_read(int argc, char **argv, struct logs_request *r, int *code)
{
	static char input[] = "-";
	static char *only_input[] = {input};
	struct err err;

	r->files = argv + 1;
	*code = cli_walk(&cli_logs_command, argc, argv, r);
	if (*code == 0)
		*code = read_moments(r);
	if (*code == 0 && !fits(r, &err))
		*code = cli_fail(&err);
	if (*code == 0 && r->n_files == 0 && !logs_is_live(r)) {
		r->files = only_input;
		r->n_files = 1;
	}
	return *code == 0;
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
	.usage = "[OPTION...] [FILE...]",
	.help = "lines of log files or live sources: found, counted, summed up",
	.options = options,
	.words = {.take = add_file},
	.run = run,
};
