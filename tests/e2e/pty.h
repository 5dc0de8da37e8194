/* A whole program in a pseudo-terminal, its output drawn by a terminal emulator
 * (libvterm): keys in, screen out. Waiting is for something to be so, with a
 * deadline, never for time to pass. Thread: the test's.
 *
 * We keep our own handle on the program's side of the terminal, so that its state
 * can be read when the program is gone; the end of the program is therefore seen
 * by waiting for the process, not by the end of its output. */
#ifndef AZ_TESTS_E2E_PTY_H
#define AZ_TESTS_E2E_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "base/strbuf.h"

/* For the program a file of its own to log to, in memory; for us p->log. */
#define PTY_LOG	   "/proc/self/fd/19"
#define PTY_LOG_FD 19

struct pty {
	int fd;	   /* our end; -1 after pty_hang_up */
	int slave; /* the program's end; -1 after pty_hang_up */
	int log;
	pid_t pid;
	int rows, cols;
	VTerm *vt;
	VTermScreen *screen;
	struct termios before; /* as it was when the program started */
	struct strbuf raw;     /* everything it wrote, up to a cap */
	size_t bytes;	       /* how much that was */
	size_t drawn;	       /* bytes of raw that the emulator has */
	bool takes_frames;     /* says it knows mode 2026: then no half frame is seen */
	bool has_said;	       /* that it does */
	bool is_alt_screen;    /* as the emulator has it */
	bool is_cursor_visible;
	bool has_exited;
	int status; /* as waitpid gives it */
};

/* What becomes of the child: its terminal and environment are set. */
typedef void (*pty_child_fn)(void *ctx);

/* env: NAME=VALUE texts put on top of a fixed small environment; NULL ends. */
bool pty_start(struct pty *p, int rows, int cols, const char *const argv[],
	       const char *const env[]);
bool pty_start_fn(struct pty *p, int rows, int cols, const char *const env[],
		  pty_child_fn run, void *ctx);
/* Also of one that was stopped already. */
void pty_stop(struct pty *p);

void pty_send(struct pty *p, const char *bytes);
/* The kernel tells the program, as for a real terminal. */
void pty_resize(struct pty *p, int rows, int cols);
void pty_signal(struct pty *p, int signal);
/* Draws on the emulator's screen behind the program's back. */
void pty_scribble(struct pty *p, const char *bytes);
/* The terminal goes away. */
void pty_hang_up(struct pty *p);

/* Reads what is there within wait_ms; false when nothing came. */
bool pty_read(struct pty *p, int wait_ms);

typedef bool (*pty_check_fn)(struct pty *p, const void *ctx);
/* Until it is so; false after 20 seconds or when the program ended first, with
 * the screen printed as TAP comments under `what`. */
bool pty_wait(struct pty *p, pty_check_fn is_so, const void *ctx, const char *what);
/* Until the text is on the screen, or gone from it. */
bool pty_wait_text(struct pty *p, const char *text);
bool pty_wait_gone(struct pty *p, const char *text);
/* Until the text was written, wherever it went. */
bool pty_wait_raw(struct pty *p, const char *bytes);
/* Until nothing was written for quiet_ms. */
void pty_wait_quiet(struct pty *p, int quiet_ms);
/* How often the text stands in the log. */
size_t pty_count_logged(struct pty *p, const char *text);
/* Until it exits; the status is in p->status. */
bool pty_wait_exit(struct pty *p);

/* The screen as text, a line a row, without trailing blanks. */
void pty_text(struct pty *p, struct strbuf *out);
bool pty_has(struct pty *p, const char *text);
/* Row (from 0) that contains the text, or -1; pty_column_of: its column. */
int pty_row_of(struct pty *p, const char *text);
int pty_column_of(struct pty *p, const char *text);
void pty_print(struct pty *p, const char *why);

/* What was last said of a private mode: 'h' set, 'l' reset, 0 never named. */
char pty_mode(const struct pty *p, int mode);
/* The terminal is as the program found it, and had been changed by it. */
bool pty_is_restored(struct pty *p);

#endif
