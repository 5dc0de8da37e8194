/* Lines of several inputs as one sequence, by time. What each brings is in order, but they
 * bring it at different speeds, so a line waits for the inputs that have none to compare
 * it with: for a moment while all is live, longer while one still catches up, and never
 * when too much waits. Lines of one record stay together. Thread: one owner. */
#ifndef AZ_STREAM_MERGE_H
#define AZ_STREAM_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/line.h"

struct merge;
struct merge_input;

typedef void (*merge_fn)(void *ctx, const struct line *line);

struct merge_options {
	int64_t live_ms;   /* waits so long for an input that is live */
	int64_t behind_ms; /* and for one that catches up; < 0: as long as it takes */
	size_t max_bytes;  /* that wait, over all inputs */
	merge_fn fn;	   /* the line is good for the call */
	void *ctx;
};

struct merge *merge_new(const struct merge_options *options);
void merge_free(struct merge *m);

/* It catches up until it is told to be live. `source` becomes that of its lines; copied. */
struct merge_input *merge_add(struct merge *m, struct str source);
void merge_set_live(struct merge_input *in, bool is_live);
/* Nothing more comes; it goes with its last line, and may not be used any more. */
void merge_end(struct merge_input *in);
/* A copy. time_ns orders it; `is_more`: of the record before it. */
void merge_put(struct merge_input *in, const struct line *line, int64_t time_ns,
	       bool is_more, int64_t mono_ms);

/* Gives what is due, at most `most` lines. Milliseconds until there may be more: 0 when
 * there is, -1 when nothing waits. */
int64_t merge_run(struct merge *m, int64_t mono_ms, size_t most);
size_t merge_waiting(const struct merge *m); /* bytes */

#endif
