/* The core thread: owns the loop, every socket, timer and file; talks to the
 * deck (or a headless command) through one mailbox each way. Thread: any for
 * the functions here; the worker's insides are core only. */
#ifndef AZ_WORKER_WORKER_H
#define AZ_WORKER_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "board/board.h"
#include "board/def.h"
#include "live/live.h"
#include "worker/first/first.h"
#include "worker/log/log_talk.h"
#include "worker/past/moment.h"
#include "worker/sign_in.h"

struct changes;
struct chat_news;
struct keychain;
struct plan;
struct worker;

struct worker_options {
	const struct clock *clock;
	const struct library *library; /* outlives the worker */
	struct log *log;	       /* may be NULL */
	const char *config_path;       /* NULL in the demo */
	const char *boards_dir;	       /* watched for changes; NULL: not */
	/* file_stamp() of what the caller read: an edit between that and the watch is
	 * not lost. */
	uint64_t config_stamp, boards_stamp;
	/* Copied. Open where a person was asked for its passphrase; NULL: the user's,
	 * and nobody is asked. */
	const struct keychain *keychain;
	/* There is no configuration at config_path yet: nothing is asked but what
	 * worker_first orders, until one is written. */
	bool is_first;
	bool is_demo;	    /* start the simulator and use it */
	bool has_sim_apart; /* on a thread of its own: whoever looks on sees it sooner */
	bool shows_codes;   /* somebody sees NEWS_SIGN_IN */
	bool asks_once;	    /* one whole answer is wanted, not what there is at once */
	int64_t optional_ms; /* what boards can do without may take so long; 0: the usual */
	const char *by;	     /* who plans actions; NULL: nobody can */
	bool shows_changes; /* even where nobody can */
	bool has_past;	    /* the demo: what was so before it began is in its history */
	uint64_t seed;
	double speed;
	/* What of the demo is to fail: see sim/fault/faults.h. Borrowed for good. */
	const char *const *faults;
	size_t n_faults;
	/* Whose rights the demo is seen with: see sim/tenant/rights.h. NULL: all of them. */
	const char *as;
};

/* Messages to the deck. */
enum news_kind {
	NEWS_BOARD,   /* a new version, or changed marks, of a board */
	NEWS_READY,   /* connections are set up */
	NEWS_PROBLEM, /* something a person should know: err */
	NEWS_NOTE,    /* likewise, but nothing stops for it: err */
	NEWS_CONFIG,  /* the configuration changed, and can be had */
	NEWS_LIBRARY, /* the user's own boards changed */
	NEWS_MOMENT,  /* boards that follow are of this moment; the others are not */
	NEWS_SIGN_IN, /* a person is waited for, or not any more: sign_in */
	NEWS_FIRST,   /* of the first run: first */
	NEWS_PLAN,    /* of an action: plan, or err; see worker/change/plans.h */
	NEWS_CHANGE, /* what came of an order to a change: err; see worker/change/changes.h */
	NEWS_CHANGES, /* how all of them stand now: changes */
	NEWS_KEPT,    /* a text is in a file, or not: err; see worker/keep.h */
	NEWS_STREAM,  /* of live log lines: stream; see worker/log/follow.h */
	NEWS_LOG,     /* of a log that is looked at: log */
	NEWS_CHAT,    /* of a question, or an order of the chat: chat; see chat.h */
};
struct news {
	struct mail mail;    /* mail.kind is enum news_kind */
	struct board *board; /* NEWS_BOARD: owned by the message */
	struct err err;
	uint64_t request_id; /* of the command this answers; 0: none */
	struct sign_in sign_in;
	struct first_news *first; /* NEWS_FIRST: owned by the message */
	struct moment moment;
	struct plan *plan;	   /* NEWS_PLAN: owned by the message; NULL: err */
	bool needs_second;	   /* NEWS_PLAN: somebody else has to approve it */
	struct changes *changes;   /* NEWS_CHANGES: held by the message */
	struct live_status stream; /* NEWS_STREAM */
	struct ring *ring;	   /* with the first of a stream: owned by the message */
	struct log_news *log;	   /* NEWS_LOG: owned by the message */
	struct chat_news *chat;	   /* NEWS_CHAT: likewise */
};
/* Moves the board, or what the first run brought, out of the message. */
struct board *news_take_board(struct news *news);
struct first_news *news_take_first(struct news *news);
struct log_news *news_take_log(struct news *news);

/* Starts the thread; everything slow (curl, TLS, files) happens on it.
 * `wake` is called when news were posted. */
struct worker *worker_start(const struct worker_options *options, mailbox_wake_fn wake,
			    void *wake_ctx, struct err *err) MUST_CHECK;
/* Asks it to stop and joins: what it said at last is among the news. Nothing else may be
 * asked of it then but worker_news and worker_stop. */
void worker_finish(struct worker *w);
/* Finishes it where nobody has, frees. */
void worker_stop(struct worker *w);
/* Oldest first; the caller frees each with mail->free. */
struct mail *worker_news(struct worker *w);

/* Somebody is at the keys: memory that is in use for that is left alone. */
void worker_touched(struct worker *w);

/* The whole set of boards that someone looks at; what is not in it is not
 * polled. Names are copied. */
void worker_want(struct worker *w, const char *const *names, size_t n);
/* Fetch now, whatever the interval. Returns the request id, which a problem with
 * it repeats. */
uint64_t worker_refresh(struct worker *w, const char *name);
/* The row steps back from the board of what needs attention until its state changes,
 * or not any more. */
uint64_t worker_acknowledge(struct worker *w, const char *board, const char *key,
			    bool is_on);
/* Takes the order. When one to write was obeyed, the worker goes on as with any
 * configuration. */
void worker_first(struct worker *w, struct first_order *order);
/* Takes the order, which is to a log that is looked at: see log_talk.h. */
void worker_log(struct worker *w, struct log_order *order);
/* Boards are shown as they were at a moment; 0: as they are. */
void worker_go(struct worker *w, int64_t at_ms);
/* To the change before (-1) or after (1) the moment that is shown. */
void worker_step(struct worker *w, int by);

#endif
