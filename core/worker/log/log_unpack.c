/* See log_unpack.h. */
#include "worker/log/log_unpack.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/xalloc.h"

enum { STEP_BYTES = 8 << 20 };

struct log_unpack {
	struct loop *loop;
	loop_fn fn;
	void *ctx;
	int fd; /* the survey's */
	struct gunzip_points *points;
	enum gunzip_survey_result told;
	struct err told_err;
	int64_t told_size; /* of the file, when its end was met */
	bool is_busy, is_closing;
	/* the pool's while it is busy */
	struct gunzip_survey *survey;
	enum gunzip_survey_result result;
	struct err err;
};

static int64_t packed_size(const struct log_unpack *u)
{
	struct stat st;

	return fstat(u->fd, &st) == 0 ? st.st_size : 0;
}

static void step(void *ctx)
{
	struct log_unpack *u = ctx;

	u->result = gunzip_survey_step(u->survey, STEP_BYTES, &u->err);
}

static void release(struct log_unpack *u)
{
	gunzip_points_put(u->points);
	gunzip_survey_free(u->survey);
	free(u);
}

static void stepped(void *ctx);

static void work(struct log_unpack *u)
{
	u->told_size = packed_size(u);
	u->is_busy = true;
	loop_work(u->loop, step, stepped, u);
}

static void stepped(void *ctx)
{
	struct log_unpack *u = ctx;

	u->is_busy = false;
	if (u->is_closing) {
		release(u);
		return;
	}
	gunzip_points_put(u->points);
	u->points = gunzip_survey_points(u->survey);
	u->told = u->result;
	u->told_err = u->err;
	if (u->told == GUNZIP_MORE)
		work(u);
	else
		log_unpack_go_on(u); /* it may have grown behind our back */
	u->fn(u->ctx);
}

struct log_unpack *log_unpack_new(struct loop *loop, int fd, loop_fn fn, void *ctx)
{
	struct log_unpack *u = xcalloc(1, sizeof(*u));

	*u = (struct log_unpack){.loop = loop, .fn = fn, .ctx = ctx, .fd = fd};
	u->survey = gunzip_survey_new(fd);
	u->points = gunzip_survey_points(u->survey);
	work(u);
	return u;
}

void log_unpack_free(struct log_unpack *u)
{
	if (!u)
		return;
	u->is_closing = true;
	if (!u->is_busy)
		release(u);
}

struct gunzip_points *log_unpack_points(const struct log_unpack *u)
{
	return u->points;
}

int log_unpack_fd(const struct log_unpack *u)
{
	return u->fd;
}

bool log_unpack_is_done(const struct log_unpack *u)
{
	return u->told != GUNZIP_MORE;
}

const struct err *log_unpack_error(const struct log_unpack *u)
{
	return &u->told_err;
}

void log_unpack_go_on(struct log_unpack *u)
{
	if (!u->is_busy && u->told == GUNZIP_END && packed_size(u) > u->told_size) {
		u->told = GUNZIP_MORE;
		work(u);
	}
}
