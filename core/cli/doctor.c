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

static const struct cli_option option_table[] = {
	{"--output", "text|json", "how to print it (-o)",
	 CLI_INTO_JSON(struct doctor, is_json), .refusal = "there is no format"},
	{"--connection", "NAME", "look at this connection alone",
	 CLI_INTO(struct doctor, only)},
	{"--offline", NULL, "only what needs no network",
	 CLI_INTO(struct doctor, is_offline)},
	{"--demo", NULL, "the embedded, simulated Azure",
	 CLI_INTO(struct doctor, is_demo)},
	CLI_OPTION_AT(struct doctor),
	CLI_OPTION_FAULT(struct doctor),
	CLI_OPTION_CONFIG(struct doctor, config_path),
	{.name = NULL},
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
	int code = cli_walk(&cli_doctor_command, argc, argv, &d);

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
	.usage = "[OPTION...]",
	.help = "what works, what does not, and what to do about it",
	.options = option_table,
	.words = {.extra = "it takes no word such as"},
	.run = run,
};
