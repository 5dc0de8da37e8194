/* The embedded Azure: a stateful, seeded estate that answers over HTTP on
 * loopback in the real wire format. It runs on the caller's loop, or on a thread of
 * its own, which then is "core" for all of core/sim. Same seed and same clock: same
 * bytes. Thread: the caller's; nothing of it is seen but its address. */
#ifndef AZ_SIM_SIM_H
#define AZ_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "net/loop.h"
#include "sim/openai/openai_model.h"

struct sim;

struct sim_options {
	const char *listen; /* "127.0.0.1:0": the port is picked */
	uint64_t seed;
	const struct clock *clock; /* the world's time */
	/* It has a loop and a thread of its own; the caller's is left alone. */
	bool is_apart;
	/* Answers only those who call it by its own address: a page in a browser,
	 * whose name was made to lead here, does not. */
	bool is_private;
	/* What is to fail: see faults.h. The texts are borrowed for good. */
	const char *const *faults;
	size_t n_faults;
	struct log *log; /* gets a line of each request; borrowed. NULL: none */
	/* Whose rights everybody has (see rights.h); borrowed for good. NULL: one's own. */
	const char *as;
	/* Who speaks behind its Azure OpenAI, on the simulator's thread; borrowed while it
	 * lives. NULL: there is no deployment. */
	const struct sim_model *model;
};

struct sim *sim_new(struct loop *loop, const struct sim_options *options,
		    struct err *err) MUST_CHECK;
void sim_free(struct sim *sim);
/* "http://127.0.0.1:34567" */
const char *sim_url(const struct sim *sim);

#endif
