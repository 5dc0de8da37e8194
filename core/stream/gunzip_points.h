/* Places in gzip from which it can be undone, so that its text can be read at any place
 * without keeping any of it: at the end of a block, the bits that belong to the next one
 * and the 32 KiB of text before it are all that there is to know. They are found while
 * the file is gone through once; where they take too much room every second one goes.
 * Thread: a survey has one owner; the points of it never change, and are counted. */
#ifndef AZ_STREAM_GUNZIP_POINTS_H
#define AZ_STREAM_GUNZIP_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/ref.h"

enum { GUNZIP_WINDOW_BYTES = 32 << 10 };
#define GUNZIP_POINTS_MOST_BYTES ((size_t)6 << 20)
/* Text of one file that can be read; what is behind is not. */
#define GUNZIP_TEXT_MOST ((int64_t)64 << 30)

struct gunzip_point {
	struct ref ref;
	int64_t text_at;
	int64_t packed_at; /* the first byte of which nothing belongs to what is before */
	unsigned char n_bits; /* of the byte before it that belong to what comes */
	bool is_member;	      /* a member begins: nothing before it matters */
	uint32_t n_window;    /* text before it: at most GUNZIP_WINDOW_BYTES */
	uint32_t n_kept;      /* bytes of `kept`; fewer than n_window: deflated */
	unsigned char kept[];
};

/* The first one is the beginning. */
struct gunzip_points {
	struct ref ref;
	int64_t text_bytes; /* how much text there is, as far as is known */
	size_t n;
	struct gunzip_point *at[]; /* ascending, held */
};

struct gunzip_points *gunzip_points_get(struct gunzip_points *points);
/* Accepts NULL. */
void gunzip_points_put(struct gunzip_points *points);
/* The last one at or before the place. */
const struct gunzip_point *gunzip_points_before(const struct gunzip_points *points,
						int64_t text_at);
/* Its text, n_window bytes. */
void gunzip_point_window(const struct gunzip_point *point, unsigned char *window);

struct gunzip_survey;

/* The descriptor is its own from now on. */
struct gunzip_survey *gunzip_survey_new(int fd);
void gunzip_survey_free(struct gunzip_survey *s);

enum gunzip_survey_result {
	GUNZIP_MORE,  /* the next step goes on */
	GUNZIP_END,   /* of the file; when that has grown, the next step goes on */
	GUNZIP_FAILED /* for good; what was good before can be read */
};
/* About so many bytes more of its text, or as many packed ones. err: why it failed, or, at
 * the end, that a member is not whole; else ERR_NONE. */
enum gunzip_survey_result gunzip_survey_step(struct gunzip_survey *s, int64_t bytes,
					     struct err *err);
/* All that is known by now; the hold is the caller's. */
struct gunzip_points *gunzip_survey_points(const struct gunzip_survey *s);

#endif
