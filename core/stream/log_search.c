/* See log_search.h. */
#include "stream/log_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { USUAL_BYTES = 128 << 10, LINE_MOST_BYTES = 16 << 20 };

void log_search_init(struct log_search *s, struct matcher *matcher, struct log_file *f,
		     int64_t from, int64_t to)
{
	*s = (struct log_search){.matcher = matcher,
				 .file = f,
				 .at = from,
				 .to = to,
				 .nearest = -1,
				 .cap = USUAL_BYTES};
	s->buf = xmalloc(s->cap);
}

void log_search_init_back(struct log_search *s, struct matcher *matcher,
			  struct log_file *f, int64_t from, int64_t to)
{
	log_search_init(s, matcher, f, from, to);
	s->is_back = true;
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
		int64_t got =
			log_file_read(s->file, s->buf + have, (int64_t)(s->cap - have),
				      s->at + (int64_t)have);
		const char *end;

		if (got == 0)
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

/* The last lines before `to`: whole ones, but the part of one that is longer than
 * LINE_MOST_BYTES. */
static struct str lines_before(struct log_search *s)
{
	for (;;) {
		size_t n = s->to - s->at < (int64_t)s->cap ? (size_t)(s->to - s->at)
							   : s->cap;
		struct str lines = {.p = s->buf,
				    .n = (size_t)log_file_read(s->file, s->buf,
							       (int64_t)n,
							       s->to - (int64_t)n)};
		const char *end;

		if (lines.n < n)
			return (struct str){.p = s->buf, .n = 0};
		if (s->to - (int64_t)n == s->at)
			return lines;
		/* The newline that is its last byte ends the last line. */
		end = memchr(lines.p, '\n', lines.n - 1);
		if (end)
			return str_sub(lines, (size_t)(end - lines.p) + 1, lines.n);
		if (s->cap >= LINE_MOST_BYTES)
			return lines;
		s->cap *= 2;
		s->buf = xreallocarray(s->buf, s->cap, 1);
	}
}

static void look(struct log_search *s, struct str lines, int64_t begin)
{
	bool is_wanted = s->nearest < 0;
	struct str line;
	size_t from = 0;

	while (is_wanted && matcher_next_line(s->matcher, lines, from, &line)) {
		s->nearest = begin + (line.p - lines.p);
		from = (size_t)(line.p - lines.p) + line.n;
		is_wanted = s->is_back;
	}
	s->hits += matcher_count(s->matcher, lines);
}

bool log_search_step(struct log_search *s, int64_t bytes)
{
	while (bytes > 0 && s->at < s->to) {
		struct str lines = s->is_back ? lines_before(s) : within(s, lines_at(s));

		if (lines.n == 0)
			return true;
		look(s, lines, s->is_back ? s->to - (int64_t)lines.n : s->at);
		if (s->is_back)
			s->to -= (int64_t)lines.n;
		else
			s->at += (int64_t)lines.n;
		bytes -= (int64_t)lines.n;
	}
	return s->at >= s->to;
}
