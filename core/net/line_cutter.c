/* See lines.h. */
#include "net/line_cutter.h"

void line_cutter_init(struct line_cutter *l, size_t max_line, bool splits_at_cr,
		      line_cutter_fn fn, void *ctx)
{
	*l = (struct line_cutter){.splits_at_cr = splits_at_cr, .fn = fn, .ctx = ctx};
	strbuf_init(&l->pending, max_line);
}

void line_cutter_fini(struct line_cutter *l)
{
	strbuf_fini(&l->pending);
}

static bool give(struct line_cutter *l, struct err *err)
{
	struct str line = strbuf_str(&l->pending);
	bool goes_on;

	if (l->pending.overflow)
		return err_set(err, ERR_TOO_LARGE, "a line is longer than %zu bytes",
			       l->pending.max);
	if (!l->is_started && str_starts(line, STR("\xef\xbb\xbf")))
		line = str_sub(line, 3, line.n);
	l->is_started = true;
	if (!l->splits_at_cr && line.n && line.p[line.n - 1] == '\r')
		line.n--;
	goes_on = l->fn(line, l->ctx);
	strbuf_reset(&l->pending);
	l->is_stopped = !goes_on;
	return goes_on ? true : err_set(err, ERR_CANCELLED, "stopped");
}

/* Bytes before the next end of line. */
static size_t run_length(const struct line_cutter *l, struct str s)
{
	const char *end = memchr(s.p, '\n', s.n);
	size_t n = end ? (size_t)(end - s.p) : s.n;

	end = l->splits_at_cr ? memchr(s.p, '\r', n) : NULL;
	return end ? (size_t)(end - s.p) : n;
}

bool line_cutter_feed(struct line_cutter *l, struct str bytes, struct err *err)
{
	if (l->is_stopped)
		return err_set(err, ERR_CANCELLED, "stopped");
	while (bytes.n) {
		size_t n;

		if (l->after_cr && bytes.p[0] == '\n') {
			l->after_cr = false;
			bytes = str_sub(bytes, 1, bytes.n);
			continue;
		}
		l->after_cr = false;
		n = run_length(l, bytes);
		strbuf_put(&l->pending, str_sub(bytes, 0, n));
		if (l->pending.overflow || n < bytes.n) {
			if (!give(l, err))
				return false;
			l->after_cr = bytes.p[n] == '\r';
			n++;
		}
		bytes = str_sub(bytes, n, bytes.n);
	}
	return true;
}

bool line_cutter_end(struct line_cutter *l, struct err *err)
{
	return l->pending.n == 0 || give(l, err);
}
