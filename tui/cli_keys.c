/* `azdeck keys [KEYMAP]` and `azdeck themes [THEME]`: the tables and data files of
 * the deck, printed. A broken file of the user's is reported here too. */
#include "tui/cli_tables.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/err.h"
#include "base/file.h"
#include "config/env.h"
#include "tui/command.h"
#include "tui/keymap.h"
#include "tui/theme.h"

/* Built-in names, then the user's own. */
static void list_names(const struct embedded_file *built_in, const char *folder)
{
	struct strbuf dir;
	struct file_list own;
	struct err err;

	for (; built_in->name; built_in++)
		printf("%s\n", built_in->name);
	strbuf_init(&dir, 4096);
	env_config_path(&dir, folder);
	if (dir.n && file_list(dir.p, ".json", &own, &err)) {
		for (size_t i = 0; i < own.n; i++)
			printf("%.*s  (%s)\n", (int)strlen(own.names[i]) - 5,
			       own.names[i], dir.p);
		file_list_fini(&own);
	}
	strbuf_fini(&dir);
}

static void print_context(const struct keymap *keymap, enum context context)
{
	struct strbuf keys;

	strbuf_init(&keys, 1024);
	printf("\n%s: %s\n", context_name(context), context_help(context));
	for (size_t i = 0; i < n_commands; i++) {
		const struct command *c = &commands[i];
		char call[48];

		if (!(c->contexts >> context & 1))
			continue;
		strbuf_reset(&keys);
		keymap_keys_of(keymap, context, c, &keys);
		snprintf(call, sizeof(call), "%s%s%s", c->name, c->arg ? " " : "",
			 c->arg ? c->arg : "");
		printf("  %-24s %-21s %s\n", keys.n ? keys.p : "-", call, c->help);
	}
	strbuf_fini(&keys);
}

static int run_keys(int argc, char **argv, const struct clock *clock)
{
	struct strbuf dir;
	struct keymap *keymap;
	struct err err;

	(void)clock;
	if (argc > 2) {
		err_set(&err, ERR_USAGE, "keys takes one keymap at most");
		return cli_fail(&err);
	}
	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		list_names(embedded_keymaps, "keymaps");
		return 0;
	}
	strbuf_init(&dir, 4096);
	env_config_path(&dir, "keymaps");
	keymap = keymap_load(argc == 2 ? argv[1] : "default", dir.p, &err);
	strbuf_fini(&dir);
	if (!keymap)
		return cli_fail(&err);
	printf("keymap %s\n", keymap_name(keymap));
	for (int i = 0; i < CONTEXT_COUNT; i++)
		print_context(keymap, (enum context)i);
	keymap_free(keymap);
	return 0;
}

static int run_themes(int argc, char **argv, const struct clock *clock)
{
	struct strbuf dir;
	struct theme *theme;
	struct err err;

	(void)clock;
	if (argc > 2) {
		err_set(&err, ERR_USAGE, "themes takes one theme at most");
		return cli_fail(&err);
	}
	if (argc < 2) {
		list_names(embedded_themes, "themes");
		return 0;
	}
	strbuf_init(&dir, 4096);
	env_config_path(&dir, "themes");
	theme = theme_load(argv[1], dir.p, &err);
	strbuf_fini(&dir);
	if (!theme)
		return cli_fail(&err);
	printf("%s: %s\n", theme_name(theme), theme_description(theme));
	for (int i = 0; i < ROLE_COUNT; i++)
		printf("  %-16s %s\n", role_name((enum role)i), role_help((enum role)i));
	theme_free(theme);
	return 0;
}

static const struct cli_option key_options[] = {
	{"--list", NULL, "name the keymaps instead"},
	{NULL, NULL, NULL},
};
static const struct cli_option no_options[] = {{NULL, NULL, NULL}};

const struct cli_command tui_cli_commands[] = {
	{"keys", "[KEYMAP | --list]", "what every key does, by context", key_options,
	 run_keys},
	{"themes", "[THEME]", "the themes, or the roles of one", no_options, run_themes},
	{NULL, NULL, NULL, NULL, NULL},
};
