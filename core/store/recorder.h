/* Everything that is kept of the boards, in one database: frames, samples, changes,
 * alerts, and how long. Thread: one at a time; the pool, one job after the other. */
#ifndef AZ_STORE_RECORDER_H
#define AZ_STORE_RECORDER_H

#include "board/board.h"
#include "store/alert_log.h"
#include "store/db.h"

struct recorder;

struct recorder_limits {
	int64_t keep_ms;   /* older than that goes */
	int64_t max_bytes; /* then the oldest goes */
};

/* The database is the recorder's from now on. */
struct recorder *recorder_new(struct db *db, const struct recorder_limits *limits);
/* For boards of a time before any that is in the database, which stays the caller's, as
 * does the one that records now: what was not there yet is not forgotten for it. */
struct recorder *recorder_new_earlier(struct db *db);
void recorder_free(struct recorder *r);
struct db *recorder_db(struct recorder *r);

/* One transaction around any of these. */
void recorder_begin(struct recorder *r);
bool recorder_end(struct recorder *r, struct err *err) MUST_CHECK;
/* A version of a board, in the order they were published. */
void recorder_add(struct recorder *r, struct board *board, int64_t at_ms);
void recorder_alert(struct recorder *r, const struct alert *alert);
/* Now and then, takes what is too old or too much. */
void recorder_prune(struct recorder *r, int64_t now_ms);

#endif
