/* The embedded Azure: a world and its server, where nobody has a loop for it with a
 * thread of its own. Thread: see sim.h. */
#include "sim/sim.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/thread.h"
#include "base/xalloc.h"
#include "sim/server.h"
#include "sim/world.h"

struct sim {
	struct world world;
	struct server *server;
	struct loop *own; /* NULL: the caller's is used */
	pthread_t thread; /* runs it */
	bool has_thread;
};

static void *run(void *ctx)
{
	struct sim *sim = ctx;

	thread_claim(THREAD_CORE);
	loop_run(sim->own);
	return NULL;
}

static void stop(void *own)
{
	loop_stop(own);
}

/* The caller's signals stay the caller's: the mask is its own. */
static bool start_thread(struct sim *sim, struct err *err)
{
	int rc;

	loop_on_wake(sim->own, stop, sim->own);
	rc = pthread_create(&sim->thread, NULL, run, sim);
	sim->has_thread = rc == 0;
	return rc == 0 ||
	       err_errno(err, ERR_INTERNAL, rc, "cannot start the simulator's thread");
}

static bool add_faults(struct sim *sim, const struct sim_options *options,
		       struct err *err)
{
	for (size_t i = 0; i < options->n_faults; i++) {
		if (!faults_add(&sim->world.faults, str_from(options->faults[i]), err))
			return false;
	}
	return true;
}

static bool set_up(struct sim *sim, struct loop *loop, const struct sim_options *options,
		   struct err *err)
{
	if (!add_faults(sim, options, err))
		return false;
	if (options->is_apart)
		loop = sim->own = loop_new(options->clock, err);
	if (!loop)
		return false;
	sim->server = server_new(loop, options->listen ? options->listen : "127.0.0.1:0",
				 &sim->world, options->is_private, err);
	return sim->server && (!sim->own || start_thread(sim, err));
}

struct sim *sim_new(struct loop *loop, const struct sim_options *options, struct err *err)
{
	struct sim *sim = xcalloc(1, sizeof(*sim));

	world_init(&sim->world, options->seed, options->clock);
	sim->world.model = options->model;
	sim->world.as = options->as;
	sim->world.log = options->log;
	if (set_up(sim, loop, options, err))
		return sim;
	sim_free(sim);
	return NULL;
}

void sim_free(struct sim *sim)
{
	if (!sim)
		return;
	if (sim->has_thread) {
		loop_wake(sim->own);
		pthread_join(sim->thread, NULL);
	}
	server_free(sim->server);
	loop_free(sim->own);
	world_fini(&sim->world);
	free(sim);
}

const char *sim_url(const struct sim *sim)
{
	return server_url(sim->server);
}
