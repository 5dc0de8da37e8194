/* A change as it is kept: the plan, what it was made of, who approved it, and the run
 * once it has begun. What is read of one is as foreign as an answer: every field is
 * checked, and what is not understood is refused whole. Plain data. Thread: core; text is
 * made and read on the pool too. */
#ifndef AZ_WORKER_CHANGE_RECORD_H
#define AZ_WORKER_CHANGE_RECORD_H

#include "act/approve.h"
#include "act/run.h"
#include "worker/change/changes.h"

/* A sealed file takes a mebibyte. */
enum { CHANGE_TEXT_MAX = 1000 << 10, CHANGE_WORDS_MAX = 320 };

struct change_record {
	struct plan *plan; /* held */
	cJSON *scope;	   /* {"row", "source", "input"} of the plan */
	bool needs_second; /* person, by the policy as it was last asked */
	struct approval approvals[CHANGE_MOST_APPROVALS];
	size_t n_approvals;
	int64_t rejected_ms; /* 0: nobody did */
	char rejected_by[80];
	char why[CHANGE_WORDS_MAX]; /* it was rejected */
	bool has_run;
	struct run run; /* its plan is this one, held by itself */
};

/* The plan is held, the scope taken and rid of what was read of the live state. */
void change_record_init(struct change_record *r, const struct plan *plan, cJSON *scope,
			bool needs_second);
/* Accepts a zeroed one. */
void change_record_fini(struct change_record *r);

/* It may still be decided on: nobody rejected or began it, and it has not expired. */
bool change_record_is_open(const struct change_record *r, int64_t now_ms);
/* Nothing more comes of it. */
bool change_record_is_over(const struct change_record *r, int64_t now_ms);
/* How it stands. The run is given because it may be under way elsewhere; NULL: it has
 * not begun. Whether it is approved is what the caller finds. */
enum change_state change_record_state(const struct change_record *r,
				      const struct run *run, bool is_approved,
				      int64_t now_ms);

/* `run` likewise. ERR_TOO_LARGE: it cannot be kept. The text holds signed addresses: it
 * belongs where secrets are kept. */
bool change_record_save(const struct change_record *r, const struct run *run,
			struct strbuf *out, struct err *err) MUST_CHECK;
/* Initialises *r when it succeeds. */
bool change_record_load(struct change_record *r, struct str text,
			struct err *err) MUST_CHECK;

#endif
