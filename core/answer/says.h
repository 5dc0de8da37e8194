/* What an answer has to admit, and the words that admit it. Thread: any. */
#ifndef AZ_ANSWER_SAYS_H
#define AZ_ANSWER_SAYS_H

#include "base/str.h"

/* id, code in the record, the phrase the prose carries, or one of them; NULL ends */
#define SAYS_LIST(X)                                                                     \
	X(STALE, "stale", "stale")                                                       \
	X(PARTIAL, "partial", "not everything could be read")                            \
	X(PARTIAL_DAY, "partial_day", "today is not complete")                           \
	X(PRIMARY_ONLY, "primary_only", "only the primary knows it")                     \
	X(NEVER_TESTED, "never_tested", "never tested")                                  \
	X(NOT_FOUND, "not_found", "there is no")                                         \
	X(AMBIGUOUS, "ambiguous", "which one")                                           \
	X(NEEDS_APPROVAL, "needs_approval", "has to be approved")                        \
	X(EXPIRED, "expired", "expired")                                                 \
	X(VERSION_MOVED, "version_moved", "has changed since")                           \
	X(SELF_APPROVAL, "self_approval", "nobody approves their own")                   \
	X(SUPERSEDED, "superseded", "superseded by")                                     \
	X(UNTRUSTED_SOURCE, "untrusted_source", "is quoted, not followed")               \
	X(OVER_CEILING, "over_ceiling", "above its ceiling")                             \
	X(OUTSIDE_WINDOW, "outside_window", "outside its window")                        \
	X(CAP_BINDS, "cap_binds", "the cap on parallel jobs")                            \
	X(NONE_FOUND, "none_found", "none")                                              \
	X(NO_PERMISSION, "no_permission", "may not be read")                             \
	X(DERIVED, "derived", "worked out")                                              \
	X(FORECAST, "forecast", "forecast")                                              \
	X(OUT_OF_SCOPE, "out_of_scope", "is not what azdeck knows about")                \
	X(READ_ONLY, "read_only", "only a person")                                       \
	X(UNKNOWN, "unknown", "not known")                                               \
	X(NO_RUNBOOK, "no_runbook", "no runbook")                                        \
	X(COINCIDENCE, "coincidence", "at the same time, which proves nothing")          \
	X(NO_MODEL, "no_model", "without a model")

enum says {
#define X(id, code, phrase) SAYS_##id,
	SAYS_LIST(X)
#undef X
		SAYS_CODES
};
const char *says_code(enum says says);
const char *says_phrase(enum says says);
bool says_find(struct str code, enum says *out);

#endif
