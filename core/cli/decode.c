/* `azdeck decode`: recorded answers through a board, rows as JSON. For people who
 * write boards, and for tests that want no network. Thread: the main thread. */
#include "cli/decode.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "board/decode.h"
#include "cli/recorded.h"

enum { MAX_DEF_BYTES = 256 * 1024, MAX_ANSWER_BYTES = 32 * 1024 * 1024 };

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

static void report(const struct err *err, void *ctx)
{
	(void)ctx;
	fprintf(stderr, "azdeck: %s\n", err->text);
}

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
		d->library = library_new(NULL, report, NULL);
		d->def = library_find(d->library, text);
		return d->def ||
		       err_set(err, ERR_NOT_FOUND,
			       "no board is named \"%s\"; `azdeck boards` lists them",
			       name);
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

static bool set_request(struct decode *d, const char *name, struct err *err)
{
	ptrdiff_t at = board_def_request(d->def, str_from(name));

	if (at < 0)
		return err_set(err, ERR_USAGE, "board %s has no request \"%s\"",
			       d->def->name, name);
	d->request = &d->def->requests[at];
	return true;
}

static bool set_item(struct decode *d, const char *text, struct err *err)
{
	cJSON_Delete(d->item);
	d->item = json_parse(str_from(text), &json_wire, NULL, err);
	return d->item || err_wrap(err, "--item");
}

/* Options hold for the files behind them. */
static bool read_arguments(struct decode *d, int argc, char **argv, struct err *err)
{
	bool ok = true;

	for (int i = 1; ok && i < argc; i++) {
		bool is_request = strcmp(argv[i], "--request") == 0;
		bool is_item = strcmp(argv[i], "--item") == 0;

		if ((is_request || is_item) && (!d->def || i + 1 == argc))
			ok = err_set(err, ERR_USAGE, "decode: %s needs %s", argv[i],
				     d->def ? "a value" : "the board before it");
		else if (is_request)
			ok = set_request(d, argv[++i], err);
		else if (is_item)
			ok = set_item(d, argv[++i], err);
		else if (argv[i][0] == '-' && argv[i][1])
			ok = err_set(err, ERR_USAGE, "decode: no such option: %s",
				     argv[i]);
		else if (d->def)
			ok = add_file(d, argv[i], err);
		else if ((ok = find_board(d, argv[i], err)))
			d->request = recorded_default(d->def);
	}
	if (ok && !d->n_files)
		ok = err_set(err, ERR_USAGE,
			     "decode: needs a board and a file (- is stdin)");
	return ok;
}

static bool print_rows(const struct decode *d, struct err *err)
{
	struct board *board;
	struct strbuf out;

	if (!board_decode(d->def, d->answers, clock_wall_ms(d->clock), &board, err))
		return false;
	strbuf_init(&out, 512 * 1024 * 1024);
	board_rows_json(board, &out);
	strbuf_putc(&out, '\n');
	fwrite(out.p, 1, out.n, stdout);
	fflush(stdout);
	if (board->surprises)
		fprintf(stderr, "azdeck: decode: %u values did not fit their columns\n",
			board->surprises);
	strbuf_fini(&out);
	board_put(board);
	return true;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct decode d = {.clock = clock, .answers = cJSON_CreateObject()};
	struct err err = {0};
	bool ok = read_arguments(&d, argc, argv, &err) && print_rows(&d, &err);

	cJSON_Delete(d.answers);
	cJSON_Delete(d.item);
	library_free(d.library);
	board_def_free(d.own);
	return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
	{"--request", "NAME", "whose answers the files after it are"},
	{"--item", "JSON", "the item of for_each the files after it answer"},
	{0},
};

const struct cli_command cli_decode_command = {
	.name = "decode",
	.usage = "BOARD [--request NAME] [--item JSON] FILE...",
	.help = "recorded answers through a board; rows as JSON",
	.options = options,
	.run = run,
};
