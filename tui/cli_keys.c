/* `azdeck keys [KEYMAP]`: what every key does, from the keymap itself. A broken file
 * of the user's is reported here too, without opening the deck. */
#include <stdio.h>

#include "base/err.h"
#include "tui/cli_data.h"
#include "tui/command.h"
#include "tui/keymap.h"

static void put_context(struct strbuf *out, const struct keymap *keymap,
			enum context context)
{
	struct strbuf keys;

	strbuf_init(&keys, 1024);
	strbuf_printf(out, "\n%s: %s\n", context_name(context), context_help(context));
	for (size_t i = 0; i < n_commands; i++) {
		const struct command *c = &commands[i];
		char call[48];

		if (!(c->contexts >> context & 1))
			continue;
		strbuf_reset(&keys);
		keymap_keys_of(keymap, context, c, &keys);
		snprintf(call, sizeof(call), "%s%s%s", c->name, c->arg ? " " : "",
			 c->arg ? c->arg : "");
		strbuf_printf(out, "  %-24s %-21s %s\n", keys.n ? keys.p : "-", call,
			      c->help);
	}
	strbuf_fini(&keys);
}

static void put_table(struct strbuf *out, const struct keymap *keymap)
{
	strbuf_printf(out, "keymap %s\n", keymap_name(keymap));
	for (int i = 0; i < CONTEXT_COUNT; i++)
		put_context(out, keymap, (enum context)i);
}

static void put_json(struct strbuf *out, const struct keymap *keymap)
{
	strbuf_putc(out, '{');
	data_put_member(out, true, "schema", STR("azdeck.keys/1"));
	data_put_member(out, false, "keymap", str_from(keymap_name(keymap)));
	strbuf_puts(out, ",\"bindings\":[");
	for (size_t i = 0; i < keymap_count(keymap); i++) {
		struct keymap_row row = keymap_at(keymap, i);

		strbuf_puts(out, i ? ",{" : "{");
		data_put_member(out, true, "context",
				str_from(context_name(row.context)));
		data_put_member(out, false, "keys", row.keys);
		data_put_member(out, false, "command", str_from(row.command->name));
		if (row.arg.n)
			data_put_member(out, false, "argument", row.arg);
		else
			strbuf_puts(out, ",\"argument\":null");
		data_put_member(out, false, "help", str_from(row.command->help));
		strbuf_putc(out, '}');
	}
	strbuf_puts(out, "]}\n");
}

static bool put_keymap(struct strbuf *out, const struct data_request *r, const char *dir,
		       struct err *err)
{
	struct keymap *keymap = keymap_load(r->name ? r->name : "default", dir, err);

	if (!keymap)
		return false;
	if (r->is_json)
		put_json(out, keymap);
	else
		put_table(out, keymap);
	keymap_free(keymap);
	return true;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	static const struct data_command keys = {"keymap", embedded_keymaps, put_keymap};
	struct data_request r = {0};
	int code = cli_walk(&cli_keys_command, argc, argv, &r);

	(void)clock;
	return code ? code : data_run(&keys, &r);
}

const struct cli_command cli_keys_command = {
	.name = "keys",
	.usage = "[KEYMAP] [OPTION...]",
	.help = "what every key does, by context",
	.options = data_options,
	.words = DATA_WORDS,
	.run = run,
};
