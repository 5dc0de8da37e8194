/* The log of a container as an API server sends it with times, "2026-03-11T10:20:30.5Z
 * text": bytes in, lines out, each of them once. What is asked for again after a break
 * begins at a whole second, so lines that came before come once more; they are known by
 * their time, and those of one time are counted. Thread: one owner. */
#ifndef AZ_STREAM_POD_LINES_H
#define AZ_STREAM_POD_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Longer lines are cut. */
#define POD_LINE_MOST_BYTES ((size_t)64 << 10)

/* time_ns is 0 where the server says something itself, in a line without a time. */
typedef void (*pod_line_fn)(void *ctx, int64_t time_ns, struct str text);

struct pod_lines {
	struct strbuf pending; /* a line begun */
	int64_t last_ns;       /* of the newest line given; 0: none yet */
	uint64_t n_last;       /* lines given that have it */
	uint64_t skip;	       /* of those, so many may come again */
	bool is_again;	       /* what comes may have come before */
	uint64_t n_given;      /* lines, ever */
	pod_line_fn fn;
	void *ctx;
};

void pod_lines_init(struct pod_lines *p, pod_line_fn fn, void *ctx);
void pod_lines_fini(struct pod_lines *p);
void pod_lines_feed(struct pod_lines *p, struct str bytes);
/* The container wrote no more: what has no end of line is a line too. */
void pod_lines_end(struct pod_lines *p);
/* Before bytes of another answer; what had no end yet comes again. */
void pod_lines_again(struct pod_lines *p);

/* Nanoseconds since 1970; false when the line has no time in front. */
bool pod_line_parse(struct str line, int64_t *time_ns, struct str *text);

#endif
