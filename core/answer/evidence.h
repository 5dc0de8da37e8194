/* What an answer is drawn from: boards as they were at one moment, and the runbooks. The
 * guide, the check of a model's words and the tools all read this and nothing else, so an
 * answer can be made again from the same evidence, and tests need neither loop nor
 * network. Thread: one at a time; the boards in it never change. */
#ifndef AZ_ANSWER_EVIDENCE_H
#define AZ_ANSWER_EVIDENCE_H

#include <stdint.h>

#include "board/board.h"
#include "board/def.h"
#include "config/config.h"
#include "knowledge/knowledge.h"

enum { EVIDENCE_MOST = 64 };

struct evidence {
	int64_t now_ms;
	const struct library *library; /* which boards there are */
	const struct config *config;   /* workloads, schedules; never NULL */
	struct knowledge *knowledge;   /* NULL: there are no runbooks */
	/* Held. What is not among them was not asked for, or did not come in time. */
	struct board *boards[EVIDENCE_MOST];
	size_t n;
};

/* The newer version of a board takes the older one's place. Takes a share of its own.
 * False: there are too many. */
bool evidence_add(struct evidence *e, struct board *board);
/* NULL: it is not among them. One that is loading is. */
const struct board *evidence_board(const struct evidence *e, const char *name);
void evidence_fini(struct evidence *e);

#endif
