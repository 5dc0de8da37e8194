/* See live.h: the streams there are, and what is told of them. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>

#include "azure/kinds.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "live/feeder.h"
#include "net/loop.h"

struct live {
	struct live_options options;
	struct feeder *first;
	int n_queries; /* on their way */
};

static const struct feeder_ops *const kinds[] = {
	[LOG_SOURCE_PODS] = &feeder_pods,
	[LOG_SOURCE_KQL] = &feeder_kql,
	[LOG_SOURCE_SEARCH] = &feeder_kql,
	[LOG_SOURCE_FILE] = &feeder_file,
};

const char *live_state_name(enum live_state state)
{
	static const char *const names[] = {
		[LIVE_CONNECTING] = "connecting", [LIVE_FOLLOWING] = "following",
		[LIVE_WAITING] = "waiting",	  [LIVE_ENDED] = "ended",
		[LIVE_FAILED] = "failed",
	};

	return names[state];
}

struct live *live_new(const struct live_options *options)
{
	struct live *l = xcalloc(1, sizeof(*l));

	l->options = *options;
	return l;
}

static void free_feeder(struct feeder *f)
{
	if (f->own)
		f->ops->stop(f);
	loop_timer_stop(f->telling);
	line_filter_fini(&f->span);
	ring_free(f->ring);
	free(f->text);
	free(f);
}

void live_free(struct live *l)
{
	if (!l)
		return;
	while (l->first) {
		struct feeder *f = l->first;

		l->first = f->next;
		free_feeder(f);
	}
	free(l);
}

void live_unfollow(struct live *l, uint64_t id)
{
	struct feeder **at = &l->first, *f;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	f = *at;
	if (!f)
		return;
	*at = f->next;
	free_feeder(f);
}

static void tell(void *ctx)
{
	struct feeder *f = ctx;
	const struct live_options *o = &f->live->options;

	f->telling = NULL;
	f->status.lines = ring_published(f->ring);
	o->tell(o->ctx, f->id, &f->status, f->has_told ? NULL : f->ring);
	f->has_told = true;
}

static void tell_in(struct feeder *f, int64_t ms)
{
	if (f->telling && ms > 0)
		return;
	loop_timer_stop(f->telling);
	f->telling = loop_timer_start(f->live->options.loop, ms, tell, f);
}

static void begin(struct feeder *f)
{
	struct err err;

	if (!log_source_parse(str_from(f->text), &f->source, &err)) {
		feeder_set_state(f, LIVE_FAILED, &err);
		return;
	}
	f->ops = kinds[f->source.kind];
	if (!f->ops->start(f, &err))
		feeder_set_state(f, LIVE_FAILED, &err);
}

void live_follow(struct live *l, uint64_t id, const struct live_request *request)
{
	struct feeder *f = xcalloc(1, sizeof(*f));

	f->live = l;
	f->id = id;
	f->text = xstrndup(request->source.p, request->source.n);
	f->is_once = request->is_once;
	f->since_ms = request->since_ms;
	f->until_ms = request->until_ms;
	f->ring = ring_new(request->max_bytes ? request->max_bytes : LIVE_RING_BYTES);
	f->span.since_ms = f->since_ms;
	f->span.until_ms = f->until_ms;
	err_clear(&f->status.err);
	f->next = l->first;
	l->first = f;
	tell_in(f, 0);
	begin(f);
}

struct feeder *live_first(const struct live *l)
{
	return l->first;
}

const struct live_options *feeder_options(const struct feeder *f)
{
	return &f->live->options;
}

int64_t feeder_now_ms(const struct feeder *f)
{
	return clock_wall_ms(loop_clock(f->live->options.loop));
}

int64_t feeder_mono_ms(const struct feeder *f)
{
	return clock_mono_ms(loop_clock(f->live->options.loop));
}

int64_t feeder_pace(const struct feeder *f, int64_t ms)
{
	double speed = f->live->options.speed;

	return speed > 1.0 ? (int64_t)((double)ms / speed) : ms;
}

void feeder_put(struct feeder *f, const struct line *line)
{
	if (!line_filter_takes(&f->span, line))
		return;
	ring_put(f->ring, line);
	feeder_note_lines(f);
}

void feeder_note_lines(struct feeder *f)
{
	tell_in(f, LIVE_TELL_MS);
}

void feeder_set_state(struct feeder *f, enum live_state state, const struct err *err)
{
	struct err none;

	err_clear(&none);
	if (!err)
		err = &none;
	if (f->status.state == state &&
	    str_eq(str_from(f->status.err.text), str_from(err->text)))
		return;
	f->status.state = state;
	f->status.err = *err;
	if (err->code != ERR_NONE)
		log_line(f->live->options.log, LOG_WARN, "live", "%s: %s", f->text,
			 err->text);
	tell_in(f, 0);
}

void feeder_note_gap(struct feeder *f)
{
	f->status.gaps++;
	tell_in(f, 0);
}

void feeder_set_note(struct feeder *f, const char *note)
{
	struct strbuf clean;

	strbuf_init(&clean, 4096);
	sanitize_line(&clean, str_from(note));
	if (!str_eq(strbuf_str(&clean), str_from(f->status.note))) {
		snprintf(f->status.note, sizeof(f->status.note), "%s", clean.p);
		tell_in(f, 0);
	}
	strbuf_fini(&clean);
}

void feeder_set_origins(struct feeder *f, size_t n)
{
	if (f->status.origins == n)
		return;
	f->status.origins = n;
	tell_in(f, LIVE_TELL_MS);
}

bool feeder_begin_query(struct feeder *f)
{
	if (f->live->n_queries >= LIVE_QUERIES_MOST)
		return false;
	f->live->n_queries++;
	return true;
}

void feeder_end_query(struct feeder *f)
{
	f->live->n_queries--;
}

const struct connection *feeder_connection(const struct feeder *f, enum conn_kind kind,
					   struct err *err)
{
	const struct live_options *o = &f->live->options;
	const struct connection *conn, *only = o->connection(o->ctx, kind, 0);
	struct str name = f->source.connection;

	for (size_t i = 0; name.n && (conn = o->connection(o->ctx, kind, i)); i++) {
		if (str_eq(name, str_from(conn->name)))
			return conn;
	}
	if (name.n)
		err_set(err, ERR_NOT_FOUND,
			"there is no %s connection \"%.*s\" in the configuration",
			conn_kind_name(kind), STR_ARG(name));
	else if (!only)
		err_set(err, ERR_CONFIG,
			"there is no %s connection in the configuration, which "
			"\"%.60s\" needs",
			conn_kind_name(kind), f->text);
	return name.n ? NULL : only;
}
