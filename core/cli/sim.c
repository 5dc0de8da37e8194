/* `azdeck sim`: serves the embedded Azure until SIGINT or SIGTERM. Thread: the
 * main thread, which is the core thread here. The first line on standard output
 * is the URL; nothing else is ever printed there. */
#include "cli/sim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "net/loop.h"
#include "sim/sim.h"

#define MAX_SPEED 100000.0

struct arguments {
	const char *listen;
	uint64_t seed;
	double speed;
};

static bool read_value(struct arguments *args, const char *name, const char *value,
		       struct err *err)
{
	int64_t seed;

	if (strcmp(name, "--listen") == 0) {
		args->listen = value;
	} else if (strcmp(name, "--seed") == 0) {
		if (!str_to_i64(str_from(value), &seed) || seed < 0)
			return err_set(err, ERR_USAGE,
				       "sim: --seed takes a whole number, not '%s'",
				       value);
		args->seed = (uint64_t)seed;
	} else if (strcmp(name, "--speed") == 0) {
		if (!str_to_f64(str_from(value), &args->speed) || !(args->speed > 0) ||
		    args->speed > MAX_SPEED)
			return err_set(err, ERR_USAGE,
				       "sim: --speed takes a number above 0 and at most "
				       "%.0f, not '%s'",
				       MAX_SPEED, value);
	} else {
		return err_set(err, ERR_USAGE,
			       "sim: unknown option '%s'; see azdeck help", name);
	}
	return true;
}

static bool read_arguments(struct arguments *args, int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');
		char name[32];

		snprintf(name, sizeof(name), "%.*s",
			 equals ? (int)(equals - argv[i]) : (int)strlen(argv[i]),
			 argv[i]);
		if (!equals && i + 1 == argc)
			return err_set(err, ERR_USAGE, "sim: option '%s' needs a value",
				       name);
		if (!read_value(args, name, equals ? equals + 1 : argv[++i], err))
			return false;
	}
	return true;
}

static void on_signal(uv_signal_t *handle, int number)
{
	(void)number;
	loop_stop(handle->data);
}

static int serve(const struct arguments *args, const struct clock *clock, struct err *err)
{
	static const int signals[] = {SIGINT, SIGTERM};
	uv_signal_t handles[2];
	struct loop *loop = loop_new(clock, err);
	struct sim_options options = {.listen = args->listen,
				      .seed = args->seed,
				      .clock = clock};
	struct sim *sim = loop ? sim_new(loop, &options, err) : NULL;

	if (!sim) {
		if (loop)
			loop_free(loop);
		return cli_fail(err);
	}
	for (size_t i = 0; i < 2; i++) {
		uv_signal_init(loop_uv(loop), &handles[i]);
		handles[i].data = loop;
		uv_signal_start(&handles[i], on_signal, signals[i]);
	}
	puts(sim_url(sim));
	fflush(stdout);
	loop_run(loop);
	for (size_t i = 0; i < 2; i++)
		uv_close((uv_handle_t *)&handles[i], NULL);
	sim_free(sim);
	loop_free(loop);
	return 0;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct arguments args = {.listen = "127.0.0.1:0", .seed = 1, .speed = 1};
	struct clock scaled = *clock;
	struct err err = {0};

	if (!read_arguments(&args, argc, argv, &err))
		return cli_fail(&err);
	if (args.speed != 1)
		clock_init_scaled(&scaled, clock_wall_ms(clock), args.speed);
	return serve(&args, &scaled, &err);
}

static const struct cli_option options[] = {
	{"--listen", "ADDR:PORT", "where to listen; port 0 picks one (127.0.0.1:0)"},
	{"--seed", "N", "which world (1)"},
	{"--speed", "X", "how fast its clock runs (1)"},
	{NULL, NULL, NULL},
};

const struct cli_command cli_sim_command = {
	.name = "sim",
	.usage = "[--listen ADDR:PORT] [--seed N] [--speed X]",
	.help = "serve the simulated Azure alone; its URL is the first line",
	.options = options,
	.run = run,
};
