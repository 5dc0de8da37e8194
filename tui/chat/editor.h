/* Where a question is written: several lines, a cursor between clusters, what was sent
 * before. It grows with what is in it. Thread: ui. */
#ifndef AZ_TUI_CHAT_EDITOR_H
#define AZ_TUI_CHAT_EDITOR_H

#include "base/strbuf.h"
#include "base/vec.h"
#include "tui/prompt.h"
#include "tui/surface.h"

enum { EDITOR_MOST = 16 << 10, EDITOR_HISTORY = 100 };

struct editor {
	struct strbuf text;
	size_t cursor;	     /* bytes */
	VEC(char *) history; /* oldest first */
	size_t history_at;   /* == n: what is being written */
	struct strbuf draft; /* what was written before walking the history */
	int w;		     /* cells of a row, at the last draw */
};

void editor_init(struct editor *e);
void editor_fini(struct editor *e);

/* At the cursor; clean, with '\n' between lines. */
void editor_insert(struct editor *e, struct str text);
void editor_set(struct editor *e, struct str text);
/* Up and down move between rows, and in the history at the first and last one. */
void editor_edit(struct editor *e, enum prompt_edit edit);
/* Into the history, and empty again. */
void editor_keep(struct editor *e);

/* Rows that the text takes in so many cells; at least one. */
int editor_rows(const struct editor *e, int w);
/* In as many rows as there are, those around the cursor. */
void editor_draw(struct editor *e, struct surface *s, bool has_cursor);

#endif
