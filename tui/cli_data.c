/* See cli_data.h. */
#include "tui/cli_data.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "config/env.h"

enum option_id { OPT_OUTPUT, OPT_LIST };

const struct cli_option data_options[] = {
	[OPT_OUTPUT] = {"--output", "table|json", "how to print it (-o)"},
	[OPT_LIST] = {"--list", NULL, "name those there are"},
	{NULL, NULL, NULL},
};

static int refuse(const char *command, const char *what, const char *value)
{
	struct err err;

	err_set(&err, ERR_USAGE,
		"%s: %s \"%.100s\"; `azdeck help %s` lists what there is", command, what,
		value, command);
	return cli_fail(&err);
}

int data_read_arguments(struct data_request *r, int argc, char **argv)
{
	struct cli_args args = {.argc = argc,
				.argv = argv,
				.options = data_options,
				.at = 1};
	int got;

	while ((got = cli_next(&args)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return err_exit_code(ERR_USAGE);
		if (got == OPT_LIST) {
			r->is_list = true;
		} else if (got == OPT_OUTPUT) {
			r->is_json = strcmp(args.value, "json") == 0;
			if (!r->is_json && strcmp(args.value, "table") != 0)
				return refuse(argv[0], "there is no format", args.value);
		} else if (r->name) {
			return refuse(argv[0], "one name is enough, not also",
				      args.value);
		} else {
			r->name = args.value;
		}
	}
	return 0;
}

void data_put_member(struct strbuf *out, bool is_first, const char *name, struct str text)
{
	if (!is_first)
		strbuf_putc(out, ',');
	json_print_text(out, str_from(name));
	strbuf_putc(out, ':');
	json_print_text(out, text);
}

static void put_one(struct strbuf *out, struct str name, const char *source, bool is_json)
{
	if (is_json) {
		strbuf_puts(out, out->p[out->n - 1] == '[' ? "{" : ",{");
		data_put_member(out, true, "name", name);
		data_put_member(out, false, "source",
				source ? str_from(source) : STR("built-in"));
		strbuf_putc(out, '}');
		return;
	}
	sanitize_line(out, name);
	if (source) {
		strbuf_puts(out, "  (");
		sanitize_line(out, str_from(source));
		strbuf_putc(out, ')');
	}
	strbuf_putc(out, '\n');
}

/* Those built in, then the user's own, which are told by where they are. */
static void put_list(struct strbuf *out, const struct data_command *c, const char *dir,
		     bool is_json)
{
	const struct embedded_file *built_in = c->built_in;
	struct file_list own;
	struct err err;

	if (is_json)
		strbuf_printf(out, "{\"schema\":\"azdeck.%ss/1\",\"%ss\":[", c->noun,
			      c->noun);
	for (; built_in->name; built_in++)
		put_one(out, str_from(built_in->name), NULL, is_json);
	if (dir[0] && file_list(dir, ".json", &own, &err)) {
		for (size_t i = 0; i < own.n; i++) {
			struct str name = str_from(own.names[i]);

			put_one(out, str_sub(name, 0, name.n - strlen(".json")), dir,
				is_json);
		}
		file_list_fini(&own);
	}
	if (is_json)
		strbuf_puts(out, "]}\n");
}

int data_run(const struct data_command *c, const struct data_request *r)
{
	struct strbuf out, dir;
	char folder[40];
	struct err err;
	int code = 0;

	strbuf_init(&out, 1 << 20);
	strbuf_init(&dir, 4096);
	snprintf(folder, sizeof(folder), "%ss", c->noun);
	env_config_path(&dir, folder);
	if (r->is_list)
		put_list(&out, c, dir.p, r->is_json);
	else if (!c->put(&out, r, dir.p, &err))
		code = cli_fail(&err);
	cli_write(&out, &code);
	strbuf_fini(&dir);
	strbuf_fini(&out);
	return code;
}
