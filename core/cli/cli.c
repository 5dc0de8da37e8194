/* See cli.h: the table of headless commands, and what is derived from it: dispatch,
 * help, and the guess at what a mistyped word meant. */
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/act.h"
#include "cli/ask.h"
#include "cli/audit.h"
#include "cli/boards.h"
#include "cli/decode.h"
#include "cli/doctor.h"
#include "cli/handover.h"
#include "cli/history.h"
#include "cli/knowledge.h"
#include "cli/login.h"
#include "cli/logs.h"
#include "cli/query.h"
#include "cli/schedule.h"
#include "cli/sample.h"
#include "cli/schema.h"
#include "cli/secret.h"
#include "cli/show.h"
#include "cli/sim.h"
#include "cli/version.h"

static const struct cli_command *const commands[] = {
	&cli_act_command,	&cli_ask_command,     &cli_audit_command,
	&cli_boards_command,	&cli_changes_command, &cli_config_command,
	&cli_decode_command,	&cli_doctor_command,  &cli_handover_command,
	&cli_knowledge_command, &cli_login_command,   &cli_logout_command,
	&cli_logs_command,	&cli_query_command,   &cli_schedule_command,
	&cli_schema_command,	&cli_secret_command,  &cli_show_command,
	&cli_sim_command,	&cli_version_command, NULL,
};

static const struct cli_command *find_in(const struct cli_command *const *list,
					 const char *name)
{
	while (*list && strcmp((*list)->name, name) != 0)
		list++;
	return *list;
}

static const struct cli_command *find(const char *name,
				      const struct cli_command *const *extra)
{
	const struct cli_command *command = find_in(commands, name);

	return command ? command : find_in(extra, name);
}

static void print_options(FILE *out, const struct cli_option *options)
{
	for (; options->name; options++)
		fprintf(out, "  %s%s%-*s %s\n", options->name, options->arg ? " " : "",
			(int)(24 - strlen(options->name) - (options->arg != NULL)),
			options->arg ? options->arg : "", options->help);
}

static void print_commands(const struct cli_command *const *list)
{
	for (; *list; list++)
		printf("  %-10s %s\n", (*list)->name, (*list)->help);
}

static int help_all(const struct cli_command *const *extra,
		    const struct cli_option *deck_options)
{
	printf("usage: azdeck [OPTION...]          the deck\n"
	       "       azdeck COMMAND [ARG...]     without a screen\n\n");
	print_commands(commands);
	print_commands(extra);
	printf("  %-10s %s\n\nthe deck's options:\n", "help",
	       "this, or one command's options");
	print_options(stdout, deck_options);
	printf("\n`azdeck help COMMAND` says more; so do azdeck(1), azdeck-query(7), "
	       "azdeck-schedule(7) and azdeck-boards(5).\n");
	return 0;
}

static int help_one(const struct cli_command *c)
{
	printf("usage: azdeck %s %s\n\n%s\n", c->name, c->usage, c->help);
	if (c->options->name) {
		printf("\n");
		print_options(stdout, c->options);
	}
	return 0;
}

/* Edits between two short words: what a typing error costs. */
static size_t distance(const char *a, const char *b)
{
	size_t row[32], n = strlen(b);

	if (n >= 31)
		return 99;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

const char *cli_nearest(const char *word, const char *const *choices, size_t n)
{
	const char *nearest = NULL;
	size_t least = 3;

	for (size_t i = 0; i < n; i++) {
		size_t d = distance(word, choices[i]);

		if (d < least) {
			least = d;
			nearest = choices[i];
		}
	}
	return nearest;
}

static int unknown(const char *word, const struct cli_command *const *extra)
{
	const char *names[64], *nearest;
	struct err err;
	size_t n = 0;

	for (size_t i = 0; commands[i] && n < 60; i++)
		names[n++] = commands[i]->name;
	for (; *extra && n < 60; extra++)
		names[n++] = (*extra)->name;
	names[n++] = "help";
	nearest = cli_nearest(word, names, n);
	if (nearest)
		err_set(&err, ERR_USAGE,
			"there is no command \"%.60s\"; did you mean \"%s\"?", word,
			nearest);
	else
		err_set(&err, ERR_USAGE,
			"there is no command \"%.60s\"; `azdeck help` lists them", word);
	return cli_fail(&err);
}

static int dispatch(int argc, char **argv, const struct cli_command *const *extra,
		    const struct cli_option *deck_options, const struct clock *clock)
{
	const char *word = argv[1];
	const struct cli_command *command;
	bool is_help = strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 ||
		       strcmp(word, "-h") == 0;

	if (is_help && argc < 3)
		return help_all(extra, deck_options);
	if (strcmp(word, "--version") == 0)
		word = "version";
	command = find(is_help ? argv[2] : word, extra);
	if (!command)
		return unknown(is_help ? argv[2] : word, extra);
	if (is_help)
		return help_one(command);
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0)
			return help_one(command);
	}
	return command->run(argc - 1, argv + 1, clock);
}

int cli_main(int argc, char **argv, const struct cli_command *const *extra,
	     const struct cli_option *deck_options, const struct clock *clock)
{
	/* A reader that closes early is seen where it is written to. */
	signal(SIGPIPE, SIG_IGN);
	return cli_flush(dispatch(argc, argv, extra, deck_options, clock));
}
