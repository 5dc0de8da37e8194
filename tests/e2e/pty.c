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
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { DEADLINE_MS = 20000, RAW_MAX = 64 << 20 };

static int on_prop(VTermProp prop, VTermValue *value, void *user)
{
	struct pty *p = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		p->is_alt_screen = value->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		p->is_cursor_visible = value->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		p->mouse = value->number;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_prop};

static void set_size(struct pty *p, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	p->rows = rows;
	p->cols = cols;
	ioctl(p->slave, TIOCSWINSZ, &size);
}

static _Noreturn void run_child(struct pty *p, char *const argv[], char *const env[])
{
	static char *base[] = {"LC_ALL=C.UTF-8", "TZ=UTC", "TERM=xterm-256color",
			       "COLORTERM=", "HOME=/nonexistent", NULL};
	const char *pass[] = {"PATH", "AZ_SRCDIR", "ASAN_OPTIONS", "LSAN_OPTIONS",
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
		putenv(base[i]);
	for (size_t i = 0; env && env[i]; i++)
		putenv(env[i]);
	close(p->fd);
	login_tty(p->slave);
	execv(argv[0], argv);
	_exit(127);
}

bool pty_start(struct pty *p, int rows, int cols, char *const argv[], char *const env[])
{
	*p = (struct pty){.is_cursor_visible = true};
	strbuf_init(&p->raw, RAW_MAX);
	if (openpty(&p->fd, &p->slave, NULL, NULL, NULL) < 0)
		return false;
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
	if (p->pid == 0)
		run_child(p, argv, env);
	return p->pid > 0;
}

void pty_stop(struct pty *p)
{
	if (p->pid > 0 && !p->has_exited) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, &p->status, 0);
	}
	if (p->fd >= 0)
		close(p->fd);
	if (p->slave >= 0)
		close(p->slave);
	if (p->vt)
		vterm_free(p->vt);
	strbuf_fini(&p->raw);
}

void pty_send(struct pty *p, const char *bytes)
{
	size_t n = strlen(bytes);

	while (n > 0) {
		ssize_t done = write(p->fd, bytes, n);

		if (done < 0 && errno == EAGAIN) {
			pty_read(p, 10);
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
	set_size(p, rows, cols);
	vterm_set_size(p->vt, rows, cols);
	kill(p->pid, SIGWINCH);
}

void pty_signal(struct pty *p, int signal)
{
	kill(p->pid, signal);
}

/* What the emulator answers (device attributes, mode reports) goes back. */
static void answer(struct pty *p)
{
	char reply[256];
	size_t n = vterm_output_read(p->vt, reply, sizeof(reply));

	if (n && write(p->fd, reply, n) < 0)
		return;
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
	vterm_input_write(p->vt, bytes, (size_t)n);
	answer(p);
	return true;
}

static void put_cell(struct strbuf *out, const VTermScreenCell *cell)
{
	if (cell->chars[0] == 0) {
		strbuf_putc(out, ' ');
		return;
	}
	for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		char bytes[4];
		size_t n = utf8_encode(cell->chars[i], bytes);

		strbuf_put(out, (struct str){bytes, n});
	}
}

static void row_text(struct pty *p, int row, struct strbuf *out)
{
	size_t start = out->n;

	for (int col = 0; col < p->cols;) {
		VTermScreenCell cell;

		vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = col}, &cell);
		put_cell(out, &cell);
		col += cell.width > 1 ? cell.width : 1;
	}
	while (out->n > start && out->p[out->n - 1] == ' ')
		strbuf_cut(out, out->n - 1);
}

void pty_text(struct pty *p, struct strbuf *out)
{
	for (int row = 0; row < p->rows; row++) {
		row_text(p, row, out);
		strbuf_putc(out, '\n');
	}
}

int pty_row_of(struct pty *p, const char *text)
{
	struct strbuf line;
	int found = -1;

	strbuf_init(&line, 65536);
	for (int row = 0; row < p->rows && found < 0; row++) {
		strbuf_reset(&line);
		row_text(p, row, &line);
		if (strstr(line.p, text))
			found = row;
	}
	strbuf_fini(&line);
	return found;
}

bool pty_has(struct pty *p, const char *text)
{
	return pty_row_of(p, text) >= 0;
}

void pty_print(struct pty *p, const char *why)
{
	struct strbuf text;
	struct str rest, line;

	strbuf_init(&text, 1 << 20);
	pty_text(p, &text);
	printf("# %s\n", why);
	rest = strbuf_str(&text);
	while (str_next(&rest, '\n', &line))
		printf("# |%.*s\n", STR_ARG(line));
	strbuf_fini(&text);
}

static bool wait_for(struct pty *p, const char *text, bool present)
{
	int64_t until = clock_mono_us() + (int64_t)DEADLINE_MS * 1000;

	while (pty_has(p, text) != present) {
		if (clock_mono_us() > until || (!pty_read(p, 100) && p->has_exited)) {
			pty_print(p, text);
			return false;
		}
	}
	return true;
}

bool pty_wait_text(struct pty *p, const char *text)
{
	return wait_for(p, text, true);
}

bool pty_wait_gone(struct pty *p, const char *text)
{
	return wait_for(p, text, false);
}

void pty_wait_quiet(struct pty *p, int quiet_ms)
{
	int64_t until = clock_mono_us() + (int64_t)DEADLINE_MS * 1000;

	while (pty_read(p, quiet_ms) && clock_mono_us() < until)
		continue;
}

bool pty_wait_exit(struct pty *p)
{
	int64_t until = clock_mono_us() + (int64_t)DEADLINE_MS * 1000;

	while (!p->has_exited && clock_mono_us() < until) {
		pty_read(p, 5);
		p->has_exited = waitpid(p->pid, &p->status, WNOHANG) == p->pid;
	}
	while (pty_read(p, 0))
		continue;
	if (!p->has_exited)
		pty_print(p, "it does not exit");
	return p->has_exited;
}

bool pty_is_restored(struct pty *p)
{
	struct termios now;

	tcgetattr(p->slave, &now);
	if (p->is_alt_screen || !p->is_cursor_visible || p->mouse != VTERM_PROP_MOUSE_NONE) {
		printf("# alt screen %d, cursor %d, mouse %d\n", p->is_alt_screen,
		       p->is_cursor_visible, p->mouse);
		return false;
	}
	if (now.c_lflag != p->before.c_lflag || now.c_iflag != p->before.c_iflag ||
	    now.c_oflag != p->before.c_oflag || now.c_cflag != p->before.c_cflag) {
		printf("# termios: lflag %x was %x, iflag %x was %x, oflag %x was %x\n",
		       now.c_lflag, p->before.c_lflag, now.c_iflag, p->before.c_iflag,
		       now.c_oflag, p->before.c_oflag);
		return false;
	}
	return true;
}
