/* See pod_lines.h. */
#include "stream/pod_lines.h"

#include <string.h>

#include "base/timefmt.h"

enum { STAMP_LEAST = 20, STAMP_MOST = 40 };

/* The digits behind the point, as nanoseconds: time_parse knows milliseconds. */
static int64_t fraction_ns(struct str stamp)
{
	ptrdiff_t dot = str_find_char(stamp, '.');
	int64_t ns = 0, unit = 100000000;

	for (size_t i = (size_t)(dot + 1); dot >= 0 && i < stamp.n && unit; i++) {
		if (stamp.p[i] < '0' || stamp.p[i] > '9')
			break;
		ns += (stamp.p[i] - '0') * unit;
		unit /= 10;
	}
	return ns;
}

bool pod_line_parse(struct str line, int64_t *time_ns, struct str *text)
{
	const char *end = line.n ? memchr(line.p, ' ', line.n) : NULL;
	struct str stamp = str_sub(line, 0, end ? (size_t)(end - line.p) : line.n);
	int64_t ms;

	if (stamp.n < STAMP_LEAST || stamp.n > STAMP_MOST || stamp.p[10] != 'T' ||
	    !time_parse(stamp, &ms) || ms <= 0 || ms > INT64_MAX / 1000000)
		return false;
	*time_ns = (ms - ms % 1000) * 1000000 + fraction_ns(stamp);
	*text = end ? str_sub(line, stamp.n + 1, line.n) : str_sub(line, line.n, 0);
	return true;
}

void pod_lines_init(struct pod_lines *p, pod_line_fn fn, void *ctx)
{
	*p = (struct pod_lines){.fn = fn, .ctx = ctx};
	strbuf_init(&p->pending, POD_LINE_MOST_BYTES);
}

void pod_lines_fini(struct pod_lines *p)
{
	strbuf_fini(&p->pending);
}

void pod_lines_again(struct pod_lines *p)
{
	strbuf_reset(&p->pending);
	p->is_again = p->last_ns != 0;
	p->skip = p->n_last;
}

/* A clock that is set back within one answer brings lines that are earlier and new, so
 * only those up to the first new one are looked at. */
static bool was_given(struct pod_lines *p, int64_t ns)
{
	if (!p->is_again)
		return false;
	if (ns < p->last_ns)
		return true;
	if (ns == p->last_ns && p->skip) {
		p->skip--;
		return true;
	}
	p->is_again = false;
	return false;
}

static void give(struct pod_lines *p, struct str line)
{
	struct str text;
	int64_t ns;

	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	if (!pod_line_parse(line, &ns, &text)) {
		if (line.n && !p->is_again)
			p->fn(p->ctx, 0, line);
		return;
	}
	if (was_given(p, ns))
		return;
	p->n_last = ns == p->last_ns ? p->n_last + 1 : 1;
	p->last_ns = ns;
	p->n_given++;
	p->fn(p->ctx, ns, text);
}

void pod_lines_feed(struct pod_lines *p, struct str bytes)
{
	while (bytes.n) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		struct str part =
			str_sub(bytes, 0, end ? (size_t)(end - bytes.p) : bytes.n);

		bytes = str_sub(bytes, part.n + 1, bytes.n);
		if (end && !p->pending.n) {
			give(p, str_sub(part, 0, POD_LINE_MOST_BYTES));
			continue;
		}
		/* Past its ceiling the buffer takes nothing: what fits is the line. */
		strbuf_put(&p->pending, str_sub(part, 0, p->pending.max - p->pending.n));
		if (!end)
			return;
		give(p, strbuf_str(&p->pending));
		strbuf_reset(&p->pending);
	}
}

void pod_lines_end(struct pod_lines *p)
{
	if (p->pending.n)
		give(p, strbuf_str(&p->pending));
	strbuf_reset(&p->pending);
}
