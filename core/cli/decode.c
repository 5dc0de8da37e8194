/* `azdeck decode`: recorded answers through a board, rows as JSON. For people who
 * write boards, and for tests that want no network. Thread: the main thread. */
#include "cli/decode.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "board/decode.h"
#include "cli/boards.h"
#include "cli/recorded.h"

enum {
	MAX_DEF_BYTES = 256 * 1024,
	MAX_ANSWER_BYTES = 32 << 20,
	MAX_OUTPUT_BYTES = 512 << 20
};

struct decode {
	const struct clock *clock;
	struct library *library;
	struct board_def *own; /* BOARD is a file */
	const struct board_def *def;
	const struct request_def *request;
	cJSON *item;
	cJSON *answers;
	size_t n_files;
};

static bool read_tree(const char *path, cJSON **out, struct err *err)
{
	struct strbuf text;
	struct json_limits limits = json_wire;

	limits.max_bytes = MAX_ANSWER_BYTES;
	limits.allow_comments = true;
	*out = NULL;
	strbuf_init(&text, MAX_ANSWER_BYTES);
	if (file_read(path, &text, err)) {
		*out = json_parse(strbuf_str(&text), &limits, NULL, err);
		if (!*out)
			err_wrap(err, "%s", path);
	}
	strbuf_fini(&text);
	return *out != NULL;
}

/* A path or a name of the library. */
static bool find_board(struct decode *d, const char *name, struct err *err)
{
	struct str text = str_from(name);
	struct strbuf file;

	if (!str_ends(text, STR(".json"))) {
		d->library = cli_library(NULL);
		d->def = cli_find_board(d->library, name, err);
		return d->def != NULL;
	}
	strbuf_init(&file, MAX_DEF_BYTES);
	if (file_read(name, &file, err))
		d->own = board_def_parse(strbuf_str(&file), "file", name, err);
	strbuf_fini(&file);
	d->def = d->own;
	return d->def != NULL;
}

static bool add_file(struct decode *d, const char *path, struct err *err)
{
	cJSON *file, *body;

	if (!read_tree(path, &file, err))
		return false;
	body = recorded_body(file, err);
	if (!body)
		return err_wrap(err, "%s", path);
	d->n_files++;
	return recorded_add(d->answers, d->request, body, d->item, err);
}

static bool needs_board(const struct decode *d, const char *option, struct err *err)
{
	return d->def ||
	       err_set(err, ERR_USAGE, "decode: %s belongs after the board", option);
}

static bool set_request(const char *value, struct err *err, void *to)
{
	struct decode *d = to;
	ptrdiff_t at;

	if (!needs_board(d, "--request", err))
		return false;
	at = board_def_request(d->def, str_from(value));
	if (at < 0)
		return err_set(err, ERR_USAGE, "board %s has no request \"%s\"",
			       d->def->name, value);
	d->request = &d->def->requests[at];
	return true;
}

static bool set_item(const char *value, struct err *err, void *to)
{
	struct decode *d = to;

	if (!needs_board(d, "--item", err))
		return false;
	cJSON_Delete(d->item);
	d->item = json_parse(str_from(value), &json_wire, NULL, err);
	return d->item || err_wrap(err, "--item");
}

/* They hold for the files behind them. */
static const struct cli_option option_table[] = {
	{"--request", "NAME", "whose answers the files after it are", .set = set_request},
	{"--item", "JSON", "the item of for_each the files after it answer",
	 .set = set_item},
	{.name = NULL},
};

static bool add_word(const char *word, struct err *err, void *to)
{
	struct decode *d = to;

	if (d->def)
		return add_file(d, word, err);
	if (!find_board(d, word, err))
		return false;
	d->request = recorded_default(d->def);
	return true;
}

/* 0, or the exit code after telling what is wrong. */
static int read_arguments(struct decode *d, int argc, char **argv)
{
	int code = cli_walk(&cli_decode_command, argc, argv, d);
	struct err err;

	if (code != 0 || d->n_files)
		return code;
	err_set(&err, ERR_USAGE, "decode: needs a board and a file (- is stdin)");
	return cli_fail(&err);
}

static int print_rows(const struct decode *d)
{
	struct board *board;
	struct strbuf out;
	struct err err;
	int code = 0;

	if (!board_decode(d->def, d->answers, clock_wall_ms(d->clock), &board, &err))
		return cli_fail(&err);
	strbuf_init(&out, MAX_OUTPUT_BYTES);
	board_rows_json(board, &out);
	strbuf_putc(&out, '\n');
	cli_write(&out, &code);
	if (board->surprises)
		fprintf(stderr, "azdeck: decode: %u values did not fit their columns\n",
			board->surprises);
	strbuf_fini(&out);
	board_put(board);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct decode d = {.clock = clock, .answers = cJSON_CreateObject()};
	int code = read_arguments(&d, argc, argv);

	if (code == 0)
		code = print_rows(&d);
	cJSON_Delete(d.answers);
	cJSON_Delete(d.item);
	library_free(d.library);
	board_def_put(d.own);
	return code;
}

const struct cli_command cli_decode_command = {
	.name = "decode",
	.usage = "BOARD [OPTION...] FILE...",
	.help = "recorded answers through a board; rows as JSON",
	.options = option_table,
	.words = {.take = add_word},
	.run = run,
};
