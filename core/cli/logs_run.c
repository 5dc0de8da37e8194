/* See logs_run.h. Lines that are only searched are never recognised: the search runs
 * over whole blocks. Once a level or a time is asked for, every line is looked at. */
#include "cli/logs_run.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "cli/cli.h"
#include "stream/recognise.h"

enum { WRITE_BYTES = 64 << 10 };
#define OUT_MOST ((size_t)2 << 30)

void logs_write_out(struct logs *l)
{
	if (l->has_reader && l->out.n)
		l->has_reader = cli_write(&l->out, &l->code);
	strbuf_reset(&l->out);
}

void logs_fail(struct logs *l, const struct err *err)
{
	struct err wrapped = *err;
	int code;

	err_wrap(&wrapped, "logs");
	logs_write_out(l);
	code = cli_fail(&wrapped);
	if (l->code == 0)
		l->code = code;
}

static bool is_only_searched(const struct logs *l)
{
	return !line_filter_needs_fields(&l->filter) && !l->request->is_json &&
	       l->request->mode <= LOGS_COUNT;
}

static void put_raw(struct logs *l, struct str raw)
{
	logs_put_line(l, raw);
	if (l->out.n >= WRITE_BYTES)
		logs_write_out(l);
}

static struct str first_line(struct str lines)
{
	const char *end = memchr(lines.p, '\n', lines.n);

	return str_sub(lines, 0, end ? (size_t)(end - lines.p) + 1 : lines.n);
}

static void put_all(struct logs *l, struct str lines)
{
	while (lines.n && l->has_reader) {
		struct str line = first_line(lines);

		put_raw(l, line);
		lines = str_sub(lines, line.n, lines.n);
	}
}

/* The lines that match, or those between them. */
static void put_matching(struct logs *l, struct str block)
{
	size_t from = 0;
	struct str line;

	while (l->has_reader && matcher_next_line(l->matcher, block, from, &line)) {
		size_t at = (size_t)(line.p - block.p);

		if (l->request->is_inverted)
			put_all(l, str_sub(block, from, at - from));
		else
			put_raw(l, line);
		from = at + line.n;
	}
	if (l->request->is_inverted)
		put_all(l, str_sub(block, from, block.n));
}

static void count(struct logs *l, struct str block)
{
	uint64_t matching = l->matcher ? matcher_count(l->matcher, block) : 0;

	l->count += l->request->is_inverted || !l->matcher
			    ? matcher_count_lines(block) - matching
			    : matching;
}

void logs_take_line(struct logs *l, const struct line *line)
{
	if (!line_filter_takes(&l->filter, line))
		return;
	l->count++;
	switch (l->request->mode) {
	case LOGS_LINES:
		if (l->request->is_json)
			logs_put_fields(l, line);
		else
			logs_put_line(l, line->raw);
		break;
	case LOGS_CLUSTERS:
		clusters_add(l->clusters, line);
		break;
	case LOGS_HISTOGRAM:
		histogram_add(&l->histogram, line);
		break;
	case LOGS_COUNT:
		break;
	}
	if (l->out.n >= WRITE_BYTES)
		logs_write_out(l);
}

static void take_raw(struct logs *l, struct str raw)
{
	struct line line;

	line_recognise(raw, l->now_ms, &line);
	/* What is printed is what stood there, to its end. */
	line.raw = raw;
	logs_take_line(l, &line);
}

void logs_take_block(struct logs *l, struct str block)
{
	if (!is_only_searched(l)) {
		while (block.n && l->has_reader) {
			struct str line = first_line(block);

			take_raw(l, line);
			block = str_sub(block, line.n, block.n);
		}
	} else if (l->request->mode == LOGS_COUNT) {
		count(l, block);
	} else if (l->matcher) {
		put_matching(l, block);
	} else {
		put_all(l, block);
	}
}

static void read_file(struct logs *l, const char *path)
{
	struct source *source;
	struct blocks blocks;
	struct str block;
	struct err err;

	l->name = strcmp(path, "-") == 0 ? "(standard input)" : path;
	l->count = 0;
	line_filter_reset(&l->filter);
	source = source_open(path, &err);
	if (!source) {
		logs_fail(l, &err);
		return;
	}
	blocks_init(&blocks, source);
	while (l->has_reader && blocks_next(&blocks, &block, &err)) {
		logs_take_block(l, block);
		/* Who watches a pipe sees each line when it comes. */
		if (l->request->mode == LOGS_LINES)
			logs_write_out(l);
	}
	if (l->request->mode == LOGS_COUNT)
		logs_put_count(l);
	if (l->has_reader && err.code != ERR_NONE)
		logs_fail(l, &err);
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
		"the pattern was too much work for %" PRIu64
		" line%s, which count as no match; make it simpler",
		n, n == 1 ? "" : "s");
	logs_fail(l, &err);
}

static void read_all(struct logs *l)
{
	const struct logs_request *r = l->request;

	l->clusters = clusters_new();
	if (r->lists_sources)
		logs_sources(l);
	else if (r->source)
		logs_live(l);
	else if (r->is_follow)
		logs_follow(l);
	for (size_t i = 0;
	     !logs_is_live(r) && !r->is_follow && i < r->n_files && l->has_reader; i++)
		read_file(l, r->files[i]);
	if (r->mode == LOGS_CLUSTERS)
		logs_put_clusters(l);
	else if (r->mode == LOGS_HISTOGRAM)
		logs_put_histogram(l);
	logs_write_out(l);
	tell_given_up(l);
	clusters_free(l->clusters);
}

int logs_run(const struct logs_request *request)
{
	struct logs l = {.request = request,
			 .filter = {.level = request->level,
				    .since_ms = request->since_ms,
				    .until_ms = request->until_ms},
			 .now_ms = clock_wall_ms(request->clock),
			 .is_terminal = isatty(STDOUT_FILENO),
			 .has_names = request->n_files > 1 || request->source,
			 .has_reader = true};
	struct err err;

	if (request->pattern) {
		l.matcher =
			matcher_new(str_from(request->pattern), &request->match, &err);
		if (!l.matcher) {
			err_wrap(&err, "logs");
			return cli_fail(&err);
		}
		line_filter_give(&l.filter, l.matcher, request->is_inverted);
	}
	strbuf_init(&l.out, OUT_MOST);
	read_all(&l);
	strbuf_fini(&l.out);
	line_filter_fini(&l.filter);
	return l.code;
}
