/* Lines that are alike but for their figures and names: patterns with a count, first and
 * last seen. Words are compared one by one, as the Drain method does, and both the words
 * of a pattern and the patterns are bounded. Thread: any, one owner. */
#ifndef AZ_STREAM_CLUSTERS_H
#define AZ_STREAM_CLUSTERS_H

#include <stddef.h>
#include <stdint.h>

#include "stream/line.h"

enum { CLUSTERS_MOST = 1000, CLUSTER_WORDS_MOST = 40, CLUSTER_WORD_BYTES = 64 };

struct clusters;
struct cluster {
	uint64_t count;
	int64_t first_ms, last_ms; /* 0: none of its lines said a time */
	enum line_level level;	   /* the worst */
};

struct clusters *clusters_new(void);
void clusters_free(struct clusters *c);
void clusters_add(struct clusters *c, const struct line *line);

size_t clusters_count(const struct clusters *c);
/* By number of lines, the most first; valid until the next add. */
const struct cluster *clusters_at(struct clusters *c, size_t i);
/* "request <*> took <*> ms". Not cleaned for a terminal. */
void cluster_put_pattern(struct strbuf *out, const struct cluster *cluster);
/* Such a pattern as a filter for these lines: "/request\s+\S+\s+took/". */
void cluster_put_filter(struct strbuf *out, struct str pattern);
/* Lines that came when there were as many patterns as may be, and fit none. */
uint64_t clusters_left_out(const struct clusters *c);

#endif
