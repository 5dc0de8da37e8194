/* A conversation as it is looked at: its turns one below the other, where one stands in
 * it, and what of it is under the cursor. Only what is in sight is drawn. Thread: ui. */
#ifndef AZ_TUI_CHAT_TALK_H
#define AZ_TUI_CHAT_TALK_H

#include "base/vec.h"
#include "tui/act.h"
#include "tui/chat/turn.h"
#include "tui/widget/look.h"

enum { TALK_MOST_TURNS = 400 };

struct talk {
	VEC(struct turn *) turns;
	int w, page;
	size_t top;    /* line of all lines */
	size_t cursor; /* likewise */
	size_t n;      /* lines of all turns */
	/* What comes is followed; once an answer is whole its prose stays in sight, and what
	 * stands below it takes the rest of the room, unless the end was asked for. */
	bool is_following, is_at_end;
	/* The span that Enter is about, of the line under the cursor; -1: none. */
	int span;
	struct strbuf find; /* empty: nothing is looked for */
};

void talk_init(struct talk *t);
void talk_fini(struct talk *t);
/* Takes the turn; the oldest goes when there are too many. */
void talk_add(struct talk *t, struct turn *turn);
void talk_clear(struct talk *t);
/* NULL: it is not among them. */
struct turn *talk_find_turn(const struct talk *t, uint64_t question);
/* The last that is still answered; NULL: none is. */
struct turn *talk_open_turn(const struct talk *t);

/* A line of all lines: its turn, and the number there. False: there are not so many. */
struct talk_line {
	struct turn *turn;
	size_t at, first; /* in the turn; the turn's first of all */
};
bool talk_line(const struct talk *t, size_t line, struct talk_line *out);
/* The turn under the cursor, or the last one with an answer; NULL: none. */
struct turn *talk_turn(const struct talk *t);

/* Lays out what changed; page is how many lines are seen. */
void talk_fit(struct talk *t, int w, int page, bool is_ascii, int64_t mono_ms);
void talk_draw(const struct talk *t, const struct look *look, struct surface *s,
	       bool has_cursor);

void talk_move(struct talk *t, ptrdiff_t by);
void talk_scroll(struct talk *t, ptrdiff_t by);
void talk_end(struct talk *t);
bool talk_has_more_below(const struct talk *t);
/* False: the act is about something else. */
bool talk_act(struct talk *t, enum act act);

/* The next or former mark; false: there is none. */
bool talk_next_mark(struct talk *t, int by);
/* What is under the cursor; 0: nothing. */
uint16_t talk_mark(const struct talk *t);

/* Small letters match both. False: it is nowhere. */
bool talk_seek(struct talk *t, int by, bool from_here);

/* What is copied: the line, its block, the code nearest to it in the answer, all of the
 * answer as Markdown. False: there is no such thing. */
enum talk_part { TALK_LINE, TALK_BLOCK, TALK_CODE, TALK_ANSWER };
bool talk_copy(const struct talk *t, enum talk_part part, struct strbuf *out);

#endif
