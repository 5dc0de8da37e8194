/* A token bucket as the front door of ARM has one per subscription and kind of
 * operation. Thread: one owner. */
#ifndef AZ_SIM_BUCKET_H
#define AZ_SIM_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

struct bucket {
	double size;
	double per_second;
	double level;
	int64_t at_ms; /* when `level` was true */
};

void bucket_init(struct bucket *b, double size, double per_second, int64_t now_ms);
/* Takes one. False when empty: *wait_s says when one will be there again, and the
 * attempt starts the wait anew. */
bool bucket_take(struct bucket *b, int64_t now_ms, int *wait_s);

#endif
