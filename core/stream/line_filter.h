/* Which lines are wanted: texts and patterns in and out, a least level, a span of time.
 * A line that says neither time nor level, such as one of a stack trace, belongs to the
 * record before it and shares its lot, so lines are asked in order. Thread: one. */
#ifndef AZ_STREAM_LINE_FILTER_H
#define AZ_STREAM_LINE_FILTER_H

#include "base/vec.h"
#include "stream/line.h"
#include "stream/matcher.h"

struct line_filter {
	VEC(struct matcher *) in, out; /* owned; all of `in`, none of `out` */
	enum line_level level;	       /* LINE_UNKNOWN: any */
	int64_t since_ms, until_ms;    /* [since, until); 0: open */
	/* of the record so far */
	bool is_record_in;
	int64_t record_ms; /* 0: no line said a time yet */
};

static inline bool line_filter_needs_fields(const struct line_filter *f)
{
	return f->level != LINE_UNKNOWN || f->since_ms || f->until_ms;
}

void line_filter_fini(struct line_filter *f);
/* Owns the matcher from now on. */
void line_filter_give(struct line_filter *f, struct matcher *m, bool is_out);
bool line_filter_takes(struct line_filter *f, const struct line *line);
/* Before lines of another file, or at another place of this one. */
void line_filter_reset(struct line_filter *f);

#endif
