/* A model for a simulator on another thread than the one who speaks: its questions go
 * over as mail and what is said comes back as mail, which the simulator finds when it asks
 * again. Thread: the simulator's, but where it says so. */
#ifndef AZ_WORKER_APART_MODEL_H
#define AZ_WORKER_APART_MODEL_H

#include "base/mailbox.h"
#include "base/vec.h"
#include "sim/openai/openai_model.h"

struct model_mail;

struct apart_model {
	/* fixed after init */
	struct sim_model model;		/* for the simulator */
	const struct sim_model *behind; /* who speaks; its `embed` is called from there */
	struct mailbox *asked, *said;
	/* the simulator's thread only */
	VEC(uint64_t) open;	       /* questions that went over */
	VEC(struct model_mail *) came; /* of them: what was said, not fetched yet */
};

/* Thread: core. `wake` is called when there is something to read. */
void apart_model_init(struct apart_model *m, const struct sim_model *behind,
		      mailbox_wake_fn wake, void *wake_ctx);
/* When the simulator is gone. Zeroed before: nothing. Thread: core. */
void apart_model_fini(struct apart_model *m);
/* Answers what was asked. Thread: core. */
void apart_model_read(struct apart_model *m);

#endif
