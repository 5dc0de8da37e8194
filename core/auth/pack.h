/* Fields with their length in front, in and out of locked memory: what sealed files
 * hold. A writer without room only counts, so a value is written twice: once to know
 * its size. Thread: any (no state). */
#ifndef AZ_AUTH_PACK_H
#define AZ_AUTH_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct pack_writer {
	char *p; /* NULL: counts */
	size_t n;
};

void pack_u32(struct pack_writer *w, uint32_t value);
void pack_i64(struct pack_writer *w, int64_t value);
/* The text with its length in front. */
void pack_text(struct pack_writer *w, struct str text);

/* Borrows from the bytes. After a failure all that follows fails too and gives
 * zeros, so one look at the end is enough. */
struct pack_reader {
	struct str rest;
	bool is_bad;
};

uint32_t unpack_u32(struct pack_reader *r);
int64_t unpack_i64(struct pack_reader *r);
/* Longer than `max` is a failure. */
struct str unpack_text(struct pack_reader *r, size_t max);

#endif
