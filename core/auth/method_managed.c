/* A managed identity, wherever Azure runs us. A machine's endpoint is looked for
 * first, for a second and once, so that a laptop does not hang; then it is asked with
 * patience. Arc's agent answers a first question with a challenge. Thread: core. */
#include <stdio.h>
#include <stdlib.h>

#include "auth/arc.h"
#include "auth/entra.h"
#include "auth/imds.h"
#include "auth/managed.h"
#include "auth/methods.h"
#include "auth/reading.h"
#include "base/xalloc.h"
#include "config/env.h"

enum { PROBE_MS = 1000, TRY_MS = 10000 };

const struct method_setting method_managed_settings[] = {
	{.name = "client_id", .help = "of a user-assigned identity: its client id"},
	{.name = "object_id", .help = "of a user-assigned identity: its object id"},
	{.name = "resource_id", .help = "of a user-assigned identity: its resource id"},
	{.name = "key_folder",
	 .help = "where Arc's agent keeps its keys",
	 .fallback = ARC_KEYS},
	{0},
};

/* One token being fetched. Reading Arc's key goes on when the slot has gone. */
struct managed_fetch {
	struct slot *slot; /* NULL: nobody waits any more */
	int tries;
	int64_t started_ms; /* monotonic */
	struct loop_timer *timer;
	bool is_on_pool;
	char *key_folder, *key_name;
	struct secret key;
	struct err err;
};

static struct managed *managed_of(const struct slot *s)
{
	return s->owner->state;
}

bool method_managed_open(struct credential *c, struct err *err)
{
	c->state = xcalloc(1, sizeof(struct managed));
	return managed_init(c->state, c, err);
}

void method_managed_close(struct credential *c)
{
	if (c->state)
		managed_fini(c->state);
	free(c->state);
}

static void free_fetch(struct managed_fetch *f)
{
	loop_timer_stop(f->timer);
	secret_fini(&f->key);
	free(f->key_folder);
	free(f->key_name);
	free(f);
}

static void fail(struct managed_fetch *f, const struct err *err)
{
	struct slot *s = f->slot;

	s->fetching = NULL;
	free_fetch(f);
	slot_fail(s, err);
}

/* Refused: what to do, without the header that the endpoint may have repeated. */
static void refuse(struct managed_fetch *f, int status, struct err *err)
{
	const struct managed_row *row = managed_of(f->slot)->row;
	size_t n;

	if (row->variable)
		secret_blot_out(err, str_from(env_get(row->variable)));
	err_wrap(err, "the identity endpoint of %s", row->name);
	n = strlen(err->text);
	if (status == 400)
		snprintf(err->text + n, sizeof(err->text) - n,
			 "; assign one, or check the one that is set");
	fail(f, err);
}

static void give(struct managed_fetch *f, struct http_response *r)
{
	struct slot *s = f->slot;
	struct err err;

	if (entra_error(s, r, &err)) {
		refuse(f, r->status, &err);
		return;
	}
	s->fetching = NULL;
	free_fetch(f);
	entra_answer(r, s);
}

/* GET, or POST where the host wants that, with what proves that we are on it. */
static void ask(struct managed_fetch *f, const struct http_auth *auth, http_done_fn done)
{
	struct slot *s = f->slot;
	const struct managed *m = managed_of(s);
	const struct managed_row *row = m->row;
	bool is_post = m->kind == MANAGED_CLOUD_SHELL;
	const char *proof = row->header ? env_get(row->variable) : NULL;
	struct http_header headers[] = {
		{str_from(row->header ? row->header : "Metadata"),
		 str_from(row->header ? (proof ? proof : "") : "true")},
		{STR("Content-Type"), STR("application/x-www-form-urlencoded")},
	};
	struct http_request request = {.method = is_post ? HTTP_POST : HTTP_GET,
				       .headers = headers,
				       .n_headers = is_post ? 2 : 1,
				       .auth = auth,
				       .is_idempotent = true,
				       .is_single = m->kind == MANAGED_IMDS,
				       .deadline_ms = TRY_MS};
	struct strbuf url, query;

	strbuf_init(&url, 8192);
	strbuf_init(&query, 4096);
	managed_put_query(&query, m, str_from(s->scope));
	strbuf_puts(&url, m->endpoint);
	if (is_post)
		request.body = strbuf_str(&query);
	else
		strbuf_printf(&url, "?%s", query.p);
	request.url = strbuf_str(&url);
	f->tries++;
	s->fetch_id = http_send(s->owner->host.http, &request, done, f);
	strbuf_fini(&query);
	strbuf_fini(&url);
}

/* True when there is nobody to tell. */
static bool is_over(struct managed_fetch *f, const struct http_response *r)
{
	f->slot->fetch_id = 0;
	return r->err.code == ERR_CANCELLED;
}

static void answered(struct http_response *r, void *ctx)
{
	struct managed_fetch *f = ctx;

	if (!is_over(f, r))
		give(f, r);
}

static void try_imds(void *ctx);

static int64_t now_ms(const struct managed_fetch *f)
{
	return clock_mono_ms(loop_clock(f->slot->owner->host.loop));
}

static void imds_answered(struct http_response *r, void *ctx)
{
	struct managed_fetch *f = ctx;
	int64_t wait;

	if (is_over(f, r))
		return;
	wait = imds_wait_ms(r, f->tries, now_ms(f) - f->started_ms);
	if (wait >= 0)
		f->timer = loop_timer_start(f->slot->owner->host.loop, wait, try_imds, f);
	else
		give(f, r);
}

static void try_imds(void *ctx)
{
	struct managed_fetch *f = ctx;

	f->timer = NULL;
	ask(f, NULL, imds_answered);
}

/* Whatever its status: somebody is there. */
static void probed(struct http_response *r, void *ctx)
{
	struct managed_fetch *f = ctx;
	struct err err;

	if (is_over(f, r))
		return;
	if (r->status) {
		managed_of(f->slot)->is_found = true;
		f->started_ms = now_ms(f);
		try_imds(f);
		return;
	}
	err_set(&err, ERR_AUTH,
		"no managed identity here: %s; this is no Azure machine, or its "
		"metadata service is blocked",
		r->err.text);
	fail(f, &err);
}

/* Without the header it is refused at once, by who is there. */
static void probe(struct managed_fetch *f)
{
	struct slot *s = f->slot;
	const struct http_request request = {.method = HTTP_GET,
					     .url = str_from(managed_of(s)->endpoint),
					     .is_single = true,
					     .deadline_ms = PROBE_MS};

	s->fetch_id = http_send(s->owner->host.http, &request, probed, f);
}

static void read_key(void *ctx)
{
	struct managed_fetch *f = ctx;

	err_clear(&f->err);
	if (!arc_key_read(f->key_folder, str_from(f->key_name), &f->key, &f->err))
		secret_fini(&f->key);
}

static void key_read(void *ctx)
{
	struct managed_fetch *f = ctx;
	struct strbuf line;
	struct http_auth auth = {.kind = HTTP_AUTH_HEADER, .name = STR("Authorization")};
	struct err err = f->err;

	f->is_on_pool = false;
	if (!f->slot) {
		free_fetch(f);
		return;
	}
	if (err.code != ERR_NONE) {
		fail(f, &err);
		return;
	}
	strbuf_init(&line, 8192);
	strbuf_puts(&line, "Basic ");
	strbuf_put(&line, secret_borrow(&f->key));
	auth.secret = strbuf_str(&line);
	ask(f, &auth, answered);
	secret_wipe(line.p, line.cap);
	strbuf_fini(&line);
}

static void arc_challenged(struct http_response *r, void *ctx)
{
	struct managed_fetch *f = ctx;
	struct str name;
	struct err err;

	if (is_over(f, r))
		return;
	if (r->err.code != ERR_NONE || r->status != 401) {
		give(f, r);
		return;
	}
	f->key_folder = xstrdup(credential_setting(f->slot->owner, "key_folder"));
	if (!arc_key_name(http_header_find(r, "www-authenticate"), f->key_folder, &name,
			  &err)) {
		fail(f, &err);
		return;
	}
	f->key_name = xstrndup(name.p, name.n);
	f->is_on_pool = true;
	loop_work(f->slot->owner->host.loop, read_key, key_read, f);
}

void method_managed_fetch(struct slot *s)
{
	struct managed_fetch *f = xcalloc(1, sizeof(*f));
	const struct managed *m = managed_of(s);

	f->slot = s;
	s->fetching = f;
	f->started_ms = now_ms(f);
	if (m->kind == MANAGED_ARC)
		ask(f, NULL, arc_challenged);
	else if (m->kind != MANAGED_IMDS)
		ask(f, NULL, answered);
	else if (m->is_found)
		try_imds(f);
	else
		probe(f);
}

void method_managed_cancel(struct slot *s)
{
	struct managed_fetch *f = s->fetching;

	if (!f)
		return;
	s->fetching = NULL;
	f->slot = NULL;
	if (!f->is_on_pool)
		free_fetch(f);
}
