/* In place of auth/credential.c: answers from the loop with the token last set. */
#include <stdlib.h>
#include <string.h>

#include "auth/credential.h"
#include "base/vec.h"
#include "fake/fake_loop.h"
#include "net/http_auth.h"

struct asker {
	credential_fn fn;
	void *ctx;
};

struct credential {
	struct loop *loop;
	char *token; /* NULL: it fails */
	struct loop_timer *timer;
	VEC(struct asker) askers;
};

struct credential *fake_credential_new(struct loop *loop, const char *token)
{
	struct credential *c = xcalloc(1, sizeof(*c));

	c->loop = loop;
	fake_credential_set(c, token);
	return c;
}

void fake_credential_free(struct credential *c)
{
	loop_timer_stop(c->timer);
	vec_fini(&c->askers);
	free(c->token);
	free(c);
}

void fake_credential_set(struct credential *c, const char *token)
{
	free(c->token);
	c->token = token ? xstrdup(token) : NULL;
}

struct str credential_name(const struct credential *c)
{
	return c ? STR("fake") : STR("");
}

static void answer(void *ctx)
{
	struct credential *c = ctx;
	struct http_auth auth = {.kind = HTTP_AUTH_BEARER, .secret = str_from(c->token)};
	size_t n = c->askers.n;
	struct err err;

	c->timer = NULL;
	err_clear(&err);
	if (!c->token)
		err_set(&err, ERR_AUTH, "no token");
	for (size_t i = 0; i < n; i++) {
		struct asker a = c->askers.p[i];

		if (a.fn)
			a.fn(&auth, &err, a.ctx);
	}
	c->askers.n -= n;
	memmove(c->askers.p, c->askers.p + n, c->askers.n * sizeof(*c->askers.p));
	if (c->askers.n)
		c->timer = loop_timer_start(c->loop, 0, answer, c);
}

void credential_ask(struct credential *c, struct str scope, credential_fn fn, void *ctx)
{
	(void)scope;
	vec_push(&c->askers, (struct asker){.fn = fn, .ctx = ctx});
	if (!c->timer)
		c->timer = loop_timer_start(c->loop, 0, answer, c);
}

void credential_forget(struct credential *c, void *ctx)
{
	struct asker *a;

	vec_each (a, &c->askers) {
		if (a->ctx == ctx)
			a->fn = NULL;
	}
}

/* Nothing is kept here: each asker gets what there is. */
void credential_refuse(struct credential *c, struct str scope, int64_t got_ms)
{
	(void)c;
	(void)scope;
	(void)got_ms;
}
