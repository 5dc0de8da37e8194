/* See logs_worker.h. */
#include "cli/logs_worker.h"

#include <poll.h>
#include <unistd.h>

#include "cli/boards.h"
#include "cli/prompt.h"

static bool read_config(struct logs_worker *w, const struct logs_request *r,
			struct err *err)
{
	if (r->is_demo) {
		w->config = config_demo();
		return true;
	}
	if (access(w->config_path.p, R_OK) != 0)
		return err_set(err, ERR_CONFIG,
			       "there is no configuration (%s); azdeck on a terminal "
			       "offers to write one, or use --demo",
			       w->config_path.p);
	w->config = config_load(w->config_path.p, err);
	return w->config != NULL;
}

static bool start(struct logs_worker *w, const struct logs_request *r, struct err *err)
{
	struct worker_options options = {.library = w->library,
					 .clock = &w->clock,
					 .config_path = w->config_path.p,
					 .keychain = &w->keychain,
					 .is_demo = r->is_demo,
					 .asks_once = true,
					 .seed = r->world.seed,
					 .speed = r->world.speed,
					 .faults = r->world.faults,
					 .n_faults = r->world.n_faults};

	/* The passphrase of the key is asked for here: the worker cannot. */
	if (!read_config(w, r, err) || (!r->is_demo && !cli_unlock(&w->keychain, err)))
		return false;
	w->worker = worker_start(&options, wake_fd_raise, &w->wake, err);
	return w->worker != NULL;
}

bool logs_worker_start(struct logs_worker *w, const struct logs_request *r,
		       struct err *err)
{
	*w = (struct logs_worker){.library = cli_library(r->config)};
	keychain_init(&w->keychain);
	strbuf_init(&w->config_path, 4096);
	config_put_path(&w->config_path, r->config);
	if (r->is_demo)
		cli_world_clock(&r->world, &w->clock);
	else
		clock_init_real(&w->clock);
	if (!wake_fd_init(&w->wake))
		err_set(err, ERR_INTERNAL, "cannot make a pipe");
	else if (start(w, r, err))
		return true;
	logs_worker_stop(w);
	return false;
}

void logs_worker_stop(struct logs_worker *w)
{
	worker_stop(w->worker);
	wake_fd_fini(&w->wake);
	keychain_fini(&w->keychain);
	strbuf_fini(&w->config_path);
	config_free(w->config);
	library_free(w->library);
}

bool logs_worker_wait(struct logs_worker *w)
{
	struct pollfd fds[] = {{.fd = STDOUT_FILENO},
			       {.fd = w->wake.read_fd, .events = POLLIN}};

	poll(fds, 2, -1);
	wake_fd_clear(&w->wake);
	return !(fds[0].revents & POLLERR);
}
