/* See line_scan.h. */
#include "stream/line_scan.h"

enum {
	STRETCH_BYTES = 2 * LOG_BLOCK_BYTES,
	STRETCH_LINES = 1024,
	/* How far before a stretch the record is looked for that its first lines are of. */
	RECORD_BYTES = 16 << 10,
	RECORD_LINES = 64,
	/* What a line of a ring counts as work. */
	LINE_WORK = 128,
};

void line_scan_init(struct line_scan *s, struct lines *lines, struct line_filter *filter,
		    int64_t at, bool is_back)
{
	*s = (struct line_scan){.lines = lines,
				.filter = filter,
				.at = at,
				.is_back = is_back};
}

void line_scan_fini(struct line_scan *s)
{
	vec_fini(&s->taken);
	*s = (struct line_scan){0};
}

static bool needs_fields(const struct line_scan *s)
{
	return s->level != LINE_UNKNOWN ||
	       (s->filter && line_filter_needs_fields(s->filter));
}

static bool takes(struct line_scan *s, const struct lines_row *row)
{
	struct line line = {.raw = row->raw};

	if (needs_fields(s))
		lines_recognise(s->lines, row, &line);
	if (s->filter && !line_filter_takes(s->filter, &line))
		return false;
	return s->level == LINE_UNKNOWN || line.level >= s->level;
}

/* The filter knows what record the stretch begins in. */
static void find_record(struct line_scan *s, int64_t from)
{
	bool is_file = lines_is_file(s->lines);
	struct lines_row row;
	int64_t at;

	if (!s->filter)
		return;
	line_filter_reset(s->filter);
	if (!line_filter_needs_fields(s->filter))
		return;
	at = lines_begin_of(s->lines, from - (is_file ? RECORD_BYTES : RECORD_LINES));
	while (at < from && lines_row(s->lines, at, &row)) {
		takes(s, &row);
		at = row.next;
	}
}

/* Behind the rows before `from` that cannot be taken, as the text that every row must
 * have says; `to` at the farthest. */
static int64_t skip(struct line_scan *s, int64_t from, int64_t to)
{
	struct str window, line;

	if (!lines_is_file(s->lines) || needs_fields(s) || !s->filter ||
	    s->filter->in.n == 0)
		return from;
	window = log_file_bytes(s->lines->file, from, to);
	if (!matcher_next_line(s->filter->in.p[0], window, 0, &line))
		return from + (int64_t)window.n;
	/* What is longer than a block was perhaps cut in rows. */
	return line.n > (size_t)LOG_BLOCK_BYTES ? from : from + (line.p - window.p);
}

static void look_through(struct line_scan *s, int64_t from, int64_t to)
{
	struct lines_row row;

	find_record(s, from);
	for (int64_t at = skip(s, from, to); at < to; at = skip(s, row.next, to)) {
		if (!lines_row(s->lines, at, &row))
			return;
		if (takes(s, &row))
			vec_push(&s->taken, at);
	}
}

static int64_t step(const struct line_scan *s)
{
	return lines_is_file(s->lines) ? (int64_t)STRETCH_BYTES : STRETCH_LINES;
}

/* The next stretch; false: there is none. */
static bool read_on(struct line_scan *s, int64_t *work)
{
	int64_t from = s->at, to = s->at;

	if (s->is_back)
		from = lines_begin_of(s->lines, s->at - step(s));
	else
		to = lines_begin_of(s->lines, s->at + step(s));
	/* A row may be longer than a stretch. */
	if (!s->is_back && to <= from && from < lines_end(s->lines))
		to = lines_begin_of(s->lines, s->at + 2 * step(s));
	if (from >= to)
		return false;
	s->taken.n = s->given = 0;
	look_through(s, from, to);
	*work -= (to - from) * (lines_is_file(s->lines) ? 1 : LINE_WORK);
	s->at = s->is_back ? from : to;
	return true;
}

enum line_scan_result line_scan_next(struct line_scan *s, int64_t *work, int64_t *at)
{
	while (s->given == s->taken.n) {
		if (*work <= 0)
			return LINE_SCAN_MORE;
		if (!read_on(s, work))
			return LINE_SCAN_END;
	}
	*at = s->is_back ? s->taken.p[s->taken.n - 1 - s->given] : s->taken.p[s->given];
	s->given++;
	return LINE_SCAN_ROW;
}
