/* The deck: screens, what they show, and what keys do to them. It draws into a
 * grid and knows no terminal, so tests drive it with events and news. The one
 * loop (tui/deck.c) feeds it. Thread: ui. */
#ifndef AZ_TUI_APP_H
#define AZ_TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "board/board.h"
#include "board/def.h"
#include "config/config_logs.h"
#include "config/workload.h"
#include "live/live.h"
#include "tui/event.h"
#include "tui/keymap.h"
#include "tui/surface.h"
#include "worker/first/first.h"
#include "worker/log/log_talk.h"
#include "worker/past/moment.h"
#include "worker/sign_in.h"

struct app;
struct changes;
struct chat_news;
struct chat_question;
struct plan;

/* What is asked of the worker about a change. */
enum change_ask {
	ASK_PROPOSE,
	ASK_APPROVE,
	ASK_RUN,
	ASK_STOP,
	ASK_REJECT,
	ASK_FORGET,
};

/* What the deck asks of the program around it; fakes in tests. */
struct app_host {
	/* The set of boards on screen changed. */
	void (*want)(void *ctx, const char *const *names, size_t n);
	void (*refresh)(void *ctx, const char *name);
	/* The row steps back from what needs attention, or not any more. */
	void (*acknowledge)(void *ctx, const char *board, const char *key, bool is_on);
	/* Shows the boards as they were at a moment, 0: as they are; the change before
	 * (-1) or after (1) the moment shown. */
	void (*go)(void *ctx, int64_t at_ms);
	void (*step)(void *ctx, int by);
	/* Copies to the user's clipboard (OSC 52). */
	void (*copy)(void *ctx, struct str text);
	/* Switches; false with err when there is no such theme or keymap. */
	bool (*set_theme)(void *ctx, const char *name, struct err *err);
	bool (*set_keymap)(void *ctx, const char *name, struct err *err);
	void (*set_mouse)(void *ctx, bool is_on);
	void (*suspend)(void *ctx); /* ctrl-z */
	/* The first run: takes the order; the demo takes its place. */
	void (*first)(void *ctx, struct first_order *order);
	void (*demo)(void *ctx);
	/* To a log that is looked at: takes the order. */
	void (*log)(void *ctx, struct log_order *order);
	/* Asks for a plan; something of a change that is known by its plan's id. Both give
	 * the number that the answer has; 0: it cannot be asked. */
	uint64_t (*plan)(void *ctx, const char *action, const char *target,
			 const char *const *inputs, size_t n);
	uint64_t (*change)(void *ctx, enum change_ask what, const char *id,
			   const char *word);
	/* Writes the text to a new file of that name; app_kept says where, or why not. */
	void (*keep)(void *ctx, const char *name, const char *text);
	/* Begins to follow a live source: its number; 0: it cannot yet. */
	uint64_t (*follow)(void *ctx, const char *source);
	void (*unfollow)(void *ctx, uint64_t id);
	/* Of the chat: each gives the number its answers have; 0: it cannot be asked yet. */
	uint64_t (*ask)(void *ctx, const struct chat_question *question);
	void (*ask_stop)(void *ctx, uint64_t question);
	/* It is on the screen, or not any more. */
	uint64_t (*chat_open)(void *ctx, bool is_open);
	uint64_t (*conversation)(void *ctx, const char *name);
	uint64_t (*search_chats)(void *ctx, const char *words);
	uint64_t (*rate)(void *ctx, uint64_t question, bool is_good, const char *why);
	/* The text in the editor of the person's choice. */
	bool (*edit)(void *ctx, const char *text, struct strbuf *out, struct err *err);
	/* The screen is not what we think it is: all of it, please. */
	void (*redraw)(void *ctx);
	void *ctx;
};

struct app_options {
	const struct clock *clock;
	const struct keymap *keymap; /* borrowed; app_set_keymap replaces it */
	const char *theme_name;
	bool is_ascii; /* no line drawing, blocks or braille */
	bool is_demo;
	bool is_read_only;
	bool has_mouse;
	bool is_pager; /* log files are shown, and nothing else */
};

struct app *app_new(const struct app_options *options, const struct app_host *host);
void app_free(struct app *app);
void app_set_keymap(struct app *app, const struct keymap *keymap);
/* What boards there are; borrowed. Without one, those that came. */
void app_set_library(struct app *app, const struct library *library);
/* Workloads that boards can be cut down to; borrowed until the next call. The one
 * that is shown stays, if it is among them. */
void app_set_workloads(struct app *app, const struct workload *list, size_t n);
/* Sources of logs by name; borrowed until the next call. */
void app_set_log_sources(struct app *app, const struct config_log_source *list, size_t n);
/* Tells the host again which boards are on screen, and of which moment. */
void app_restate_wanted(struct app *app);
void app_say(struct app *app, const char *text);

/* Each may change what is drawn; app_needs_draw says whether. */
void app_event(struct app *app, const struct event *event);
/* Takes the board. */
void app_give_board(struct app *app, struct board *board);
/* What comes now is of another moment than what came before. */
void app_moved(struct app *app, const struct moment *moment);
/* What came of an order for a plan: takes the plan, NULL with err. */
void app_give_plan(struct app *app, uint64_t id, struct plan *plan, bool needs_second,
		   const struct err *err);
/* It was done, or why not. */
void app_change_answered(struct app *app, uint64_t id, const struct err *err);
/* Takes the list. */
void app_give_changes(struct app *app, struct changes *changes);
/* What came of a question: what is needed is taken out of it. */
void app_give_chat(struct app *app, struct chat_news *news);
/* A text is in a file: err of ERR_NONE, whose text is the path; or why not. */
void app_kept(struct app *app, const struct err *err);
/* A code to enter, or that none is waited for any more. */
void app_sign_in(struct app *app, const struct sign_in *what);
void app_note(struct app *app, const struct err *problem);
/* There is no configuration yet; it would be at `path`, which is borrowed. */
void app_begin_first(struct app *app, const char *path);
/* Takes what the worker says of it. */
void app_give_first(struct app *app, struct first_news *news);
/* It is written. A sample asks nothing yet: that is said in place of a deck. */
void app_first_written(struct app *app);
/* Shows log files from here on; what is borrowed is so for this call. */
struct app_pager {
	char *const *files; /* "-": standard input */
	size_t n_files;
	int input_fd; /* of standard input, taken */
	const struct wanted *wanted;
};
void app_begin_pager(struct app *app, const struct app_pager *pager);
/* Whether the log on top has nothing to show yet. */
bool app_waits_for_log(const struct app *app);
/* Takes what is told of a log. */
void app_give_log(struct app *app, struct log_news *news);
/* The ring is borrowed. */
void app_give_stream(struct app *app, uint64_t id, const struct live_status *status,
		     struct ring *ring);
/* Another thread reads from here on. */
void app_reopen_logs(struct app *app);
/* There is one now, or the demo in its place. */
void app_end_first(struct app *app);
/* The deck is one on the simulated Azure from here on. */
void app_set_demo(struct app *app);
/* Time passed: ages move, toasts go, chords time out. */
void app_tick(struct app *app);
/* Monotonic milliseconds of the next tick that matters; -1: none. */
int64_t app_next_tick_ms(const struct app *app);

bool app_needs_draw(const struct app *app);
/* Another frame is wanted, whatever happened. */
void app_redraw(struct app *app);
/* Draws everything into the grid (already sized). */
void app_draw(struct app *app, struct grid *grid);
bool app_is_done(const struct app *app);

#endif
