/* See logs_run.h. A pipe or file gets the bytes as they are; a terminal gets lines that
 * were cleaned, because a log may hold anything. */
#include "cli/logs_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/sanitize.h"
#include "base/strbuf.h"
#include "cli/cli.h"
#include "stream/blocks.h"

enum { WRITE_BYTES = 64 << 10 };
#define OUT_MOST ((size_t)2 << 30)

struct logs {
	const struct logs_request *request;
	struct matcher *matcher; /* NULL: every line */
	struct strbuf out;
	bool is_terminal;
	bool has_reader; /* false: it has left, or cannot be written to */
	int code;
	/* of the file that is read */
	const char *name;
	uint64_t count;
};

static void write_out(struct logs *l)
{
	if (l->has_reader && l->out.n)
		l->has_reader = cli_write(&l->out, &l->code);
	strbuf_reset(&l->out);
}

static void put_name(struct logs *l)
{
	if (l->request->n_files < 2)
		return;
	if (l->is_terminal)
		sanitize_line(&l->out, str_from(l->name));
	else
		strbuf_puts(&l->out, l->name);
	strbuf_putc(&l->out, ':');
}

static void put_line(struct logs *l, struct str line)
{
	put_name(l);
	if (line.n && line.p[line.n - 1] == '\n')
		line.n--;
	if (l->is_terminal)
		sanitize_line(&l->out, line);
	else
		strbuf_put(&l->out, line);
	strbuf_putc(&l->out, '\n');
	if (l->out.n >= WRITE_BYTES)
		write_out(l);
}

static void put_lines(struct logs *l, struct str lines)
{
	while (lines.n && l->has_reader) {
		const char *end = memchr(lines.p, '\n', lines.n);
		size_t n = end ? (size_t)(end - lines.p) + 1 : lines.n;

		put_line(l, str_sub(lines, 0, n));
		lines = str_sub(lines, n, lines.n);
	}
}

/* The lines between those that match, or these. */
static void put_matching(struct logs *l, struct str block)
{
	size_t from = 0;
	struct str line;

	while (l->has_reader && matcher_next_line(l->matcher, block, from, &line)) {
		size_t at = (size_t)(line.p - block.p);

		if (l->request->is_inverted)
			put_lines(l, str_sub(block, from, at - from));
		else
			put_line(l, line);
		from = at + line.n;
	}
	if (l->request->is_inverted)
		put_lines(l, str_sub(block, from, block.n));
}

static void count(struct logs *l, struct str block)
{
	uint64_t matching = matcher_count(l->matcher, block);

	l->count += l->request->is_inverted ? matcher_count_lines(block) - matching
					    : matching;
}

static void take_block(struct logs *l, struct str block)
{
	if (l->request->is_count)
		count(l, block);
	else if (l->matcher)
		put_matching(l, block);
	else
		put_lines(l, block);
}

static void put_count(struct logs *l)
{
	put_name(l);
	strbuf_printf(&l->out, "%" PRIu64 "\n", l->count);
}

/* Told behind what was said before it. */
static void fail(struct logs *l, const struct err *err)
{
	struct err wrapped = *err;
	int code;

	err_wrap(&wrapped, "logs");
	write_out(l);
	code = cli_fail(&wrapped);
	if (l->code == 0)
		l->code = code;
}

static void read_file(struct logs *l, const char *path)
{
	struct source *source;
	struct blocks blocks;
	struct str block;
	struct err err;

	l->name = strcmp(path, "-") == 0 ? "(standard input)" : path;
	l->count = 0;
	source = source_open(path, &err);
	if (!source) {
		fail(l, &err);
		return;
	}
	blocks_init(&blocks, source);
	while (l->has_reader && blocks_next(&blocks, &block, &err))
		take_block(l, block);
	if (l->request->is_count)
		put_count(l);
	if (l->has_reader && err.code != ERR_NONE)
		fail(l, &err);
	blocks_fini(&blocks);
	source_free(source);
}

static void tell_given_up(struct logs *l)
{
	uint64_t n = l->matcher ? matcher_given_up(l->matcher) : 0;
	struct err err;

	if (n == 0)
		return;
	err_set(&err, ERR_USAGE,
		"logs: the pattern was too much work for %" PRIu64
		" line%s, which count as no match; make it simpler",
		n, n == 1 ? "" : "s");
	write_out(l);
	l->code = cli_fail(&err);
}

int logs_run(const struct logs_request *request)
{
	const char *pattern = request->pattern ? request->pattern : "";
	struct logs l = {.request = request,
			 .is_terminal = isatty(STDOUT_FILENO),
			 .has_reader = true};
	struct err err;

	if (request->pattern || request->is_count) {
		l.matcher = matcher_new(str_from(pattern), &request->match, &err);
		if (!l.matcher) {
			err_wrap(&err, "logs");
			return cli_fail(&err);
		}
	}
	strbuf_init(&l.out, OUT_MOST);
	for (size_t i = 0; i < request->n_files && l.has_reader; i++)
		read_file(&l, request->files[i]);
	write_out(&l);
	tell_given_up(&l);
	strbuf_fini(&l.out);
	matcher_free(l.matcher);
	return l.code;
}
