/* See boards.h. */
#include "cli/boards.h"

#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "cli/board_start.h"
#include "cli/aligned.h"
#include "config/config.h"

struct request {
	bool is_json;
	const char *config;   /* NULL: the user's */
	const char *new_name; /* NULL: list what there is */
};

static const struct cli_option options[] = {
	{"--output", "table|json", "how to print it (-o)",
	 CLI_INTO_JSON(struct request, is_json)},
	CLI_OPTION_CONFIG(struct request, config),
	{"--new", "NAME", "write a commented board to start from",
	 CLI_INTO(struct request, new_name)},
	{.name = NULL},
};

static void tell_problem(const struct err *err, void *ctx)
{
	*(bool *)ctx = true;
	fprintf(stderr, "azdeck: %s\n", err->text);
}

/* NULL: none can be had; err says why. */
static struct config *read_config(const char *given, struct err *err)
{
	struct config *config;
	struct strbuf path;

	strbuf_init(&path, 4096);
	config_put_path(&path, given);
	config = config_load(path.p, err);
	strbuf_fini(&path);
	return config;
}

static struct library *load(const struct config *config, bool *has_problem)
{
	struct library *lib;
	struct strbuf dir;

	strbuf_init(&dir, 4096);
	config_put_boards_dir(&dir, config);
	lib = library_new(dir.n ? dir.p : NULL, tell_problem, has_problem);
	strbuf_fini(&dir);
	return lib;
}

struct library *cli_library(const char *config_path)
{
	bool has_problem = false;
	struct err ignored;
	struct config *config = read_config(config_path, &ignored);
	struct library *lib = load(config, &has_problem);

	config_free(config);
	return lib;
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
		names[n] = library_entry_at(lib, n)->name;
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

/* Kinds of connection, a bit each. */
typedef uint64_t kind_set;
#define KIND_BIT(kind) (UINT64_C(1) << (kind))
_Static_assert(CONN_KIND_COUNT <= 64, "a bit for each kind of connection");

/* Those its requests need. */
static kind_set kinds_of(const struct board_def *def)
{
	kind_set kinds = 0;

	for (size_t i = 0; i < def->n_requests; i++)
		kinds |= KIND_BIT(def->requests[i].kind);
	return kinds;
}

/* The kinds the configuration connects to; NULL: there is none. */
static kind_set connected_by(const struct config *config)
{
	kind_set kinds = KIND_BIT(CONN_DECK); /* it is always there */
	enum conn_kind kind;

	for (size_t i = 0; config && i < config->n_connections; i++) {
		if (conn_kind_find(str_from(config->connections[i].kind), &kind))
			kinds |= KIND_BIT(kind);
	}
	return kinds;
}

static void put_kinds(struct strbuf *out, kind_set kinds)
{
	strbuf_reset(out);
	for (int kind = 0; kind < CONN_KIND_COUNT; kind++) {
		if (!(kinds & KIND_BIT(kind)))
			continue;
		if (out->n)
			strbuf_puts(out, ", ");
		strbuf_puts(out, conn_kind_name((enum conn_kind)kind));
	}
}

static const char *state_of(kind_set needs, kind_set connected)
{
	return needs & ~connected ? "not connected" : "ready";
}

static void put_table(struct strbuf *out, const struct library *lib, kind_set connected)
{
	static const char *const titles[] = {"BOARD", "CATEGORY", "NEEDS", "STATE",
					     "TITLE"};
	struct aligned *aligned = aligned_new("<<<<<");
	struct strbuf kinds;

	strbuf_init(&kinds, 200);
	for (size_t i = 0; i < COUNT(titles); i++)
		aligned_put(aligned, "%s", titles[i]);
	for (size_t i = 0; i < library_size(lib); i++) {
		const struct board_def *def = library_at(lib, i);

		put_kinds(&kinds, kinds_of(def));
		aligned_put(aligned, "%s", def->name);
		aligned_put(aligned, "%s", def->category);
		aligned_put(aligned, "%s", kinds.p);
		aligned_put(aligned, "%s", state_of(kinds_of(def), connected));
		aligned_put(aligned, "%s", def->title);
	}
	strbuf_fini(&kinds);
	aligned_end(aligned, out);
}

static void put_member(struct strbuf *out, const char *name, const char *text)
{
	json_print_text(out, str_from(name));
	strbuf_putc(out, ':');
	json_print_text(out, str_from(text));
}

static void put_json(struct strbuf *out, const struct library *lib, kind_set connected)
{
	struct strbuf kinds;

	strbuf_init(&kinds, 200);
	strbuf_puts(out, "{\"schema\":\"azdeck.boards/1\",\"boards\":[");
	for (size_t i = 0; i < library_size(lib); i++) {
		const struct board_def *def = library_at(lib, i);

		put_kinds(&kinds, kinds_of(def));
		strbuf_puts(out, i ? ",{" : "{");
		put_member(out, "name", def->name);
		strbuf_putc(out, ',');
		put_member(out, "category", def->category);
		strbuf_putc(out, ',');
		put_member(out, "title", def->title);
		strbuf_putc(out, ',');
		put_member(out, "needs", kinds.p);
		strbuf_putc(out, ',');
		put_member(out, "state", state_of(kinds_of(def), connected));
		strbuf_putc(out, ',');
		put_member(out, "source", def->source);
		strbuf_putc(out, '}');
	}
	strbuf_puts(out, "]}\n");
	strbuf_fini(&kinds);
}

static int write_new(const struct request *r)
{
	struct err err;
	struct config *config = read_config(r->config, &err);
	struct strbuf dir, path;
	int code = 0;

	strbuf_init(&dir, 4096);
	strbuf_init(&path, 8192);
	config_put_boards_dir(&dir, config);
	if (board_start_write(dir.p, r->new_name, &path, &err)) {
		strbuf_putc(&path, '\n');
		cli_write(&path, &code);
	} else {
		code = cli_fail(&err);
	}
	strbuf_fini(&path);
	strbuf_fini(&dir);
	config_free(config);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct request r = {0};
	bool has_problem = false;
	struct config *config;
	struct library *lib;
	struct strbuf out;
	struct err err;
	int code = cli_walk(&cli_boards_command, argc, argv, &r);

	(void)clock;
	if (code != 0)
		return code;
	if (r.new_name)
		return write_new(&r);
	config = read_config(r.config, &err);
	/* Nobody has to have written one. */
	if (!config && (r.config || err.code != ERR_NOT_FOUND))
		code = cli_fail(&err);
	strbuf_init(&out, 1 << 20);
	lib = load(config, &has_problem);
	if (r.is_json)
		put_json(&out, lib, connected_by(config));
	else
		put_table(&out, lib, connected_by(config));
	library_free(lib);
	config_free(config);
	if (has_problem && code == 0)
		code = err_exit_code(ERR_CONFIG);
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

const struct cli_command cli_boards_command = {
	.name = "boards",
	.usage = "[OPTION...]",
	.help = "the boards: category, what they need, whether it is there",
	.options = options,
	.words = {.extra = "it takes no word such as"},
	.run = run,
};
