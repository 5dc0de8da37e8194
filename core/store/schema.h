/* The tables of the history, as steps from an empty file to today's. A step that was
 * released never changes; another one is added. Thread: any (no state). */
#ifndef AZ_STORE_SCHEMA_H
#define AZ_STORE_SCHEMA_H

#include <stdint.h>

extern const char *const schema_step[];
extern const int64_t schema_steps;

#endif
