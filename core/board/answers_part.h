/* What the files of the shared answers share. Private to core/board/answers*.c.
 * Thread: core. */
#ifndef AZ_BOARD_ANSWERS_PART_H
#define AZ_BOARD_ANSWERS_PART_H

#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "board/answers.h"
#include "board/packed.h"
#include "board/type_list.h"

struct waiter {
	answer_fn fn;
	void *ctx;
};

/* An answer that is kept on disk: the call, to be asked once the disk has nothing,
 * and what the disk had that was too old. */
struct kept {
	struct api_call call; /* path and body are ours, the rest is borrowed */
	char *path, *body;
	bool is_looked_for;
	int64_t max_ms;
	cJSON *old;
	int64_t old_ms; /* 0: there was nothing */
};

/* What an answer keeps besides its public part. */
struct entry {
	struct got_answer pub;
	struct answers *owner;
	char *key;
	uint64_t api_id;	    /* 0: not asked of the service */
	char *list;		    /* the type of a list; NULL: it is another call */
	struct type_list *together; /* it is being asked for with others */
	int64_t done_mono_ms, keep_ms;
	bool is_secret;	       /* gone with its last holder, and never written */
	struct packed *packed; /* the answer; NULL: it is in pub.json */
	struct packed *made;   /* on the pool: what may become it */
	bool is_on_pool;
	struct kept *kept; /* NULL: in memory only */
	VEC(struct waiter) waiters;
};

struct answers {
	struct api *api;
	struct loop *loop;
	struct answer_disk *disk; /* NULL: none */
	struct map by_key;
	VEC(struct answers_list) expected; /* types are ours */
	unsigned n_on_pool;
};

int64_t answers_mono(const struct answers *a);
int64_t answers_wall(const struct answers *a);

/* answers.c: one of them, from its making to its end. */

struct entry *entry_new(struct answers *a, const struct api_call *call, struct str key,
			const char *list);
/* It is done, and older than that. */
bool entry_is_older(const struct entry *e, int64_t max_ms);
/* The answer is there, as of a moment that may lie back. */
void entry_finish(struct entry *e, int64_t fetched_ms);
/* One hold less. A good answer stays a while for others. */
void entry_let_go(struct entry *e);
/* Nobody can find it any more; the last holder frees it. */
void entry_forget(struct entry *e);
void answers_put_key(struct strbuf *out, const struct api_call *call, const char *list);

/* answers_get.c: where an answer comes from. */

/* From the disk, from the service, or from there with others. */
void entry_get(struct entry *e, const struct api_call *call, struct freshness freshness);
/* What is not done is given up. */
void entry_give_up(struct entry *e);

/* answers_pack.c: an answer that waits is text, and a tree again when it is asked for. */

/* Packed, now or on the pool. False: the turn has had its share. */
bool entry_shrink(struct entry *e, int64_t left_ms, size_t *share);
/* Now, or on the pool: then it is as if it were asked for. False: it cannot be had. */
bool entry_unpack(struct entry *e);

#endif
