/* The line a person types into: a command after ':' or a filter after '/', with
 * history and completion. Thread: ui. */
#ifndef AZ_TUI_PROMPT_H
#define AZ_TUI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

#define PROMPT_MAX_BYTES 512
#define PROMPT_HISTORY	 100

enum prompt_kind {
	PROMPT_OFF,
	PROMPT_COMMAND,
	PROMPT_FILTER,
	PROMPT_ANSWER,
	PROMPT_COUNT
};

struct prompt {
	enum prompt_kind kind;
	struct strbuf text;
	size_t cursor; /* byte offset */
	struct {
		VEC(char *) lines; /* oldest first */
	} history[PROMPT_COUNT];
	size_t history_at;   /* == n: the line being typed */
	struct strbuf draft; /* what was typed before walking the history */
	bool is_typed; /* letter by letter: nothing of it was pasted, recalled, completed */
	const char *label;  /* before it, of PROMPT_ANSWER */
	const char *hint;   /* in an empty line: what can be typed; NULL: nothing */
	struct strbuf note; /* at the right: "12 of 340 rows" */
	/* Completion under way: the text before it, the choices, the one shown. */
	VEC(char *) choices;
	size_t choice, complete_from;
	bool is_completing;
};

void prompt_init(struct prompt *prompt);
void prompt_fini(struct prompt *prompt);
void prompt_open(struct prompt *prompt, enum prompt_kind kind, struct str text);
/* Closes; when kept, the line goes into the history. */
void prompt_close(struct prompt *prompt, bool is_kept);
static inline bool prompt_is_open(const struct prompt *prompt)
{
	return prompt->kind != PROMPT_OFF;
}

/* At the cursor. The text is clean. */
void prompt_insert(struct prompt *prompt, struct str text);
/* Likewise, of the clipboard. */
void prompt_paste(struct prompt *prompt, struct str text);
enum prompt_edit {
	PROMPT_LEFT,
	PROMPT_RIGHT,
	PROMPT_HOME,
	PROMPT_END,
	PROMPT_BACKSPACE,
	PROMPT_DELETE,
	PROMPT_DELETE_WORD,
	PROMPT_KILL,
	PROMPT_CLEAR,
	PROMPT_OLDER,
	PROMPT_NEWER,
};
void prompt_edit(struct prompt *prompt, enum prompt_edit edit);

/* Completion: the caller fills in choices for the word that begins at `from`. */
bool prompt_wants_choices(const struct prompt *prompt);
void prompt_choices_begin(struct prompt *prompt, size_t from);
void prompt_choice_add(struct prompt *prompt, struct str choice);
/* Puts the first or next choice into the line. */
void prompt_choice_step(struct prompt *prompt, int step);

void prompt_draw(const struct prompt *prompt, const struct look *look, struct surface *s,
		 int y);

#endif
