/* See log_reader.h: opening, orders, the state, and what the lanes have in common. */
#include "worker/log/log_reader_part.h"

#include <stdlib.h>
#include <fcntl.h>

#include "base/xalloc.h"

enum { TELL_STATE_MS = 40 };

static void release(struct log_reader *r)
{
	log_pages_fini(&r->pages);
	log_sums_fini(&r->sums);
	wanted_fini(&r->wanted);
	log_order_free(r->open);
	free(r->find);
	free(r);
}

void log_reader_tell(struct log_reader *r, struct log_news *news)
{
	r->tell(r->ctx, news);
}

void log_reader_refuse(struct log_reader *r, uint64_t id, const struct err *err)
{
	struct log_news *news = log_news_new(LOG_NEWS_ERROR, r->log, id);

	news->err = *err;
	log_reader_tell(r, news);
}

static int64_t now_ms(const struct log_reader *r)
{
	return clock_mono_ms(loop_clock(r->loop));
}

static void tell_now(void *ctx)
{
	struct log_reader *r = ctx;
	struct log_news *news = log_news_new(LOG_NEWS_STATE, r->log, 0);

	r->later = NULL;
	r->told_ms = now_ms(r);
	if (r->spool) {
		r->state.is_arriving = !log_spool_is_done(r->spool);
		r->state.dropped_bytes = (uint64_t)log_spool_dropped(r->spool);
		if (log_spool_error(r->spool)->code != ERR_NONE)
			r->state.err = *log_spool_error(r->spool);
	} else if (r->unpack) {
		r->state.is_arriving = !log_unpack_is_done(r->unpack);
		r->state.err = *log_unpack_error(r->unpack);
	}
	news->state = r->state;
	log_reader_tell(r, news);
}

void log_reader_tell_state(struct log_reader *r)
{
	if (!r->later)
		r->later =
			loop_timer_start(r->loop, r->told_ms + TELL_STATE_MS - now_ms(r),
					 tell_now, r);
}

bool log_lane_may_tell(struct log_lane *lane)
{
	int64_t now = now_ms(lane->reader);

	if (now - lane->told_ms < LOG_TELL_MS)
		return false;
	lane->told_ms = now;
	return true;
}

static void compile(struct log_lane *lane)
{
	struct err ignored; /* it was compiled once before it was taken */

	line_filter_fini(&lane->filter);
	lane->filter = (struct line_filter){0};
	if (!wanted_compile(&lane->reader->wanted, &lane->filter, &ignored)) {
		line_filter_fini(&lane->filter);
		lane->filter = (struct line_filter){0};
	}
	lane->wanted = lane->reader->wanted_version;
}

bool log_lane_begin(struct log_lane *lane, bool goes_on)
{
	struct ring *ring = lane->reader->open->ring;

	if (lane->is_busy || lane->reader->is_closing)
		return false;
	lane->lines.now_ms = clock_wall_ms(loop_clock(lane->reader->loop));
	if (ring && !(goes_on && lane->lines.view.chunks)) {
		if (lane->lines.view.chunks)
			ring_view_drop(&lane->lines.view);
		ring_view_take(ring, &lane->lines.view);
	}
	if (lane->reader->unpack && lane->lines.file)
		log_file_give(lane->lines.file, log_unpack_points(lane->reader->unpack));
	if (lane->wanted != lane->reader->wanted_version)
		compile(lane);
	lane->is_busy = true;
	return true;
}

void log_lane_rest(struct log_lane *lane)
{
	if (lane->lines.view.chunks)
		ring_view_drop(&lane->lines.view);
}

bool log_lane_end(struct log_lane *lane)
{
	struct log_reader *r = lane->reader;

	lane->is_busy = false;
	if (!r->is_closing)
		return true;
	if (!r->pages.lane.is_busy && !r->sums.lane.is_busy)
		release(r);
	return false;
}

void log_reader_look(struct log_reader *r)
{
	if (r->is_closing)
		return;
	if (r->state.is_open)
		r->pages.lane.has_to_look = true;
	else
		r->pages.has_to_open = true;
	log_pages_go(&r->pages);
}

void log_reader_begin_anew(struct log_reader *r)
{
	r->state.n_new_files++;
	r->state.lines = 0;
	r->state.is_counted = false;
	log_sums_reset(&r->sums);
	log_reader_tell_state(r);
}

static void file_changed(void *ctx)
{
	struct log_reader *r = ctx;

	if (r->unpack)
		log_unpack_go_on(r->unpack);
	else
		log_reader_look(r);
}

static void text_came(void *ctx)
{
	struct log_reader *r = ctx;

	log_reader_look(r);
	log_reader_tell_state(r);
}

static struct log_file *packed_file(struct log_reader *r)
{
	int fd = fcntl(log_unpack_fd(r->unpack), F_DUPFD_CLOEXEC, 0);

	return log_file_new_packed(fd, "the text", log_unpack_points(r->unpack),
				   &r->state.err);
}

void log_reader_begin_unpack(struct log_reader *r, int fd)
{
	r->unpack = log_unpack_new(r->loop, fd, text_came, r);
	r->pages.lane.lines.file = packed_file(r);
	r->sums.lane.lines.file = packed_file(r);
	r->state.is_open = r->pages.lane.lines.file && r->sums.lane.lines.file;
	log_reader_tell_state(r);
}

void log_reader_begin_spool(struct log_reader *r)
{
	int fd;

	r->spool = log_spool_new(r->loop, r->open->path, r->open->fd, text_came, r);
	r->open->fd = -1;
	fd = log_spool_fd(r->spool);
	if (fd >= 0) {
		r->pages.lane.lines.file = log_file_new(fcntl(fd, F_DUPFD_CLOEXEC, 0),
							"the text", &r->state.err);
		r->sums.lane.lines.file = log_file_new(fcntl(fd, F_DUPFD_CLOEXEC, 0),
						       "the text", &r->state.err);
		r->state.is_open = r->pages.lane.lines.file && r->sums.lane.lines.file;
	}
	log_reader_tell_state(r);
}

static void look_at_ring(struct log_reader *r)
{
	struct ring_view view;

	if (!r->open->ring)
		return;
	ring_view_take(r->open->ring, &view);
	r->state.begin = (int64_t)view.first;
	r->state.end = (int64_t)view.end;
	r->state.lines = view.end - view.first;
	r->state.dropped_bytes = view.dropped_bytes;
	ring_view_drop(&view);
	log_reader_tell_state(r);
}

static void open_ring(struct log_reader *r)
{
	r->state.is_ring = r->state.is_open = r->state.is_counted = true;
	look_at_ring(r);
}

struct log_reader *log_reader_new(struct loop *loop, struct log_order *open,
				  log_tell_fn tell, void *ctx)
{
	struct log_reader *r = xcalloc(1, sizeof(*r));

	*r = (struct log_reader){.loop = loop,
				 .tell = tell,
				 .ctx = ctx,
				 .log = open->log,
				 .open = open,
				 .wanted_version = 1,
				 .find_version = 1,
				 .told_ms = -TELL_STATE_MS};
	r->pages.lane.reader = r->sums.lane.reader = r;
	if (open->ring) {
		open_ring(r);
	} else if (open->fd >= 0) {
		log_reader_begin_spool(r);
	} else {
		r->watch = log_watch_new(loop, open->path, file_changed, r);
		r->pages.has_to_open = true;
		log_pages_go(&r->pages);
	}
	return r;
}

void log_reader_close(struct log_reader *r)
{
	r->is_closing = true;
	loop_timer_stop(r->later);
	r->later = NULL;
	log_watch_free(r->watch);
	log_spool_free(r->spool);
	log_unpack_free(r->unpack);
	r->watch = NULL;
	r->spool = NULL;
	r->unpack = NULL;
	if (!r->pages.lane.is_busy && !r->sums.lane.is_busy)
		release(r);
}

uint32_t log_reader_log(const struct log_reader *r)
{
	return r->log;
}

static void set_wanted(struct log_reader *r, struct log_order *order)
{
	struct line_filter filter = {0};
	struct err err;
	bool is_good = wanted_compile(&order->wanted, &filter, &err);

	line_filter_fini(&filter);
	if (is_good) {
		wanted_copy(&r->wanted, &order->wanted);
		r->wanted_version++;
		log_sums_recount(&r->sums);
	} else {
		log_reader_refuse(r, order->id, &err);
	}
	log_order_free(order);
}

static void set_find(struct log_reader *r, struct log_order *order)
{
	struct err err;
	struct matcher *m = NULL;
	bool has_text = order->text && order->text[0];

	if (has_text)
		m = wanted_matcher(str_from(order->text), &err);
	if (has_text && !m) {
		log_reader_refuse(r, order->id, &err);
	} else {
		free(r->find);
		r->find = has_text ? order->text : NULL;
		if (has_text)
			order->text = NULL;
		r->find_version++;
		log_sums_recount(&r->sums);
	}
	matcher_free(m);
	log_order_free(order);
}

static void put(struct log_order **place, struct log_order *order)
{
	log_order_free(*place);
	*place = order;
}

void log_reader_obey(struct log_reader *r, struct log_order *order)
{
	switch ((enum log_order_kind)order->mail.kind) {
	case LOG_PAGE:
		put(&r->pages.page, order);
		break;
	case LOG_LINE:
		put(&r->pages.line, order);
		break;
	case LOG_TIME:
	case LOG_NUMBER:
		put(&r->pages.place, order);
		break;
	case LOG_SEEK:
		put(&r->sums.seek, order);
		break;
	case LOG_WANTED:
		set_wanted(r, order);
		break;
	case LOG_FIND:
		set_find(r, order);
		break;
	case LOG_SUM:
		r->wants_sums = order->is_on;
		r->wants_clusters = order->has_clusters;
		log_sums_recount(&r->sums);
		log_order_free(order);
		break;
	case LOG_MORE:
		look_at_ring(r);
		log_order_free(order);
		break;
	case LOG_OPEN:
	case LOG_CLOSE:
		log_order_free(order);
		break;
	}
	log_pages_go(&r->pages);
	log_sums_go(&r->sums);
}
