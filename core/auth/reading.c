/* See reading.h. */
#include "auth/reading.h"

#include <stdlib.h>

#include "auth/keyvault_reader.h"
#include "auth/secret_ref.h"
#include "auth/settings.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/xalloc.h"

enum { FILE_MAX_BYTES = 256 * 1024, SHORTEST_SECRET = 8 };

struct item {
	const char *name, *value; /* in the arena */
	bool is_secret, is_file;  /* neither: it is there to be looked at */
	struct str remote;	  /* of a secret in a key vault: what names it there */
	struct secret bytes;
	struct reading *owner;
};

struct reading {
	struct slot *slot; /* NULL: nobody waits any more */
	reading_fn done;
	bool is_on_pool, was_kept;
	size_t n_remote; /* still to come out of key vaults */
	struct loop *loop;
	struct keyvault_reader *keyvault;
	struct keychain keychain; /* a copy */
	struct arena arena;
	struct item *items;
	size_t n_items;
	const struct method *method;
	struct str scope;
	int64_t now_ms;
	struct secret made;
	struct err err;
};

static void destroy(struct reading *r)
{
	for (size_t i = 0; i < r->n_items; i++)
		secret_fini(&r->items[i].bytes);
	secret_fini(&r->made);
	keychain_fini(&r->keychain);
	arena_fini(&r->arena);
	free(r);
}

void reading_free(struct reading *r)
{
	if (!r)
		return;
	r->slot = NULL;
	for (size_t i = 0; i < r->n_items && r->n_remote; i++)
		keyvault_reader_forget(r->keyvault, &r->items[i]);
	if (!r->is_on_pool)
		destroy(r);
}

static bool read_file(const char *path, struct secret *out, struct err *err)
{
	struct strbuf text;
	bool ok;

	strbuf_init(&text, FILE_MAX_BYTES);
	ok = file_read(path, &text, err);
	if (ok)
		secret_set(out, strbuf_str(&text));
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
	return ok;
}

/* Nothing at all is a configuration that somebody forgot to fill in: the service would
 * answer with its sign-in page. */
static bool read_item(struct reading *r, struct item *item)
{
	bool ok = true;

	if (!item->is_file && !item->is_secret)
		return true;
	if (item->is_file)
		ok = read_file(item->value, &item->bytes, &r->err);
	else if (!item->remote.n)
		ok = secret_ref_resolve(str_from(item->value), &r->keychain, &item->bytes,
					&r->err);

	if (ok && !str_trim(secret_borrow(&item->bytes)).n)
		ok = err_set(&r->err, ERR_AUTH, "%s is empty", item->value);
	return ok ? true : err_wrap(&r->err, "%s", item->name);
}

/* On the pool: sees nothing but the reading. */
static void work(void *ctx)
{
	struct reading *r = ctx;

	for (size_t i = 0; i < r->n_items; i++) {
		if (!read_item(r, &r->items[i]))
			return;
	}
	if (r->method->make && !r->method->make(r, &r->made, &r->err))
		secret_fini(&r->made);
	else
		err_clear(&r->err); /* it is what the outcome is told by */
}

static void finished(void *ctx)
{
	struct reading *r = ctx;
	struct err err = r->err;

	r->is_on_pool = false;
	if (r->slot)
		r->done(r->slot, &err);
	else
		destroy(r);
}

static void start_work(struct reading *r)
{
	r->is_on_pool = true;
	loop_work(r->loop, work, finished, r);
}

static void remote_came(const struct keyvault_value *value, const struct err *err,
			void *ctx)
{
	struct item *item = ctx;
	struct reading *r = item->owner;
	struct err first;

	r->n_remote--;
	r->was_kept = r->was_kept || value->was_kept;
	if (err->code == ERR_NONE) {
		secret_set(&item->bytes, value->value);
	} else if (r->err.code == ERR_NONE) {
		r->err = *err;
		/* The place names it well enough; "secret: x" would look like one. */
		err_wrap(&r->err, "%s", item->value);
	}
	if (r->n_remote)
		return;
	first = r->err;
	if (first.code == ERR_NONE)
		start_work(r);
	else
		r->done(r->slot, &first);
}

static void start_remote(struct reading *r, int64_t newer_than_ms)
{
	for (size_t i = 0; i < r->n_items; i++) {
		struct item *item = &r->items[i];

		if (item->remote.n)
			keyvault_reader_ask(r->keyvault, item->remote, newer_than_ms,
					    remote_came, item);
	}
}

/* False when nothing of it is to be read. */
static bool copy_settings(struct reading *r, const struct credential *c)
{
	bool has_any = false;

	r->items = arena_calloc(&r->arena, c->n_settings + 1, sizeof(*r->items));
	for (size_t i = 0; i < c->n_settings; i++) {
		const struct credential_setting *s = &c->settings[i];
		const struct method_setting *row = setting_row(c->method, s->name);

		r->items[r->n_items++] = (struct item){
			.name = arena_strdup(&r->arena, str_from(s->name)),
			.value = arena_strdup(&r->arena, str_from(s->value)),
			.is_secret = row->is_secret,
			.is_file = row->is_file,
			.owner = r,
		};
		if (row->is_secret && secret_ref_is_remote(str_from(r->items[i].value),
							   &r->items[i].remote))
			r->n_remote++;
		has_any = has_any || row->is_secret || row->is_file;
	}
	return has_any;
}

struct reading *reading_start(struct slot *slot, reading_fn done)
{
	const struct credential *c = slot->owner;
	struct reading *r = xcalloc(1, sizeof(*r));

	*r = (struct reading){.slot = slot,
			      .done = done,
			      .method = c->method,
			      .loop = c->host.loop,
			      .keyvault = c->host.keyvault};
	err_clear(&r->err);
	arena_init(&r->arena);
	r->scope = arena_str(&r->arena, str_from(slot->scope));
	r->now_ms = clock_wall_ms(loop_clock(c->host.loop));
	if (!copy_settings(r, c) && !c->method->make) {
		destroy(r);
		return NULL;
	}
	if (c->host.keychain)
		keychain_copy(&r->keychain, c->host.keychain);
	else
		keychain_init(&r->keychain);
	if (r->n_remote)
		start_remote(r, slot->refused_ms);
	else
		start_work(r);
	return r;
}

bool reading_was_kept(const struct reading *r)
{
	return r && r->was_kept;
}

static const struct item *find(const struct reading *r, const char *name)
{
	for (size_t i = 0; r && i < r->n_items; i++) {
		if (strcmp(r->items[i].name, name) == 0)
			return &r->items[i];
	}
	return NULL;
}

struct str reading_find(const struct reading *r, const char *name)
{
	const struct item *item = find(r, name);

	return item ? str_trim(secret_borrow(&item->bytes)) : (struct str){0};
}

struct str reading_setting(const struct reading *r, const char *name)
{
	const struct item *item = find(r, name);

	return str_from(item ? item->value : NULL);
}

struct str reading_scope(const struct reading *r)
{
	return r->scope;
}

int64_t reading_now_ms(const struct reading *r)
{
	return r->now_ms;
}

struct str reading_made(const struct reading *r)
{
	return r ? secret_borrow(&r->made) : (struct str){0};
}

void secret_blot_out(struct err *err, struct str secret)
{
	char *from = err->text;
	ptrdiff_t at;

	if (secret.n < SHORTEST_SECRET)
		return;
	while ((at = str_find(str_from(from), secret)) >= 0) {
		memset(from + at, '*', secret.n);
		from += (size_t)at + secret.n;
	}
}

void reading_redact(const struct reading *r, struct err *err)
{
	for (size_t i = 0; r && i < r->n_items; i++)
		secret_blot_out(err, str_trim(secret_borrow(&r->items[i].bytes)));
}
