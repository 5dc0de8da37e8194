/* See cli_data.h. */
#include "tui/cli_data.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "config/env.h"

const struct cli_option data_options[] = {
	{"--output", "table|json", "how to print it (-o)",
	 CLI_INTO_JSON(struct data_request, is_json), .refusal = "there is no format"},
	{"--list", NULL, "name those there are", CLI_INTO(struct data_request, is_list)},
	{.name = NULL},
};

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
