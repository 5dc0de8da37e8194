/* See gunzip.h. What follows the last member and is none is left out, as gzip does:
 * tapes and block devices pad with it. */
#include "stream/gunzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/xalloc.h"

enum { WITH_GZIP_HEADER = 16 };

struct gunzip {
	z_stream z;
	bool is_between; /* a member ended; the next byte may begin another */
	bool is_damaged; /* told once what was good before is out */
	bool is_padding; /* what comes is no member any more */
	unsigned char in[GUNZIP_ROOM_BYTES];
};

bool gunzip_may_be(const char *p, size_t n)
{
	static const char magic[GUNZIP_MAGIC_BYTES] = {0x1f, (char)0x8b, 8};

	return memcmp(p, magic, n < sizeof(magic) ? n : sizeof(magic)) == 0;
}

struct gunzip *gunzip_new(void)
{
	struct gunzip *g = xcalloc(1, sizeof(*g));

	if (inflateInit2(&g->z, MAX_WBITS + WITH_GZIP_HEADER) != Z_OK)
		fatal("out of memory");
	g->z.next_in = g->in;
	return g;
}

void gunzip_free(struct gunzip *g)
{
	if (!g)
		return;
	inflateEnd(&g->z);
	free(g);
}

char *gunzip_room(struct gunzip *g, size_t *room)
{
	memmove(g->in, g->z.next_in, g->z.avail_in);
	g->z.next_in = g->in;
	*room = sizeof(g->in) - g->z.avail_in;
	return (char *)g->in + g->z.avail_in;
}

void gunzip_fed(struct gunzip *g, size_t n)
{
	g->z.avail_in += (unsigned)n;
}

/* Between members: another one, or padding to the end. */
static bool goes_on(struct gunzip *g)
{
	if (!g->is_between || g->z.avail_in == 0)
		return !g->is_between;
	if (g->is_padding || g->z.next_in[0] != 0x1f) {
		g->is_padding = true;
		g->z.avail_in = 0;
		return false;
	}
	g->is_between = false;
	return inflateReset(&g->z) == Z_OK;
}

bool gunzip_step(struct gunzip *g, char *p, size_t n, size_t *made, struct err *err)
{
	*made = 0;
	g->z.next_out = (unsigned char *)p;
	g->z.avail_out = (unsigned)(n < 1U << 30 ? n : 1U << 30);
	/* Also without more bytes: inflate may hold text that had no room before. */
	while (!g->is_damaged && g->z.avail_out && goes_on(g)) {
		size_t before = *made;
		int rc = inflate(&g->z, Z_NO_FLUSH);

		*made = (size_t)((char *)g->z.next_out - p);
		if (rc == Z_STREAM_END)
			g->is_between = true;
		else if (rc == Z_MEM_ERROR)
			fatal("out of memory");
		else if (rc == Z_BUF_ERROR && *made == before)
			break;
		else if (rc != Z_OK && rc != Z_BUF_ERROR)
			g->is_damaged = true;
	}
	if (!g->is_damaged || *made)
		return true;
	return err_set(err, ERR_PARSE,
		       "the gzip data is damaged; what came before it was read");
}

bool gunzip_is_done(const struct gunzip *g)
{
	return g->is_between && g->z.avail_in == 0;
}
