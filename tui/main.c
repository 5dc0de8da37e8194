/* The program: the deck's own options, or a headless command. Thread: ui. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
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

/* The options of the deck itself: one row each; help is printed from it. */
enum option_id {
	OPT_DEMO,
	OPT_SEED,
	OPT_SPEED,
	OPT_AT,
	OPT_FAULT,
	OPT_AS,
	OPT_THEME,
	OPT_KEYMAP,
	OPT_ASCII,
	OPT_PLAIN,
	OPT_READ_ONLY,
	OPT_NO_MOUSE,
	OPT_LOG,
	OPT_CONFIG,
};

const struct cli_option deck_cli_options[] = {
	[OPT_DEMO] = {"--demo", NULL, "run on the embedded, simulated Azure"},
	[OPT_SEED] = CLI_OPTION_SEED,
	[OPT_SPEED] = CLI_OPTION_SPEED,
	[OPT_AT] = CLI_OPTION_AT,
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_AS] = CLI_OPTION_AS,
	[OPT_THEME] = {"--theme", "NAME", "colours; `azdeck themes` lists them"},
	[OPT_KEYMAP] = {"--keymap", "NAME", "keys; `azdeck keys` lists them"},
	[OPT_ASCII] = {"--ascii", NULL, "draw with ASCII only"},
	[OPT_PLAIN] = {"--plain", NULL, "no colour"},
	[OPT_READ_ONLY] = {"--read-only", NULL, "nothing that changes Azure is offered"},
	[OPT_NO_MOUSE] = {"--no-mouse", NULL, "leave the mouse to the terminal"},
	[OPT_LOG] = {"--log", "FILE", "append a log to FILE"},
	[OPT_CONFIG] = {"--config", "FILE", "use this configuration"},
	{NULL, NULL, NULL},
};

/* Sets the option; false when its value is wrong. */
static bool set_option(struct deck_options *o, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_DEMO:
		o->is_demo = true;
		return true;
	case OPT_SEED:
	case OPT_SPEED:
	case OPT_AT:
	case OPT_FAULT:
	case OPT_AS:
		return cli_world_set(&o->world, deck_cli_options[id].name, value);
	case OPT_THEME:
		o->theme = value;
		return true;
	case OPT_KEYMAP:
		o->keymap = value;
		return true;
	case OPT_ASCII:
		o->is_ascii = true;
		return true;
	case OPT_PLAIN:
		o->is_plain = true;
		return true;
	case OPT_READ_ONLY:
		o->is_read_only = true;
		return true;
	case OPT_NO_MOUSE:
		o->has_no_mouse = true;
		return true;
	case OPT_LOG:
		o->log_path = value;
		return true;
	case OPT_CONFIG:
		o->config_path = value;
		return true;
	}
	return false;
}

/* "--name", "--name=value" or "--name value". */
static int read_option(struct deck_options *o, int argc, char **argv, int *at)
{
	struct str name = str_from(argv[*at]);
	ptrdiff_t equals = str_find_char(name, '=');
	const char *value = equals < 0 ? NULL : argv[*at] + equals + 1;
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
		if (!set_option(o, (enum option_id)i, value)) {
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
