/* What azdeck knows itself, as answers to boards: which rows need attention and
 * since when, what was acknowledged, how its requests are doing. Thread: core. */
#ifndef AZ_WORKER_SELF_H
#define AZ_WORKER_SELF_H

#include "board/derive.h"
#include "board/poller.h"
#include "worker/sights.h"

struct self;

/* All outlive it. */
struct self_options {
	struct loop *loop;
	struct log *log; /* may be NULL */
	const struct library *library;
	const struct config *config;
	const struct derive_rule *const *rules; /* ended by NULL */
	/* Nobody sees an answer grow, so it waits for every board; otherwise it says at
	 * once what it knows. */
	bool asks_once;
	/* A board came that answers may have waited for; may be NULL. */
	void (*heard)(void *ctx);
	void *ctx;
};
struct self *self_new(const struct self_options *options);
void self_free(struct self *self);
/* Boards come from it, and "feeds" is about it. NULL: from none. */
void self_set_poller(struct self *self, struct poller *poller);

/* Who knows rows that self does not: past_answer. */
typedef bool (*self_past_fn)(void *ctx, struct str path, cJSON **rows);
void self_set_past(struct self *self, self_past_fn past, void *ctx);

/* Who knows the rows of a path: of "/ai", "/plans". NULL: not yet. The path is not
 * copied. */
typedef cJSON *(*self_rows_fn)(void *ctx);
void self_add_rows(struct self *self, const char *path, self_rows_fn rows, void *ctx);

/* For api_set_local: "/attention", "/changes", "/states", "/feeds", "/derived/RULE", and
 * what was added. */
void self_answer(void *self, struct str path, struct api_local *answer);

/* A board was published. */
void self_saw(struct self *self, struct board *board);

/* What has to be polled for these: whoever wants "attention" or "feeds" wants every
 * board that can be had. The names are the library's. */
typedef bool (*self_can_fn)(void *ctx, const struct board_def *def);
void self_want(struct self *self, const char *const *names, size_t n, self_can_fn can,
	       void *ctx);
/* What somebody looks at of that, in the same words: those, and what they are made of. */
void self_look_at(struct self *self, const char *const *names, size_t n, self_can_fn can,
		  void *ctx);
bool self_is_looked_at(const struct self *self, const char *name);
const char *const *self_wanted(const struct self *self, size_t *n);

/* What is wrong on them, and who stepped back from it. */
struct sights *self_sights(struct self *self);
/* Something of it changed otherwise. */
void self_retell(struct self *self, int64_t after_ms);

#endif
