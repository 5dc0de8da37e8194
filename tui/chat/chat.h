/* The chat of the deck: what is asked, what came of it, and the screen that shows it.
 * There is none before somebody opens it; it outlives its screen. Thread: ui. */
#ifndef AZ_TUI_CHAT_CHAT_H
#define AZ_TUI_CHAT_CHAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "board/board.h"

struct app;
struct chat;
struct chat_news;
struct screen;

struct chat *chat_new(void);
void chat_free(struct chat *c); /* accepts NULL */

/* The row that is asked about from here on. */
void chat_set_subject(struct chat *c, const struct board *board, const struct row *row);
/* Sends a question, or runs a command that begins with '/'. */
void chat_say(struct chat *c, struct app *app, struct str text);
/* What it needs is taken out of the news. */
void chat_take(struct chat *c, struct app *app, struct chat_news *news);
/* Another worker answers from here on: it knows nothing of what was asked before. */
void chat_restart(struct chat *c);
/* Whether seconds of waiting are on screen. */
bool chat_is_waiting(const struct chat *c);

struct screen *chat_screen_new(struct chat *c);
bool chat_is_screen(const struct screen *screen);

#endif
