/* A run of an approved plan: what has been done of it, what comes next, and what may not
 * happen again. Pure: the caller reads, sends, waits and writes down (runner.h does); each
 * function here is one thing that happened. Saved before every request leaves, so that
 * another process goes on from any moment: a request that was about to leave may have
 * left, and only the state outside can tell. Thread: core. */
#ifndef AZ_ACT_RUN_H
#define AZ_ACT_RUN_H

#include "act/plan.h"
#include "azure/lro.h"

enum run_state {
	RUN_READING,   /* the state outside is to be read, to go on from it */
	RUN_SENDING,   /* the request is about to leave, or has left unanswered */
	RUN_FOLLOWING, /* it was accepted, and goes on outside */
	RUN_CHECKING,  /* all is done: does it help? */
	RUN_ENDED,
};
const char *run_state_name(enum run_state state);

enum run_outcome {
	RUN_GOING,
	RUN_HELPED,
	RUN_DID_NOT_HELP, /* done, but what was hoped for is not to be seen */
	RUN_FAILED,	  /* a step did; those before it stand */
	RUN_DEAD,	  /* nothing was sent: it expired, or what it is bound to moved */
	RUN_STOPPED,	  /* between two steps, or while it was watched, by a person */
	RUN_UNKNOWN, /* something was sent, and nobody can tell whether it was done */
};
const char *run_outcome_name(enum run_outcome outcome);
/* A sentence for a person. */
const char *run_outcome_help(enum run_outcome outcome);

enum step_end {
	STEP_OPEN,
	STEP_DONE,
	STEP_WAS_SO, /* nothing was sent: it was so already */
	STEP_FAILED,
	STEP_UNKNOWN,
};
const char *step_end_name(enum step_end end);

struct run_step {
	enum step_end end;
	int sent; /* times it left, or may have left */
	int64_t sent_ms, ended_ms;
	int status;	/* of the answer; 0: none */
	double percent; /* while it is followed; -1: not said */
	char word[48];	/* the service's own for how it stands */
};

struct run {
	struct plan *plan;
	enum run_state state;
	enum run_outcome outcome;
	size_t at; /* the request of the plan that is next, or under way */
	struct run_step steps[PLAN_MOST];
	int64_t started_ms, ended_ms;
	int64_t within_ms;	/* how long it is watched afterwards */
	int64_t check_until_ms; /* RUN_CHECKING */
	int looks;   /* in vain: before anything was sent, or after an answer was lost */
	int unheard; /* times in a row that the step was */
	int64_t wait_ms; /* before what is next */
	bool is_to_stop;
	char *lro;	 /* RUN_FOLLOWING: what lro_load takes; NULL: nothing to follow */
	struct err err;	 /* of the end, or of what is tried again */
	char moved[400]; /* RUN_DEAD: what did */
};

/* The plan is taken. `within_ms`: how long it is watched once all is done. */
void run_init(struct run *run, struct plan *plan, int64_t within_ms, int64_t now_ms);
void run_clear(struct run *run);

/* Somebody has set the clock by so much: what is written down of the run is as if it had
 * always gone so. Otherwise it would be watched for an hour too long or not at all, and a
 * drill would measure the clock. */
void run_clock_moved(struct run *run, int64_t by_ms);
/* In another process than it was in before: nothing of it has happened later than now. */
void run_goes_on(struct run *run, int64_t now_ms);

/* What is known of the definition is matched by the name of the step. */
const struct action_call *run_call(const struct run *run, const struct action *action);

/* RUN_READING, RUN_SENDING: the state outside as it is. Decides whether the step is to
 * be sent (then the state is RUN_SENDING and run_may_send), was done, or the run ends. */
void run_saw(struct run *run, const struct action *action, const cJSON *scope,
	     int64_t now_ms);
/* It could not be read. Where nothing has been sent, and waiting does not help or the plan
 * has expired meanwhile, the run ends. */
void run_saw_nothing(struct run *run, const struct err *err, int64_t now_ms);
/* RUN_SENDING, and the request has not left in this run of the step. */
bool run_may_send(const struct run *run);
/* Before it leaves, and before that is written down. */
void run_leaves(struct run *run, int64_t now_ms);
/* Its answer: taken, and that was all. */
void run_accepted(struct run *run, int status, int64_t now_ms);
/* Its answer, or that there is none: refused for good, put off, or nobody knows. */
void run_refused(struct run *run, const struct err *err, int64_t now_ms);
/* It had no token to be heard with: as if it had not left. */
void run_unheard(struct run *run, const struct err *err, int64_t now_ms);
/* What it set going, at each telling. */
void run_follows(struct run *run, const struct lro *lro, int64_t now_ms);
/* RUN_CHECKING: whether the row is as it should be. */
void run_checked(struct run *run, bool holds, int64_t now_ms);
/* A person: what is under way goes on, the next step does not begin. */
void run_ask_stop(struct run *run, int64_t now_ms);

/* run_save.c. The text holds signed addresses: it belongs where secrets are kept. */
void run_save(const struct run *run, struct strbuf *out);
/* Initialises *run when it succeeds. */
bool run_load(struct run *run, struct str text, struct err *err) MUST_CHECK;

#endif
