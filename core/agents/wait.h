/* Why a queued job waits: one typed reason, the evidence for it, and what to do. It says
 * what is known. Where a board is missing that would decide between two reasons, the
 * reason is unknown and the evidence says which board. Thread: any (no state). */
#ifndef AZ_AGENTS_WAIT_H
#define AZ_AGENTS_WAIT_H

#include "agents/fleet.h"
#include "base/strbuf.h"

/* id, the word on the board, whether time alone does not end it */
#define WAIT_LIST(X)                                                                     \
	X(DEMAND, "unmet demand", true)                                                  \
	X(OFFLINE, "agents offline", true)                                               \
	X(DISABLED, "agents disabled", true)                                             \
	X(EMPTY, "no agents", true)                                                      \
	X(SCALER, "scaler stuck", true)                                                  \
	X(MINUTES, "minutes used up", true)                                              \
	X(APPROVAL, "approval", true)                                                    \
	X(PARALLEL, "parallel jobs", false)                                              \
	X(MAINTENANCE, "maintenance", false)                                             \
	X(BUSY, "agents busy", false)                                                    \
	X(COMING, "agent coming", false)                                                 \
	X(STARTING, "starting", false)                                                   \
	X(QUEUED, "just queued", false)                                                  \
	X(UNKNOWN, "unknown", false)

enum wait_reason {
#define X(id, word, is_stuck) WAIT_##id,
	WAIT_LIST(X)
#undef X
};
const char *wait_reason_word(enum wait_reason reason);
bool wait_reason_is_stuck(enum wait_reason reason);

struct wait {
	enum wait_reason reason;
	struct strbuf evidence, todo;
};
void wait_init(struct wait *w);
void wait_fini(struct wait *w);
/* The job waits. */
void wait_explain(struct wait *w, const struct fleet *f, const struct fleet_job *job);

/* Parts of it, each with a file: what it may say of demands, of what makes agents. */
void wait_explain_demand(struct wait *w, const struct fleet *f,
			 const struct fleet_job *job);
void wait_explain_elastic(struct wait *w, const struct fleet *f,
			  const struct fleet_job *job, const struct fleet_elastic *it);
void wait_explain_scaler(struct wait *w, const struct fleet *f,
			 const struct fleet_job *job, const struct fleet_scaler *it);

/* Sets the reason and begins both texts anew; they are added to. */
void wait_set(struct wait *w, enum wait_reason reason);
/* How long ago, as in "3h10m"; "?" when the moment is not known. */
void wait_put_since(struct strbuf *out, int64_t now_ms, int64_t then_ms);

#endif
