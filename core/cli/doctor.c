/* See doctor.h. The configuration is opened and its connections are made as the worker
 * does, without a poller: what fails here fails in the deck. A configuration that
 * cannot be read ends no check that needs none. */
#include "cli/doctor.h"

#include <string.h>

#include "azure/api.h"
#include "base/count.h"
#include "cli/boards.h"
#include "cli/doctor_check.h"
#include "cli/prompt.h"
#include "worker/configured.h"

enum { OUTPUT_MAX = 8 << 20 };

enum option_id {
	OPT_OUTPUT,
	OPT_CONNECTION,
	OPT_OFFLINE,
	OPT_DEMO,
	OPT_AT,
	OPT_FAULT,
	OPT_CONFIG,
};

static const struct cli_option option_table[] = {
	[OPT_OUTPUT] = {"--output", "FORMAT", "text or json (-o)"},
	[OPT_CONNECTION] = {"--connection", "NAME", "look at this connection alone"},
	[OPT_OFFLINE] = {"--offline", NULL, "only what needs no network"},
	[OPT_DEMO] = {"--demo", NULL, "the embedded, simulated Azure"},
	[OPT_AT] = CLI_OPTION_AT,
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_CONFIG] = {"--config", "FILE", "use this configuration"},
	{NULL, NULL, NULL},
};

static const struct {
	const char *name;
	void (*run)(struct doctor *d);
	bool needs_network, needs_connections;
} checks[] = {
	{"terminal", doctor_terminal, false, false},
	{"config", doctor_config, false, false},
	{"disk", doctor_disk, false, false},
	{"time zones", doctor_zones, false, false},
	{"clock", doctor_clock, true, true},
	{"proxy", doctor_proxy, false, false},
	{"dns", doctor_dns, true, true},
	{"tls", doctor_tls, true, true},
	{"key vault", doctor_vault, true, true},
	{"sign-in", doctor_sign_in, true, true},
	{"permission", doctor_permission, true, true},
	{"throttle", doctor_throttle, true, true},
};

static int set_option(struct doctor *d, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_OUTPUT:
		d->is_json = strcmp(value, "json") == 0;
		return d->is_json || strcmp(value, "text") == 0
			       ? 0
			       : cli_usage("doctor", "there is no format", value);
	case OPT_CONNECTION:
		d->only = value;
		return 0;
	case OPT_OFFLINE:
		d->is_offline = true;
		return 0;
	case OPT_DEMO:
		d->is_demo = true;
		return 0;
	case OPT_AT:
	case OPT_FAULT:
		return cli_world_set(&d->world, option_table[id].name, value)
			       ? 0
			       : cli_wrong_value("doctor", option_table[id].name, value);
	case OPT_CONFIG:
		d->config_path = value;
		return 0;
	}
	return err_exit_code(ERR_USAGE);
}

static int read_args(struct doctor *d, int argc, char **argv)
{
	struct cli_args args = {.argc = argc,
				.argv = argv,
				.options = option_table,
				.at = 1};
	int got, code = 0;

	while (code == 0 && (got = cli_next(&args)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return err_exit_code(ERR_USAGE);
		if (got == CLI_WORD)
			return cli_usage("doctor", "it takes no word such as",
					 args.value);
		code = set_option(d, (enum option_id)got, args.value);
	}
	return code;
}

static bool connect_demo(struct doctor *d, struct err *err)
{
	const struct sim_options options = {.listen = "127.0.0.1:0",
					    .seed = d->world.seed,
					    .clock = &d->clock,
					    .is_private = true,
					    .faults = d->world.faults,
					    .n_faults = d->world.n_faults};

	return access_connect_demo(&d->access, config_demo(), &options, err);
}

static bool connect_configured(struct doctor *d, struct err *err)
{
	struct config *config;
	struct strbuf path;

	if (!d->is_offline && !cli_unlock(&d->keychain, err))
		return false;
	access_open_tokens(&d->access, &d->keychain);
	strbuf_init(&path, 4096);
	config_put_path(&path, d->config_path);
	config = configured_load(path.p, err);
	if (!config && err->code == ERR_NOT_FOUND)
		err_set(err, ERR_CONFIG,
			"there is no configuration (%s); azdeck on a terminal offers to "
			"write one",
			path.p);
	strbuf_fini(&path);
	return access_connect(&d->access, config, err);
}

static bool only_is_there(const struct doctor *d, struct err *err)
{
	struct connection *const *conn;

	vec_each (conn, &d->access.connections.list) {
		if (doctor_wants(d, *conn))
			return true;
	}
	if (!d->only)
		return err_set(err, ERR_CONFIG, "there is no connection in it");
	return err_set(err, ERR_NOT_FOUND, "there is no connection \"%.60s\"", d->only);
}

static bool open_all(struct doctor *d, struct err *err)
{
	const struct credential_host host = {.loop = loop_new(&d->clock, err),
					     .keychain = &d->keychain};

	d->loop = host.loop;
	if (!d->loop || !access_init(&d->access, &host, err))
		return false;
	d->api = api_new(d->access.host.http, d->loop, NULL);
	if (!(d->is_demo ? connect_demo(d, err) : connect_configured(d, err)))
		return false;
	doctor_find_hosts(d);
	return only_is_there(d, err);
}

static void close_all(struct doctor *d)
{
	vec_fini(&d->hosts);
	vec_fini(&d->calls_left);
	api_free(d->api);
	access_fini(&d->access);
	loop_free(d->loop);
	library_free(d->library);
	vec_fini(&d->findings);
	arena_fini(&d->arena);
}

static void run_checks(struct doctor *d)
{
	for (size_t i = 0; i < COUNT(checks); i++) {
		d->check = checks[i].name;
		if (checks[i].needs_connections && d->config_err.code != ERR_NONE)
			doctor_say(d, DOCTOR_SKIP, "", "put the configuration right",
				   "there are no connections to try");
		else if (checks[i].needs_network && d->is_offline)
			doctor_say(d, DOCTOR_SKIP, "", "run it without --offline",
				   "it needs the network");
		else
			checks[i].run(d);
	}
}

static int report(const struct doctor *d)
{
	struct strbuf out;
	int code = doctor_exit_code(d);

	strbuf_init(&out, OUTPUT_MAX);
	if (d->is_json)
		doctor_print_json(d, &out);
	else
		doctor_print_text(d, &out);
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct doctor d = {.world = CLI_WORLD_DEFAULT};
	int code = read_args(&d, argc, argv);

	if (code != 0)
		return code;
	d.clock = *clock;
	if (d.is_demo)
		cli_world_clock(&d.world, &d.clock);
	arena_init(&d.arena);
	keychain_init(&d.keychain);
	d.library = cli_library(d.config_path);
	if (open_all(&d, &d.config_err))
		err_clear(&d.config_err);
	run_checks(&d);
	code = report(&d);
	close_all(&d);
	keychain_fini(&d.keychain);
	return code;
}

const struct cli_command cli_doctor_command = {
	.name = "doctor",
	.usage =
		"[--connection NAME] [-o text|json] [--offline] [--demo] [--config FILE]",
	.help = "what works, what does not, and what to do about it",
	.options = option_table,
	.run = run,
};
