/* See page.h. A page is made in three walks: from the place by as many rows as were asked
 * for, then back from there, then on. Places are collected first and read afterwards,
 * nearest first, so that the bytes go to what is in sight. */
#include "stream/page.h"

#include <stdlib.h>

#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { MOVE, BACK, ON, DONE, SOURCE_MOST = 300 };

#define TEXT_MOST ((size_t)64 << 20)

struct str page_text(const struct log_page *page, size_t row)
{
	const struct page_row *r = &page->rows.p[row];

	return str_sub(strbuf_str(&page->text), r->text, r->n);
}

struct str page_source(const struct log_page *page, size_t row)
{
	const struct page_row *r = &page->rows.p[row];

	return str_sub(strbuf_str(&page->text), r->source, r->source_n);
}

void page_free(struct log_page *page)
{
	if (!page)
		return;
	vec_fini(&page->rows);
	strbuf_fini(&page->text);
	free(page);
}

static void begin_walk(struct page_maker *m, int state, bool is_back, uint64_t rows)
{
	line_scan_fini(&m->scan);
	m->state = state;
	m->left = rows;
	line_scan_init(&m->scan, m->lines, m->filter, m->at, is_back);
}

/* Near the end all that is in sight may stand before the place. */
static void begin_back(struct page_maker *m)
{
	begin_walk(m, BACK, true, m->wish.rows + m->wish.more);
}

static void begin_on(struct page_maker *m)
{
	size_t lead = m->before.n < m->wish.lead ? m->before.n : m->wish.lead;

	begin_walk(m, ON, false, m->wish.rows - lead + m->wish.more);
}

void page_maker_init(struct page_maker *m, const struct page_wish *wish,
		     struct lines *lines, struct line_filter *filter)
{
	uint64_t by = (uint64_t)(wish->by < 0 ? -wish->by : wish->by);

	*m = (struct page_maker){.wish = *wish, .lines = lines, .filter = filter};
	if (m->wish.lead >= m->wish.rows)
		m->wish.lead = m->wish.rows ? m->wish.rows - 1 : 0;
	m->at = lines_begin_of(lines, wish->at);
	if (by > PAGE_MOVE_MOST)
		by = PAGE_MOVE_MOST;
	/* Behind the last row there is none that could be meant. */
	if (wish->by == 0 && m->at < lines_end(lines))
		begin_back(m);
	else if (wish->by > 0)
		begin_walk(m, MOVE, false, by + 1);
	else
		begin_walk(m, MOVE, true, by ? by : 1);
}

void page_maker_fini(struct page_maker *m)
{
	line_scan_fini(&m->scan);
	vec_fini(&m->before);
	vec_fini(&m->behind);
	*m = (struct page_maker){0};
}

static void end_walk(struct page_maker *m)
{
	if (m->state == MOVE)
		begin_back(m);
	else if (m->state == BACK)
		begin_on(m);
	else
		m->state = DONE;
}

static void take_row(struct page_maker *m, int64_t at)
{
	if (m->state == MOVE)
		m->at = at;
	else if (m->state == BACK)
		vec_push(&m->before, at);
	else
		vec_push(&m->behind, at);
}

/* One row more than is wanted says that there is one. */
static void walk(struct page_maker *m, int64_t *work)
{
	int64_t at;

	switch (line_scan_next(&m->scan, work, &at)) {
	case LINE_SCAN_MORE:
		return;
	case LINE_SCAN_END:
		end_walk(m);
		return;
	case LINE_SCAN_ROW:
		break;
	}
	if (m->left == 0) {
		m->has_before = m->has_before || m->state == BACK;
		m->has_behind = m->has_behind || m->state == ON;
		end_walk(m);
		return;
	}
	take_row(m, at);
	m->left--;
	if (m->left == 0 && m->state == MOVE)
		end_walk(m);
}

bool page_maker_step(struct page_maker *m, int64_t work)
{
	while (m->state != DONE && (work > 0 || m->scan.given < m->scan.taken.n))
		walk(m, &work);
	return m->state == DONE;
}

static bool has_date(const struct page_maker *m, int64_t ms)
{
	return ms / DAY_MS != m->lines->now_ms / DAY_MS;
}

static void put_neat(struct strbuf *out, const struct page_maker *m,
		     const struct line *line)
{
	struct utc at = utc_from_ms(line->time_ms);

	if (line->has_time && has_date(m, line->time_ms))
		strbuf_printf(out, "%02d-%02d ", at.month, at.day);
	if (line->has_time)
		strbuf_printf(out, "%02d:%02d:%02d.%03d ", at.hour, at.minute, at.second,
			      at.ms);
	if (line->source.n) {
		strbuf_put(out, line->source);
		strbuf_puts(out, "  ");
	}
	line_put_message(out, line);
}

/* Without its first cells; true when that took something away. */
static bool skip_cells(struct str *text, size_t cells)
{
	int used = 0;
	struct str front = utf8_prefix(*text, (int)cells, &used);

	*text = str_sub(*text, front.n, text->n);
	return front.n > 0;
}

static void add_row(struct page_maker *m, struct log_page *page, int64_t at)
{
	struct page_row out = {.at = at, .text = (uint32_t)page->text.n};
	struct strbuf neat, clean;
	struct lines_row row;
	struct line line;
	struct str text;

	if (!lines_row(m->lines, at, &row))
		return;
	lines_recognise(m->lines, &row, &line);
	out.level = (uint8_t)line.level;
	out.has_time = line.has_time;
	out.time_ms = line.time_ms;
	strbuf_init(&neat, TEXT_MOST);
	strbuf_init(&clean, TEXT_MOST);
	text = line.raw;
	if (m->wish.text == PAGE_NEAT) {
		put_neat(&neat, m, &line);
		text = strbuf_str(&neat);
	}
	if (m->wish.skip == 0 && text.n > PAGE_ROW_BYTES) {
		text.n = PAGE_ROW_BYTES;
		out.is_cut = true;
	}
	sanitize_line(&clean, text);
	text = strbuf_str(&clean);
	out.is_cut |= m->wish.skip && skip_cells(&text, m->wish.skip);
	if (text.n > PAGE_ROW_BYTES) {
		text.n = PAGE_ROW_BYTES;
		while (text.n > 0 && !utf8_is_valid(text))
			text.n--;
		out.is_cut = true;
	}
	strbuf_put(&page->text, text);
	out.n = (uint32_t)(page->text.n - out.text);
	out.source = (uint32_t)page->text.n;
	sanitize_line(&page->text, str_sub(line.source, 0, SOURCE_MOST));
	out.source_n = (uint32_t)page->text.n - out.source;
	vec_push(&page->rows, out);
	strbuf_fini(&neat);
	strbuf_fini(&clean);
}

/* In sight at least; then as many as the bytes are enough for. */
static size_t add_behind(struct page_maker *m, struct log_page *page, size_t lead)
{
	size_t i;

	for (i = 0; i < m->behind.n; i++) {
		if (i + lead >= m->wish.rows && page->text.n > PAGE_BYTES)
			break;
		add_row(m, page, m->behind.p[i]);
	}
	return i;
}

/* They were found nearest first and are read so, to see how many the bytes are enough
 * for; then once more in order. */
static size_t count_before(struct page_maker *m, size_t lead)
{
	int64_t bytes = 0;
	size_t i;

	for (i = 0; i < m->before.n && (i < lead || bytes <= PAGE_BYTES / 2); i++) {
		struct lines_row row;

		if (!lines_row(m->lines, m->before.p[i], &row))
			break;
		bytes += (int64_t)(row.raw.n < PAGE_ROW_BYTES ? row.raw.n
							      : PAGE_ROW_BYTES);
	}
	return i;
}

struct log_page *page_maker_take(struct page_maker *m)
{
	struct log_page *page = xcalloc(1, sizeof(*page));
	size_t lead, n, on;

	strbuf_init(&page->text, TEXT_MOST);
	page->skip = m->wish.skip;
	page->begin = lines_begin(m->lines);
	page->end = lines_end(m->lines);
	page->is_unfinished = m->state != DONE;
	/* Near the end, what is in sight reaches farther back. */
	lead = m->wish.rows > m->behind.n ? m->wish.rows - m->behind.n : 0;
	if (lead < m->wish.lead)
		lead = m->wish.lead;
	n = count_before(m, lead);
	for (size_t i = n; i-- > 0;)
		add_row(m, page, m->before.p[i]);
	page->meant = page->rows.n;
	on = add_behind(m, page, n < lead ? n : lead);
	if (page->meant >= page->rows.n && page->rows.n > 0)
		page->meant = page->rows.n - 1;
	page->has_before = m->has_before || n < m->before.n;
	page->has_behind = m->has_behind || on < m->behind.n;
	page->looked_from = m->state == BACK ? m->scan.at : page->begin;
	page->looked_to = m->state == ON ? m->scan.at : page->end;
	return page;
}
