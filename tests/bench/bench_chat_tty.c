/* Keys in a pseudo-terminal while an answer streams: a model server of our own says 10,000
 * lines, and then a thousand words a second; meanwhile a letter is typed and taken back,
 * and the time is until it stands on the screen. Printed, not judged by the exit status: a
 * busy machine would fail it. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/strbuf.h"

enum { ROWS = 40, COLUMNS = 120, LINES = 10000, LINES_AN_EVENT = 100, WORDS = 12000 };
enum { KEYS = 600, LONGEST_MS = 60000, REQUEST_MOST = 1 << 20 };

#define BUDGET_MS 16.0
#define EVENT	  "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n"
#define END                                                                              \
	"data: "                                                                         \
	"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"      \
	"data: [DONE]\n\n"

static void stop(const char *what)
{
	perror(what);
	exit(1);
}

static void put(int fd, const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		ssize_t sent = write(fd, text, n);

		if (sent <= 0)
			_exit(0);
		text += sent;
		n -= (size_t)sent;
	}
}

static void read_request(int fd)
{
	static char bytes[REQUEST_MOST];
	size_t n = 0, body = 0;
	const char *head_end, *length;

	while (n + 1 < sizeof(bytes)) {
		ssize_t got = read(fd, bytes + n, sizeof(bytes) - 1 - n);

		if (got <= 0)
			_exit(0);
		n += (size_t)got;
		bytes[n] = '\0';
		head_end = strstr(bytes, "\r\n\r\n");
		length = strstr(bytes, "Content-Length: ");
		if (!head_end || !length)
			continue;
		body = (size_t)strtol(length + 16, NULL, 10);
		if (n >= (size_t)(head_end + 4 - bytes) + body)
			return;
	}
}

static void say_lines(int fd)
{
	char lines[LINES_AN_EVENT * 6 + 1] = "", event[sizeof(lines) + 200];

	for (int i = 0; i < LINES_AN_EVENT; i++)
		memcpy(lines + (size_t)i * 5, "- a\\n", 6);
	snprintf(event, sizeof(event), EVENT, "FACT\\n");
	put(fd, event);
	snprintf(event, sizeof(event), EVENT, lines);
	for (int i = 0; i < LINES / LINES_AN_EVENT; i++)
		put(fd, event);
	snprintf(event, sizeof(event), EVENT, "\\nThat is all of it.\\n");
	put(fd, event);
}

/* By the clock, so that a late word does not make the others late. */
static void say_words(int fd)
{
	const struct timespec nap = {.tv_nsec = 200 * 1000};
	int64_t from_us = clock_mono_us();
	char event[300];

	for (int i = 0; i < WORDS; i++) {
		while (clock_mono_us() < from_us + i * 1000)
			nanosleep(&nap, NULL);
		snprintf(event, sizeof(event), EVENT,
			 i == 0	       ? "FACT\\n"
			 : i % 90 == 0 ? "and so on.\\n\\n"
				       : "again ");
		put(fd, event);
	}
}

/* The first question is answered with many lines, the others with words. */
static void serve(int listener)
{
	for (int n = 0;; n++) {
		int fd = accept(listener, NULL, NULL), on = 1;

		if (fd < 0)
			_exit(0);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		read_request(fd);
		put(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
			"Connection: close\r\n\r\n");
		if (n == 0)
			say_lines(fd);
		else
			say_words(fd);
		put(fd, END);
		close(fd);
	}
}

static int listen_somewhere(int *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(fd, 8) != 0 || getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		stop("bench_chat_tty: listen");
	*port = ntohs(at.sin_port);
	return fd;
}

struct deck {
	pid_t pid;
	int fd;
	VTerm *vt;
	VTermScreen *screen;
};

static void start(struct deck *d, const char *program, const char *config)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};

	d->vt = vterm_new(ROWS, COLUMNS);
	vterm_set_utf8(d->vt, 1);
	d->screen = vterm_obtain_screen(d->vt);
	vterm_screen_reset(d->screen, 1);
	d->pid = forkpty(&d->fd, NULL, NULL, &size);
	if (d->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execl(program, program, "--config", config, (char *)NULL);
		_exit(127);
	}
	if (d->pid < 0)
		stop("bench_chat_tty: forkpty");
}

static void see(struct deck *d, int wait_ms)
{
	struct pollfd fd = {.fd = d->fd, .events = POLLIN};
	char bytes[65536];
	ssize_t n;

	if (poll(&fd, 1, wait_ms) <= 0)
		return;
	n = read(d->fd, bytes, sizeof(bytes));
	if (n > 0)
		vterm_input_write(d->vt, bytes, (size_t)n);
}

/* A row that has it; -1. */
static int row_with(const struct deck *d, const char *text)
{
	char line[COLUMNS * 6 + 1];

	for (int y = ROWS - 1; y >= 0; y--) {
		const VTermRect row = {y, y + 1, 0, COLUMNS};
		size_t n = vterm_screen_get_text(d->screen, line, sizeof(line) - 1, row);

		line[n] = '\0';
		if (strstr(line, text))
			return y;
	}
	return -1;
}

static void wait_for(struct deck *d, const char *text)
{
	int64_t from_us = clock_mono_us();

	while (row_with(d, text) < 0) {
		see(d, 50);
		if (clock_mono_us() - from_us > (int64_t)LONGEST_MS * 1000) {
			fprintf(stderr, "bench_chat_tty: no \"%s\" came\n", text);
			kill(d->pid, SIGKILL);
			exit(1);
		}
	}
}

static void type(struct deck *d, const char *keys)
{
	if (write(d->fd, keys, strlen(keys)) < 0)
		stop("bench_chat_tty: write");
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Until the letter is in its cell, or out of it again. */
static double echo(struct deck *d, VTermPos at, const char *key, uint32_t want)
{
	int64_t from_us = clock_mono_us();
	VTermScreenCell cell = {.chars = {0}};

	type(d, key);
	do {
		see(d, 100);
		vterm_screen_get_cell(d->screen, at, &cell);
	} while ((cell.chars[0] == ' ' ? 0 : cell.chars[0]) != want &&
		 clock_mono_us() - from_us < 1000 * 1000);
	return (double)(clock_mono_us() - from_us) / 1000;
}

static void measure(struct deck *d)
{
	static double took[KEYS];
	const struct timespec nap = {.tv_nsec = 9 * 1000 * 1000};
	/* Behind the sign that stands before what one writes. */
	VTermPos at = {.row = row_with(d, "› "), .col = 2};

	for (int i = 0; i < KEYS; i++) {
		char key[2] = {(char)('b' + i / 2 % 20), '\0'};

		took[i] =
			i % 2 ? echo(d, at, "\x7f", 0) : echo(d, at, key, (uint32_t)*key);
		nanosleep(&nap, NULL);
	}
	qsort(took, KEYS, sizeof(took[0]), compare);
	printf("a key while 1,000 words a second stream below 10,000 lines: median %.2f "
	       "ms, p99 %.2f ms, most %.2f ms (budget p99 %.0f ms)\n",
	       took[KEYS / 2], took[KEYS * 99 / 100], took[KEYS - 1], BUDGET_MS);
}

static const char *write_config(struct strbuf *path, const char *dir, int port)
{
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 1000);
	strbuf_printf(
		&text,
		"{\"ai\": {\"providers\": [{\"name\": \"here\", \"kind\": \"openai\", "
		"\"base\": \"http://127.0.0.1:%d/v1\", \"model\": \"m\", \"local\": "
		"true}]}}",
		port);
	strbuf_printf(path, "%s/config.json", dir);
	if (!file_write(path->p, strbuf_str(&text), &err)) {
		fprintf(stderr, "bench_chat_tty: %s\n", err.text);
		exit(1);
	}
	strbuf_fini(&text);
	return path->p;
}

int main(void)
{
	const char *program = getenv("AZDECK") ? getenv("AZDECK") : "./azdeck";
	char dir[] = "/tmp/bench_chat_tty.XXXXXX";
	static const char *const homes[] = {"XDG_CONFIG_HOME", "XDG_STATE_HOME",
					    "XDG_DATA_HOME", "HOME"};
	struct strbuf path;
	struct deck d;
	pid_t server;
	int port, fd;

	signal(SIGPIPE, SIG_IGN);
	if (!mkdtemp(dir))
		stop("bench_chat_tty: mkdtemp");
	for (size_t i = 0; i < COUNT(homes); i++)
		setenv(homes[i], dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	fd = listen_somewhere(&port);
	server = fork();
	if (server == 0)
		serve(fd);
	strbuf_init(&path, 1000);
	start(&d, program, write_config(&path, dir, port));
	wait_for(&d, "azdeck");
	type(&d, "C");
	wait_for(&d, "› ");
	type(&d, "how is the budget of atlas?\r");
	wait_for(&d, "That is all of it");
	type(&d, "how is the budget of qodex?\r");
	wait_for(&d, "again again");
	measure(&d);
	kill(d.pid, SIGTERM);
	waitpid(d.pid, NULL, 0);
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	vterm_free(d.vt);
	strbuf_fini(&path);
	return 0;
}
