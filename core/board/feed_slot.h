/* The answers to one request of a feed during a cycle: one, or one an item of
 * for_each. Thread: core. */
#ifndef AZ_BOARD_FEED_SLOT_H
#define AZ_BOARD_FEED_SLOT_H

#include "base/vec.h"
#include "board/answers.h"
#include "board/def.h"

struct slot {
	cJSON *items; /* of for_each, owned; NULL: a plain request */
	VEC(struct got_answer *) answers;
	bool is_asked;		   /* its calls are out */
	bool is_complete;	   /* and in the answers document */
	struct got_answer unasked; /* stands for the items that could not be asked */
	struct err given_up;	   /* an optional request that could not be asked */
	void *owner;		   /* the ctx its answers were asked with */
};

void slot_reset(struct slot *s, struct answers *answers);
/* Takes the hold. */
void slot_add(struct slot *s, struct got_answer *answer);
/* In place of an answer: this item could not be asked. */
void slot_add_failure(struct slot *s, const struct err *err);
/* Evaluates for_each over the answers so far. */
bool slot_items(struct slot *s, const struct request_def *r, const cJSON *root,
		int64_t now_ms, struct err *err) MUST_CHECK;
void slot_give_up(struct slot *s, const struct err *err);
bool slot_is_answered(const struct slot *s);
/* Puts the answer, or the list of {"item", "answer"}, into the document, by
 * reference. */
void slot_put_into(const struct slot *s, const char *name, cJSON *root);
/* No call brought anything: err says why. */
bool slot_has_failed(const struct slot *s, struct err *err);
/* It has, and the board cannot do without it. */
bool slot_fails_board(const struct slot *s, const struct request_def *r, struct err *err);
/* What the i-th request needs is in the document. */
bool slots_meet(const struct slot *slots, const struct board_def *def, size_t i);
/* Every call was answered with 404: what the request is about is not there. */
bool slot_is_absent(const struct slot *s);
/* Some call failed or was cut: err says why. */
bool slot_problem(const struct slot *s, struct err *err);
/* More of some answer is on its way. */
bool slot_is_filling(const struct slot *s);
/* Lowers *oldest_ms to the oldest answer. */
void slot_age(const struct slot *s, int64_t *oldest_ms);
/* Counts its calls. */
struct feed_stat;
void slot_count(const struct slot *s, const struct request_def *r, int64_t now_ms,
		struct feed_stat *stat);
/* Items in its lists, or what weighs as much, to judge the work of decoding. */
size_t slot_size(const struct slot *s);

#endif
