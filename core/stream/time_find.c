/* See time_find.h. */
#include "stream/time_find.h"

/* Rows without a time, such as those of a long stack trace, that are passed at most. */
enum { UNTIMED_MOST = 5000 };

/* The first row at or behind `at` that says a time. */
static bool timed_row(struct lines *lines, int64_t at, struct lines_row *row, int64_t *ms)
{
	struct line line;

	for (int i = 0; i < UNTIMED_MOST && lines_row(lines, at, row); i++) {
		lines_recognise(lines, row, &line);
		if (line.has_time) {
			*ms = line.time_ms;
			return true;
		}
		at = row->next;
	}
	return false;
}

bool time_find(struct lines *lines, int64_t ms, int64_t *at)
{
	int64_t low = lines_begin(lines), high = lines_end(lines), when;
	struct lines_row row;

	/* All rows before `low` are earlier; what `high` begins with is not. */
	while (low < high) {
		int64_t middle = lines_begin_of(lines, low + (high - low) / 2);

		if (middle <= low)
			break;
		if (timed_row(lines, middle, &row, &when) && when < ms)
			low = row.next;
		else
			high = middle;
	}
	while (timed_row(lines, low, &row, &when)) {
		*at = row.at;
		if (when >= ms)
			return true;
		low = row.next;
	}
	*at = lines_end(lines);
	return false;
}

bool time_of_last(struct lines *lines, int64_t *ms)
{
	int64_t at = lines_end(lines);
	struct lines_row row;
	struct line line;

	for (int i = 0; i < UNTIMED_MOST && lines_row_before(lines, at, &row); i++) {
		lines_recognise(lines, &row, &line);
		if (line.has_time) {
			*ms = line.time_ms;
			return true;
		}
		at = row.at;
	}
	return false;
}
