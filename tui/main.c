/* The program: the deck's own options, or a headless command. Thread: ui. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/world.h"
#include "tui/cli_logs.h"
#include "tui/cli_tables.h"
#include "tui/deck.h"

static int usage(const char *what)
{
	fprintf(stderr, "azdeck: %s; `azdeck help` lists what there is\n", what);
	return 2;
}

#define INTO(member) CLI_INTO(struct deck_options, member)

/* The options of the deck itself: one row each; help is printed from it. */
const struct cli_option deck_cli_options[] = {
	{"--demo", NULL, "run on the embedded, simulated Azure", INTO(is_demo)},
	CLI_OPTION_SEED(struct deck_options),
	CLI_OPTION_SPEED(struct deck_options),
	CLI_OPTION_AT(struct deck_options),
	CLI_OPTION_FAULT(struct deck_options),
	CLI_OPTION_AS(struct deck_options),
	{"--theme", "NAME", "colours; `azdeck themes` lists them", INTO(theme)},
	{"--keymap", "NAME", "keys; `azdeck keys` lists them", INTO(keymap)},
	{"--ascii", NULL, "draw with ASCII only", INTO(is_ascii)},
	{"--plain", NULL, "no colour", INTO(is_plain)},
	{"--read-only", NULL, "nothing that changes Azure is offered",
	 INTO(is_read_only)},
	{"--no-mouse", NULL, "leave the mouse to the terminal", INTO(has_no_mouse)},
	{"--log", "FILE", "append a log to FILE", INTO(log_path)},
	CLI_OPTION_CONFIG(struct deck_options, config_path),
	{.name = NULL},
};

/* "--name", "--name=value" or "--name value". */
static int read_option(struct deck_options *o, int argc, char **argv, int *at)
{
	struct str name = str_from(argv[*at]);
	ptrdiff_t equals = str_find_char(name, '=');
	const char *value = equals < 0 ? NULL : argv[*at] + equals + 1;
	struct err ignored;
	char what[160];

	if (equals >= 0)
		name = str_sub(name, 0, (size_t)equals);
	for (size_t i = 0; deck_cli_options[i].name; i++) {
		const struct cli_option *row = &deck_cli_options[i];

		if (!str_is(name, row->name))
			continue;
		if (row->arg && !value && *at + 1 < argc)
			value = argv[++*at];
		if (row->arg ? !value : value != NULL) {
			snprintf(what, sizeof(what), "%s %s", row->name,
				 row->arg ? "needs a value" : "takes no value");
			return usage(what);
		}
		if (!cli_option_set(row, value, &ignored, o)) {
			snprintf(what, sizeof(what), "%s cannot be \"%.60s\"", row->name,
				 value);
			return usage(what);
		}
		return 0;
	}
	snprintf(what, sizeof(what), "there is no option \"%.*s\"",
		 (int)(name.n < 60 ? name.n : 60), name.p);
	return usage(what);
}

static int run_deck(int argc, char **argv)
{
	struct deck_options options = {.world = CLI_WORLD_DEFAULT};
	struct clock clock;

	for (int i = 1; i < argc; i++) {
		int code = read_option(&options, argc, argv, &i);

		if (code != 0)
			return code;
	}
	if (options.is_demo)
		cli_world_clock(&options.world, &clock);
	else
		clock_init_real(&clock);
	options.clock = &clock;
	return deck_run(&options);
}

int main(int argc, char **argv)
{
	struct clock clock;

	/* For the character set only: numbers stay with a point. */
	setlocale(LC_CTYPE, "");
	if (argc < 2 || (argv[1][0] == '-' && strcmp(argv[1], "--help") != 0 &&
			 strcmp(argv[1], "-h") != 0 && strcmp(argv[1], "--version") != 0))
		return run_deck(argc, argv);
	clock_init_real(&clock);
	if (strcmp(argv[1], "logs") == 0)
		return cli_logs_main(argc - 1, argv + 1, &clock);
	return cli_main(argc, argv, tui_cli_commands, deck_cli_options, &clock);
}
