/* See log_reader_part.h: the lane that opens the log and has the index. What a person
 * waits for comes first, the index goes on in between. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "stream/gunzip.h"
#include "stream/time_find.h"
#include "worker/log/log_reader_part.h"

static bool begins_as_gzip(struct log_file *f)
{
	struct str front = log_file_bytes(f, 0, GUNZIP_MAGIC_BYTES);

	return front.n == GUNZIP_MAGIC_BYTES && gunzip_may_be(front.p, front.n);
}

/* On the pool. A pipe by a name, such as /dev/fd/3, is none that can be gone back in. */
static void open_file(struct log_pages *p)
{
	const char *path = p->lane.reader->open->path;

	p->is_packed = p->is_pipe = false;
	p->first = log_file_open(path, &p->err);
	if (!p->first) {
		struct err err = p->err;

		/* A folder is refused by both, a pipe only by the first. */
		p->is_pipe = err.code == ERR_IO && log_spool_can_read(path);
		return;
	}
	p->is_packed = begins_as_gzip(p->first);
	if (p->is_packed)
		return;
	p->second = log_file_open(path, &p->err);
	if (!p->second) {
		log_file_free(p->first);
		p->first = NULL;
	}
}

static void find_place(struct log_pages *p)
{
	struct log_order *order = p->doing;
	struct lines *lines = &p->lane.lines;
	int64_t at = -1, last;

	p->answer = log_news_new(LOG_NEWS_PLACE, order->log, order->id);
	if (order->mail.kind == LOG_TIME) {
		/* A clock's time is of the day the log ends on. */
		if (order->has_no_date && time_of_last(lines, &last)) {
			order->ms = last - last % DAY_MS + order->ms % DAY_MS;
			if (order->ms > last)
				order->ms -= DAY_MS;
		}
		if (!time_find(lines, order->ms, &at) && !time_of_last(lines, &last))
			at = -1;
	} else if (!lines_is_file(lines)) {
		at = (int64_t)order->number - 1;
		if (at < lines_begin(lines) || at >= lines_end(lines))
			at = -1;
	} else if (!order->number ||
		   !line_index_find(&p->index, lines->file, order->number - 1, &at)) {
		at = -1;
	}
	p->answer->at = at;
}

static void read_line(struct log_pages *p)
{
	p->answer = log_news_new(LOG_NEWS_LINE, p->doing->log, p->doing->id);
	p->answer->at = p->doing->from;
	log_line_read(&p->lane.lines, p->doing->from, &p->answer->line);
}

/* Of the row that was meant, from 1. */
static uint64_t number_of(struct log_pages *p, const struct log_page *page)
{
	struct lines *lines = &p->lane.lines;
	uint64_t n;
	int64_t at;

	if (page->rows.n == 0)
		return 0;
	at = page->rows.p[page->meant].at;
	if (!lines_is_file(lines))
		return (uint64_t)at + 1;
	return line_index_number(&p->index, lines->file, at, &n) ? n + 1 : 0;
}

/* A page that takes long is shown as far as it is. */
static void make_page(struct log_pages *p)
{
	bool is_done;

	if (p->has_to_begin) {
		p->has_to_begin = false;
		page_maker_fini(&p->maker);
		page_maker_init(&p->maker, &p->making->wish, &p->lane.lines,
				&p->lane.filter);
	}
	is_done = page_maker_step(&p->maker, LOG_STEP_BYTES);
	if (!is_done && !log_lane_may_tell(&p->lane))
		return;
	p->answer = log_news_new(LOG_NEWS_PAGE, p->making->log, p->making->id);
	p->answer->page = page_maker_take(&p->maker);
	p->answer->number = number_of(p, p->answer->page);
	p->answer->is_done = is_done;
}

/* On the pool. */
static void work(void *ctx)
{
	struct log_pages *p = ctx;
	struct lines *lines = &p->lane.lines;

	switch (p->job) {
	case JOB_OPEN:
		open_file(p);
		break;
	case JOB_LOOK:
		p->lane.change = log_file_look(lines->file);
		break;
	case JOB_LINE:
		read_line(p);
		break;
	case JOB_PLACE:
		find_place(p);
		break;
	case JOB_PAGE:
		make_page(p);
		break;
	case JOB_INDEX:
		p->is_indexed = line_index_step(&p->index, lines->file, LOG_STEP_BYTES);
		break;
	}
}

/* Another file that has the name now is not gone over to while the text of this one is
 * shown. */
static void begin_unpack(struct log_pages *p, bool is_first)
{
	if (is_first)
		log_reader_begin_unpack(p->lane.reader, log_file_take_fd(p->first));
	else
		log_file_free(p->first);
	p->first = NULL;
}

static void take_files(struct log_pages *p)
{
	struct log_reader *r = p->lane.reader;
	bool is_first = !r->state.is_open;

	if (p->is_pipe && is_first) {
		log_reader_begin_spool(r);
		return;
	}
	if (p->is_packed) {
		begin_unpack(p, is_first);
		return;
	}
	if (!p->first) {
		r->state.is_gone = !is_first;
		r->state.err = p->err;
		log_reader_tell_state(r);
		return;
	}
	log_file_free(p->lane.lines.file);
	p->lane.lines.file = p->first;
	log_file_free(r->sums.next_file);
	r->sums.next_file = p->second;
	p->first = p->second = NULL;
	line_index_reset(&p->index);
	p->is_indexed = false;
	p->has_to_begin = p->making != NULL;
	r->state.is_gone = false;
	r->state.is_open = true;
	r->state.err.code = ERR_NONE;
	r->state.end = log_file_size(p->lane.lines.file);
	if (!is_first)
		log_reader_begin_anew(r);
	log_reader_tell_state(r);
}

static void take_look(struct log_pages *p)
{
	struct log_reader *r = p->lane.reader;
	bool was_gone = r->state.is_gone;

	r->state.is_gone = p->lane.change == LOG_FILE_GONE;
	switch (p->lane.change) {
	case LOG_FILE_SAME:
	case LOG_FILE_GONE:
		break;
	case LOG_FILE_GREW:
		r->state.end = log_file_size(p->lane.lines.file);
		p->is_indexed = false;
		r->sums.lane.has_to_look = true;
		log_sums_go(&r->sums);
		log_reader_tell_state(r);
		break;
	case LOG_FILE_CUT:
	case LOG_FILE_REPLACED:
		p->has_to_open = true;
		break;
	}
	if (was_gone != r->state.is_gone)
		log_reader_tell_state(r);
}

static void take_index(struct log_pages *p)
{
	struct log_reader *r = p->lane.reader;

	r->state.lines = p->index.rows;
	r->state.is_counted = p->is_indexed;
	if (p->is_indexed || log_lane_may_tell(&p->lane))
		log_reader_tell_state(r);
}

static void drop(struct log_order **order)
{
	log_order_free(*order);
	*order = NULL;
}

static void done(void *ctx)
{
	struct log_pages *p = ctx;
	struct log_news *answer = p->answer;

	p->answer = NULL;
	if (!log_lane_end(&p->lane)) {
		log_news_free(answer);
		return;
	}
	switch (p->job) {
	case JOB_OPEN:
		take_files(p);
		break;
	case JOB_LOOK:
		take_look(p);
		break;
	case JOB_LINE:
	case JOB_PLACE:
		drop(&p->doing);
		break;
	case JOB_PAGE:
		if (answer && answer->is_done) {
			drop(&p->making);
			page_maker_fini(&p->maker);
		}
		break;
	case JOB_INDEX:
		take_index(p);
		break;
	}
	if (answer)
		log_reader_tell(p->lane.reader, answer);
	log_pages_go(p);
}

static void begin_page(struct log_pages *p)
{
	p->has_to_begin = true;
	if (!p->page)
		return;
	drop(&p->making);
	p->making = p->page;
	p->page = NULL;
}

static bool next_job(struct log_pages *p)
{
	if (p->has_to_open)
		p->job = JOB_OPEN;
	else if (!p->lane.reader->state.is_open)
		return false;
	else if (p->lane.has_to_look && lines_is_file(&p->lane.lines))
		p->job = JOB_LOOK;
	else if (p->line)
		p->job = JOB_LINE;
	else if (p->place)
		p->job = JOB_PLACE;
	else if (p->page || p->making)
		p->job = JOB_PAGE;
	else if (!p->is_indexed && lines_is_file(&p->lane.lines))
		p->job = JOB_INDEX;
	else
		return false;
	return true;
}

void log_pages_go(struct log_pages *p)
{
	struct log_reader *r = p->lane.reader;
	bool goes_on, is_old;

	if (p->lane.is_busy || r->is_closing)
		return;
	if (!next_job(p)) {
		log_lane_rest(&p->lane);
		return;
	}
	is_old = p->lane.wanted != r->wanted_version;
	goes_on = p->making && !p->page && !is_old;
	if (!log_lane_begin(&p->lane, goes_on))
		return;
	if (p->job == JOB_OPEN)
		p->has_to_open = false;
	if (p->job == JOB_LOOK)
		p->lane.has_to_look = false;
	if (p->job == JOB_LINE || p->job == JOB_PLACE) {
		struct log_order **from = p->job == JOB_LINE ? &p->line : &p->place;

		p->doing = *from;
		*from = NULL;
	}
	/* The maker borrows the filter and the lines. */
	if ((p->job == JOB_PAGE && !goes_on) || (p->making && is_old))
		begin_page(p);
	loop_work(r->loop, work, done, p);
}

void log_pages_fini(struct log_pages *p)
{
	page_maker_fini(&p->maker);
	log_order_free(p->making);
	log_order_free(p->page);
	log_order_free(p->place);
	log_order_free(p->doing);
	log_order_free(p->line);
	log_file_free(p->first);
	log_file_free(p->second);
	line_index_fini(&p->index);
	line_filter_fini(&p->lane.filter);
	lines_fini(&p->lane.lines);
}
