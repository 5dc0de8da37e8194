/* See program.h. Four things end in any order: the process, both pipes and the
 * deadline. Only when the first three have is there a result, and only when every
 * handle is closed does the memory go. */
#include "net/program.h"

#include <signal.h>
#include <stdlib.h>

#include "base/secret.h"
#include "base/xalloc.h"

enum { PIPES = 2, ROOM = 4096 };

struct pipe_end {
	uv_pipe_t handle;
	struct program *owner;
	struct strbuf *into;
	char room[ROOM];
};

struct program {
	struct loop *loop;
	uv_process_t process;
	struct pipe_end pipes[PIPES];
	struct loop_timer *timer; /* the deadline, or telling that it did not start */
	int64_t deadline_ms;
	struct program_result result;
	program_fn done; /* NULL: nobody waits any more */
	void *ctx;
	int n_running; /* of process and pipes */
	int n_handles; /* not closed yet */
	bool is_freed;
};

static void free_when_closed(struct program *p)
{
	if (!p->is_freed || p->n_handles)
		return;
	/* It may have printed a token. */
	secret_wipe(p->result.out.p, p->result.out.cap);
	secret_wipe(p->result.errs.p, p->result.errs.cap);
	for (int i = 0; i < PIPES; i++)
		secret_wipe(p->pipes[i].room, ROOM);
	strbuf_fini(&p->result.out);
	strbuf_fini(&p->result.errs);
	free(p);
}

static void closed(uv_handle_t *handle)
{
	struct program *p = handle->data;

	p->n_handles--;
	free_when_closed(p);
}

static void release(struct program *p)
{
	loop_timer_stop(p->timer);
	p->timer = NULL;
	p->is_freed = true;
	free_when_closed(p);
}

static void finish(struct program *p)
{
	if (p->done)
		p->done(&p->result, p->ctx);
	release(p);
}

static void part_ended(struct program *p)
{
	if (--p->n_running == 0)
		finish(p);
}

/* It leads a group of its own: what it has started goes with it. */
static void end_group(struct program *p)
{
	if (uv_is_active((uv_handle_t *)&p->process))
		kill(-p->process.pid, SIGKILL);
}

static void close_pipe(struct pipe_end *end)
{
	if (uv_is_closing((uv_handle_t *)&end->handle))
		return;
	uv_close((uv_handle_t *)&end->handle, closed);
	part_ended(end->owner);
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
	struct program *p = handle->data;
	struct pipe_end *end = &p->pipes[handle == (uv_handle_t *)&p->pipes[1].handle];

	(void)wanted;
	*buf = uv_buf_init(end->room, ROOM);
}

static void came(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct program *p = stream->data;
	struct pipe_end *end = &p->pipes[stream == (uv_stream_t *)&p->pipes[1].handle];

	if (n < 0) {
		close_pipe(end);
		return;
	}
	strbuf_put(end->into, (struct str){buf->base, (size_t)n});
	if (!end->into->overflow || p->result.err.code != ERR_NONE)
		return;
	err_set(&p->result.err, ERR_TOO_LARGE, "it prints more than %zu bytes",
		end->into->max);
	end_group(p);
}

static void exited(uv_process_t *process, int64_t status, int by_signal)
{
	struct program *p = process->data;

	p->result.exit_code = by_signal ? 128 + by_signal : (int)status;
	uv_close((uv_handle_t *)process, closed);
	part_ended(p);
}

/* What holds the pipes open may have left the group: they are not waited for. */
static void deadline_came(void *ctx)
{
	struct program *p = ctx;

	p->timer = NULL;
	err_set(&p->result.err, ERR_TIMEOUT, "it takes more than %lld s",
		(long long)p->deadline_ms / 1000);
	end_group(p);
	p->n_running++;
	for (int i = 0; i < PIPES; i++)
		close_pipe(&p->pipes[i]);
	part_ended(p);
}

static void tell_failure(void *ctx)
{
	struct program *p = ctx;

	p->timer = NULL;
	finish(p);
}

static int spawn(struct program *p, const char *const *argv, const char *const *env)
{
	uv_stdio_container_t stdio[3] = {{.flags = UV_IGNORE}};
	uv_process_options_t options = {.file = argv[0],
					.args = (char **)(uintptr_t)argv,
					.env = (char **)(uintptr_t)env,
					.flags = UV_PROCESS_DETACHED,
					.exit_cb = exited,
					.stdio = stdio,
					.stdio_count = 3};

	for (int i = 0; i < PIPES; i++) {
		uv_pipe_init(loop_uv(p->loop), &p->pipes[i].handle, 0);
		p->pipes[i].handle.data = p;
		p->n_handles++;
		stdio[1 + i].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
		stdio[1 + i].data.stream = (uv_stream_t *)&p->pipes[i].handle;
	}
	p->process.data = p;
	p->n_handles++;
	return uv_spawn(loop_uv(p->loop), &p->process, &options);
}

static void fail_to_start(struct program *p, int code, const char *name)
{
	if (code == UV_ENOENT)
		err_set(&p->result.err, ERR_NOT_FOUND, "%s is not on the PATH", name);
	else
		err_set(&p->result.err, ERR_IO, "cannot run %s: %s", name,
			uv_strerror(code));
	uv_close((uv_handle_t *)&p->process, closed);
	for (int i = 0; i < PIPES; i++)
		uv_close((uv_handle_t *)&p->pipes[i].handle, closed);
	p->timer = loop_timer_start(p->loop, 0, tell_failure, p);
}

struct program *program_start(struct loop *loop, const struct program_spec *spec,
			      program_fn done, void *ctx)
{
	struct program *p = xcalloc(1, sizeof(*p));
	int code;

	*p = (struct program){.loop = loop,
			      .done = done,
			      .ctx = ctx,
			      .deadline_ms = spec->deadline_ms};
	err_clear(&p->result.err);
	strbuf_init(&p->result.out, spec->max_bytes);
	strbuf_init(&p->result.errs, spec->max_bytes);
	p->pipes[0].into = &p->result.out;
	p->pipes[1].into = &p->result.errs;
	for (int i = 0; i < PIPES; i++)
		p->pipes[i].owner = p;
	code = spawn(p, spec->argv, spec->env);
	if (code != 0) {
		fail_to_start(p, code, spec->argv[0]);
		return p;
	}
	p->n_running = 1 + PIPES;
	for (int i = 0; i < PIPES; i++)
		uv_read_start((uv_stream_t *)&p->pipes[i].handle, give_room, came);
	p->timer = loop_timer_start(loop, spec->deadline_ms, deadline_came, p);
	return p;
}

void program_stop(struct program *p)
{
	if (!p)
		return;
	p->done = NULL;
	/* One that did not start has nothing to end. */
	if (!p->n_running) {
		release(p);
		return;
	}
	loop_timer_stop(p->timer);
	p->timer = NULL;
	end_group(p);
	for (int i = 0; i < PIPES; i++)
		close_pipe(&p->pipes[i]);
}
