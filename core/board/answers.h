/* Answers shared by all boards: a request that another board has just asked, or is
 * asking, is not sent again. Holders share one tree, read-only. Thread: core. */
#ifndef AZ_BOARD_ANSWERS_H
#define AZ_BOARD_ANSWERS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "azure/api.h"
#include "base/err.h"
#include "board/answer_disk.h"
#include "net/loop.h"

struct answers;

/* One answer. Held by count; the tree lives as long as it is held or fresh. */
#define GOT_NODES_MOST (1 << 15)
struct got_answer {
	unsigned refs;
	cJSON *json;	/* NULL: failed, see err; or an empty answer */
	size_t nodes;	/* of it; counted no further than GOT_NODES_MOST */
	struct err err; /* ERR_NONE, why it failed, or why it is partial */
	bool is_partial;
	bool is_filling; /* more of it is on its way */
	bool is_done;
	int64_t fetched_ms; /* wall time */
	int64_t elapsed_ms; /* of its calls; 0: it was not asked for now */
	int throttle_left;  /* -1: not said */
};

typedef void (*answer_fn)(struct got_answer *answer, void *ctx);

/* `disk` (may be NULL) has what is kept from one start to the next; borrowed. */
struct answers *answers_new(struct api *api, struct loop *loop, struct answer_disk *disk);
void answers_free(struct answers *a);

struct freshness {
	int64_t max_ms;	 /* an answer older than this is asked anew */
	int64_t keep_ms; /* how long it stays, unheld, for whoever asks the same */
	bool is_kept;	 /* on disk too, for the next start */
	/* The call is for all resources of this type, and may be asked for together with
	 * others (type_list.h): NULL: it is not. */
	const char *list;
};

/* The answer, held for the caller. When it is fresh it is done at once and `fn`
 * does not come; else `fn` comes later, once. A failed answer is shared only while
 * it is being asked. When a kept one is too old and a new one cannot be had just now,
 * the old one comes, with why. */
struct got_answer *answers_ask(struct answers *a, const struct api_call *call,
			       struct freshness freshness, answer_fn fn, void *ctx);
/* The lists that are asked for again and again, each when it is older than `max_ms`: those
 * that are due come along whenever one of them is asked for. All there are; copied. */
struct answers_list {
	const char *type;
	int64_t max_ms;
};
void answers_expect(struct answers *a, const struct answers_list *lists, size_t n);
/* Gives up the hold; `fn` with this ctx does not come any more. */
void answers_put(struct answers *a, struct got_answer *answer, void *ctx);
/* Drops what nobody holds and nobody may ask for any more, and makes small what is kept
 * for others. Milliseconds until there may be more to drop; -1: nothing is kept. */
int64_t answers_sweep(struct answers *a);
size_t answers_count(const struct answers *a);

#endif
