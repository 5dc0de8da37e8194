/* Lines of styled cells, ready to be drawn: texts are wrapped once, when they are added,
 * and what was added last can be cut off again. Everything put in is clean.
 *
 * A span may carry a mark: something Enter does. Thread: ui. */
#ifndef AZ_TUI_CHAT_LINES_H
#define AZ_TUI_CHAT_LINES_H

#include <stdint.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "tui/surface.h"

/* What a mark stands for; its number goes with it. */
enum chat_mark {
	MARK_NONE,
	MARK_CLAIM,
	MARK_CHOICE,
	MARK_FOLLOW_UP,
	MARK_PROPOSAL,
};
enum { MARK_MOST = 4095 };

static inline uint16_t mark_make(enum chat_mark kind, size_t index)
{
	return index >= MARK_MOST ? 0 : (uint16_t)((unsigned)kind << 12 | (index + 1));
}
static inline enum chat_mark mark_kind(uint16_t mark)
{
	return (enum chat_mark)(mark >> 12);
}
static inline size_t mark_index(uint16_t mark)
{
	return (size_t)(mark & 0xFFF) - 1;
}

/* What every byte of a text looks like. */
struct rich_byte {
	uint8_t role;
	uint16_t mark;
};
struct rich {
	struct strbuf text;
	VEC(struct rich_byte) bytes; /* as many as the text has */
};
enum { RICH_MOST = 1 << 20 };

void rich_init(struct rich *r);
void rich_fini(struct rich *r);
void rich_reset(struct rich *r);
void rich_put(struct rich *r, enum role role, struct str text);
void rich_puts(struct rich *r, enum role role, const char *text);
void rich_put_mark(struct rich *r, enum role role, uint16_t mark, struct str text);
void rich_cut(struct rich *r, size_t n);

enum chat_line_kind {
	CHAT_LINE_BLANK,
	CHAT_LINE_TEXT,
	CHAT_LINE_HEADING,
	CHAT_LINE_ITEM,
	CHAT_LINE_CODE,
	CHAT_LINE_TABLE,
};

/* How a line goes on from the one before, when it is copied. */
enum chat_join { JOIN_NEWLINE, JOIN_BLANK, JOIN_NOTHING };

struct chat_span {
	uint32_t from, n; /* bytes of the pool */
	uint8_t role;
	uint16_t mark;
};
struct chat_line {
	uint32_t from, n; /* bytes of the pool */
	uint32_t span;	  /* its first */
	uint16_t n_spans;
	uint16_t lead;	/* bytes before its own text: bars, indents */
	uint32_t block; /* lines of a number were one block of the text */
	uint8_t kind, join;
};
struct chat_lines {
	VEC(char) text;
	VEC(struct chat_span) spans;
	VEC(struct chat_line) lines;
	uint32_t block; /* of what is added now */
	int w;		/* cells of a line */
};

/* Empties it; lines have so many cells from here on. */
void chat_lines_reset(struct chat_lines *l, int w);
void chat_lines_fini(struct chat_lines *l);

struct chat_place {
	size_t text, spans, lines;
	uint32_t block;
};
struct chat_place chat_lines_here(const struct chat_lines *l);
/* What was added since is gone. */
void chat_lines_cut(struct chat_lines *l, const struct chat_place *place);

void chat_lines_begin(struct chat_lines *l, enum chat_line_kind kind,
		      enum chat_join join);
void chat_lines_put(struct chat_lines *l, enum role role, uint16_t mark, struct str text);
/* Bytes [from, from + n) of it. */
void chat_lines_put_rich(struct chat_lines *l, const struct rich *r, size_t from,
			 size_t n);
/* What was put into the line so far stands before its text. */
void chat_lines_end_lead(struct chat_lines *l);
/* Unless there is one already, or nothing before it. */
void chat_lines_blank(struct chat_lines *l);

/* Of the first line and of the others; as wide as each other. */
struct chat_lead {
	struct str first, rest;
	enum role role;
};
/* The text in as many lines as it takes; '\n' begins another. Code is cut anywhere, other
 * texts at blanks. */
void chat_lines_flow(struct chat_lines *l, enum chat_line_kind kind,
		     const struct chat_lead *lead, const struct rich *r);

struct str chat_lines_text(const struct chat_lines *l, size_t i);
void chat_lines_draw(const struct chat_lines *l, size_t i, struct surface *s, int x,
		     int y);
/* As text again, [from, to): wrapped lines are one. */
void chat_lines_copy(const struct chat_lines *l, size_t from, size_t to,
		     struct strbuf *out);

#endif
