/* See log_watch.h. The folder is watched, because another file may take the name. */
#include "worker/log/log_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { AGAIN_MS = 40, LOOK_MS = 2000, LOOK_UNWATCHED_MS = 250 };

struct log_watch {
	struct loop *loop;
	uv_fs_event_t *handle; /* NULL: the kernel does not say */
	struct loop_timer *timer;
	char *name; /* in its folder */
	bool is_resting, has_changed;
	loop_fn fn;
	void *ctx;
};

static void rested(void *ctx);

static void wait(struct log_watch *w, int64_t ms)
{
	loop_timer_stop(w->timer);
	w->timer = loop_timer_start(w->loop, ms, rested, w);
}

static void tell(struct log_watch *w)
{
	w->has_changed = false;
	w->is_resting = true;
	wait(w, AGAIN_MS);
	w->fn(w->ctx);
}

static void rested(void *ctx)
{
	struct log_watch *w = ctx;
	bool was_resting = w->is_resting;

	w->timer = NULL;
	w->is_resting = false;
	if (w->has_changed || !was_resting) {
		tell(w);
		return;
	}
	wait(w, w->handle ? LOOK_MS : LOOK_UNWATCHED_MS);
}

static void changed(uv_fs_event_t *handle, const char *file, int events, int status)
{
	struct log_watch *w = handle->data;

	(void)events;
	if (!w || status < 0 || (file && strcmp(file, w->name) != 0))
		return;
	w->has_changed = true;
	if (!w->is_resting)
		tell(w);
}

static void freed(uv_handle_t *handle)
{
	free(handle);
}

static void stop(struct log_watch *w)
{
	if (!w->handle)
		return;
	w->handle->data = NULL;
	uv_close((uv_handle_t *)w->handle, freed);
	w->handle = NULL;
}

struct log_watch *log_watch_new(struct loop *loop, const char *path, loop_fn fn,
				void *ctx)
{
	struct log_watch *w = xcalloc(1, sizeof(*w));
	const char *slash = strrchr(path, '/');
	char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");

	*w = (struct log_watch){.loop = loop, .fn = fn, .ctx = ctx};
	w->name = xstrdup(slash ? slash + 1 : path);
	w->handle = xcalloc(1, sizeof(*w->handle));
	uv_fs_event_init(loop_uv(loop), w->handle);
	w->handle->data = w;
	if (uv_fs_event_start(w->handle, changed, folder, 0) != 0)
		stop(w);
	free(folder);
	wait(w, w->handle ? LOOK_MS : LOOK_UNWATCHED_MS);
	return w;
}

void log_watch_free(struct log_watch *w)
{
	if (!w)
		return;
	stop(w);
	loop_timer_stop(w->timer);
	free(w->name);
	free(w);
}
