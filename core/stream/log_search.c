/* See log_search.h. */
#include "stream/log_search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"

enum { USUAL_BYTES = 128 << 10, LINE_MOST_BYTES = 16 << 20 };

void log_search_init(struct log_search *s, struct matcher *matcher,
		     const struct log_file *f, int64_t from, int64_t to)
{
	*s = (struct log_search){.matcher = matcher,
				 .fd = log_file_fd(f),
				 .at = from,
				 .to = to,
				 .first = -1,
				 .cap = USUAL_BYTES};
	s->buf = xmalloc(s->cap);
}

void log_search_fini(struct log_search *s)
{
	free(s->buf);
	*s = (struct log_search){0};
}

/* Lines from `at` on: whole ones, but the last of the file and what is longer than
 * LINE_MOST_BYTES. */
static struct str lines_at(struct log_search *s)
{
	size_t have = 0;

	for (;;) {
		ssize_t got =
			pread(s->fd, s->buf + have, s->cap - have, s->at + (int64_t)have);
		const char *end;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return (struct str){.p = s->buf, .n = have};
		end = memrchr(s->buf + have, '\n', (size_t)got);
		have += (size_t)got;
		if (end)
			return (struct str){.p = s->buf, .n = (size_t)(end - s->buf) + 1};
		if (have < s->cap)
			continue;
		if (s->cap >= LINE_MOST_BYTES)
			return (struct str){.p = s->buf, .n = have};
		s->cap *= 2;
		s->buf = xreallocarray(s->buf, s->cap, 1);
	}
}

/* What begins at or behind `to` is another's. */
static struct str within(const struct log_search *s, struct str lines)
{
	size_t room = (size_t)(s->to - s->at);
	const char *end;

	if (lines.n <= room)
		return lines;
	end = memchr(lines.p + room - 1, '\n', lines.n - (room - 1));
	return str_sub(lines, 0, end ? (size_t)(end - lines.p) + 1 : lines.n);
}

bool log_search_step(struct log_search *s, int64_t bytes)
{
	while (bytes > 0 && s->at < s->to) {
		struct str lines = within(s, lines_at(s)), line;

		if (lines.n == 0)
			return true;
		if (s->first < 0 && matcher_next_line(s->matcher, lines, 0, &line))
			s->first = s->at + (line.p - lines.p);
		s->hits += matcher_count(s->matcher, lines);
		s->at += (int64_t)lines.n;
		bytes -= (int64_t)lines.n;
	}
	return s->at >= s->to;
}
