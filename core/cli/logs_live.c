/* `azdeck logs --source`: live lines, out of the same worker as the deck's. What it says
 * of a stream goes to standard error; lines are all that is printed. Thread: the main
 * thread. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/headless.h"
#include "cli/logs_run.h"
#include "worker/log/follow.h"

/* More than is printed while the next lines come. */
enum { RING_BYTES = 64 << 20, NAME_BYTES = 600 };

struct live_logs {
	struct logs *l;
	struct headless headless;
	uint64_t id;
	struct ring *ring; /* NULL: not yet */
	uint64_t next;	   /* the number of the line that is printed next */
	uint64_t lost;
	struct live_status status;
	char note[LIVE_NOTE_BYTES]; /* that was told last */
	uint64_t gaps;
	enum err_code told; /* why it waits, as told last */
	bool is_over;
};

static void say(struct live_logs *v, const char *text)
{
	logs_write_out(v->l);
	fprintf(stderr, "azdeck: logs: %s\n", text);
}

static void print_lines(struct live_logs *v)
{
	static char name[NAME_BYTES];
	struct ring_view view;
	struct line line;

	if (!v->ring || ring_published(v->ring) == v->next)
		return;
	ring_view_take(v->ring, &view);
	if (view.first > v->next) {
		v->lost += view.first - v->next;
		v->next = view.first;
	}
	for (; v->next < view.end && v->l->has_reader; v->next++) {
		if (!ring_view_line(&view, v->next, &line))
			continue;
		snprintf(name, sizeof(name), "%.*s", STR_ARG(line.source));
		v->l->name = name;
		logs_take_line(v->l, &line);
	}
	ring_view_drop(&view);
	v->l->name = v->l->request->source;
	if (v->l->request->mode == LOGS_LINES)
		logs_write_out(v->l);
}

/* What is not as it should be, each time it is something else. */
static void tell_changes(struct live_logs *v)
{
	const struct live_status *s = &v->status;

	if (s->note[0] && strcmp(s->note, v->note) != 0)
		say(v, s->note);
	snprintf(v->note, sizeof(v->note), "%s", s->note);
	if (s->gaps > v->gaps)
		say(v, "lines are missing here: they were gone before they could be "
		       "read");
	v->gaps = s->gaps;
	if (s->state == LIVE_WAITING && s->err.code != v->told && s->err.code != ERR_NONE)
		say(v, s->err.text);
	v->told = s->err.code;
}

static void take_stream(struct live_logs *v, struct news *news)
{
	struct ring *ring = news_take_ring(news);

	if (ring)
		v->ring = ring;
	v->status = news->stream;
	print_lines(v);
	tell_changes(v);
	v->is_over = v->status.state == LIVE_ENDED || v->status.state == LIVE_FAILED;
}

static void take_news(struct live_logs *v, struct news *news)
{
	enum news_kind kind = (enum news_kind)news->mail.kind;

	if (kind == NEWS_STREAM && news->request_id == v->id) {
		take_stream(v, news);
	} else if (kind == NEWS_PROBLEM && !v->is_over) {
		v->status.err = news->err;
		v->is_over = true;
	} else if (kind == NEWS_NOTE) {
		say(v, news->err.text);
	}
}

static void follow(struct live_logs *v)
{
	const struct logs_request *r = v->l->request;
	struct follow_options options = {.source = r->source,
					 .since_ms = r->since_ms,
					 .until_ms = r->until_ms,
					 .is_once = !r->is_follow,
					 .max_bytes = RING_BYTES};

	/* The same lines, however long the start takes. */
	if (r->is_demo && r->world.at_ms && !r->is_follow && !r->until_ms)
		options.until_ms = r->world.at_ms;
	v->id = worker_follow(v->headless.worker, &options);
	while (!v->is_over && v->l->has_reader) {
		struct news *news = headless_next(&v->headless);

		if (news)
			take_news(v, news);
		else
			v->l->has_reader = false;
	}
	print_lines(v);
	if (v->lost) {
		char text[120];

		snprintf(text, sizeof(text),
			 "%" PRIu64 " lines are left out: they came faster than they "
			 "could be printed",
			 v->lost);
		say(v, text);
	}
}

bool logs_start_worker(struct logs *l, struct headless *h)
{
	const struct logs_request *r = l->request;
	const struct headless_options options = {.config = r->config,
						 .is_demo = r->is_demo,
						 .world = &r->world,
						 .needs_reader = true};
	struct err err;

	headless_init(h, &options);
	if (headless_start(h, &err))
		return true;
	headless_fini(h);
	logs_fail(l, &err);
	return false;
}

void logs_live(struct logs *l)
{
	struct live_logs v = {.l = l};

	l->name = l->request->source;
	if (!logs_start_worker(l, &v.headless))
		return;
	follow(&v);
	headless_fini(&v.headless);
	if (v.is_over && v.status.err.code != ERR_NONE)
		logs_fail(l, &v.status.err);
	l->has_names = false; /* there is one source */
	if (l->request->mode == LOGS_COUNT)
		logs_put_count(l);
	ring_free(v.ring);
}
