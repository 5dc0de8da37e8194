/* The embedded Azure: a world and its server. Thread: core. */
#include "sim/sim.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "sim/server.h"
#include "sim/world.h"

struct sim {
	struct world world;
	struct server *server;
};

struct sim *sim_new(struct loop *loop, const struct sim_options *options, struct err *err)
{
	struct sim *sim = xcalloc(1, sizeof(*sim));

	world_init(&sim->world, options->seed, options->clock);
	sim->world.model = options->model;
	sim->world.as = options->as;
	sim->world.log = options->log;
	for (size_t i = 0; i < options->n_faults; i++) {
		if (faults_add(&sim->world.faults, str_from(options->faults[i]), err))
			continue;
		world_fini(&sim->world);
		free(sim);
		return NULL;
	}
	sim->server = server_new(loop, options->listen ? options->listen : "127.0.0.1:0",
				 &sim->world, options->is_private, err);
	if (sim->server)
		return sim;
	world_fini(&sim->world);
	free(sim);
	return NULL;
}

void sim_free(struct sim *sim)
{
	if (!sim)
		return;
	server_free(sim->server);
	world_fini(&sim->world);
	free(sim);
}

const char *sim_url(const struct sim *sim)
{
	return server_url(sim->server);
}
