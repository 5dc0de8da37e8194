/* The built-in guide: answers the questions an on-call engineer asks, by rule, over
 * boards and runbooks, with no model at all. It understands a question first, which names
 * the boards it needs, and drafts an answer once they are there. Its drafts have
 * references in place of values, as a model's do (answer/ground.h), so it can say nothing
 * that is not on a board. What it does not understand, or cannot know, it says.
 * Thread: one at a time. */
#ifndef AZ_GUIDE_GUIDE_H
#define AZ_GUIDE_GUIDE_H

#include "answer/answer.h"
#include "answer/evidence.h"

/* id, word, what is asked. The families of the contract, and their kinds. */
#define GUIDE_KIND_LIST(X)                                                               \
	X(COST_BUDGET, "cost-budget", "how a budget stands")                             \
	X(COST_JUMP, "cost-jump", "why something costs more")                            \
	X(COST_TODAY, "cost-today", "what today or this month costs")                    \
	X(COST_TOP, "cost-top", "what costs most")                                       \
	X(COST_UNTAGGED, "cost-untagged", "what has no tag")                             \
	X(COST_FRESH, "cost-fresh", "how old figures are, and when they are read again") \
	X(HOURS_DRIFT, "hours-drift", "what is on outside its hours")                    \
	X(HOURS_NEXT, "hours-next", "what a schedule does next")                         \
	X(SQL_STATE, "sql-state", "tier, size and scaling of a database")                \
	X(SQL_SLOW, "sql-slow", "why a database is slow")                                \
	X(SQL_FAILED, "sql-failed", "what became of a scaling")                          \
	X(SQL_SCALE, "sql-scale", "scale a database: a proposal")                        \
	X(DR_READY, "dr-ready", "could it fail over now")                                \
	X(DR_MEASURED, "dr-measured", "what drills measured")                            \
	X(DR_LAG, "dr-lag", "how far a replica is behind")                               \
	X(DR_FORCED, "dr-forced", "what a forced failover loses")                        \
	X(DR_DRILLS, "dr-drills", "which drills there were")                             \
	X(LOG_FIRST, "log-first", "what failed first")                                   \
	X(LOG_RATE, "log-rate", "how many errors there are")                             \
	X(LOG_SHOW, "log-show", "lines of a log")                                        \
	X(LOG_TRACE, "log-trace", "where a trace or an id stands")                       \
	X(LOG_STREAM, "log-stream", "what of the logs arrives, how late, and is kept")   \
	X(AGENT_STUCK, "agent-stuck", "why a job waits")                                 \
	X(AGENT_SCALER, "agent-scaler", "the scaler against the queue")                  \
	X(AGENT_OFFLINE, "agent-offline", "which agents are offline")                    \
	X(RUN_FAILED, "run-failed", "why a run failed")                                  \
	X(RUN_AGAIN, "run-again", "run a stage again: a proposal")                       \
	X(CERT_EXPIRING, "cert-expiring", "which certificates run out")                  \
	X(CERT_CAUSE, "cert-cause", "is it the certificate")                             \
	X(RUNBOOK_HOW, "runbook-how", "how something is done")                           \
	X(RUNBOOK_FITS, "runbook-fits", "does a runbook still match")                    \
	X(ACROSS_CHANGED, "across-changed", "what changed")                              \
	X(ACROSS_OPEN, "across-open", "what is wrong now")                               \
	X(ACROSS_HANDOVER, "across-handover", "what the next shift has to know")         \
	X(ACROSS_APPROVALS, "across-approvals", "what waits for somebody's approval")    \
	X(ACROSS_DEPENDS, "across-depends", "what calls what")                           \
	X(ACROSS_AUDIT, "across-audit", "what the audit log says of itself")             \
	X(ACROSS_MODELS, "across-models", "which models answer, and what they cost")     \
	X(UNSAFE, "unsafe", "something that is not done")                                \
	X(OUT_OF_SCOPE, "out-of-scope", "nothing azdeck knows about")                    \
	X(EXPLAIN, "explain", "what a row or a state means")                             \
	X(UNCLEAR, "unclear", "not understood")

enum guide_kind {
#define X(id, word, help) GUIDE_##id,
	GUIDE_KIND_LIST(X)
#undef X
		GUIDE_KINDS
};
const char *guide_kind_name(enum guide_kind kind);
const char *guide_kind_help(enum guide_kind kind);

/* What a question is asked about, besides its words. */
struct guide_setting {
	/* The row under the cursor, or of the question before; "" and "". */
	const char *board, *key;
};

enum { GUIDE_BOARDS_MOST = 12, GUIDE_SUBJECTS_MOST = 4 };

struct unsafe_rule;

struct guide_plan {
	enum guide_kind kind;
	enum guide_kind also; /* what else it could be; UNCLEAR: nothing */
	double sure;	      /* 0 to 1: below a half it had better ask */
	char subjects[GUIDE_SUBJECTS_MOST][128]; /* names in the question, as written */
	bool is_certain[GUIDE_SUBJECTS_MOST];	 /* a code, or set between marks */
	size_t n_subjects;
	char here_board[64], here_key[256]; /* of the setting; "" and "" */
	const struct unsafe_rule *unsafe;   /* UNSAFE: what it asks for; NULL: injected */
	int64_t from_ms, to_ms;		    /* a span it names; 0: none */
	bool is_injected; /* it carries words that try to give orders to a model */
	/* That the answer reads: constants, or setting->board itself. */
	const char *boards[GUIDE_BOARDS_MOST];
	size_t n_boards;
};

/* Whether it is a question that the guide offers where it understands none. */
bool guide_is_example(struct str line);

/* Any bytes: a person's question, or a text somebody pasted. */
void guide_understand(struct str question, const struct guide_setting *setting,
		      int64_t now_ms, struct guide_plan *out);

/* What it would say, before it is checked: type, choices, proposals and what it admits go
 * into `out`, words with references into `draft`. */
void guide_draft(const struct guide_plan *plan, struct str question,
		 const struct evidence *e, struct strbuf *draft, struct answer *out);
/* The whole answer; what is missing from the evidence is said to be unknown. */
void guide_answer(const struct guide_plan *plan, struct str question,
		  const struct evidence *e, struct answer *out);

#endif
