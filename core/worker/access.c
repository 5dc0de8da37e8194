/* See access.h. */
#include "worker/access.h"

#include "auth/keychain.h"
#include "auth/token_cache.h"
#include "base/secret.h"
#include "config.h"
#include "config/env.h"

bool access_init(struct access *a, const struct credential_host *host, struct err *err)
{
	const struct http_options http = {.ca_file = env_ca_file(),
					  .ca_dir = env_ca_dir(),
					  .user_agent = "azdeck/" PACKAGE_VERSION,
					  .log = host->log};

	a->host = *host;
	if (!secret_setup())
		return err_set(err, ERR_INTERNAL, "libsodium does not start");
	a->host.http = http_new(host->loop, &http, err);
	return a->host.http != NULL;
}

/* A key that does not open, or is not there yet, is told by whoever needs it. */
void access_open_tokens(struct access *a, struct keychain *keychain)
{
	const struct token_cache_options options = {.loop = a->host.loop,
						    .keychain = keychain,
						    .log = a->host.log,
						    .save_after_ms = -1};
	struct err ignored;

	secret_forbid_core();
	if (keychain_open(keychain, &ignored))
		log_line(a->host.log, LOG_DEBUG, "auth", "the key is open");
	a->host.tokens = token_cache_new(&options);
}

bool access_connect_demo(struct access *a, struct config *config,
			 const struct sim_options *options, struct err *err)
{
	a->config = config;
	if (!config)
		return false;
	a->sim = sim_new(a->host.loop, options, err);
	return a->sim &&
	       connections_to_sim(&a->connections, &a->host, sim_url(a->sim), err);
}

bool access_connect(struct access *a, struct config *config, struct err *err)
{
	a->config = config;
	return config && connections_from_config(&a->connections, &a->host, config, err);
}

void access_fini(struct access *a)
{
	connections_fini(&a->connections);
	token_cache_free(a->host.tokens);
	http_free(a->host.http);
	sim_free(a->sim);
	config_free(a->config);
}
