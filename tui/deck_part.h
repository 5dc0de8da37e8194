/* The deck's own state, for its two halves: deck.c has the terminal and the loop,
 * deck_worker.c what goes to the core thread and comes from it. Thread: ui. */
#ifndef AZ_TUI_DECK_PART_H
#define AZ_TUI_DECK_PART_H

#include <stdint.h>

#include "auth/keychain.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "board/def.h"
#include "config/config.h"
#include "tui/app.h"
#include "tui/deck.h"
#include "tui/input.h"
#include "tui/keymap.h"
#include "tui/term.h"
#include "tui/theme.h"
#include "worker/change/changes.h"
#include "worker/chat/chat.h"
#include "worker/log/follow.h"
#include "worker/keep.h"
#include "worker/log/log_thread.h"
#include "worker/change/plans.h"
#include "worker/worker.h"

struct deck {
	const struct deck_options *options;
	bool is_demo, is_first; /* as it is now: a first run becomes either */
	struct config *config;	/* NULL in the demo, and before there is one */
	struct strbuf config_path, themes_dir, keymaps_dir, boards_dir;
	struct keychain keychain;
	struct log *log;
	struct library *library;
	uint64_t config_stamp, boards_stamp; /* of what was read */
	struct theme *theme;
	struct keymap *keymap;
	struct terminal *term;
	struct app *app;
	struct grid *grid;
	struct input input;
	struct worker *worker;
	struct log_thread *logs; /* in place of the worker; NULL: not */
	struct wake_fd news;
	int signal_fd;
	int end_signal;
	uint64_t n_news, n_shown; /* that came, and that the screen has */
	bool is_lost;		  /* the terminal is gone */
	VEC(char *) wanted;	  /* asked for before the worker was there */
};

/* Hosts of the app; ctx is the deck. */
void deck_want(void *ctx, const char *const *names, size_t n);
void deck_refresh(void *ctx, const char *name);
void deck_acknowledge(void *ctx, const char *board, const char *key, bool is_on);
void deck_go(void *ctx, int64_t at_ms);
void deck_step(void *ctx, int by);
void deck_log(void *ctx, struct log_order *order);
uint64_t deck_plan(void *ctx, const char *action, const char *target,
		   const char *const *inputs, size_t n);
uint64_t deck_change(void *ctx, enum change_ask what, const char *id, const char *word);
void deck_keep(void *ctx, const char *name, const char *text);
uint64_t deck_follow(void *ctx, const char *source);
void deck_unfollow(void *ctx, uint64_t id);
uint64_t deck_ask(void *ctx, const struct chat_question *question);
void deck_ask_stop(void *ctx, uint64_t question);
uint64_t deck_conversation(void *ctx, const char *name);
uint64_t deck_chat_open(void *ctx, bool is_open);
uint64_t deck_search_chats(void *ctx, const char *words);
uint64_t deck_rate(void *ctx, uint64_t question, bool is_good, const char *why);
void deck_first(void *ctx, struct first_order *order);
void deck_demo(void *ctx);
bool deck_set_theme(void *ctx, const char *name, struct err *err);
bool deck_set_keymap(void *ctx, const char *name, struct err *err);

void deck_read_boards(struct deck *d);
bool deck_start_worker(struct deck *d, struct err *err) MUST_CHECK;
/* Log files are looked at: the thread that reads them, and their screen. */
bool deck_begin_pager(struct deck *d, struct err *err) MUST_CHECK;
/* All that the worker has said. */
void deck_take_news(struct deck *d);

#endif
