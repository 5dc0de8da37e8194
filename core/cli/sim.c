/* `azdeck sim`: serves the embedded Azure until SIGINT or SIGTERM. Thread: the
 * main thread, which is the core thread here. The first line on standard output
 * is the URL; nothing else is ever printed there. */
#include "cli/sim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/aligned.h"
#include "cli/world.h"
#include "net/loop.h"
#include "sim/fault/faults.h"
#include "sim/sim.h"

struct arguments {
	const char *listen, *log_path;
	struct cli_world world;
	bool lists_faults;
};

static const struct cli_option option_table[] = {
	{"--listen", "ADDR:PORT", "where to listen; port 0 picks one (127.0.0.1:0)",
	 CLI_INTO(struct arguments, listen)},
	CLI_OPTION_SEED(struct arguments),
	CLI_OPTION_SPEED(struct arguments),
	CLI_OPTION_AT(struct arguments),
	CLI_OPTION_FAULT(struct arguments),
	CLI_OPTION_AS(struct arguments),
	{"--log", "FILE", "append a line for each request to FILE",
	 CLI_INTO(struct arguments, log_path)},
	{"--faults", NULL, "print what can fail, and how; nothing else",
	 CLI_INTO(struct arguments, lists_faults)},
	{.name = NULL},
};

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
	struct aligned *aligned = aligned_new("<<");
	const char *name, *what;
	struct strbuf out;
	int code = 0;

	strbuf_init(&out, 16384);
	for (size_t i = 0; faults_describe(i, &name, &what); i++) {
		aligned_put(aligned, "%s", name);
		aligned_put(aligned, "%s", what);
	}
	aligned_end(aligned, &out);
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
	int code = cli_walk(&cli_sim_command, argc, argv, &args);

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
	.usage = "[OPTION...]",
	.help = "serve the simulated Azure alone; its URL is the first line",
	.options = option_table,
	.words = {.extra = "what is"},
	.run = run,
};
