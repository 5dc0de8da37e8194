/* A text that the deck shows, into a file of its own: in the current directory, or where
 * azdeck keeps its state when that cannot be written to. Nothing that is there is written
 * over. Thread: any. */
#ifndef AZ_WORKER_KEEP_H
#define AZ_WORKER_KEEP_H

#include "worker/worker.h"

/* `name` is a file's, without folders. Answered once by NEWS_KEPT with the id it returns:
 * err of ERR_NONE, whose text is the path; or why not. */
uint64_t worker_keep(struct worker *w, const char *name, const char *text);

#endif
