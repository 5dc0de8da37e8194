/* What the files of the Markdown view share: where in the document the parser is. Private
 * to tui/chat/markdown*.c. Thread: ui. */
#ifndef AZ_TUI_CHAT_MARKDOWN_PART_H
#define AZ_TUI_CHAT_MARKDOWN_PART_H

#include <stdbool.h>

#include "tui/chat/markdown.h"

enum {
	MD_DEEPEST = 8,	      /* lists and quotes in each other that are seen as such */
	MD_MOST_COLUMNS = 32, /* of a table; the parser is stopped behind them */
	MD_MOST_LEAD = 80,
};

struct md_level {
	bool is_quote, is_ordered;
	unsigned number; /* of the next item */
	/* An item's, until its first line is written. */
	char marker[16];
	bool has_marker;
	int w; /* cells that stand before its lines */
};

struct md_cell {
	struct rich text;
	bool is_right;
};

struct md {
	struct chat_lines *out;
	const struct markdown *how;
	struct rich in; /* the leaf that is being read */
	struct md_level levels[MD_DEEPEST];
	int depth;  /* in use */
	int deeper; /* that were too deep to be seen */
	int strong, em, del, code_span, quote, heading;
	bool is_code, is_head;
	struct strbuf href;
	size_t link_from;
	bool is_in_link;
	size_t left;	 /* bytes that may still come */
	bool is_stopped; /* the text grows out of hand */
	/* The table that is being read. */
	VEC(struct md_cell) cells;
	size_t n_columns; /* 0: none is */
};

/* What stands before a line here; takes the markers of items that begin. */
void md_lead(struct md *md, struct chat_lead *lead, char first[MD_MOST_LEAD],
	     char rest[MD_MOST_LEAD]);
/* Citations in the leaf get their marks. */
void md_cite(struct md *md, struct rich *r);
enum role md_role(const struct md *md);

void md_table_begin(struct md *md, size_t n_columns);
void md_table_cell(struct md *md, bool is_right);
void md_table_end(struct md *md);
void md_table_drop(struct md *md);

/* Of the parser, for the leaf. */
bool md_text(struct md *md, int type, struct str text);
/* As a target may be shown. */
void md_put_target(struct strbuf *out, struct str href);

#endif
