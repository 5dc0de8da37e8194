/* Numbers as people read them: thousands parted, shortened to fit. No locale and
 * no printf, because a filter may format a hundred thousand of them at a key.
 * Thread: any (no state). */
#ifndef AZ_BOARD_FIGURE_H
#define AZ_BOARD_FIGURE_H

#include <stddef.h>

enum { FIGURE_MAX = 48 };

/* Each writes a terminated text and returns its length. */

/* 12,345.60; from 1e15 on shortened, because a double has no such digits. */
size_t figure_fixed(char out[FIGURE_MAX], double value, int decimals);
/* 12.3k, 4.6M; with decimals 0: 12k. */
size_t figure_short(char out[FIGURE_MAX], double value, int decimals);
/* 512 B, 1.5 KiB, 32 GiB; narrow: 512B, 1.5K, 32G. */
size_t figure_bytes(char out[FIGURE_MAX], double value, int is_narrow);

#endif
