/* Where a person is in a log: the line under the cursor, the lines in sight, how far
 * sideways. It moves within the page that is here at once; what lies outside is asked
 * for, and keys that come meanwhile are not lost. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_VIEW_H
#define AZ_TUI_LOGS_LOG_VIEW_H

#include "tui/logs/log_client.h"

struct log_view {
	struct log_client *client; /* held */
	size_t cursor, top;	   /* rows of the page */
	int64_t cursor_at; /* the place of the cursor's row; see log_view_follow */
	int sub;	   /* lines of the top row that are above, when wrapped */
	int w, h;	   /* cells for text, at the last draw; 0: none yet */
	size_t skip;	   /* cells to the left of what is in sight */
	bool is_wrapped, is_neat, is_following;
	uint64_t seen;	     /* pages of the client that were taken */
	uint64_t seen_files; /* see log_state.n_new_files */
	uint64_t seen_wanted;
	int64_t followed; /* the end when it was last asked for */
	int64_t debt;	  /* rows to go when the page comes that was asked for */
	bool is_led;	  /* the page that was asked for says where the cursor is */
	size_t asked_lead;
	uint64_t paused_at; /* lines there were when following was paused */
	int64_t paused_end; /* likewise, the end */
	VEC(int64_t) marks; /* places, sorted */
};

/* Takes a holder's part of the client. */
void log_view_init(struct log_view *v, struct log_client *client);
void log_view_fini(struct log_view *v);
/* Follows what came; before drawing and after news. */
void log_view_follow(struct log_view *v);
/* The room that there is for rows. */
void log_view_fit(struct log_view *v, int w, int h);

/* NULL: there is no line. */
const struct page_row *log_view_row(const struct log_view *v);
/* Of the line under the cursor, from 1; 0: it is not known. */
uint64_t log_view_number(const struct log_view *v);
/* The cursor by so many rows; a page keeps its line of the screen. */
void log_view_move(struct log_view *v, int64_t by);
void log_view_page(struct log_view *v, int by);
void log_view_top(struct log_view *v);
/* And follows from there. */
void log_view_end(struct log_view *v);
void log_view_go(struct log_view *v, int64_t at);
void log_view_sideways(struct log_view *v, int by);
void log_view_set_wrap(struct log_view *v, bool is_on);
void log_view_set_neat(struct log_view *v, bool is_on);
void log_view_select(struct log_view *v, size_t row);

/* Lines a row takes on the screen. */
int log_view_lines(const struct log_view *v, size_t row);
bool log_view_is_marked(const struct log_view *v, int64_t at);
void log_view_mark(struct log_view *v);
/* The next mark, or the one before; false: there is none. */
bool log_view_go_mark(struct log_view *v, bool is_back);

#endif
