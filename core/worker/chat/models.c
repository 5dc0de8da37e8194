/* See models.h. */
#include "worker/chat/models.h"

#include "azure/kinds.h"
#include "base/strbuf.h"
#include "worker/identity.h"

static struct credential *open_identity(const struct config_ai_provider *of,
					const char *path, void *ctx, struct err *err)
{
	struct access *a = ctx;
	struct credential_host host = a->host;
	struct identity_want want = {.config = a->config,
				     .text = of->credential,
				     .path = path,
				     .cloud = cloud_find(str_from(of->cloud))};
	struct credential *found;
	struct strbuf text;

	host.keyvault = a->connections.keyvault;
	strbuf_init(&text, 1024);
	/* The simulator's connections have it already, by its whole name. */
	if (a->sim) {
		strbuf_printf(&text, "sim:%s", sim_url(a->sim));
		want.text = text.p;
	}
	found = identity_open(&a->connections, &host, &want, err);
	strbuf_fini(&text);
	return found;
}

struct gateway *models_open(struct access *a, struct spent *spent, struct err *err)
{
	struct gateway *g = gateway_new(
		&(struct gateway_options){.loop = a->host.loop,
					  .http = a->host.http,
					  .config = a->config,
					  .identity = open_identity,
					  .identity_ctx = a,
					  .log = a->host.log,
					  .spent = spent ? spent_add : NULL,
					  .spent_ctx = spent,
					  .has_kept = spent != NULL,
					  .simulator = a->sim ? sim_url(a->sim) : NULL},
		err);

	if (g && spent)
		spent_serve(spent, g);
	return g;
}

cJSON *models_rows(void *ctx)
{
	return ctx ? gateway_rows(ctx) : cJSON_CreateArray();
}
