/* The hand-over: the incident so far as Markdown, for whoever takes the next shift. By
 * rule: boards, what azdeck itself did, and a moment give the same text, whoever asks.
 * Nothing is summed up or guessed; what is not known says so. Thread: any (no state). */
#ifndef AZ_HANDOVER_HANDOVER_H
#define AZ_HANDOVER_HANDOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "board/board.h"

enum { HANDOVER_MAX_BYTES = 256 << 10, HANDOVER_MOST_CHANGES = 200 };

/* A change that azdeck plans, waits with, or makes. Texts may come from outside. */
struct handover_change {
	int64_t at_ms;	       /* of the last thing that happened to it */
	int64_t expires_ms;    /* of one that is open; 0: it does not */
	const char *what, *on; /* "Scale the database", "atlas-orders" */
	const char *state;     /* in words: "waits for a second person" */
	const char *by;
	const char *why;  /* NULL: nothing more to say */
	const char *code; /* how to find it again: a plan's id */
	bool is_open;	  /* somebody has yet to approve or run it, or it runs */
};

struct handover {
	int64_t now_ms, since_ms;
	const char *by;	      /* who hands over; NULL: not said */
	const char *workload; /* whose rows the boards have; NULL: all */
	bool is_demo, is_past;
	/* Borrowed; NULL: it has not come. */
	struct board *(*board)(void *ctx, const char *name);
	void *ctx;
	const struct handover_change *changes; /* newest first */
	size_t n_changes;
};

/* At most HANDOVER_MAX_BYTES are put. */
void handover_write(const struct handover *h, struct strbuf *out);
/* The boards that it reads, each once; NULL behind the last one. */
const char *handover_board(size_t i);

#endif
