/* A whole program in a pseudo-terminal, its output drawn by a terminal emulator
 * (libvterm): keys in, screen out. Waiting is for something to be on the screen,
 * with a deadline, never for time to pass. Thread: the test's. */
#ifndef AZ_TESTS_E2E_PTY_H
#define AZ_TESTS_E2E_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "base/strbuf.h"

struct pty {
	int fd;          /* our end; -1 after the program is gone */
	int slave;       /* kept open, to read the terminal's state afterwards */
	pid_t pid;
	int rows, cols;
	VTerm *vt;
	VTermScreen *screen;
	struct termios before; /* as it was when the program started */
	struct strbuf raw;     /* everything it wrote, up to a cap */
	size_t bytes;
	bool is_alt_screen, is_cursor_visible;
	int mouse;       /* VTERM_PROP_MOUSE_* */
	bool has_exited;
	int status;      /* as waitpid gives it */
};

/* env: NAME=VALUE texts put on top of a fixed small environment; NULL ends. */
bool pty_start(struct pty *p, int rows, int cols, char *const argv[], char *const env[]);
void pty_stop(struct pty *p);

void pty_send(struct pty *p, const char *bytes);
void pty_resize(struct pty *p, int rows, int cols);
void pty_signal(struct pty *p, int signal);

/* Reads what is there within wait_ms; false when nothing came. */
bool pty_read(struct pty *p, int wait_ms);
/* Until the text is on the screen, or gone from it; false after 20 seconds, with
 * the screen printed as TAP comments. */
bool pty_wait_text(struct pty *p, const char *text);
bool pty_wait_gone(struct pty *p, const char *text);
/* Until nothing was written for quiet_ms. */
void pty_wait_quiet(struct pty *p, int quiet_ms);
/* Until it exits; the status is in p->status. */
bool pty_wait_exit(struct pty *p);

/* The screen as text, a line a row, without trailing blanks. */
void pty_text(struct pty *p, struct strbuf *out);
bool pty_has(struct pty *p, const char *text);
/* Row (from 0) that contains the text, or -1. */
int pty_row_of(struct pty *p, const char *text);
/* The terminal is as the program found it: modes, screen, cursor, mouse. */
bool pty_is_restored(struct pty *p);
void pty_print(struct pty *p, const char *why);

#endif
