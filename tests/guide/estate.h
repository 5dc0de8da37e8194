/* The evidence of a simulated estate: every board that the guide reads, as the worker of
 * the demo made it, with the worker gone again. Thread: the main thread. */
#ifndef AZ_TESTS_GUIDE_ESTATE_H
#define AZ_TESTS_GUIDE_ESTATE_H

#include "answer/evidence.h"
#include "cli/headless.h"

struct estate {
	struct evidence evidence;
	struct headless headless; /* of library and configuration; it runs no worker */
};

/* False: not all of them came. */
bool estate_read(struct estate *estate, uint64_t seed, int64_t at_ms);
void estate_fini(struct estate *estate);

#endif
