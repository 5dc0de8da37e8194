/* The demo begins with a past: boards as they were in the day before it was started, put
 * into the history a little at a time, as an earlier run would have left them. It works
 * on the pool, in slices, once somebody asks for the past: what nobody looks at takes no
 * memory. Thread: core. */
#ifndef AZ_WORKER_PAST_FILL_H
#define AZ_WORKER_PAST_FILL_H

#include "worker/past/past.h"
#include "worker/apart/sim_look.h"

struct past_fill;

struct past_fill_options {
	struct loop *loop;
	struct log *log; /* may be NULL */
	const struct library *library;
	struct past *past;
	struct sim_look_options look;
};

/* All outlive it. */
struct past_fill *past_fill_new(const struct past_fill_options *options);
/* Waits for the slice that is on its way. */
void past_fill_free(struct past_fill *fill); /* accepts NULL */
/* A board was published: with the first time, its past is wanted. */
void past_fill_saw(struct past_fill *fill, const struct board *board);
/* Somebody asks for the past: it is made now, and without pauses. */
void past_fill_hurry(struct past_fill *fill);
/* Somebody has asked, and it is not all there. */
bool past_fill_is_making(const struct past_fill *fill);

#endif
