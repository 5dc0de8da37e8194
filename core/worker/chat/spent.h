/* What models have cost today, of all azdecks of this user: a sum on disk, to which each of
 * them adds, so that a cap holds over restarts and beside other decks. A day is one of UTC.
 * It outlives the worker until all is written. Thread: core; files on the pool. */
#ifndef AZ_WORKER_SPENT_H
#define AZ_WORKER_SPENT_H

#include "ai/gateway.h"
#include "base/log.h"
#include "net/loop.h"

struct spent;

/* A file of the user's own, made when something is spent; the log may be NULL. */
struct spent *spent_new(struct loop *loop, const char *path, struct log *log);
/* Who is told what was spent before, at once and after each look; NULL: nobody any more,
 * and `s` goes when it has written what it was told. */
void spent_serve(struct spent *s, struct gateway *g);
/* For gateway_options: `ctx` is the spent. */
void spent_add(const struct gateway_spent *more, void *ctx);
/* What others have spent meanwhile. Accepts NULL. */
void spent_look(struct spent *s);

#endif
