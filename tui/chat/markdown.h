/* Markdown to lines, by md4c. What comes in is text from outside: HTML is text, the target
 * of a link stands beside it, entities are clean, and a text that would grow out of hand
 * is shown as it stands. "[1]" is a citation where there is a claim of that number.
 * Thread: ui. */
#ifndef AZ_TUI_CHAT_MARKDOWN_H
#define AZ_TUI_CHAT_MARKDOWN_H

#include "tui/chat/lines.h"

enum { MARKDOWN_MOST = 256 << 10 };

/* How a citation looks. */
struct citation {
	const char *note; /* "stale": behind its number; "" */
	enum role role;
};

struct markdown {
	bool is_ascii;
	bool is_unchecked; /* nothing of it has been checked yet: all is dim */
	int indent;	   /* cells before every line */
	/* False: there is no such claim. NULL: there are no citations. */
	bool (*cite)(void *ctx, size_t number, struct citation *out);
	void *ctx;
};

/* Adds its lines to those before. */
void markdown_render(struct chat_lines *out, const struct markdown *how, struct str text);

#endif
