/* What the parts of the deck share: its state and what screens and commands may
 * ask of it. Private to tui/app*.c, commands and screens. Thread: ui. */
#ifndef AZ_TUI_APP_PART_H
#define AZ_TUI_APP_PART_H

#include "act/action.h"
#include "tui/app.h"
#include "tui/first/state.h"
#include "tui/prompt.h"
#include "tui/screen.h"
#include "tui/shelf.h"
#include "tui/toast.h"
#include "tui/widget/picture.h"

struct chat;

#define APP_MAX_SCREENS 8
#define APP_MAX_CHORD	4
#define APP_MIN_W	40
#define APP_MIN_H	12
#define APP_PAGER_MIN_W 12
#define APP_PAGER_MIN_H 3

/* The top line as last drawn, and for what. */
struct headline {
	struct picture picture;
	uint64_t boards; /* version of the shelf */
	int64_t now_ms;
	bool is_past;
	int w;
	bool is_ascii;
};

/* The hints of the status line as last drawn, and for what. */
struct hints {
	struct picture picture;
	const struct keymap *keymap;
	const char *const *names;
	enum context context;
	int w;
};

struct app {
	struct app_options options;
	struct app_host host;
	const struct keymap *keymap;
	const struct library *library; /* NULL: not read yet */
	struct first_state *first;     /* NULL: there is a configuration */
	struct shelf shelf;
	const struct workload *workloads;
	size_t n_workloads;
	struct screen *screens[APP_MAX_SCREENS];
	size_t n_screens;
	struct prompt prompt;
	struct toast toast;
	struct hits hits; /* of the last frame */
	struct headline headline;
	struct hints hints;
	VEC(char *) wanted;	       /* what the host was told last */
	VEC(struct log_client *) logs; /* that screens look at; not held */
	uint32_t last_log;
	struct actions *actions;       /* NULL: nobody has wanted any */
	struct changes *changes;       /* NULL: not told yet */
	struct cost_sheet *cost_sheet; /* of its last frame; NULL: none yet */
	struct chat *chat;	       /* NULL: nobody has opened it */
	const struct config_log_source *log_sources;
	size_t n_log_sources;
	struct key chord[APP_MAX_CHORD];
	size_t n_chord;
	int64_t chord_until_ms;		  /* monotonic */
	const struct command *confirming; /* waits for y; NULL: nothing does */
	int w, h;			  /* of the terminal; 0 until the first draw */
	int64_t minute;			  /* wall minute on screen, but for the past */
	struct moment moment;		  /* what is shown */
	bool needs_draw, is_done, has_mouse, is_wanting;
	bool is_chat_told; /* the host knows that the chat is on the screen */
	char theme[64];
};

struct screen *app_top(const struct app *app);
/* The deck owns the screen. */
void app_push(struct app *app, struct screen *screen);
/* The last screen stays. */
void app_pop(struct app *app);
void app_pop_to_bottom(struct app *app);

const struct actions *app_actions(struct app *app);

/* Seconds of waiting for an answer are on screen. */
bool app_chat_is_waiting(const struct app *app);

struct board *app_board(const struct app *app, const char *name);
const struct board_def *app_def(const struct app *app, struct str name);
struct look app_look(struct app *app);

bool app_is_first(const struct app *app);
bool app_is_pager(const struct app *app);
/* A live source full screen: see stream/log_source.h. */
void app_open_logs(struct app *app, const char *source);
/* The log of what a row is about; false when nothing is known of the logs of such rows. */
bool app_open_logs_of(struct app *app, const struct board *board, const struct row *row);

/* NULL: all rows. */
void app_show_workload(struct app *app, const struct workload *workload);

/* New screens; unknown names give a toast. `filter` may be empty. */
void app_open_board(struct app *app, struct str name, struct str filter, struct str key);
/* What Enter opens: the row, or the one of another board it stands for. */
void app_enter_row(struct app *app, const struct board *board, const struct row *row);
/* What can be done to the row. */
void app_offer(struct app *app, const struct board *board, const struct row *row);
void app_acknowledge(struct app *app, const struct board *board, const struct row *row);
/* Everything as it was at the first time the row names. */
void app_then(struct app *app, const struct board *board, const struct row *row);
void app_open_row(struct app *app, const struct board *board, struct str key);

void app_toast(struct app *app, bool is_error, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void app_dirty(struct app *app);
/* Copies and says what. */
void app_copy(struct app *app, struct str text, const char *what);
/* Tells the host what is on screen, when that changed. */
void app_tell_wanted(struct app *app);
bool app_is_wanted(const struct app *app, const char *name);
void app_forget_wanted(struct app *app);
/* Whether the chat is on the screen, where that is news. */
void app_tell_chat(struct app *app);

/* Runs it, or asks first; an argument is checked by the command. */
void app_run(struct app *app, const struct command *command, struct str arg);
/* "sort cpu" as typed after ':'. */
void app_run_line(struct app *app, struct str line);
bool app_act(struct app *app, enum act act, struct str arg);
/* Nothing is drawn then but how large it should be. */
bool app_is_too_small(const struct app *app);
/* There, but not with --read-only. */
bool app_has_command(const struct app *app, const struct command *command);
/* The context keys are looked up in. */
enum context app_context(const struct app *app);

/* Parts of the frame. */
void headline_draw(struct app *app, const struct look *look, struct surface *s);
/* The first key of a command in this context: one is enough for a hint. */
void app_first_key(const struct app *app, const struct command *command,
		   struct strbuf *out);
void status_draw(struct app *app, const struct look *look, struct surface *s);

#endif
