/* Ids that look random and are always the same. Thread: any (no state). */
#ifndef AZ_SIM_GUID_H
#define AZ_SIM_GUID_H

#include <stdint.h>

struct guid {
	char text[37];
};

/* From what it names, e.g. "database:sql-atlas-prod-weu/orders", and a number. */
struct guid guid_of(uint64_t seed, const char *what, uint64_t index);

#endif
