/* A file that grows, from its last lines on: also when it is rotated or cut back. It is
 * read on the pool, in steps; between two looks nothing is open but the file. Thread:
 * core; `work` on the pool, with what it was handed. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "live/feeder.h"
#include "stream/log_file.h"
#include "stream/recognise.h"

enum { LOOK_MS = 500, STEP_BYTES = 1 << 20 };

struct tail {
	struct feeder *f; /* NULL: it was stopped, and goes when the pool is done */
	struct loop *loop;
	struct loop_timer *timer;
	bool is_working;
	/* the pool's while it works, the loop's between */
	char *path;
	struct log_file *file; /* NULL: there is none now */
	struct ring *ring;     /* shared */
	struct line_filter span;
	int64_t now_ms, at;
	int64_t begins; /* the first look begins so far before the end */
	bool is_once, is_at_end, has_gap;
	struct err err;
};

static void free_tail(struct tail *t)
{
	log_file_free(t->file);
	line_filter_fini(&t->span);
	ring_free(t->ring);
	free(t->path);
	free(t);
}

static void open_it(struct tail *t)
{
	t->file = log_file_open(t->path, &t->err);
	t->at = 0;
	if (t->file && t->begins && log_file_size(t->file) > t->begins) {
		t->at = log_file_begin_of(t->file, log_file_size(t->file) - t->begins);
		t->has_gap = !t->span.since_ms;
	}
	t->begins = 0;
}

static void put(struct tail *t, struct str text)
{
	struct line line;

	if (text.n && text.p[text.n - 1] == '\r')
		text.n--;
	line_recognise(text, t->now_ms, &line);
	if (line_filter_takes(&t->span, &line))
		ring_put(t->ring, &line);
}

/* What had no end yet will not get one. */
static void put_rest(struct tail *t)
{
	struct log_row row;

	while (log_file_row(t->file, t->at, &row)) {
		put(t, row.text);
		t->at = row.next;
	}
}

/* Another file that has the name is opened once this one was read to its end. */
static void look(struct tail *t)
{
	if (!t->file) {
		open_it(t);
		return;
	}
	switch (log_file_look(t->file)) {
	case LOG_FILE_CUT:
		t->at = 0;
		t->has_gap = true;
		break;
	case LOG_FILE_REPLACED:
		if (!t->is_at_end)
			break;
		put_rest(t);
		log_file_free(t->file);
		open_it(t);
		break;
	case LOG_FILE_SAME:
	case LOG_FILE_GREW:
	case LOG_FILE_GONE:
		break;
	}
}

/* A line without its end waits for it, unless nothing more is waited for. */
static void read_on(struct tail *t)
{
	int64_t until = t->at + STEP_BYTES;
	struct log_row row;

	t->is_at_end = true;
	while (t->file && log_file_row(t->file, t->at, &row)) {
		bool is_whole = row.next > t->at + (int64_t)row.text.n ||
				row.text.n >= LOG_BLOCK_BYTES;

		if (!is_whole && !t->is_once)
			return;
		put(t, row.text);
		t->at = row.next;
		if (t->at >= until) {
			t->is_at_end = false;
			return;
		}
	}
}

static void work(void *ctx)
{
	struct tail *t = ctx;

	err_clear(&t->err);
	look(t);
	read_on(t);
}

static void look_again(void *ctx);

static void done(void *ctx)
{
	struct tail *t = ctx;

	t->is_working = false;
	if (!t->f) {
		free_tail(t);
		return;
	}
	if (t->has_gap)
		feeder_note_gap(t->f);
	t->has_gap = false;
	feeder_set_origins(t->f, t->file != NULL);
	if (ring_published(t->ring) != t->f->status.lines)
		feeder_note_lines(t->f);
	if (t->err.code != ERR_NONE) {
		bool is_waited_for = t->err.code == ERR_NOT_FOUND && !t->is_once;

		feeder_set_state(t->f, is_waited_for ? LIVE_WAITING : LIVE_FAILED,
				 &t->err);
		if (!is_waited_for)
			return;
	} else if (t->is_at_end && t->is_once) {
		feeder_set_state(t->f, LIVE_ENDED, NULL);
		return;
	} else {
		feeder_set_state(t->f, LIVE_FOLLOWING, NULL);
	}
	t->timer = loop_timer_start(t->loop, t->is_at_end ? LOOK_MS : 0, look_again, t);
}

static void look_again(void *ctx)
{
	struct tail *t = ctx;

	t->timer = NULL;
	t->is_working = true;
	t->now_ms = feeder_now_ms(t->f);
	loop_work(t->loop, work, done, t);
}

static bool start(struct feeder *f, struct err *err)
{
	struct tail *t = xcalloc(1, sizeof(*t));

	(void)err;
	*t = (struct tail){.f = f,
			   .loop = feeder_options(f)->loop,
			   .path = xstrndup(f->source.text.p, f->source.text.n),
			   .ring = ring_share(f->ring),
			   .span = {.since_ms = f->since_ms, .until_ms = f->until_ms},
			   .begins = LIVE_RING_BYTES,
			   .is_once = f->is_once};
	err_clear(&t->err);
	f->own = t;
	look_again(t);
	return true;
}

static void stop(struct feeder *f)
{
	struct tail *t = f->own;

	t->f = NULL;
	loop_timer_stop(t->timer);
	t->timer = NULL;
	if (!t->is_working)
		free_tail(t);
}

const struct feeder_ops feeder_file = {.start = start, .stop = stop};
