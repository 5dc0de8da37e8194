/* See gunzip_at.h. From a point within a member only its blocks are read: what zlib checks
 * at a member's end was checked when the points were found. */
#include "stream/gunzip_at.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/xalloc.h"

enum { WITH_GZIP_HEADER = 16, IN_BYTES = 32 << 10, TRAILER_BYTES = 8 };

struct gunzip_at {
	int fd;
	struct gunzip_points *points;
	z_stream z;
	bool is_lost;	 /* it stands nowhere: the next read begins at a point */
	bool is_raw;	 /* blocks alone, in the middle of a member */
	bool is_between; /* a member ended */
	bool was_full; /* the last text took all room: there may be more without bytes */
	int n_trailer; /* bytes to leave out before the next member */
	int64_t packed_at, text_at;
	unsigned char in[IN_BYTES], aside[GUNZIP_WINDOW_BYTES];
};

struct gunzip_at *gunzip_at_new(int fd, struct gunzip_points *points)
{
	struct gunzip_at *g = xcalloc(1, sizeof(*g));

	g->fd = fd;
	g->points = points;
	g->is_lost = true;
	if (inflateInit2(&g->z, MAX_WBITS + WITH_GZIP_HEADER) != Z_OK)
		fatal("out of memory");
	return g;
}

void gunzip_at_free(struct gunzip_at *g)
{
	if (!g)
		return;
	inflateEnd(&g->z);
	gunzip_points_put(g->points);
	free(g);
}

void gunzip_at_give(struct gunzip_at *g, struct gunzip_points *points)
{
	gunzip_points_put(g->points);
	g->points = points;
}

int64_t gunzip_at_size(const struct gunzip_at *g)
{
	return g->points->text_bytes;
}

static bool fill(struct gunzip_at *g)
{
	ssize_t got;

	if (g->z.avail_in)
		return true;
	do {
		got = pread(g->fd, g->in, sizeof(g->in), g->packed_at);
	} while (got < 0 && errno == EINTR);
	if (got <= 0)
		return false;
	g->packed_at += got;
	g->z.next_in = g->in;
	g->z.avail_in = (uInt)got;
	return true;
}

/* The bits of a byte that was begun before the point. */
static bool begin_raw(struct gunzip_at *g, const struct gunzip_point *p)
{
	unsigned char byte;

	if (inflateReset2(&g->z, -MAX_WBITS) != Z_OK)
		return false;
	if (p->n_bits &&
	    (pread(g->fd, &byte, 1, p->packed_at - 1) != 1 ||
	     inflatePrime(&g->z, p->n_bits, byte >> (8 - p->n_bits)) != Z_OK))
		return false;
	gunzip_point_window(p, g->aside);
	return inflateSetDictionary(&g->z, g->aside, p->n_window) == Z_OK;
}

static bool begin_at(struct gunzip_at *g, const struct gunzip_point *p)
{
	g->packed_at = p->packed_at;
	g->text_at = p->text_at;
	g->z.avail_in = 0;
	g->n_trailer = 0;
	g->is_between = g->was_full = false;
	g->is_raw = !p->is_member;
	g->is_lost =
		!(g->is_raw ? begin_raw(g, p)
			    : inflateReset2(&g->z, MAX_WBITS + WITH_GZIP_HEADER) == Z_OK);
	return !g->is_lost;
}

/* From the end of a member into the next one. */
static bool next_member(struct gunzip_at *g)
{
	for (; g->n_trailer > 0; g->n_trailer--) {
		if (!fill(g))
			return false;
		g->z.next_in++;
		g->z.avail_in--;
	}
	if (!fill(g))
		return false;
	g->is_between = g->is_raw = false;
	return inflateReset2(&g->z, MAX_WBITS + WITH_GZIP_HEADER) == Z_OK;
}

/* What comes next; 0: nothing does. */
static int64_t inflate_on(struct gunzip_at *g, unsigned char *p, int64_t n)
{
	int64_t made = 0;

	g->z.next_out = p;
	g->z.avail_out = (uInt)(n < INT64_C(1) << 30 ? n : INT64_C(1) << 30);
	while (made == 0 && !g->is_lost) {
		uInt room = g->z.avail_out;
		int rc;

		if (g->is_between ? !next_member(g) : !fill(g) && !g->was_full) {
			g->is_lost = true;
			break;
		}
		rc = inflate(&g->z, Z_NO_FLUSH);
		made = room - g->z.avail_out;
		g->was_full = g->z.avail_out == 0;
		if (rc == Z_STREAM_END) {
			g->is_between = true;
			g->was_full = false;
			g->n_trailer = g->is_raw ? TRAILER_BYTES : 0;
		} else if (rc != Z_OK && rc != Z_BUF_ERROR) {
			g->is_lost = true;
		}
	}
	g->text_at += made;
	return made;
}

static bool go_to(struct gunzip_at *g, int64_t at)
{
	const struct gunzip_point *p = gunzip_points_before(g->points, at);

	if ((g->is_lost || at < g->text_at || p->text_at > g->text_at) && !begin_at(g, p))
		return false;
	while (g->text_at < at) {
		int64_t n = at - g->text_at;

		if (!inflate_on(g, g->aside,
				n < GUNZIP_WINDOW_BYTES ? n : GUNZIP_WINDOW_BYTES))
			return false;
	}
	return true;
}

int64_t gunzip_at_read(struct gunzip_at *g, char *p, int64_t n, int64_t at)
{
	int64_t have = 0, made;

	if (n > g->points->text_bytes - at)
		n = g->points->text_bytes - at;
	if (n <= 0 || !go_to(g, at))
		return 0;
	while (have < n &&
	       (made = inflate_on(g, (unsigned char *)p + have, n - have)) > 0)
		have += made;
	return have;
}
