/* See api.h: calls to azdeck itself. Nothing is sent: what is asked is in this program. */
#include "azure/api_part.h"

enum { LOCAL_AGAIN_MS = 50 };

void api_answer_local(void *ctx)
{
	struct call *c = ctx;
	struct api *api = c->api;
	struct api_local local = {0};

	c->local = NULL;
	c->was_early = false;
	if (api->local)
		api->local(api->local_ctx, c->what.path, &local);
	else
		err_set(&local.err, ERR_INTERNAL, "nobody answers here");
	if (local.is_early) {
		c->was_early = true;
		c->local =
			loop_timer_start(api->loop, LOCAL_AGAIN_MS, api_answer_local, c);
		return;
	}
	c->answer.status = local.json ? 200 : 0;
	c->answer.known_ms = local.known_ms;
	c->answer.is_filling = local.is_filling;
	c->answer.is_partial = local.json && local.err.code != ERR_NONE;
	if (local.json)
		paging_add(&c->paging, local.json, STR(""), &c->url, &c->answer.err);
	if (local.err.code != ERR_NONE)
		c->answer.err = local.err;
	api_finish(c);
}

/* From the loop: whoever says that something came is not done with it yet. */
void api_local_again(struct api *api)
{
	for (struct call *c = api->first; c; c = c->next) {
		if (!c->was_early)
			continue;
		c->was_early = false;
		loop_timer_stop(c->local);
		c->local = loop_timer_start(api->loop, 0, api_answer_local, c);
	}
}

void api_set_local(struct api *api, api_local_fn fn, void *ctx)
{
	api->local = fn;
	api->local_ctx = ctx;
}
