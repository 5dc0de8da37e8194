/* See watch.h. The handles belong to the loop and are freed when it has closed them.
 * Thread: core. */
#include "worker/watch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xalloc.h"

/* An editor's save is several events. */
enum { QUIET_MS = 150 };

struct watch {
	struct loop *loop;
	uv_fs_event_t *handle;
	struct loop_timer *quiet; /* NULL: nothing has changed */
	char *dir, *name;	  /* name NULL: any ".json"; "*.x": any ".x" */
	const char *awaited;	  /* of dir: what the folder above may bring; or NULL */
	loop_fn fn;
	void *ctx;
};

static void freed(uv_handle_t *handle)
{
	free(handle);
}

static void stop(struct watch *w)
{
	if (!w->handle)
		return;
	w->handle->data = NULL;
	uv_close((uv_handle_t *)w->handle, freed);
	w->handle = NULL;
}

static bool start(struct watch *w, const char *dir);

static bool concerns(const struct watch *w, const char *file)
{
	struct str name = file ? str_from(file) : STR("");

	if (w->awaited)
		return str_eq(name, str_from(w->awaited));
	if (w->name && w->name[0] == '*')
		return str_ends(name, str_from(w->name + 1));
	if (w->name)
		return str_eq(name, str_from(w->name));
	return name.n > 5 && str_eq(str_sub(name, name.n - 5, 5), STR(".json")) &&
	       name.p[0] != '.';
}

static void settled(void *ctx)
{
	struct watch *w = ctx;

	w->quiet = NULL;
	if (w->awaited) {
		stop(w);
		w->awaited = NULL;
		start(w, w->dir);
	}
	w->fn(w->ctx);
}

static void changed(uv_fs_event_t *handle, const char *file, int events, int status)
{
	struct watch *w = handle->data;

	(void)events;
	if (!w || status < 0 || !concerns(w, file))
		return;
	loop_timer_stop(w->quiet);
	w->quiet = loop_timer_start(w->loop, QUIET_MS, settled, w);
}

static bool start(struct watch *w, const char *dir)
{
	w->handle = xcalloc(1, sizeof(*w->handle));
	uv_fs_event_init(loop_uv(w->loop), w->handle);
	w->handle->data = w;
	if (uv_fs_event_start(w->handle, changed, dir, 0) == 0)
		return true;
	stop(w);
	return false;
}

static bool start_above(struct watch *w)
{
	const char *slash = strrchr(w->dir, '/');
	char *above;
	bool ok;

	if (!slash || slash == w->dir || !slash[1])
		return false;
	above = xstrndup(w->dir, (size_t)(slash - w->dir));
	w->awaited = slash + 1;
	ok = start(w, above);
	free(above);
	return ok;
}

struct watch *watch_new(struct loop *loop, const char *dir, const char *name, loop_fn fn,
			void *ctx)
{
	struct watch *w = xcalloc(1, sizeof(*w));

	w->loop = loop;
	w->dir = xstrdup(dir);
	w->name = name ? xstrdup(name) : NULL;
	w->fn = fn;
	w->ctx = ctx;
	if (start(w, w->dir))
		return w;
	if (!start_above(w)) {
		watch_free(w);
		return NULL;
	}
	/* Made between the two: nothing will tell that any more. */
	if (access(w->dir, F_OK) == 0)
		w->quiet = loop_timer_start(w->loop, QUIET_MS, settled, w);
	return w;
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	stop(w);
	loop_timer_stop(w->quiet);
	free(w->dir);
	free(w->name);
	free(w);
}
