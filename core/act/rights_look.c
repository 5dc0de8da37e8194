/* See rights_look.h. */
#include "act/rights_look.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

/* A plan waits for it: what takes longer is not worth it. */
enum { MOST_RIGHTS = 6, PATIENCE_MS = 3000, SENTENCE = 1000 };

struct rights_look {
	struct state_look_options options;
	struct plan *plan;
	rights_look_fn done;
	void *ctx;
	struct right rights[MOST_RIGHTS]; /* each once */
	size_t n, at;
	const char *missing[MOST_RIGHTS];
	size_t n_missing;
	struct arena arena;
	uint64_t call;		  /* 0: none is under way */
	struct loop_timer *later; /* nothing has to be asked */
};

static void next(struct rights_look *look);

static void finish(void *ctx)
{
	struct rights_look *look = ctx;

	look->later = NULL;
	look->done(look->missing, look->n_missing, look->ctx);
	rights_look_stop(look);
}

/* As the action writes it, where that is the same. */
static const char *name_of(const struct rights_look *look, const struct right *right)
{
	return str_eq_nocase(str_from(look->plan->permission), str_from(right->action))
		       ? look->plan->permission
		       : right->action;
}

static void put_missing(struct strbuf *out, const struct rights_look *look,
			const struct right *right, const struct api_answer *answer)
{
	const cJSON *given = json_member(answer->json, "value");

	if (!cJSON_IsArray(given))
		strbuf_printf(out,
			      "whether you have the right to %s could not be read%s%s",
			      name_of(look, right), answer->err.text[0] ? ": " : "",
			      answer->err.text);
	else if (!right_is_given(right, given))
		strbuf_printf(out, "you have no right to %s: ask for the role %s on %.*s",
			      name_of(look, right), right_role(right->action),
			      STR_ARG(right->scope));
}

static void came(struct api_answer *answer, void *ctx)
{
	struct rights_look *look = ctx;
	struct strbuf text;

	look->call = 0;
	strbuf_init(&text, SENTENCE);
	put_missing(&text, look, &look->rights[look->at++], answer);
	if (text.n)
		look->missing[look->n_missing++] =
			arena_strdup(&look->arena, strbuf_str(&text));
	strbuf_fini(&text);
	next(look);
}

static void next(struct rights_look *look)
{
	struct api_call call = {.method = HTTP_GET,
				.is_read = true,
				.is_interactive = true,
				.deadline_ms = PATIENCE_MS};
	struct strbuf path;

	call.connection = look->options.connection(look->options.ctx, CONN_ARM);
	if (look->at == look->n || !call.connection) {
		look->later = loop_timer_start(look->options.loop, 0, finish, look);
		return;
	}
	strbuf_init(&path, 16384);
	strbuf_put(&path, look->rights[look->at].scope);
	strbuf_puts(
		&path,
		"/providers/Microsoft.Authorization/permissions?api-version=2022-04-01");
	call.path = strbuf_str(&path);
	look->call = api_start(look->options.api, &call, came, look);
	strbuf_fini(&path);
}

static void add(struct rights_look *look, const struct right *right)
{
	for (size_t i = 0; i < look->n; i++) {
		if (strcmp(look->rights[i].action, right->action) == 0 &&
		    str_eq(look->rights[i].scope, right->scope))
			return;
	}
	if (look->n < MOST_RIGHTS)
		look->rights[look->n++] = *right;
}

struct rights_look *rights_look_start(const struct state_look_options *options,
				      const struct plan *plan, rights_look_fn done,
				      void *ctx)
{
	struct rights_look *look = xcalloc(1, sizeof(*look));
	struct right right;

	arena_init(&look->arena);
	look->options = *options;
	look->plan = plan_get(plan);
	look->done = done;
	look->ctx = ctx;
	for (size_t i = 0; i < plan->n_requests; i++) {
		if (right_of(&plan->requests[i], &right) && right.is_askable)
			add(look, &right);
	}
	next(look);
	return look;
}

void rights_look_stop(struct rights_look *look)
{
	if (!look)
		return;
	if (look->call)
		api_cancel(look->options.api, look->call);
	loop_timer_stop(look->later);
	plan_free(look->plan);
	arena_fini(&look->arena);
	free(look);
}
