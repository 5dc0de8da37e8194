/* gzip of anybody, undone in pieces of two sizes: both give the same text and the same
 * end, and so does what is read back to front from the points in it. The first byte says
 * how large the pieces are. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "stream/gunzip.h"
#include "stream/gunzip_at.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { TEXT_MOST = 1 << 20 };

struct result {
	uint64_t sum;
	size_t n;
	bool is_ok, is_done;
};

/* A small file may be a gigabyte of text; so much of it is looked at. */
static struct result unpack(struct str packed, size_t in_piece, size_t out_piece)
{
	struct result r = {.sum = 7, .is_ok = true};
	struct gunzip *g = gunzip_new();
	char text[4096];
	struct err err;

	while (r.is_ok && r.n < TEXT_MOST) {
		size_t made = 0, room;

		r.is_ok = gunzip_step(g, text, out_piece, &made, &err);
		if (made > out_piece)
			abort();
		for (size_t i = 0; i < made && r.n < TEXT_MOST; i++, r.n++)
			r.sum = r.sum * 31 + (unsigned char)text[i];
		if (!r.is_ok || made)
			continue;
		if (packed.n == 0)
			break;
		memcpy(gunzip_room(g, &room), packed.p,
		       in_piece < packed.n ? in_piece : packed.n);
		if (room < in_piece)
			abort();
		gunzip_fed(g, in_piece < packed.n ? in_piece : packed.n);
		packed = str_sub(packed, in_piece, packed.n);
	}
	r.is_done = gunzip_is_done(g);
	gunzip_free(g);
	return r;
}

/* As an unnamed file, for it is read at places. */
static int file_of(struct str packed)
{
	FILE *file = tmpfile();
	int fd;

	if (!file || fwrite(packed.p, 1, packed.n, file) != packed.n || fflush(file) != 0)
		abort();
	fd = dup(fileno(file));
	fclose(file);
	return fd;
}

static void check_places(struct str packed, const struct result *want)
{
	int fd = file_of(packed);
	struct gunzip_survey *s = gunzip_survey_new(dup(fd));
	struct gunzip_points *points;
	struct gunzip_at *at;
	static char text[TEXT_MOST];
	uint64_t sum = 7;
	struct err err;

	while (gunzip_survey_step(s, TEXT_MOST, &err) == GUNZIP_MORE)
		continue;
	points = gunzip_survey_points(s);
	if (points->text_bytes != (int64_t)want->n)
		abort();
	at = gunzip_at_new(fd, points);
	for (int64_t to = points->text_bytes, from; to > 0; to = from) {
		from = to > 1000 ? to - 1000 : 0;
		if (gunzip_at_read(at, text + from, to - from, from) != to - from)
			abort();
	}
	for (size_t i = 0; i < want->n; i++)
		sum = sum * 31 + (unsigned char)text[i];
	if (sum != want->sum)
		abort();
	gunzip_at_free(at);
	gunzip_survey_free(s);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str packed = {.p = (const char *)data + 1, .n = n ? n - 1 : 0};
	struct result a, b;

	if (n < 2)
		return 0;
	a = unpack(packed, 8192, 4096);
	b = unpack(packed, 1 + data[0] % 16, 1 + data[0]);
	if (a.n != b.n || a.sum != b.sum)
		abort();
	if (a.n < TEXT_MOST && (a.is_ok != b.is_ok || a.is_done != b.is_done))
		abort();
	/* Back to front from the beginning: every piece is all of what is before it. */
	if (a.n < TEXT_MOST / 16)
		check_places(packed, &a);
	return 0;
}
