/* A JSON document that waits to be wanted again: its text, deflated, which is a tenth of
 * the text and a hundredth of the tree. Thread: any (no state). */
#ifndef AZ_BOARD_PACKED_H
#define AZ_BOARD_PACKED_H

#include <cjson/cJSON.h>
#include <stddef.h>

struct packed;

/* NULL: zlib or cJSON had no memory for it. */
struct packed *packed_make(const cJSON *tree);
/* NULL: likewise. */
cJSON *packed_tree(const struct packed *packed);
/* Bytes of the text: how long it takes to read. */
size_t packed_size(const struct packed *packed);
/* Accepts NULL. */
void packed_free(struct packed *packed);

#endif
