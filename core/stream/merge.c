/* See merge.h. Each input is a queue of records in one buffer; the earliest head is found
 * by looking at all of them, as there are tens at most. */
#include "stream/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

enum { QUEUE_MOST_BYTES = 256 << 20, CONSUME_BYTES = 64 << 10 };

/* In front of a line's bytes in the queue. */
struct head {
	int64_t time_ns, mono_ms, line_ms;
	uint32_t n, message_at, message_n;
	uint8_t level, format;
	bool has_time, is_escaped, is_more;
};

struct merge_input {
	struct merge *merge;
	struct merge_input *next;
	char *source;
	struct strbuf queue;
	size_t at; /* in it: what was given before is cut off now and then */
	bool is_live, is_ended;
};

struct merge {
	struct merge_options options;
	struct merge_input *first;
	struct merge_input *speaking; /* whose record was given last; or NULL */
	size_t waiting;
};

struct merge *merge_new(const struct merge_options *options)
{
	struct merge *m = xcalloc(1, sizeof(*m));

	m->options = *options;
	return m;
}

static void free_input(struct merge_input *in)
{
	strbuf_fini(&in->queue);
	free(in->source);
	free(in);
}

void merge_free(struct merge *m)
{
	if (!m)
		return;
	while (m->first) {
		struct merge_input *in = m->first;

		m->first = in->next;
		free_input(in);
	}
	free(m);
}

struct merge_input *merge_add(struct merge *m, struct str source)
{
	struct merge_input *in = xcalloc(1, sizeof(*in)), **end = &m->first;

	in->merge = m;
	in->source = xstrndup(source.n ? source.p : "", source.n);
	strbuf_init(&in->queue, QUEUE_MOST_BYTES);
	while (*end)
		end = &(*end)->next;
	*end = in;
	return in;
}

void merge_set_live(struct merge_input *in, bool is_live)
{
	in->is_live = is_live;
}

void merge_end(struct merge_input *in)
{
	in->is_ended = true;
}

void merge_put(struct merge_input *in, const struct line *line, int64_t time_ns,
	       bool is_more, int64_t mono_ms)
{
	struct head head = {.time_ns = time_ns,
			    .mono_ms = mono_ms,
			    .line_ms = line->time_ms,
			    .n = (uint32_t)line->raw.n,
			    .level = (uint8_t)line->level,
			    .format = (uint8_t)line->format,
			    .has_time = line->has_time,
			    .is_escaped = line->is_escaped,
			    .is_more = is_more};

	/* Twice what may wait at all: nobody gives what is due any more. */
	if (in->queue.n + sizeof(head) + line->raw.n > in->queue.max)
		return;
	if (line->message.n) {
		head.message_at = (uint32_t)(line->message.p - line->raw.p);
		head.message_n = (uint32_t)line->message.n;
	}
	strbuf_put(&in->queue, (struct str){.p = (const char *)&head, .n = sizeof(head)});
	strbuf_put(&in->queue, line->raw);
	in->merge->waiting += sizeof(head) + line->raw.n;
}

size_t merge_waiting(const struct merge *m)
{
	return m->waiting;
}

static bool has_line(const struct merge_input *in)
{
	return in->at < in->queue.n;
}

static struct head head_of(const struct merge_input *in)
{
	struct head head;

	memcpy(&head, in->queue.p + in->at, sizeof(head));
	return head;
}

static void give(struct merge *m, struct merge_input *in)
{
	struct head head = head_of(in);
	const char *text = in->queue.p + in->at + sizeof(head);
	const struct line line = {
		.raw = {.p = text, .n = head.n},
		.source = str_from(in->source),
		.message = {.p = text + head.message_at, .n = head.message_n},
		.time_ms = head.line_ms,
		.level = (enum line_level)head.level,
		.format = (enum line_format)head.format,
		.has_time = head.has_time,
		.is_escaped = head.is_escaped,
	};

	m->options.fn(m->options.ctx, &line);
	in->at += sizeof(head) + head.n;
	m->waiting -= sizeof(head) + head.n;
	m->speaking = in;
	if (in->at == in->queue.n) {
		strbuf_reset(&in->queue);
		in->at = 0;
	} else if (in->at > CONSUME_BYTES && in->at > in->queue.n / 2) {
		strbuf_consume(&in->queue, in->at);
		in->at = 0;
	}
}

static void drop_ended(struct merge *m)
{
	struct merge_input **at = &m->first;

	while (*at) {
		struct merge_input *in = *at;

		if (!in->is_ended || has_line(in)) {
			at = &in->next;
			continue;
		}
		*at = in->next;
		if (m->speaking == in)
			m->speaking = NULL;
		free_input(in);
	}
}

/* The one whose line is the earliest; of equals the one that was added first. */
static struct merge_input *earliest(const struct merge *m)
{
	struct merge_input *best = NULL;
	int64_t best_ns = 0;

	for (struct merge_input *in = m->first; in; in = in->next) {
		if (!has_line(in))
			continue;
		if (!best || head_of(in).time_ns < best_ns) {
			best = in;
			best_ns = head_of(in).time_ns;
		}
	}
	return best;
}

/* How long a line that came at `came_ms` still waits for the inputs that have none. */
static int64_t wait_of(const struct merge *m, int64_t came_ms, int64_t mono_ms)
{
	int64_t longest = 0;

	if (m->waiting > m->options.max_bytes)
		return 0;
	for (const struct merge_input *in = m->first; in; in = in->next) {
		int64_t limit = in->is_live ? m->options.live_ms : m->options.behind_ms;
		int64_t left = limit < 0 ? INT64_MAX : came_ms + limit - mono_ms;

		if (!has_line(in) && !in->is_ended && left > longest)
			longest = left;
	}
	return longest;
}

int64_t merge_run(struct merge *m, int64_t mono_ms, size_t most)
{
	for (size_t n = 0; n < most; n++) {
		struct merge_input *in;
		int64_t wait;

		drop_ended(m);
		in = m->speaking;
		if (!in || !has_line(in) || !head_of(in).is_more) {
			in = earliest(m);
			if (!in)
				return -1;
			wait = wait_of(m, head_of(in).mono_ms, mono_ms);
			if (wait > 0)
				return wait == INT64_MAX ? -1 : wait;
		}
		give(m, in);
	}
	drop_ended(m);
	return m->waiting ? 0 : -1;
}
