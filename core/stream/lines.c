/* See lines.h. */
#include "stream/lines.h"

#include "stream/recognise.h"

void lines_fini(struct lines *l)
{
	log_file_free(l->file);
	if (l->view.chunks)
		ring_view_drop(&l->view);
	*l = (struct lines){0};
}

int64_t lines_begin(const struct lines *l)
{
	return l->file ? 0 : (int64_t)l->view.first;
}

int64_t lines_end(const struct lines *l)
{
	return l->file ? log_file_size(l->file) : (int64_t)l->view.end;
}

static bool row_of_view(struct lines *l, int64_t at, struct lines_row *row)
{
	struct line line;

	if (at < 0 || !ring_view_line(&l->view, (uint64_t)at, &line))
		return false;
	*row = (struct lines_row){.at = at, .next = at + 1, .raw = line.raw};
	return true;
}

static bool row_of_file(const struct log_row *from, bool is_there, struct lines_row *row)
{
	if (is_there)
		*row = (struct lines_row){.at = from->at,
					  .next = from->next,
					  .raw = from->text};
	return is_there;
}

bool lines_row(struct lines *l, int64_t at, struct lines_row *row)
{
	struct log_row of_file;

	if (!l->file)
		return row_of_view(l, at, row);
	return row_of_file(&of_file, log_file_row(l->file, at, &of_file), row);
}

bool lines_row_before(struct lines *l, int64_t at, struct lines_row *row)
{
	struct log_row of_file;

	if (!l->file)
		return row_of_view(l, at - 1, row);
	return row_of_file(&of_file, log_file_row_before(l->file, at, &of_file), row);
}

int64_t lines_begin_of(struct lines *l, int64_t at)
{
	int64_t begin = lines_begin(l), end = lines_end(l);

	if (at <= begin)
		return begin;
	if (at >= end)
		return end;
	return l->file ? log_file_begin_of(l->file, at) : at;
}

void lines_recognise(struct lines *l, const struct lines_row *row, struct line *line)
{
	if (!l->file && ring_view_line(&l->view, (uint64_t)row->at, line))
		return;
	line_recognise(row->raw, l->now_ms, line);
}
