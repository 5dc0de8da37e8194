/* Trees that are not needed any more. To free a large one takes milliseconds, which is
 * the pool's work. Thread: core. */
#ifndef AZ_NET_JSON_DROP_H
#define AZ_NET_JSON_DROP_H

#include <cjson/cJSON.h>

#include "net/loop.h"

/* Trees of more nodes are large: they are printed, read and freed on the pool. */
#define JSON_LARGE_NODES 10000

/* How many nodes it has; counts no further than `most`. */
size_t json_nodes(const cJSON *tree, size_t most);
/* Accepts NULL. `nodes`: how many it has; of a large one the pool frees them, and gives the
 * memory back to the system. Nobody may have the tree any more. */
void json_drop(struct loop *loop, cJSON *tree, size_t nodes);

#endif
