/* Faults on purpose: which paths fail, how, and from when to when. For a deck that is
 * to be seen with something broken, and for tests. A fault is a row of kinds[]; what
 * refuses does so in the words of the service that is asked. Thread: core. */
#ifndef AZ_SIM_FAULTS_H
#define AZ_SIM_FAULTS_H

#include "base/err.h"
#include "sim/reply.h"

enum { FAULTS_MAX = 16 };

struct fault_kind;
struct fault {
	const struct fault_kind *kind;
	struct str pattern;	/* of the path; '*' is any run of characters */
	int64_t from_ms, to_ms; /* of the world, after its start */
	uint64_t token;		/* the one that was revoked; 0: none came yet */
	bool is_renewed;	/* a new one was asked for since */
};

struct faults {
	struct fault list[FAULTS_MAX];
	size_t n;
	int64_t began_ms; /* wall time of the world when it started */
};

/* "FAULT:PATTERN[@FROM[-TO]]", as in 503:*sql*@30s-5m; the text is borrowed. An
 * error names what is wrong with it. */
bool faults_add(struct faults *f, struct str spec, struct err *err) MUST_CHECK;
/* The first that is on for this request, or NULL. */
struct fault *faults_find(struct faults *f, const struct request *req, int64_t now_ms);
/* Instead of an answer: false when there is to be one, which fault_spoil then changes. */
bool fault_refuse(struct fault *fault, const struct request *req, int64_t now_ms,
		  struct reply *rep);
void fault_spoil(const struct fault *fault, const struct request *req, int64_t now_ms,
		 struct reply *rep);

/* For help: the name and what happens; false past the last. */
bool faults_describe(size_t i, const char **name, const char **what);

#endif
