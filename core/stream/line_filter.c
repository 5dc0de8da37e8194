/* See line_filter.h. */
#include "stream/line_filter.h"

static void free_all(struct matcher **matchers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		matcher_free(matchers[i]);
}

void line_filter_fini(struct line_filter *f)
{
	free_all(f->in.p, f->in.n);
	free_all(f->out.p, f->out.n);
	vec_fini(&f->in);
	vec_fini(&f->out);
}

void line_filter_give(struct line_filter *f, struct matcher *m, bool is_out)
{
	if (is_out)
		vec_push(&f->out, m);
	else
		vec_push(&f->in, m);
}

void line_filter_reset(struct line_filter *f)
{
	f->is_record_in = false;
	f->record_ms = 0;
}

/* A record without a time of its own is of the time of the one before. Where none was
 * said yet, a span of time takes nothing. */
static bool is_record_in(struct line_filter *f, const struct line *line)
{
	if (line->has_time)
		f->record_ms = line->time_ms;
	if ((f->since_ms || f->until_ms) && f->record_ms == 0)
		return false;
	if (f->since_ms && f->record_ms < f->since_ms)
		return false;
	if (f->until_ms && f->record_ms >= f->until_ms)
		return false;
	return line->level >= f->level;
}

bool line_filter_takes(struct line_filter *f, const struct line *line)
{
	if (line_filter_needs_fields(f)) {
		if (line->has_time || line->level != LINE_UNKNOWN)
			f->is_record_in = is_record_in(f, line);
		if (!f->is_record_in)
			return false;
	}
	for (size_t i = 0; i < f->in.n; i++) {
		if (!matcher_has(f->in.p[i], line->raw))
			return false;
	}
	for (size_t i = 0; i < f->out.n; i++) {
		if (matcher_has(f->out.p[i], line->raw))
			return false;
	}
	return true;
}
