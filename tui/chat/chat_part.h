/* What the files of the chat share. Private to tui/chat. Thread: ui. */
#ifndef AZ_TUI_CHAT_CHAT_PART_H
#define AZ_TUI_CHAT_CHAT_PART_H

#include "tui/app_part.h"
#include "tui/chat/chat.h"
#include "tui/chat/editor.h"
#include "tui/chat/talk.h"

/* What the open prompt is about. */
enum chat_prompt { CHAT_ASKS_FIND, CHAT_ASKS_WHY_GOOD, CHAT_ASKS_WHY_BAD };

struct chat {
	struct talk talk;
	struct editor editor;
	/* How the next question is asked; NULL: as configured. */
	char *route, *model, *conversation;
	/* The row it is about; NULL: none. */
	char *board, *key, *about;
	/* What the answers so far have cost. */
	int64_t tokens_in, tokens_out;
	double money;
	char currency[8];
	size_t n_answers, n_priced;
	/* Commands that fit what is typed; the one that stands in the line. */
	size_t choice;
	bool is_completing;
	struct strbuf typed; /* before it was completed */
	/* What may be named: whole lines, "/model azure". */
	VEC(char *) names;
	enum chat_prompt prompt;
	/* Where a cited line is, whose log opens once its board is here; NULL: none. */
	char *line_board, *line_key;
};

struct chat_screen {
	struct screen screen; /* its ops say whether one writes or reads */
	struct chat *chat;
};

/* A note of the chat itself, Markdown. */
void chat_note(struct chat *c, struct app *app, const char *markdown);
/* False, said: there is nothing to stop. */
bool chat_stop(struct chat *c, struct app *app);
void chat_drop_subject(struct chat *c);
void chat_rate(struct chat *c, struct app *app, bool is_good, struct str why);
void chat_export(struct chat *c, struct app *app);
/* Tokens and money of all answers. */
void chat_put_cost(const struct chat *c, struct strbuf *out);

/* Commands of the line: false: it is none. */
bool chat_command(struct chat *c, struct app *app, struct str line);
/* Puts the next fitting command into the line; false: it begins none. */
bool chat_complete(struct chat *c, int step);
/* What completions name, a line each, in place of what they named before. */
void chat_take_names(struct chat *c, struct str lines);
/* Those that fit, for a line over the input. */
size_t chat_choices(const struct chat *c, const char *out[], size_t most);

/* Does what Enter does on the mark; false: nothing is under the cursor. */
bool chat_open_mark(struct chat *c, struct app *app);
/* Boards that something on it waits for, what that does when one came, and that nobody
 * waits any more. */
void chat_want(const struct chat *c, struct want_set *set);
void chat_saw(struct chat *c, struct app *app, const struct board *board);
void chat_forget_line(struct chat *c);
/* Everything as it was when the claim under the cursor was read. */
void chat_then(struct chat *c, struct app *app);
void chat_show_sent(struct chat *c, struct app *app);

void chat_draw(struct chat *c, struct app *app, const struct look *look,
	       struct surface *s, bool is_writing);

#endif
