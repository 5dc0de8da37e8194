/* A command that runs the same worker as the deck: of the demo, or of the configuration,
 * whose key is opened first. Thread: the main thread. */
#ifndef AZ_CLI_HEADLESS_H
#define AZ_CLI_HEADLESS_H

#include "auth/keychain.h"
#include "board/def.h"
#include "cli/world.h"
#include "config/config.h"
#include "worker/worker.h"

struct headless_options {
	const char *config; /* as given; NULL: the user's */
	bool is_demo;
	const struct cli_world *world; /* of the demo */
	const char *by;		       /* who plans actions; NULL: nobody can */
	bool shows_changes;	       /* even where nobody can */
	int64_t optional_ms;	       /* see worker_options; 0 */
	bool needs_reader;	       /* it is over when nobody reads what is printed */
};

struct headless {
	struct clock clock;
	struct library *library;
	struct config *config; /* NULL until it is read */
	struct worker *worker; /* NULL until it is started: orders go there */
	/* private */
	struct headless_options options;
	struct strbuf config_path;
	struct keychain keychain;
	struct wake_fd wake;
	struct mail *news; /* not looked at yet */
	struct mail *now;  /* that is looked at */
	const char *waits_for;
	int64_t hint_ms; /* monotonic, when that is said */
};

/* The clock and the boards are there then. */
void headless_init(struct headless *h, const struct headless_options *options);
/* For who needs it before the worker. */
bool headless_read_config(struct headless *h, struct err *err) MUST_CHECK;
/* Reads it where nobody has, and starts the worker. */
bool headless_start(struct headless *h, struct err *err) MUST_CHECK;
/* Stops the worker; what it could not keep is said. */
void headless_fini(struct headless *h);

/* What is waited for from here on: said once, on standard error, where it takes longer
 * than a moment. The text stays the caller's; NULL: nothing. */
void headless_waits_for(struct headless *h, const char *what);
/* Waits for the next thing the worker says: borrowed until the next call. NULL: nobody
 * reads any more. */
struct news *headless_next(struct headless *h);
/* Whether it is a whole version of this board. Boards about others bring those along. */
bool headless_has_come(const struct news *news, const char *board);
/* What nothing stops for goes to standard error. */
void headless_tell_note(const struct news *news);
/* Waits for the next whole version of a board that is wanted; the latest, where several
 * came. NULL with err, or without one when nobody reads any more. The caller's. */
struct board *headless_board(struct headless *h, const char *name, struct err *err);
/* Lets the time pass. False: nobody reads any more. */
bool headless_pause(struct headless *h, int ms);

#endif
