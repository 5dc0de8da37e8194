/* The terminal as we found it, given back on every way out: a normal end, a
 * signal, a crash. What it takes is prepared beforehand, because a crashed
 * program can only call write() and tcsetattr(). Thread: ui; the crash handler
 * runs on any. */
#ifndef AZ_TUI_TERM_RESTORE_H
#define AZ_TUI_TERM_RESTORE_H

#include <stdbool.h>
#include <termios.h>

#include "base/str.h"

/* Keeps how the terminal was and the bytes that undo what we did. */
void term_restore_prepare(int fd, const struct termios *before, struct str undo);
/* Between arm and now the terminal is ours; now() gives it back once. Safe in a
 * signal handler. */
void term_restore_arm(void);
void term_restore_now(void);
/* Handlers for SIGSEGV and its kin, and for SIGQUIT: restore, then die of the same signal. */
void term_restore_on_crash(void);

#endif
