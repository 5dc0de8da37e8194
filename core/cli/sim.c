/* `azdeck sim`: serves the embedded Azure until SIGINT or SIGTERM. Thread: the
 * main thread, which is the core thread here. The first line on standard output
 * is the URL; nothing else is ever printed there. */
#include "cli/sim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/str.h"
#include "net/loop.h"
#include "sim/sim.h"

#define MAX_SPEED 100000.0

enum option_id { OPT_LISTEN, OPT_SEED, OPT_SPEED };

static const struct cli_option option_table[] = {
	[OPT_LISTEN] = {"--listen", "ADDR:PORT",
			"where to listen; port 0 picks one (127.0.0.1:0)"},
	[OPT_SEED] = {"--seed", "N", "which world (1)"},
	[OPT_SPEED] = {"--speed", "X", "how fast its clock runs (1)"},
	{NULL, NULL, NULL},
};

struct arguments {
	const char *listen;
	uint64_t seed;
	double speed;
};

static bool set_option(struct arguments *args, enum option_id id, const char *value,
		       struct err *err)
{
	int64_t seed;

	switch (id) {
	case OPT_LISTEN:
		args->listen = value;
		break;
	case OPT_SEED:
		if (!str_to_i64(str_from(value), &seed) || seed < 0)
			return err_set(err, ERR_USAGE,
				       "sim: --seed takes a whole number, not \"%.60s\"",
				       value);
		args->seed = (uint64_t)seed;
		break;
	case OPT_SPEED:
		if (!str_to_f64(str_from(value), &args->speed) || !(args->speed > 0) ||
		    args->speed > MAX_SPEED)
			return err_set(err, ERR_USAGE,
				       "sim: --speed takes a number above 0 and at most "
				       "%.0f, not \"%.60s\"",
				       MAX_SPEED, value);
		break;
	}
	return true;
}

/* 0, or the exit code after telling what is wrong. */
static int read_arguments(struct arguments *args, int argc, char **argv)
{
	struct cli_args words = {.argc = argc,
				 .argv = argv,
				 .options = option_table,
				 .at = 1};
	struct err err;
	int got;

	while ((got = cli_next(&words)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return err_exit_code(ERR_USAGE);
		if (got == CLI_WORD)
			err_set(&err, ERR_USAGE, "sim: what is \"%.60s\"?", words.value);
		else if (set_option(args, (enum option_id)got, words.value, &err))
			continue;
		return cli_fail(&err);
	}
	return 0;
}

static void on_signal(uv_signal_t *handle, int number)
{
	(void)number;
	loop_stop(handle->data);
}

static bool put_url(const char *url, int *code)
{
	struct strbuf line;
	bool ok;

	strbuf_init(&line, 200);
	strbuf_printf(&line, "%s\n", url);
	ok = cli_write(&line, code);
	strbuf_fini(&line);
	return ok;
}

static int serve(const struct arguments *args, const struct clock *clock, struct err *err)
{
	static const int signals[] = {SIGINT, SIGTERM};
	uv_signal_t handles[2];
	int code = 0;
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
	/* Without its URL nobody could talk to it. */
	if (put_url(sim_url(sim), &code))
		loop_run(loop);
	for (size_t i = 0; i < 2; i++)
		uv_close((uv_handle_t *)&handles[i], NULL);
	sim_free(sim);
	loop_free(loop);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct arguments args = {.listen = "127.0.0.1:0", .seed = 1, .speed = 1};
	struct clock scaled = *clock;
	struct err err = {0};
	int code = read_arguments(&args, argc, argv);

	if (code != 0)
		return code;
	if (args.speed != 1)
		clock_init_scaled(&scaled, clock_wall_ms(clock), args.speed);
	return serve(&args, &scaled, &err);
}

const struct cli_command cli_sim_command = {
	.name = "sim",
	.usage = "[--listen ADDR:PORT] [--seed N] [--speed X]",
	.help = "serve the simulated Azure alone; its URL is the first line",
	.options = option_table,
	.run = run,
};
