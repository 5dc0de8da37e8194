/* A draft block by block: paragraphs, lists, tables and fences of code, with an empty line
 * between them. What one block says is checked by references in it and before it, so a
 * block that is whole never changes. Thread: any (no state). */
#ifndef AZ_ANSWER_GROUND_BLOCK_H
#define AZ_ANSWER_GROUND_BLOCK_H

#include "base/str.h"

/* Bytes of the block at the start, with the empty line that ends it; all there is where
 * none does. */
size_t ground_block_length(struct str text, bool *is_whole);

#endif
