/* See pty.h. */
#include "e2e/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include "base/clock.h"

enum { DEADLINE_MS = 20000, RAW_MAX = 64 << 20 };

static int on_prop(VTermProp prop, VTermValue *value, void *user)
{
	struct pty *p = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		p->is_alt_screen = value->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		p->is_cursor_visible = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_prop};

static void set_size(struct pty *p, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)cols};

	p->rows = rows;
	p->cols = cols;
	ioctl(p->fd, TIOCSWINSZ, &size);
}

/* A small environment that is the same everywhere, and what sanitizers read. */
static void set_environment(const char *const env[])
{
	static const char *const base[] = {"LC_ALL=C.UTF-8", "TZ=UTC",
					   "TERM=xterm-256color", "HOME=/nonexistent",
					   NULL};
	static const char *const pass[] = {"PATH",	    "AZ_SRCDIR",
					   "ASAN_OPTIONS",  "LSAN_OPTIONS",
					   "UBSAN_OPTIONS", "TSAN_OPTIONS"};
	char *kept[sizeof(pass) / sizeof(*pass)];

	for (size_t i = 0; i < sizeof(pass) / sizeof(*pass); i++)
		kept[i] = getenv(pass[i]);
	environ = NULL;
	for (size_t i = 0; i < sizeof(pass) / sizeof(*pass); i++) {
		if (kept[i])
			setenv(pass[i], kept[i], 1);
	}
	for (size_t i = 0; base[i]; i++)
		putenv((char *)base[i]);
	for (size_t i = 0; env && env[i]; i++)
		putenv((char *)env[i]);
}

static void run_program(void *ctx)
{
	char *const *argv = ctx;

	execv(argv[0], argv);
}

bool pty_start(struct pty *p, int rows, int cols, const char *const argv[],
	       const char *const env[])
{
	return pty_start_fn(p, rows, cols, env, run_program, (void *)argv);
}

bool pty_start_fn(struct pty *p, int rows, int cols, const char *const env[],
		  pty_child_fn run, void *ctx)
{
	*p = (struct pty){.is_cursor_visible = true};
	strbuf_init(&p->raw, RAW_MAX);
	if (openpty(&p->fd, &p->slave, NULL, NULL, NULL) < 0)
		return false;
	p->log = memfd_create("log", MFD_CLOEXEC);
	fcntl(p->fd, F_SETFD, FD_CLOEXEC);
	fcntl(p->fd, F_SETFL, O_NONBLOCK);
	set_size(p, rows, cols);
	tcgetattr(p->slave, &p->before);
	p->vt = vterm_new(rows, cols);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	p->pid = fork();
	if (p->pid == 0) {
		set_environment(env);
		setrlimit(RLIMIT_CORE, &(struct rlimit){0});
		close(p->fd);
		dup2(p->log, PTY_LOG_FD);
		login_tty(p->slave);
		run(ctx);
		_exit(127);
	}
	return p->pid > 0;
}

void pty_scribble(struct pty *p, const char *bytes)
{
	vterm_input_write(p->vt, bytes, strlen(bytes));
}

void pty_hang_up(struct pty *p)
{
	if (p->slave >= 0)
		close(p->slave);
	if (p->fd >= 0)
		close(p->fd);
	p->fd = p->slave = -1;
}

void pty_stop(struct pty *p)
{
	if (p->pid > 0 && !p->has_exited) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, &p->status, 0);
	}
	pty_hang_up(p);
	if (p->log >= 0)
		close(p->log);
	if (p->vt)
		vterm_free(p->vt);
	strbuf_fini(&p->raw);
	*p = (struct pty){.fd = -1, .slave = -1, .log = -1};
}

void pty_send(struct pty *p, const char *bytes)
{
	size_t n = strlen(bytes);

	while (n > 0) {
		ssize_t done = write(p->fd, bytes, n);

		if (done < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){.fd = p->fd, .events = POLLIN | POLLOUT}, 1,
			     100);
			pty_read(p, 0);
			continue;
		}
		if (done <= 0)
			return;
		bytes += done;
		n -= (size_t)done;
	}
}

void pty_resize(struct pty *p, int rows, int cols)
{
	vterm_set_size(p->vt, rows, cols);
	set_size(p, rows, cols);
}

void pty_signal(struct pty *p, int signal)
{
	kill(p->pid, signal);
}

/* What the emulator answers by itself (device attributes, mode reports) goes back. */
static void answer(struct pty *p)
{
	char reply[256];
	size_t n = vterm_output_read(p->vt, reply, sizeof(reply));

	if (n && write(p->fd, reply, n) < 0)
		return;
}

/* Where in raw the needle begins, from `at` on, the last one or the first; -1: none. */
static ptrdiff_t find_raw(const struct pty *p, size_t at, const char *needle,
			  bool is_last)
{
	ptrdiff_t found = -1;
	struct str rest = str_sub(strbuf_str(&p->raw), at, p->raw.n);
	ptrdiff_t next;

	while ((next = str_find(rest, str_from(needle))) >= 0) {
		found = (rest.p - p->raw.p) + next;
		if (!is_last)
			break;
		rest = str_sub(rest, (size_t)next + 1, rest.n);
	}
	return found;
}

/* Bytes at the end of raw that may be the beginning of the needle. */
static size_t begun(const struct pty *p, const char *needle)
{
	size_t n = strlen(needle) - 1;

	for (; n > 0; n--) {
		if (p->raw.n - p->drawn >= n &&
		    memcmp(p->raw.p + p->raw.n - n, needle, n) == 0)
			break;
	}
	return n;
}

/* Without half a letter at the end: the emulator reads the other half, when it comes
 * first in what it is given, by another table, and draws neither. */
static size_t whole_letters(const struct pty *p, size_t end)
{
	size_t at = end;

	while (at > p->drawn && end - at < 3 && (p->raw.p[at - 1] & 0xc0) == 0x80)
		at--;
	if (at > p->drawn && (p->raw.p[at - 1] & 0xc0) == 0xc0) {
		unsigned char first = (unsigned char)p->raw.p[at - 1];
		size_t need = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;

		return end - at + 1 < need ? at - 1 : end;
	}
	return end;
}

static void draw_up_to(struct pty *p, size_t end)
{
	end = whole_letters(p, end);
	if (end > p->drawn)
		vterm_input_write(p->vt, p->raw.p + p->drawn, end - p->drawn);
	p->drawn = end > p->drawn ? end : p->drawn;
}

/* A terminal that takes synchronized frames shows whole ones only. */
static void draw(struct pty *p)
{
	ptrdiff_t begin, end;

	if (!p->takes_frames) {
		draw_up_to(p, p->raw.n);
		return;
	}
	if (!p->has_said && find_raw(p, 0, "\033[?2026$p", false) >= 0) {
		p->has_said = true;
		pty_send(p, "\033[?2026;2$y");
	}
	end = find_raw(p, p->drawn, "\033[?2026l", true);
	if (end >= 0)
		draw_up_to(p, (size_t)end + strlen("\033[?2026l"));
	begin = find_raw(p, p->drawn, "\033[?2026h", false);
	draw_up_to(p, begin >= 0 ? (size_t)begin : p->raw.n - begun(p, "\033[?2026h"));
}

bool pty_read(struct pty *p, int wait_ms)
{
	struct pollfd fd = {.fd = p->fd, .events = POLLIN};
	char bytes[65536];
	ssize_t n;

	if (poll(&fd, 1, wait_ms) <= 0)
		return false;
	n = read(p->fd, bytes, sizeof(bytes));
	if (n <= 0)
		return false;
	p->bytes += (size_t)n;
	strbuf_put(&p->raw, (struct str){bytes, (size_t)n});
	draw(p);
	answer(p);
	return true;
}

static bool has_ended(struct pty *p)
{
	if (!p->has_exited)
		p->has_exited = waitpid(p->pid, &p->status, WNOHANG) == p->pid;
	return p->has_exited;
}

bool pty_wait(struct pty *p, pty_check_fn is_so, const void *ctx, const char *what)
{
	int64_t until = clock_mono_us() + (int64_t)DEADLINE_MS * 1000;

	while (!is_so(p, ctx)) {
		bool is_last = has_ended(p);

		if (clock_mono_us() > until || (!pty_read(p, 50) && is_last)) {
			pty_print(p, what);
			return false;
		}
	}
	return true;
}

static bool check_text(struct pty *p, const void *text)
{
	return pty_has(p, text);
}

static bool check_gone(struct pty *p, const void *text)
{
	return !pty_has(p, text);
}

static bool check_raw(struct pty *p, const void *bytes)
{
	return str_find(strbuf_str(&p->raw), str_from(bytes)) >= 0;
}

bool pty_wait_text(struct pty *p, const char *text)
{
	return pty_wait(p, check_text, text, text);
}

bool pty_wait_gone(struct pty *p, const char *text)
{
	return pty_wait(p, check_gone, text, text);
}

bool pty_wait_raw(struct pty *p, const char *bytes)
{
	return pty_wait(p, check_raw, bytes, "bytes that were never written");
}

void pty_wait_quiet(struct pty *p, int quiet_ms)
{
	int64_t until = clock_mono_us() + (int64_t)DEADLINE_MS * 1000;

	while (pty_read(p, quiet_ms) && clock_mono_us() < until)
		continue;
}

size_t pty_count_logged(struct pty *p, const char *text)
{
	struct strbuf all;
	struct str rest;
	size_t n = 0;
	ptrdiff_t at;
	char part[65536];
	ssize_t got;

	strbuf_init(&all, RAW_MAX);
	while ((got = pread(p->log, part, sizeof(part), (off_t)all.n)) > 0)
		strbuf_put(&all, (struct str){part, (size_t)got});
	rest = strbuf_str(&all);
	while ((at = str_find(rest, str_from(text))) >= 0) {
		rest = str_sub(rest, (size_t)at + 1, rest.n);
		n++;
	}
	strbuf_fini(&all);
	return n;
}

bool pty_wait_exit(struct pty *p)
{
	int64_t until = clock_mono_us() + (int64_t)DEADLINE_MS * 1000;

	while (!has_ended(p) && clock_mono_us() < until)
		pty_read(p, 5);
	while (pty_read(p, 0))
		continue;
	if (!p->has_exited)
		pty_print(p, "it does not exit");
	return p->has_exited;
}
