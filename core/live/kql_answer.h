/* The rows of a log query as lines. Which column is the time, the message, the level and
 * where it is from follows from the columns' names and types; without a message a row is
 * all of its columns. Thread: any (no state). */
#ifndef AZ_LIVE_KQL_ANSWER_H
#define AZ_LIVE_KQL_ANSWER_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "stream/line.h"

enum { KQL_COLUMNS_MOST = 512, KQL_ROW_MOST_BYTES = 256 << 10 };

/* Of the first table; the answer is borrowed. Columns that are not there are -1. */
struct kql_answer {
	const cJSON *columns, *rows;
	size_t n_rows;
	int time, message, level, source;
};

/* False: it is no such answer, or no column of it is a time. */
bool kql_answer_open(struct kql_answer *out, const cJSON *answer,
		     struct err *err) MUST_CHECK;
/* False: the row has no time. */
bool kql_answer_time(const struct kql_answer *a, const cJSON *row, int64_t *time_ms);
uint64_t kql_answer_hash(const cJSON *row);
/* The line borrows from `text`, which is filled anew, and from the row. Its message may
 * hold line ends. */
void kql_answer_line(const struct kql_answer *a, const cJSON *row, int64_t now_ms,
		     struct strbuf *text, struct line *line);

#endif
