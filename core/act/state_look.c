/* See state_look.h. */
#include "act/state_look.h"

#include <stdlib.h>

#include "base/xalloc.h"

struct state_look {
	struct state_look_options options;
	const struct action *action;
	cJSON *scope;
	state_look_fn done;
	void *ctx;
	size_t at;
	uint64_t call;		  /* 0: none is under way */
	struct loop_timer *later; /* to tell what is known at once */
	struct err err;
};

static void next(struct state_look *look);

static void finish(struct state_look *look)
{
	state_look_fn done = look->done;
	struct err err = look->err;
	void *ctx = look->ctx;

	free(look);
	done(&err, ctx);
}

static void finish_later(void *ctx)
{
	struct state_look *look = ctx;

	look->later = NULL;
	finish(look);
}

static void came(struct api_answer *answer, void *ctx)
{
	struct state_look *look = ctx;
	const struct action_call *read = &look->action->reads[look->at];
	const char *name = read->name;

	look->call = 0;
	if (answer->err.code != ERR_NONE &&
	    !(read->may_be_absent && answer->err.http_status == 404)) {
		look->err = answer->err;
		err_wrap(&look->err, "%s", name);
		finish(look);
		return;
	}
	cJSON_DeleteItemFromObjectCaseSensitive(look->scope, name);
	cJSON_AddItemToObject(look->scope, name,
			      answer->json ? answer->json : cJSON_CreateNull());
	answer->json = NULL;
	look->at++;
	next(look);
}

static bool ask(struct state_look *look, const struct action_call *read)
{
	struct api_call call = {
		.connection = look->options.connection(look->options.ctx, read->kind),
		.method = HTTP_GET,
		.is_read = true,
		.is_interactive = true,
	};
	int64_t now_ms = clock_wall_ms(loop_clock(look->options.loop));
	struct strbuf path;
	bool ok;

	if (!call.connection)
		return err_set(&look->err, ERR_CONFIG,
			       "there is no %s connection in the configuration",
			       conn_kind_name(read->kind));
	strbuf_init(&path, 16384);
	ok = param_expand(read->path_params, look->scope, now_ms, &path, &look->err);
	if (ok && path.p[0] != '/')
		ok = err_set(&look->err, ERR_REFUSED,
			     "%s: the path does not begin with '/'", read->name);
	call.path = strbuf_str(&path);
	if (ok)
		look->call = api_start(look->options.api, &call, came, look);
	strbuf_fini(&path);
	return ok;
}

static void next(struct state_look *look)
{
	if (look->at < look->action->n_reads && ask(look, &look->action->reads[look->at]))
		return;
	look->later = loop_timer_start(look->options.loop, 0, finish_later, look);
}

struct state_look *state_look_start(const struct state_look_options *options,
				    const struct action *action, cJSON *scope,
				    state_look_fn done, void *ctx)
{
	struct state_look *look = xcalloc(1, sizeof(*look));

	*look = (struct state_look){.options = *options,
				    .action = action,
				    .scope = scope,
				    .done = done,
				    .ctx = ctx};
	next(look);
	return look;
}

void state_look_stop(struct state_look *look)
{
	if (!look)
		return;
	if (look->call)
		api_cancel(look->options.api, look->call);
	loop_timer_stop(look->later);
	free(look);
}
