/* A Markdown page taken apart at its headings, for looking things up in it: what a
 * section says, where it stands, and how a link names it. It is no renderer; inline marks
 * stay in the text. Everything that comes out is clean. Thread: any (no state). */
#ifndef AZ_KNOWLEDGE_MARKDOWN_SPLIT_H
#define AZ_KNOWLEDGE_MARKDOWN_SPLIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

enum {
	MARKDOWN_MAX_BYTES = 512 << 10,
	MARKDOWN_MAX_SECTIONS = 1000,
	/* A longer section goes on in another one of the same heading and anchor. */
	MARKDOWN_PART_BYTES = 6000,
};

struct md_section {
	struct str path; /* "SQL is slow > Steps": the headings above it, and its own */
	struct str heading; /* without marks; empty before the first one */
	struct str
		anchor;	 /* "steps"; of a page each once, but for parts of one section */
	struct str text; /* without the heading; lines are kept */
	int level;	 /* of the heading, 1 to 6; 0 before the first one */
	int line, last_line; /* in the file, from 1; the heading's and the last of it */
};

struct markdown {
	struct arena arena; /* of all texts */
	VEC(struct md_section) sections;
};

/* `first_line` is the number of the text's first line in its file. False for what is no
 * UTF-8, too large, or has too many sections; then there is nothing to fini. */
bool markdown_split(struct str text, int first_line, struct markdown *out,
		    struct err *err) MUST_CHECK;
void markdown_fini(struct markdown *page);

#endif
