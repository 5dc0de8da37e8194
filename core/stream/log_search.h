/* All lines of a log file that match, a step at a time: the nearest is known as soon as it
 * is found, the others are counted. It goes forwards from a place, for the next match and
 * for counting, or backwards, for the one before. To cancel is to make no further step.
 * Thread: one owner at a time; off the loop. */
#ifndef AZ_STREAM_LOG_SEARCH_H
#define AZ_STREAM_LOG_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/log_file.h"
#include "stream/matcher.h"

struct log_search {
	struct matcher *matcher; /* borrowed; of this search alone while it runs */
	struct log_file *file;	 /* borrowed, likewise */
	/* Lines that begin in [at, to); forwards `at` moves on, backwards `to` does. */
	int64_t at, to;
	bool is_back;
	/* results so far */
	uint64_t hits;	 /* lines */
	int64_t nearest; /* where the first that was met begins; -1: none yet */
	char *buf;
	size_t cap;
};

/* Both are where lines begin; `to` may be the size of the file. */
void log_search_init(struct log_search *s, struct matcher *matcher, struct log_file *f,
		     int64_t from, int64_t to);
/* The same from `to` backwards. */
void log_search_init_back(struct log_search *s, struct matcher *matcher,
			  struct log_file *f, int64_t from, int64_t to);
void log_search_fini(struct log_search *s);
/* Looks through about so many bytes more. True when it is done: nothing is left between
 * `at` and `to`, or the file was cut back. */
bool log_search_step(struct log_search *s, int64_t bytes);

#endif
