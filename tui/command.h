/* The command table: everything a key, the prompt or the palette can do is one
 * row here; help and the manual are drawn from it. Thread: ui. */
#ifndef AZ_TUI_COMMAND_H
#define AZ_TUI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct app;

/* Where a binding holds. The first context of a screen is asked first, then
 * GLOBAL. id, name in keymap files, what it is */
#define CONTEXT_LIST(X)                                                                  \
	X(GLOBAL, "global", "everywhere")                                                \
	X(OVERVIEW, "overview", "the overview")                                          \
	X(TABLE, "table", "a board's table")                                             \
	X(DETAIL, "detail", "a row's detail")                                            \
	X(FIRST, "first-run", "the first run")                                           \
	X(LOG, "log", "a log")                                                           \
	X(CHANGE, "change", "a change: its plan, its run")                               \
	X(TEXT, "text", "a text to read")                                                \
	X(CHAT, "chat", "the chat, reading")                                             \
	X(CHAT_INPUT, "chat-input", "the chat, writing")                                 \
	X(HELP, "help", "the help overlay")                                              \
	X(PROMPT, "prompt", "a prompt: command or filter")

enum context {
#define X(id, name, help) CONTEXT_##id,
	CONTEXT_LIST(X)
#undef X
		CONTEXT_COUNT
};
const char *context_name(enum context context);
const char *context_help(enum context context);
bool context_find(struct str name, enum context *out);

/* Beside the contexts: also where the terminal is too small to show anything. */
#define COMMAND_UNSEEN (1u << CONTEXT_COUNT)
/* About boards: nothing to do before there is a configuration. */
#define COMMAND_DECK (1u << (CONTEXT_COUNT + 1))
/* Leads to a change: not there with --read-only. */
#define COMMAND_CHANGES (1u << (CONTEXT_COUNT + 2))
/* Asks before it runs. */
#define COMMAND_ASKS  (1u << (CONTEXT_COUNT + 3))
#define COMMAND_FLAGS (COMMAND_UNSEEN | COMMAND_DECK | COMMAND_CHANGES | COMMAND_ASKS)

struct command {
	const char *name;   /* "sort-next": in keymaps and after ':' */
	const char *help;   /* one line, shown in help, palette, manual */
	const char *arg;    /* "BOARD" when ':' takes one; NULL: none */
	unsigned contexts;  /* bits: 1u << CONTEXT_... where it makes sense */
	bool needs_confirm; /* asks before it runs */
	void (*run)(struct app *app, struct str arg);
};

/* Sorted by name. */
extern const struct command commands[];
extern const size_t n_commands;
/* NULL when there is no such command. */
const struct command *command_find(struct str name);

#endif
