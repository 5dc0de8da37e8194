/* See gunzip_points.h. What a point takes is zlib's to say: `data_type` after a block has
 * the bits, inflateGetDictionary the text before. */
#include "stream/gunzip_points.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/vec.h"
#include "base/xalloc.h"

enum {
	WITH_GZIP_HEADER = 16,
	IN_BYTES = 64 << 10,
	OUT_BYTES = 64 << 10,
	BLOCK_ENDS = 128, /* in data_type */
	BLOCK_WAS_LAST = 64,
	BITS = 7,
};
#define SPACING_BYTES ((int64_t)2 << 20)
/* Nobody writes such a block but to make a reader work: to read its end is to undo all of
 * it, every time. */
#define BLOCK_MOST_BYTES ((int64_t)64 << 20)

struct gunzip_survey {
	int fd;
	z_stream z;
	int64_t packed_at; /* of what is read next */
	int64_t text_at;
	int64_t spacing;
	bool is_between; /* a member ended; the next byte may begin another */
	bool was_full; /* the last text took all room: there may be more without bytes */
	bool is_over;  /* what comes is no member any more */
	bool has_failed;
	VEC(struct gunzip_point *) points;
	size_t kept_bytes;
	unsigned char in[IN_BYTES], out[OUT_BYTES], window[GUNZIP_WINDOW_BYTES];
};

static void point_put(struct gunzip_point *p)
{
	if (ref_put(&p->ref))
		free(p);
}

struct gunzip_points *gunzip_points_get(struct gunzip_points *points)
{
	ref_get(&points->ref);
	return points;
}

void gunzip_points_put(struct gunzip_points *points)
{
	if (!points || !ref_put(&points->ref))
		return;
	for (size_t i = 0; i < points->n; i++)
		point_put(points->at[i]);
	free(points);
}

const struct gunzip_point *gunzip_points_before(const struct gunzip_points *points,
						int64_t text_at)
{
	size_t low = 0, high = points->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (points->at[middle]->text_at <= text_at)
			low = middle;
		else
			high = middle;
	}
	return points->at[low];
}

void gunzip_point_window(const struct gunzip_point *point, unsigned char *window)
{
	uLongf n = point->n_window;

	if (point->n_kept < point->n_window)
		uncompress(window, &n, point->kept, point->n_kept);
	else if (point->n_kept)
		memcpy(window, point->kept, point->n_kept);
}

/* Every second one, and from now on half as many. */
static void thin(struct gunzip_survey *s)
{
	size_t n = 0;

	s->kept_bytes = 0;
	for (size_t i = 0; i < s->points.n; i++) {
		if (i % 2) {
			point_put(s->points.p[i]);
			continue;
		}
		s->kept_bytes += sizeof(struct gunzip_point) + s->points.p[i]->n_kept;
		s->points.p[n++] = s->points.p[i];
	}
	s->points.n = n;
	s->spacing *= 2;
}

static void add_point(struct gunzip_survey *s, bool is_member)
{
	unsigned char packed[GUNZIP_WINDOW_BYTES];
	uInt n = 0;
	uLongf n_kept = sizeof(packed);
	struct gunzip_point *p;

	if (!is_member && inflateGetDictionary(&s->z, s->window, &n) != Z_OK)
		return;
	if (n == 0 || compress2(packed, &n_kept, s->window, n, Z_BEST_SPEED) != Z_OK ||
	    n_kept >= n)
		n_kept = n;
	p = xmalloc(sizeof(*p) + n_kept);
	*p = (struct gunzip_point){.text_at = s->text_at,
				   .packed_at = s->packed_at - s->z.avail_in,
				   .n_bits = is_member ? 0 : s->z.data_type & BITS,
				   .is_member = is_member,
				   .n_window = n,
				   .n_kept = (uint32_t)n_kept};
	ref_init(&p->ref);
	if (n_kept)
		memcpy(p->kept, n_kept < n ? packed : s->window, n_kept);
	vec_push(&s->points, p);
	s->kept_bytes += sizeof(*p) + n_kept;
	if (s->kept_bytes > GUNZIP_POINTS_MOST_BYTES)
		thin(s);
}

static int64_t since_point(const struct gunzip_survey *s)
{
	return s->text_at - s->points.p[s->points.n - 1]->text_at;
}

struct gunzip_survey *gunzip_survey_new(int fd)
{
	struct gunzip_survey *s = xcalloc(1, sizeof(*s));

	s->fd = fd;
	s->spacing = SPACING_BYTES;
	if (inflateInit2(&s->z, MAX_WBITS + WITH_GZIP_HEADER) != Z_OK)
		fatal("out of memory");
	add_point(s, true);
	return s;
}

void gunzip_survey_free(struct gunzip_survey *s)
{
	if (!s)
		return;
	inflateEnd(&s->z);
	close(s->fd);
	for (size_t i = 0; i < s->points.n; i++)
		point_put(s->points.p[i]);
	vec_fini(&s->points);
	free(s);
}

/* False: the file has no more. */
static bool fill(struct gunzip_survey *s, struct err *err)
{
	ssize_t got;

	do {
		got = pread(s->fd, s->in, sizeof(s->in), s->packed_at);
	} while (got < 0 && errno == EINTR);
	if (got < 0) {
		s->has_failed = true;
		return err_errno(err, ERR_IO, errno, "cannot read on");
	}
	s->packed_at += got;
	s->z.next_in = s->in;
	s->z.avail_in = (uInt)got;
	return got > 0;
}

/* Between members, with a byte to look at: another one, or padding to the end. */
static void begin_member(struct gunzip_survey *s)
{
	if (s->z.next_in[0] != 0x1f) {
		s->is_over = true;
		return;
	}
	s->is_between = s->was_full = false;
	inflateReset(&s->z);
	if (since_point(s) >= s->spacing)
		add_point(s, true);
}

static bool fail(struct gunzip_survey *s, enum err_code code, const char *why,
		 struct err *err)
{
	s->has_failed = true;
	return err_set(err, code, "%s", why);
}

/* One block, or as much of it as fits. */
static bool inflate_on(struct gunzip_survey *s, struct err *err)
{
	int rc;

	s->z.next_out = s->out;
	s->z.avail_out = sizeof(s->out);
	rc = inflate(&s->z, Z_BLOCK);
	s->text_at += (int64_t)(sizeof(s->out) - s->z.avail_out);
	s->was_full = s->z.avail_out == 0;
	if (rc == Z_MEM_ERROR)
		fatal("out of memory");
	if (rc != Z_OK && rc != Z_BUF_ERROR && rc != Z_STREAM_END)
		return fail(s, ERR_PARSE,
			    "the gzip data is damaged; what came before it was read",
			    err);
	if (s->text_at > GUNZIP_TEXT_MOST)
		return fail(s, ERR_TOO_LARGE,
			    "only the first 64 GiB of its text are shown", err);
	s->is_between = rc == Z_STREAM_END;
	if (s->is_between)
		s->was_full = false;
	if ((s->z.data_type & BLOCK_ENDS) && !(s->z.data_type & BLOCK_WAS_LAST) &&
	    !s->is_between && since_point(s) >= s->spacing)
		add_point(s, false);
	if (since_point(s) > s->spacing + BLOCK_MOST_BYTES)
		return fail(
			s, ERR_TOO_LARGE,
			"a block of it has more than 64 MiB of text; what came before "
			"it was read, `gzip -dc FILE | azdeck logs` reads it all",
			err);
	return true;
}

enum gunzip_survey_result gunzip_survey_step(struct gunzip_survey *s, int64_t bytes,
					     struct err *err)
{
	int64_t text_to = s->text_at + bytes, packed_to = s->packed_at + bytes;

	err_clear(err);
	while (!s->has_failed && s->text_at < text_to && s->packed_at < packed_to) {
		if (s->is_over)
			return GUNZIP_END;
		if (s->z.avail_in == 0 && !s->was_full && !fill(s, err)) {
			if (!s->has_failed && !s->is_between)
				err_set(err, ERR_PARSE,
					"the gzip data ends in the middle; what came "
					"before "
					"was read");
			break;
		}
		if (s->is_between)
			begin_member(s);
		else
			inflate_on(s, err);
	}
	if (s->has_failed)
		return GUNZIP_FAILED;
	return s->text_at < text_to && s->packed_at < packed_to ? GUNZIP_END
								: GUNZIP_MORE;
}

struct gunzip_points *gunzip_survey_points(const struct gunzip_survey *s)
{
	struct gunzip_points *points =
		xmalloc(sizeof(*points) + s->points.n * sizeof(*points->at));

	ref_init(&points->ref);
	points->text_bytes = s->text_at;
	points->n = s->points.n;
	for (size_t i = 0; i < s->points.n; i++) {
		points->at[i] = s->points.p[i];
		ref_get(&points->at[i]->ref);
	}
	return points;
}
