/* See pods.h: the log of one container, over breaks and restarts. What is asked for again
 * begins where the last line was, so nothing is missed and nothing comes twice; a life that
 * ended between two looks is read as the previous one first. */
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "live/pods.h"
#include "net/retry.h"
#include "stream/recognise.h"

enum {
	SILENCE_MS = 4 * 60 * 1000, /* then it is asked again: the line may be dead */
	PAUSE_MOST_MS = 30000,
	STAYS_SHUT_MS = 60000, /* who may not read it need not ask often */
	NEAR_NOW_MS = 500,
};

static void ask(struct container_log *c);

static void set_state(struct container_log *c, enum container_state state)
{
	c->state = state;
	if (state == CONTAINER_DONE && c->input) {
		merge_end(c->input);
		c->input = NULL;
	} else if (c->input && state != CONTAINER_ASKING && !c->pods->f->is_once) {
		/* Others need not wait for it. */
		merge_set_live(c->input, true);
	}
	pods_tell(c->pods);
}

/* Of a trace, or of what was printed over several lines. */
static bool is_more(const struct container_log *c, const struct line *line)
{
	return c->has_spoken && !line->has_time && line->level == LINE_UNKNOWN;
}

static void take_line(void *ctx, int64_t time_ns, struct str text)
{
	struct container_log *c = ctx;
	struct feeder *f = c->pods->f;
	int64_t now_ms = feeder_now_ms(f);
	struct line line;
	bool belongs;

	if (time_ns == 0) /* the server's own words */
		time_ns = c->lines.last_ns ? c->lines.last_ns : now_ms * 1000000;
	line_recognise(text, now_ms, &line);
	belongs = is_more(c, &line);
	c->has_spoken |= line.has_time || line.level != LINE_UNKNOWN;
	/* When it was written, which is what the others are held against. */
	line.has_time = !belongs;
	line.time_ms = time_ns / 1000000;
	merge_put(c->input, &line, time_ns, belongs, feeder_mono_ms(f));
	if (!f->is_once && line.time_ms >= c->asked_ms - NEAR_NOW_MS)
		merge_set_live(c->input, true);
}

static void take_bytes(void *ctx, struct str bytes)
{
	struct container_log *c = ctx;

	c->heard_ms = feeder_mono_ms(c->pods->f);
	pod_lines_feed(&c->lines, bytes);
	pods_run_merge(c->pods);
}

static void pause_over(void *ctx)
{
	struct container_log *c = ctx;

	c->pause = NULL;
	ask(c);
}

static void pause_for(struct container_log *c, int64_t ms)
{
	loop_timer_stop(c->pause);
	c->pause = loop_timer_start(feeder_options(c->pods->f)->loop, ms, pause_over, c);
	set_state(c, CONTAINER_PAUSING);
}

/* Those of one workload do not come back together. */
static int64_t next_pause_ms(const struct container_log *c)
{
	return retry_pause_ms(c->tries, PAUSE_MOST_MS,
			      rng_at(str_hash(str_from(c->now.pod)), (uint64_t)c->tries));
}

/* It ended well: the container may have, or the connection had its time. */
static void ended(struct container_log *c)
{
	bool was_empty = c->lines.n_given == c->n_before;

	err_clear(&c->err);
	if (c->is_previous || c->pods->f->is_once || !c->now.is_running)
		pod_lines_end(&c->lines);
	if (c->is_previous) {
		ask(c);
		return;
	}
	if (c->pods->f->is_once) {
		set_state(c, CONTAINER_DONE);
		return;
	}
	if (!c->now.is_running) {
		set_state(c, c->is_listed ? CONTAINER_RESTING : CONTAINER_DONE);
		return;
	}
	c->tries = was_empty ? c->tries + 1 : 0;
	pods_look_again(c->pods, c->connection);
	pause_for(c, next_pause_ms(c));
}

/* Answers that say how it is, rather than that something broke. */
static bool is_settled(struct container_log *c, const struct api_flow_end *end)
{
	if (c->is_previous && end->status >= 400 && end->status < 500 &&
	    end->err.code != ERR_AUTH && end->err.code != ERR_FORBIDDEN) {
		/* Nothing is kept of the life before. */
		ask(c);
		return true;
	}
	if (end->status == 404 || end->status == 410) {
		set_state(c, CONTAINER_DONE);
		pods_look_again(c->pods, c->connection);
		return true;
	}
	if (end->status == 400 && !c->pods->f->is_once) {
		/* It waits to start. */
		c->err = end->err;
		set_state(c, CONTAINER_RESTING);
		return true;
	}
	return false;
}

static void flow_done(void *ctx, const struct api_flow_end *end)
{
	struct container_log *c = ctx;
	int64_t told = end->err.retry_after_ms;
	bool is_shut = end->err.code == ERR_AUTH || end->err.code == ERR_FORBIDDEN;

	c->flow = NULL;
	if (end->err.code == ERR_NONE || (end->is_silent && c->is_followed)) {
		ended(c);
	} else if (!is_settled(c, end)) {
		c->wants_previous |= c->is_previous;
		c->err = end->err;
		c->tries = c->lines.n_given == c->n_before ? c->tries + 1 : 0;
		if (c->pods->f->is_once && (c->tries >= RETRY_MAX_TRIES || is_shut ||
					    !err_is_retryable(end->err.code)))
			set_state(c, CONTAINER_DONE);
		else
			pause_for(c, told > 0  ? told
				     : is_shut ? STAYS_SHUT_MS
					       : next_pause_ms(c));
	}
	pods_run_merge(c->pods);
}

static void put_since(struct strbuf *path, const struct container_log *c)
{
	int64_t last_ms = c->lines.last_ns / 1000000;

	strbuf_puts(path, "&sinceTime=");
	time_format_iso(path, last_ms ? last_ms : c->since_ms, false);
}

static void ask(struct container_log *c)
{
	struct feeder *f = c->pods->f;
	const struct live_options *o = feeder_options(f);
	struct api_flow_call call = {.connection = c->connection,
				     .idle_ms = SILENCE_MS,
				     .on_bytes = take_bytes,
				     .done = flow_done,
				     .ctx = c};
	struct strbuf path;

	c->is_previous = c->wants_previous;
	c->wants_previous = false;
	c->restarts = c->now.restarts;
	c->asked_ms = feeder_now_ms(f);
	c->heard_ms = feeder_mono_ms(f);
	c->n_before = c->lines.n_given;
	pod_lines_again(&c->lines);
	strbuf_init(&path, 4096);
	strbuf_printf(&path,
		      "/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true",
		      c->now.namespace, c->now.pod, c->now.name);
	put_since(&path, c);
	c->is_followed = !c->is_previous && !f->is_once && c->now.is_running;
	if (c->is_previous)
		strbuf_puts(&path, "&previous=true");
	else if (c->is_followed)
		strbuf_puts(&path, "&follow=true");
	call.path = strbuf_str(&path);
	merge_set_live(c->input, false);
	c->flow = api_flow_start(o->http, o->loop, &call);
	strbuf_fini(&path);
	set_state(c, CONTAINER_ASKING);
}

void container_log_start(struct pods *p, const struct connection *connection,
			 const struct container_now *now)
{
	struct container_log *c = xcalloc(1, sizeof(*c)), **end = &p->first;
	char label[POD_LABEL_BYTES];

	c->pods = p;
	c->connection = connection;
	c->now = *now;
	c->is_listed = true;
	c->since_ms = p->f->since_ms;
	err_clear(&c->err);
	snprintf(label, sizeof(label), "%s%s%s", now->pod, now->is_alone ? "" : "/",
		 now->is_alone ? "" : now->name);
	pod_lines_init(&c->lines, take_line, c);
	c->input = merge_add(p->merge, str_from(label));
	while (*end)
		end = &(*end)->next;
	*end = c;
	c->wants_previous = now->ended_ms >= c->since_ms && now->restarts > 0;
	ask(c);
}

void container_log_update(struct container_log *c, const struct container_now *now)
{
	bool has_restarted = now->restarts != c->restarts;
	bool runs_again = now->is_running && !c->now.is_running;

	c->is_listed = true;
	if (now->restarts > c->restarts + 1)
		feeder_note_gap(c->pods->f);
	c->now = *now;
	c->wants_previous |= has_restarted;
	c->restarts = now->restarts;
	if (c->state == CONTAINER_RESTING && (has_restarted || runs_again))
		ask(c);
}

void container_log_gone(struct container_log *c)
{
	/* What is on its way still comes; then there is nobody to ask. */
	c->now.is_running = false;
	if (c->state == CONTAINER_ASKING)
		return;
	loop_timer_stop(c->pause);
	c->pause = NULL;
	set_state(c, CONTAINER_DONE);
}

void container_log_free(struct container_log *c)
{
	api_flow_stop(c->flow);
	loop_timer_stop(c->pause);
	pod_lines_fini(&c->lines);
	free(c);
}
