/* Rows that needed attention: since when, who stepped back from them, until when.
 * Thread: one at a time, with its database. */
#ifndef AZ_STORE_ALERT_LOG_H
#define AZ_STORE_ALERT_LOG_H

#include "board/board.h"
#include "store/db.h"

struct alert {
	const char *board;
	struct str key;
	const char *what; /* the row's first cell */
	const char *why;  /* its worst ones */
	enum severity sev;
	uint64_t state;		 /* what a person would call the same trouble */
	int64_t raised_ms;	 /* it needs attention since then */
	int64_t since_ms;	 /* it is as bad as this since then */
	int64_t acknowledged_ms; /* 0: not */
	int64_t cleared_ms;	 /* 0: it still does */
};

/* The row's open alert becomes this, but for texts that are empty; a new one where there
 * is none. */
void alert_log_put(struct db *db, const struct alert *alert);
/* One that began before any that is there. The row's open alert is the same one, and began
 * then; where there is none, or this one is over, it stands for itself. */
void alert_log_put_earlier(struct db *db, const struct alert *alert);
/* Texts live for the call. False from it ends the walk. */
typedef bool (*alert_fn)(const struct alert *alert, void *ctx);
/* Those that were open when it was written last. */
void alert_log_open(struct db *db, alert_fn fn, void *ctx);
/* Those that were open at a moment. */
void alert_log_at(struct db *db, int64_t at_ms, alert_fn fn, void *ctx);
void alert_log_prune(struct db *db, int64_t before_ms);

#endif
