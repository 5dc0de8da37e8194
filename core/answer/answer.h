/* An answer as a record: what kind it is, what it claims and where each claim stands, what
 * it proposes, asks and does not know, and the prose a person reads. `azdeck ask --json`
 * prints it, the chat pane draws it. Thread: one owner. */
#ifndef AZ_ANSWER_ANSWER_H
#define AZ_ANSWER_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer/says.h"
#include "base/str.h"
#include "base/strbuf.h"

/* id, word, what it is */
#define ANSWER_TYPE_LIST(X)                                                              \
	X(FACT, "FACT", "what is, in one to three lines")                                \
	X(DIAG, "DIAG", "why something is so, and what rules out the rest")              \
	X(HOWTO, "HOWTO", "how it is done, by a runbook")                                \
	X(PROPOSE, "PROPOSE", "a plan that a person may approve")                        \
	X(ASK, "ASK", "which of several is meant")                                       \
	X(REFUSE, "REFUSE", "what is not done, and what can be instead")                 \
	X(UNKNOWN, "UNKNOWN", "not known, and where it would come from")

enum answer_type {
#define X(id, word, help) ANSWER_##id,
	ANSWER_TYPE_LIST(X)
#undef X
		ANSWER_TYPES
};
const char *answer_type_name(enum answer_type type);
bool answer_type_find(struct str name, enum answer_type *out);

/* Where a claim stands. id, letter of its citation, word */
#define CLAIM_KIND_LIST(X)                                                               \
	X(FIELD, 'S', "field")                                                           \
	X(LINE, 'L', "line")                                                             \
	X(RUNBOOK, 'R', "runbook")                                                       \
	X(ALERT, 'A', "alert")                                                           \
	X(CHANGE, 'C', "change")                                                         \
	X(DRILL, 'D', "drill")

enum claim_kind {
#define X(id, letter, word) CLAIM_##id,
	CLAIM_KIND_LIST(X)
#undef X
		CLAIM_KINDS
};

struct claim {
	enum claim_kind kind;
	char *text;	  /* the words of the prose that it stands under */
	char *ref;	  /* path of the field, id of the line, "runbook#section", ... */
	char *value;	  /* as the source has it: text, number or ISO time; "" */
	bool is_number;	  /* the value is one */
	uint64_t version; /* of the board or file; 0: it has none */
	int64_t as_of_ms; /* 0: not known */
	bool is_stale, is_unknown;
	/* Where Enter goes: board and row key; or the runbook's file and heading; "". */
	char *board, *key;
	size_t begin, end; /* bytes of the prose */
};

/* What the check took away. */
struct struck {
	char *text, *why;
};

struct answer {
	enum answer_type type;
	/* Markdown, clean: nothing in it can move a cursor. Citations stand in it as
	 * "[1]", the number of the claim. */
	struct strbuf prose;
	struct claim *claims;
	size_t n_claims;
	struct struck *struck;
	size_t n_struck;
	char **proposals; /* ids of actions, in state proposed */
	size_t n_proposals;
	char **asks; /* the choices */
	size_t n_asks;
	char **unknowns;
	size_t n_unknowns;
	char **follow_ups; /* questions one may ask next */
	size_t n_follow_ups;
	uint64_t says; /* bit i: enum says i */
	/* Who answered, and why that one. */
	char route[64], model[96], why[240];
	int64_t tokens_in, tokens_out; /* -1: not known */
	double money;		       /* NAN: not known */
	char currency[8];	       /* of it */
	bool is_guide;		       /* by rule, without a model */
};

enum { ANSWER_PROSE_MOST = 256 << 10, ANSWER_ITEMS_MOST = 512 };

/* UNKNOWN and empty, until its makers say what it is. */
void answer_init(struct answer *a);
void answer_fini(struct answer *a);
/* Words of a claim, in place of what it has; copied. */
void claim_set(char **field, struct str text);
/* For its makers; texts are copied. Lists end at ANSWER_ITEMS_MOST, and what is in one is
 * not put in twice, but for claims and what was struck. The claim has its kind and ref and
 * is otherwise empty; it is valid until the next one. NULL: there are too many. */
struct claim *answer_claim(struct answer *a, enum claim_kind kind, struct str ref);
void answer_strike(struct answer *a, struct str text, const char *why);
void answer_propose(struct answer *a, const char *action);
void answer_ask(struct answer *a, const char *choice);
void answer_unknown(struct answer *a, const char *what);
void answer_follow_up(struct answer *a, const char *question);
void answer_says(struct answer *a, enum says says);
bool answer_has_said(const struct answer *a, enum says says);

/* Adds what `from` has behind so much of its prose and so many of its claims. Where claims
 * stand is counted from the beginning of all prose. */
void answer_put_more(struct answer *to, const struct answer *from, size_t prose,
		     size_t claims);

/* The record of the contract, one JSON object. */
void answer_json(const struct answer *a, struct strbuf *out);
/* Into an empty one. False: it is none, and the answer stays empty. Conversations are
 * kept so; the bytes are from outside, and what they hold is as clean as what was put
 * together here. */
bool answer_from_json(struct answer *a, struct str json);

#endif
