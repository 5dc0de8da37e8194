/* See boards.h. */
#include "cli/boards.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "config/env.h"

enum option_id { OPT_OUTPUT };

static const struct cli_option options[] = {
	[OPT_OUTPUT] = {"--output", "table|json", "how to print it (-o)"},
	{NULL, NULL, NULL},
};

static void tell_problem(const struct err *err, void *ctx)
{
	*(bool *)ctx = true;
	fprintf(stderr, "azdeck: %s\n", err->text);
}

static struct library *load(bool *has_problem)
{
	struct library *lib;
	struct strbuf dir;

	strbuf_init(&dir, 4096);
	env_config_path(&dir, "boards");
	lib = library_new(dir.n ? dir.p : NULL, tell_problem, has_problem);
	strbuf_fini(&dir);
	return lib;
}

struct library *cli_library(void)
{
	bool has_problem = false;

	return load(&has_problem);
}

const struct board_def *cli_find_board(const struct library *lib, const char *name,
				       struct err *err)
{
	const struct board_def *def = library_find(lib, str_from(name));
	const char *names[256], *nearest;
	size_t n = 0;

	if (def)
		return def;
	for (; n < library_size(lib) && n < 256; n++)
		names[n] = library_at(lib, n)->name;
	nearest = cli_nearest(name, names, n);
	if (nearest)
		err_set(err, ERR_NOT_FOUND,
			"there is no board \"%.60s\"; did you mean \"%s\"?", name,
			nearest);
	else
		err_set(err, ERR_NOT_FOUND,
			"there is no board \"%.60s\"; `azdeck boards` lists them", name);
	return NULL;
}

/* The kinds of connection its requests need, each once. */
static void put_kinds(struct strbuf *out, const struct board_def *def)
{
	unsigned seen = 0;

	strbuf_reset(out);
	for (size_t i = 0; i < def->n_requests; i++) {
		unsigned bit = 1u << def->requests[i].kind;

		if (seen & bit)
			continue;
		if (seen)
			strbuf_puts(out, ", ");
		strbuf_puts(out, conn_kind_name(def->requests[i].kind));
		seen |= bit;
	}
}

static void print_table(const struct library *lib)
{
	struct strbuf kinds;

	strbuf_init(&kinds, 200);
	printf("%-18s %-10s %-10s %s\n", "BOARD", "CATEGORY", "NEEDS", "TITLE");
	for (size_t i = 0; i < library_size(lib); i++) {
		const struct board_def *def = library_at(lib, i);

		put_kinds(&kinds, def);
		printf("%-18s %-10s %-10s %s\n", def->name, def->category, kinds.p,
		       def->title);
	}
	strbuf_fini(&kinds);
}

static void put_member(struct strbuf *out, const char *name, const char *text)
{
	json_print_text(out, str_from(name));
	strbuf_putc(out, ':');
	json_print_text(out, str_from(text));
}

static void print_json(const struct library *lib)
{
	struct strbuf out, kinds;

	strbuf_init(&out, 1 << 20);
	strbuf_init(&kinds, 200);
	strbuf_puts(&out, "{\"schema\":\"azdeck.boards/1\",\"boards\":[");
	for (size_t i = 0; i < library_size(lib); i++) {
		const struct board_def *def = library_at(lib, i);

		put_kinds(&kinds, def);
		strbuf_puts(&out, i ? ",{" : "{");
		put_member(&out, "name", def->name);
		strbuf_putc(&out, ',');
		put_member(&out, "category", def->category);
		strbuf_putc(&out, ',');
		put_member(&out, "title", def->title);
		strbuf_putc(&out, ',');
		put_member(&out, "needs", kinds.p);
		strbuf_putc(&out, ',');
		put_member(&out, "source", def->source);
		strbuf_putc(&out, '}');
	}
	strbuf_puts(&out, "]}");
	puts(out.p);
	strbuf_fini(&out);
	strbuf_fini(&kinds);
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct cli_args args = {.argc = argc, .argv = argv, .options = options, .at = 1};
	bool is_json = false, has_problem = false;
	struct library *lib;
	struct err err;
	int got;

	(void)clock;
	while ((got = cli_next(&args)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return 2;
		is_json = got == OPT_OUTPUT && strcmp(args.value, "json") == 0;
		if (got == CLI_WORD || (!is_json && strcmp(args.value, "table") != 0)) {
			err_set(&err, ERR_USAGE,
				"boards: \"%.60s\" is not understood here", args.value);
			return cli_fail(&err);
		}
	}
	lib = load(&has_problem);
	if (is_json)
		print_json(lib);
	else
		print_table(lib);
	library_free(lib);
	return has_problem ? err_exit_code(ERR_CONFIG) : 0;
}

const struct cli_command cli_boards_command = {
	.name = "boards",
	.usage = "[-o table|json]",
	.help = "the boards, what they need, where they come from",
	.options = options,
	.run = run,
};
