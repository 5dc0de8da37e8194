/* Dear answers on disk, so that ten starts a shift ask Cost Management once. Only
 * what a definition says may be kept comes here. A kept answer belongs to whoever
 * asked: connection, credential, and the person or application that its token
 * names; a token that names nobody keeps nothing. Everything that waits, for a token
 * or for the disk, is off the loop. Thread: core. */
#ifndef AZ_BOARD_ANSWER_DISK_H
#define AZ_BOARD_ANSWER_DISK_H

#include "azure/api.h"
#include "base/log.h"
#include "net/loop.h"

struct answer_disk;

/* `path` is the folder, made when it is first needed. */
struct answer_disk *answer_disk_new(const char *path, struct loop *loop, struct log *log);
/* Waits for what is being written; callbacks of answer_disk_put still come, those of
 * answer_disk_find do not. */
void answer_disk_free(struct answer_disk *d);

struct answer_kept {
	bool is_found;
	cJSON *json; /* NULL: an empty answer; take it to keep it */
	int64_t fetched_ms;
};
typedef void (*answer_kept_fn)(struct answer_kept *kept, void *ctx);

/* Looks for the answer to a call, of any age up to two days. `fn` comes later, once.
 * The call is copied. */
void answer_disk_find(struct answer_disk *d, const struct api_call *call,
		      answer_kept_fn fn, void *ctx);
/* `fn` with this ctx does not come any more. */
void answer_disk_forget(struct answer_disk *d, void *ctx);

/* Keeps an answer. The tree is read on the pool, so it must stay as it is until
 * `done` comes, later, once. A disk that is full or refused costs a line in the log
 * and nothing else. */
void answer_disk_put(struct answer_disk *d, const struct api_call *call,
		     const cJSON *json, int64_t fetched_ms, loop_fn done, void *ctx);

#endif
