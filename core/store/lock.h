/* Who of several processes writes: the first one, until it ends. Thread: any. */
#ifndef AZ_STORE_LOCK_H
#define AZ_STORE_LOCK_H

#include <stdbool.h>

/* Beside the file, held while the descriptor is open. -1: somebody else has it. */
int lock_take(const char *path);
void lock_drop(int fd); /* accepts -1 */

#endif
