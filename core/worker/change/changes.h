/* Changes: plans that somebody proposed, who approved each, and how its run stands. What
 * is told is the whole list, again and again, as something that never changes: NEWS_CHANGES
 * with news->changes. Whoever models are asked by proposes (plans.h) and reads; only what
 * a person does stands here. Thread: any.
 *
 * Changes outlive the program: each is a sealed file, so that another azdeck of the same
 * user sees it, and goes on with a run that was cut off. In the demo they are in memory
 * alone. */
#ifndef AZ_WORKER_CHANGES_H
#define AZ_WORKER_CHANGES_H

#include "act/approve.h"
#include "act/plan.h"
#include "act/run.h"
#include "worker/worker.h"

/* id, word, what it says to a person */
#define CHANGE_STATE_LIST(X)                                                             \
	X(PROPOSED, "proposed", "waits for its approval")                                \
	X(APPROVED, "approved", "may be run")                                            \
	X(RUNNING, "running", "the state is read, or a request is under way")            \
	X(FOLLOWING, "following", "a request was accepted and goes on outside")          \
	X(CHECKING, "checking", "all is done, and it is watched whether it helps")       \
	X(ENDED, "ended", "it is over, as its outcome says")                             \
	X(REJECTED, "rejected", "a person decided against it")                           \
	X(EXPIRED, "expired", "nobody ran it in time; plan it anew")

enum change_state {
#define X(id, word, help) CHANGE_##id,
	CHANGE_STATE_LIST(X)
#undef X
		CHANGE_STATES
};
const char *change_state_name(enum change_state state);
const char *change_state_help(enum change_state state);

enum { CHANGE_MOST_APPROVALS = APPROVALS_MOST };

struct change_approver {
	const char *who;
	int64_t at_ms;
};

struct act_change {
	const struct plan *plan; /* its id names the change */
	enum change_state state;
	bool needs_second; /* person, by what the policy says now */
	bool is_ours;	   /* this azdeck runs it; another one's is only looked at */
	struct change_approver approvers[CHANGE_MOST_APPROVALS];
	size_t n_approvers;
	int64_t decided_ms;	 /* REJECTED: when; 0 */
	const char *rejected_by; /* REJECTED; "" */
	/* Why it was rejected, why the last order to run it was refused, what failed, or
	 * what is tried again, as it stands; "" */
	const char *why;
	/* Once it has begun: */
	enum run_outcome outcome; /* RUN_GOING until it ENDED */
	int64_t began_ms, ended_ms;
	int64_t check_until_ms;	      /* CHECKING */
	size_t step;		      /* of the plan's requests: next, or under way */
	const struct run_step *steps; /* one for each of them; NULL: it has not begun */
	const char *moved;	      /* RUN_DEAD: what did, a line each; "" */
	bool is_to_stop;	      /* a person asked for it */
};

/* How it stands, or what came of it where it has ended: a word. */
const char *act_change_word(const struct act_change *change);

/* Whether it can be one, or the beginning of one: at least four hex digits. */
bool changes_is_id(struct str text);

/* Newest first. */
struct changes;
size_t changes_size(const struct changes *changes);
const struct act_change *changes_at(const struct changes *changes, size_t i);
/* By the id of its plan, or the beginning of one if no other begins so; NULL. */
const struct act_change *changes_find(const struct changes *changes, struct str id);
/* Those that wait for a person: proposed, approved, or ended unknown. */
size_t changes_waiting(const struct changes *changes);
/* Accepts NULL. */
void changes_put(struct changes *changes);

/* The caller's, to put. */
struct changes *news_take_changes(struct news *news);

/* Orders. Each is answered once by NEWS_CHANGE with the id it returns: err of ERR_NONE,
 * and it was done and is written down, or why not, which changed nothing. `id` is the
 * whole id of a plan. Without a person (worker_options.by) or where actions are off all
 * of them are refused. */

/* `word` is what was typed: the target's name, which approves what needs no second
 * person, or a code ("aza1...") of somebody who approves. */
uint64_t worker_change_approve(struct worker *w, const char *id, const char *word);
/* Answered when the run has begun; how it goes on is told by the list. Policy,
 * approvals and the live state are looked at again first. */
uint64_t worker_change_run(struct worker *w, const char *id);
/* After the step that is under way; another azdeck that runs it is told. */
uint64_t worker_change_stop(struct worker *w, const char *id);
/* It will not be run. `why` may be empty. */
uint64_t worker_change_reject(struct worker *w, const char *id, const char *why);
/* Out of the list: one that is over, whichever way. */
uint64_t worker_change_forget(struct worker *w, const char *id);

#endif
