/* `azdeck sim`: serves the embedded Azure until SIGINT or SIGTERM. Thread: the
 * main thread, which is the core thread here. The first line on standard output
 * is the URL; nothing else is ever printed there. */
#include "cli/sim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/world.h"
#include "net/loop.h"
#include "sim/faults.h"
#include "sim/sim.h"

enum option_id {
	OPT_LISTEN,
	OPT_SEED,
	OPT_SPEED,
	OPT_AT,
	OPT_FAULT,
	OPT_AS,
	OPT_LOG,
	OPT_FAULTS
};

static const struct cli_option option_table[] = {
	[OPT_LISTEN] = {"--listen", "ADDR:PORT",
			"where to listen; port 0 picks one (127.0.0.1:0)"},
	[OPT_SEED] = CLI_OPTION_SEED,
	[OPT_SPEED] = CLI_OPTION_SPEED,
	[OPT_AT] = CLI_OPTION_AT,
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_AS] = CLI_OPTION_AS,
	[OPT_LOG] = {"--log", "FILE", "append a line for each request to FILE"},
	[OPT_FAULTS] = {"--faults", NULL, "print what can fail, and how; nothing else"},
	{NULL, NULL, NULL},
};

struct arguments {
	const char *listen, *log_path;
	struct cli_world world;
	bool lists_faults;
};

static bool set_option(struct arguments *args, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_LISTEN:
		args->listen = value;
		return true;
	case OPT_SEED:
	case OPT_SPEED:
	case OPT_AT:
	case OPT_FAULT:
	case OPT_AS:
		return cli_world_set(&args->world, option_table[id].name, value);
	case OPT_LOG:
		args->log_path = value;
		return true;
	case OPT_FAULTS:
		args->lists_faults = true;
		return true;
	}
	return false;
}

/* 0, or the exit code after telling what is wrong. */
static int read_arguments(struct arguments *args, int argc, char **argv)
{
	struct cli_args words = {.argc = argc,
				 .argv = argv,
				 .options = option_table,
				 .at = 1};
	int got;

	while ((got = cli_next(&words)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return err_exit_code(ERR_USAGE);
		if (got == CLI_WORD)
			return cli_usage("sim", "what is", words.value);
		if (!set_option(args, (enum option_id)got, words.value))
			return cli_wrong_value("sim", option_table[got].name,
					       words.value);
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

static int serve(const struct arguments *args, const struct clock *clock, struct log *log,
		 struct err *err)
{
	static const int signals[] = {SIGINT, SIGTERM};
	uv_signal_t handles[2];
	int code = 0;
	struct loop *loop = loop_new(clock, err);
	struct sim_options options = {.listen = args->listen,
				      .seed = args->world.seed,
				      .clock = clock,
				      .faults = args->world.faults,
				      .n_faults = args->world.n_faults,
				      .as = args->world.as,
				      .log = log};
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

static int list_faults(void)
{
	const char *name, *what;
	struct strbuf out;
	int code = 0;

	strbuf_init(&out, 16384);
	for (size_t i = 0; faults_describe(i, &name, &what); i++)
		strbuf_printf(&out, "%-16s  %s\n", name, what);
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct arguments args = {.listen = "127.0.0.1:0", .world = CLI_WORLD_DEFAULT};
	struct clock scaled;
	struct err err = {0};
	struct log *log;
	int code = read_arguments(&args, argc, argv);

	if (code != 0)
		return code;
	if (args.lists_faults)
		return list_faults();
	(void)clock;
	cli_world_clock(&args.world, &scaled);
	log = log_new(args.log_path, LOG_INFO, &err);
	if (!log)
		return cli_fail(&err);
	code = serve(&args, &scaled, log, &err);
	log_free(log);
	return code;
}

const struct cli_command cli_sim_command = {
	.name = "sim",
	.usage = "[--listen ADDR:PORT] [--seed N] [--speed X] [--at TIME] [--fault "
		 "FAULT:PATH[@FROM-TO]]... [--as NAME] [--log FILE] [--faults]",
	.help = "serve the simulated Azure alone; its URL is the first line",
	.options = option_table,
	.run = run,
};
