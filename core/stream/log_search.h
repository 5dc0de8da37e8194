/* All lines of a log file that match, a step at a time: the first is known as soon as it
 * is found, the others are counted. To cancel is to make no further step; several of
 * them may run over parts of one file. Thread: one owner at a time; off the loop. */
#ifndef AZ_STREAM_LOG_SEARCH_H
#define AZ_STREAM_LOG_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/log_file.h"
#include "stream/matcher.h"

struct log_search {
	struct matcher *matcher; /* borrowed; of this search alone while it runs */
	int fd;			 /* borrowed: log_file_fd */
	int64_t at, to;		 /* lines that begin in [at, to); `at` moves on */
	/* results so far */
	uint64_t hits; /* lines */
	int64_t first; /* where the first begins; -1: none yet */
	char *buf;
	size_t cap;
};

/* `from` is where a line begins. */
void log_search_init(struct log_search *s, struct matcher *matcher,
		     const struct log_file *f, int64_t from, int64_t to);
void log_search_fini(struct log_search *s);
/* Looks through about so many bytes more. True when it is done: then at >= to, or the
 * file ended before. */
bool log_search_step(struct log_search *s, int64_t bytes);

#endif
