/* Files a person edits while azdeck runs: the configuration, boards of their own.
 * Editors write beside a file and rename, so folders are watched, not files.
 * Thread: core. */
#ifndef AZ_WORKER_WATCH_H
#define AZ_WORKER_WATCH_H

#include "net/loop.h"

struct watch;

/* `fn` comes once the folder has been quiet for a moment after something changed in
 * it: the file `name`, any that ends like it behind a '*' in front, or any ending in
 * ".json" when name is NULL. A folder that is
 * not there is waited for in the one above. NULL when neither is there. */
struct watch *watch_new(struct loop *loop, const char *dir, const char *name, loop_fn fn,
			void *ctx);
void watch_free(struct watch *watch);

#endif
