/* Where availability is known from, each as a line over the window: what tests saw,
 * what Front Door's probes saw, what the platform says of resources, and what azdeck
 * kept of probes and of the platform's word while it looked.
 * Thread: any (no state). */
#ifndef AZ_DR_SLO_SOURCES_H
#define AZ_DR_SLO_SOURCES_H

#include "board/board.h"
#include "config/workload.h"
#include "dr/slo.h"

/* NULL: it has not come. */
struct slo_boards {
	const struct board *availability;
	const struct board *tests; /* availability-tests */
	const struct board *frontdoor;
	const struct board *health; /* health-history */
	const struct board *seen;   /* seen-states */
};

/* X(id, word, board) */
#define SLO_SOURCE_LIST(X)                                                               \
	X(COMBINED, "combined", "")                                                      \
	X(TESTS, "tests", "availability-tests")                                          \
	X(METRIC, "test metric", "availability")                                         \
	X(DOOR, "front door", "frontdoor")                                               \
	X(SEEN_PROBES, "seen probes", "seen-states")                                     \
	X(PLATFORM, "platform", "health-history")                                        \
	X(SEEN_HEALTH, "seen health", "seen-states")

enum slo_source {
#define X(id, word, board) SLO_##id,
	SLO_SOURCE_LIST(X)
#undef X
		SLO_SOURCES
};

struct slo_lines {
	struct slo_line of[SLO_SOURCES];
	int n[SLO_SOURCES]; /* components, groups of origins, resources it is made of */
};

const char *slo_source_word(enum slo_source source);
const char *slo_source_board(enum slo_source source);

/* Each source by itself, and all together: tests count first, for they see what users
 * see, the worse of both ways they come; where they are silent, Front Door's probes, then
 * the probes that azdeck saw; and where these are too, what the platform says was down,
 * or said when azdeck looked. Never that it was up: a machine that runs proves nothing
 * about the application on it. */
void slo_read(struct slo_lines *out, struct arena *arena, const struct workload *workload,
	      const struct slo_boards *boards, int64_t window_ms, int64_t now_ms);

#endif
