/* What the files of the log screen share. Private to tui/logs. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_SCREEN_PART_H
#define AZ_TUI_LOGS_LOG_SCREEN_PART_H

#include "tui/app_part.h"
#include "tui/logs/log_screen.h"
#include "tui/logs/log_view.h"

/* What was asked for in the prompt. */
enum log_question { LOG_ASKS_FIND, LOG_ASKS_ONLY, LOG_ASKS_WITHOUT, LOG_ASKS_PLACE };

/* What a place is looked for, so that it can be said that there is none. */
enum log_goal { LOG_GOAL_HIT, LOG_GOAL_LEVEL, LOG_GOAL_TIME, LOG_GOAL_NUMBER };

enum log_strip_mode { LOG_STRIP_AUTO, LOG_STRIP_ON, LOG_STRIP_OFF };

struct log_screen {
	struct screen screen;
	VEC(struct log_view) views;
	size_t current;
	enum log_question question;
	enum log_goal goal;
	enum line_level goal_level;
	bool is_back, is_first_hit; /* of the goal; the other side is tried too */
	enum log_strip_mode strip;
	int h;		      /* of the screen at the last draw */
	struct wanted before; /* the filter before `around`; see is_around */
	bool is_around;
	int64_t begins_at_ms; /* not gone to yet; 0: nowhere */
};

static inline struct log_view *log_screen_view(struct log_screen *l)
{
	return &l->views.p[l->current];
}

/* Searching, filtering and going to places; false: the act is another. */
bool log_screen_ask(struct log_screen *l, struct app *app, enum act act, struct str arg);
void log_screen_answer(struct log_screen *l, struct app *app, struct str text);
/* To the moment it was opened for, when lines have come. */
void log_screen_begin_at(struct log_screen *l);
/* What came for the client in sight. */
void log_screen_took(struct log_screen *l, struct app *app);
/* Drops the last of what narrows the log; false: there is nothing. */
bool log_screen_drop(struct log_screen *l, struct app *app);

/* Whether lines are summed up over the rows. */
bool log_screen_has_strip(struct log_screen *l);
void log_screen_title(struct log_screen *l, struct strbuf *note, enum role *role);
void log_screen_status(struct log_screen *l, struct strbuf *out);

#endif
