/* See reading.h. */
#include "auth/reading.h"

#include <stdlib.h>

#include "auth/secret_ref.h"
#include "auth/settings.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/xalloc.h"

enum { FILE_MAX_BYTES = 256 * 1024, SHORTEST_SECRET = 8 };

struct item {
	const char *name, *value; /* in the arena */
	bool is_secret, is_file;  /* neither: it is there to be looked at */
	struct secret bytes;
};

struct reading {
	struct slot *slot; /* NULL: nobody waits any more */
	reading_fn done;
	bool is_on_pool;
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
	bool ok;

	if (!item->is_file && !item->is_secret)
		return true;
	ok = item->is_file ? read_file(item->value, &item->bytes, &r->err)
			   : secret_ref_resolve(str_from(item->value), &r->keychain,
						&item->bytes, &r->err);

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
		};
		has_any = has_any || row->is_secret || row->is_file;
	}
	return has_any;
}

struct reading *reading_start(struct slot *slot, reading_fn done)
{
	const struct credential *c = slot->owner;
	struct reading *r = xcalloc(1, sizeof(*r));

	*r = (struct reading){.slot = slot, .done = done, .method = c->method};
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
	r->is_on_pool = true;
	loop_work(c->host.loop, work, finished, r);
	return r;
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
