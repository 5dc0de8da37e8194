/* The deck in a pty, on the embedded Azure with its clock all but held still, so
 * that nothing on the screen moves by itself. Thread: the test's.
 *
 * After a lone escape key wait for what it does before the next key: the program
 * takes escape and a key that follows at once for alt and that key. */
#ifndef AZ_TESTS_E2E_PROGRAM_H
#define AZ_TESTS_E2E_PROGRAM_H

#include "e2e/pty.h"
#include "unit/check.h"

#define UP	  "\033[A"
#define DOWN	  "\033[B"
#define RIGHT	  "\033[C"
#define LEFT	  "\033[D"
#define HOME	  "\033[H"
#define END	  "\033[F"
#define PAGE_UP	  "\033[5~"
#define PAGE_DOWN "\033[6~"
#define TAB	  "\t"
#define SHIFT_TAB "\033[Z"
#define ENTER	  "\r"
#define ESCAPE	  "\033"
#define BACKSPACE "\x7f"
#define DELETE	  "\033[3~"
#define CTRL_A	  "\001"
#define CTRL_C	  "\003"
#define CTRL_E	  "\005"
#define CTRL_K	  "\013"
#define CTRL_L	  "\014"
#define CTRL_U	  "\025"
#define CTRL_W	  "\027"
#define CTRL_Z	  "\032"

/* For cmocka: *state is a struct pty, stopped after the test however it ends. */
int program_set_up(void **state);
int program_tear_down(void **state);
#define PROGRAM_TEST(fn)                                                                 \
	cmocka_unit_test_setup_teardown(fn, program_set_up, program_tear_down)

/* Path of a program that was built, to be freed. */
char *program_path(const char *name);

/* Starts `azdeck --demo` with more arguments and environment (NULL: none; both end
 * with NULL). Does not wait. */
void program_begin(struct pty *p, int rows, int cols, const char *const more[],
		   const char *const env[]);
/* Starts it and waits until every pane shows rows; 40 rows, 120 columns. */
void program_start_live(struct pty *p);
/* Until every pane of the overview in sight shows rows, all boards that were asked
 * for are there, and the screen rests. */
void program_wait_live(struct pty *p);
/* Starts it, live, with the board of databases full screen. */
void program_start_table(struct pty *p);

/* Keys, then what they bring to the screen. */
void program_press(struct pty *p, const char *keys, const char *brings);
void program_press_away(struct pty *p, const char *keys, const char *removes);
/* Where a board full screen stands: "3/28" in its last line. */
bool program_position(struct pty *p, int *at, int *of);
void program_press_to(struct pty *p, const char *keys, int at);
/* Until it stands elsewhere; where. */
int program_press_moves(struct pty *p, const char *keys);
/* What the keys copy to the clipboard (OSC 52), to be freed. */
char *program_copy(struct pty *p, const char *keys);

/* All of the screen, to be freed. */
char *program_screen(struct pty *p);
/* Until the screen is this again. */
void program_wait_screen(struct pty *p, const char *text);

/* It ends with this exit code and gives the terminal back. */
void program_ends(struct pty *p, int code);
/* It dies of this signal and gives the terminal back. */
void program_dies(struct pty *p, int signal);

#endif
