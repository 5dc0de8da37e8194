/* What the files of the change desk share. Private to core/worker/change/. Thread:
 * core. */
#ifndef AZ_WORKER_CHANGE_PART_H
#define AZ_WORKER_CHANGE_PART_H

#include "act/runner.h"
#include "base/map.h"
#include "schedule/zones.h"
#include "worker/change/change_audit.h"
#include "worker/change/change_desk.h"
#include "worker/change/change_record.h"
#include "worker/watch.h"

enum { PLANS_REMEMBERED = 32, CHECK_AGAIN_MS = 30000 };

/* Orders of schedules are numbered beside those that anybody gave. */
#define EDGE_ORDER (UINT64_C(1) << 63)

/* Whose approvals the record has, which takes a signature each to know: for telling, not
 * for running. Of as many of them as were looked at, under the key that was open then. */
struct change_verdicts {
	const char *who[CHANGE_MOST_APPROVALS]; /* NULL: it is none */
	size_t n;
	bool has_own;
};

struct change_entry {
	struct change_entry *next;
	struct change_desk *desk;
	struct change_record record;
	struct runner *runner;		/* NULL: it is not this azdeck that runs it */
	struct audit_seen seen;		/* what the audit log has of the run */
	bool is_here;			/* found in the last list */
	struct loop_timer *finish;	/* its run has ended */
	uint64_t run_order;		/* answered once it has begun; 0 */
	int64_t refreshed_ms;		/* the board it is watched by */
	char refused[CHANGE_WORDS_MAX]; /* why the last order to run it was; "" */
	uint64_t text_hash;		/* of what was read last; 0: nothing was */
	struct change_verdicts verdicts;
};

/* An order on its way through the ledger, or something like one. */
struct change_op {
	struct change_op *next;
	struct change_desk *desk; /* NULL: it is gone, and nobody is told */
	enum change_verb verb;
	uint64_t id; /* 0: nobody ordered it */
	char change[PLAN_ID_BYTES + 1];
	char *word;
	bool has_claim;	 /* until it ends, or a run has taken it */
	bool is_waiting; /* for another one's to end */
	struct err err;	 /* what the order is answered with */
	/* Of a plan that is told once it is written down. */
	struct plan *plan;
	bool needs_second;
	/* Of a run that is saved. */
	struct audit_seen seen;
	runner_saved_fn saved;
	void *saved_ctx;
};

struct made_plan {
	struct plan *plan;
	cJSON *scope;
	bool needs_second;
};

/* Who approves in the demo. */
struct change_demo {
	struct signer colleague;
	char key[100]; /* public, as text */
	struct config_person person;
};

struct change_desk {
	struct change_demo demo;
	struct change_desk_options options;
	char *by;
	struct acting *acting;
	struct ledger *ledger;
	struct actions *actions;
	struct zones zones;
	struct map boards; /* that runs are watched by, by name: struct board, held */
	struct change_entry *entries;
	struct change_op *ops;
	struct change_edge *edges; /* that this azdeck has in hand */
	uint64_t last_edge;
	struct made_plan made[PLANS_REMEMBERED];
	size_t made_at;
	bool is_listed; /* what there is has been read */
	/* A hash of what could not be read of it: now, and when that was told last. */
	uint64_t unread, unread_told;
	struct err unread_err; /* of the last of them */
	struct watch *watch;
	int64_t tick_ms;	 /* of the clock that does not jump */
	struct loop_timer *tick; /* when one expires, or a run left behind is tried */
	struct loop_timer *tell; /* news are on their way */
	uint64_t wanted;	 /* a hash of the boards that were wanted last */
};

int64_t change_now(const struct change_desk *d);
struct change_entry *change_find(struct change_desk *d, const char *id);
const struct run *change_run_of(const struct change_entry *e);
/* Names of the configuration are better than who knows. */
const char *change_who(const struct change_desk *d);
struct approvers change_approvers(const struct change_desk *d);
const struct config_actions *change_policy(const struct change_desk *d);
/* Whether it may be run as far as approvals go. */
bool change_is_approved(const struct change_entry *e, struct err *err);

struct change_op *change_op_new(struct change_desk *d, enum change_verb verb, uint64_t id,
				const char *change, const char *word);
void change_op_free(struct change_op *op);
/* Answers the order with what is in op->err, gives its claim back, and frees it. */
void change_op_end(struct change_op *op);
/* By an order that is under way, or by a run of this azdeck. */
bool change_is_in_hand(const struct change_desk *d, const char *id);
/* Nobody has it in hand any more: who waits for it goes on. */
void change_give_back(struct change_desk *d, const char *id);

/* change_list.c: the caller's, to put. */
struct changes *change_all(const struct change_desk *d);
/* Soon. */
void change_tell(struct change_desk *d);
void change_list(struct change_desk *d);
void change_watch(struct change_desk *d);
/* Takes over what the file holds; false where it is none. */
bool change_take_text(struct change_entry *e, struct str text, struct err *err);
void change_entry_free(struct change_entry *e);
void change_entry_drop(struct change_entry *e);

/* change_prune.c: what has been over for long enough leaves the list. */
void change_prune(struct change_desk *d);

/* Answers an order, a schedule's too. */
void change_done(struct change_desk *d, uint64_t id, const struct err *err);

/* change_edges.c: what schedules order. The plan is taken. */
extern const char change_by_schedule[];
bool change_edges_are_on(const struct change_desk *d);
void change_edges_saw(struct change_desk *d, const struct board *board);
void change_edges_planned(struct change_desk *d, uint64_t id, struct plan *plan,
			  bool needs_second, const struct err *err);
void change_edges_done(struct change_desk *d, uint64_t id, const struct err *err);
void change_edges_free(struct change_desk *d);

/* change_demo.c */
void change_demo_init(struct change_demo *demo);
bool change_demo_waits(const struct change_entry *e);
void change_demo_approve(struct change_desk *d);

/* change_decide.c: the change is claimed, and `op` is to be done to it. */
void change_decide(struct change_op *op);
const char *change_verb_name(enum change_verb verb);
/* Why it was refused goes into the log; then the order is answered. */
void change_refuse(struct change_op *op, const struct plan *plan, const char *what);
/* What the change's file is to hold from now on; `run`: NULL, it has none. */
bool change_put_text(struct change_entry *e, const struct run *run,
		     struct ledger_page *page, struct err *err);
/* Writes the record and the entries, and answers. */
void change_write(struct change_op *op, struct change_entry *e, struct ledger_page *page);

/* change_run.c: it is claimed. */
void change_begin(struct change_op *op, struct change_entry *e);
/* Goes on with what the record says is under way. False with err: it cannot. */
bool change_go_on(struct change_entry *e, struct err *err);
void change_saw_board(struct change_desk *d, struct board *board);

#endif
