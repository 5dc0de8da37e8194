/* One question with all that came of it, as data and as lines. What is settled of an
 * answer becomes lines once; what may still change is laid out anew when it has changed.
 * Thread: ui. */
#ifndef AZ_TUI_CHAT_TURN_H
#define AZ_TUI_CHAT_TURN_H

#include "answer/answer.h"
#include "tui/chat/lines.h"
#include "worker/chat/chat.h"

enum turn_state {
	TURN_WAITS, /* nothing of the answer is there */
	TURN_GROWS,
	TURN_DONE,
	TURN_STOPPED, /* by the person: what came is kept */
	TURN_FAILED,
	TURN_NOTE, /* of the chat itself: no question */
};

struct turn {
	enum turn_state state;
	uint64_t question; /* the worker's number */
	char *text;	   /* the question; of a note: Markdown */
	char *about;	   /* the row: "sql-load: db-atlas"; NULL: none */
	struct answer answer;
	struct strbuf open, step, sent;
	struct err err;
	bool is_stopping, is_again;
	int64_t asked_ms; /* monotonic */
	int rating;	  /* 1: helped, -1: did not, 0: not said */
	struct chat_lines lines;
	/* Where the settled part ends, in lines and in bytes of the prose. */
	struct chat_place begin, settled;
	size_t settled_bytes;
	bool is_ascii;
	bool is_dirty;	 /* behind the settled part there is something new */
	int64_t shown_s; /* seconds of waiting that stand in the lines; -1: none */
};

struct turn *turn_new(const char *text, const char *about);
struct turn *turn_note(const char *markdown);
void turn_free(struct turn *t);
static inline bool turn_is_open(const struct turn *t)
{
	return t->state == TURN_WAITS || t->state == TURN_GROWS;
}

/* Takes what it needs out of the news. */
void turn_take(struct turn *t, struct chat_news *news);
/* Lines for this width as it is now; mono_ms counts the seconds of waiting. */
void turn_lay_out(struct turn *t, int w, bool is_ascii, int64_t mono_ms);
/* As Markdown, with where its claims stand. */
void turn_export(const struct turn *t, struct strbuf *out);

#endif
