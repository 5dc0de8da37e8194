/* See token_cache.h. A write is a job of its own: it has a copy of the tokens and of
 * the keychain, merges them with what the file holds by then, and may outlive the
 * cache. */
#include "auth/token_cache.h"

#include <stdlib.h>

#include "auth/file_lock.h"
#include "auth/seal.h"
#include "auth/token_list.h"
#include "base/count.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

#define PURPOSE STR("tokens")

/* Long enough for the tokens of all connections to come in after the start. */
enum { SAVE_AFTER_MS = 2000, LOCK_WAIT_MS = 5000 };

struct save {
	struct token_cache *cache; /* NULL: it is gone */
	struct keychain keychain;
	struct token_list list;
	int64_t now_ms;
	struct err err;	  /* of the write */
	struct err found; /* of what was in the file */
};

/* A look into the file, likewise. */
struct load {
	struct load *next;
	struct token_cache *cache; /* NULL: it is gone */
	struct keychain keychain;
	struct token_list list;
	struct err err;
	loop_fn done; /* NULL: nobody waits any more */
	void *ctx;
};

struct token_cache {
	struct token_cache_options options;
	struct keychain keychain;
	struct token_list list;
	struct loop_timer *timer; /* until it is written */
	struct save *saving;
	struct load *loads;
	bool is_changed; /* since the last copy for a write */
	bool is_held;
};

static int64_t now(const struct token_cache *cache)
{
	return clock_wall_ms(loop_clock(cache->options.loop));
}

/* ERR_NONE for a file that is absent: then the list is empty. */
static void read_file(const struct keychain *k, struct token_list *list, struct err *err)
{
	struct secret plain = {0};

	err_clear(err);
	if (seal_file_read(k->tokens_path, &k->key, PURPOSE, &plain, err) &&
	    token_list_parse(list, secret_borrow(&plain), k->tokens_path, err))
		err_clear(err);
	if (err->code == ERR_NOT_FOUND)
		err_clear(err);
	secret_fini(&plain);
}

/* On the pool, or at the end. */
static void save_now(void *ctx)
{
	struct save *s = ctx;
	struct token_list old = {0};
	struct secret plain = {0};
	struct file_lock lock;

	err_clear(&s->err);
	err_clear(&s->found);
	if (!keychain_open_or_make(&s->keychain, &s->err) ||
	    !file_lock_take(&lock, s->keychain.tokens_path, LOCK_WAIT_MS, &s->err))
		return;
	read_file(&s->keychain, &old, &s->found);
	token_list_merge(&s->list, &old);
	token_list_prune(&s->list, s->now_ms);
	token_list_pack(&s->list, &plain);
	if (seal_file_write(s->keychain.tokens_path, &s->keychain.key, PURPOSE,
			    secret_borrow(&plain), &s->err))
		err_clear(&s->err);
	secret_fini(&plain);
	file_lock_drop(&lock);
}

static struct save *new_save(struct token_cache *cache)
{
	struct save *s = xcalloc(1, sizeof(*s));

	s->cache = cache;
	s->now_ms = now(cache);
	keychain_copy(&s->keychain, &cache->keychain);
	token_list_copy(&s->list, &cache->list);
	cache->is_changed = false;
	return s;
}

static void free_save(struct save *s)
{
	keychain_fini(&s->keychain);
	token_list_fini(&s->list);
	free(s);
}

static void tell(const struct token_cache *cache, const struct save *s)
{
	if (s->found.code != ERR_NONE)
		log_line(cache->options.log, LOG_WARN, "auth",
			 "the tokens kept before are replaced: %s", s->found.text);
	if (s->err.code != ERR_NONE)
		log_line(cache->options.log, LOG_WARN, "auth",
			 "tokens are not kept for the next run: %s", s->err.text);
}

static void save_later(struct token_cache *cache);

static void saved(void *ctx)
{
	struct save *s = ctx;
	struct token_cache *cache = s->cache;

	if (cache) {
		tell(cache, s);
		cache->saving = NULL;
		/* A key that was made or opened is not opened again. */
		if (secret_is_set(&s->keychain.key))
			secret_give(&cache->keychain.key, &s->keychain.key);
		if (cache->is_changed)
			save_later(cache);
	}
	free_save(s);
}

static void start_saving(void *ctx)
{
	struct token_cache *cache = ctx;

	cache->timer = NULL;
	cache->saving = new_save(cache);
	loop_work(cache->options.loop, save_now, saved, cache->saving);
}

static void save_later(struct token_cache *cache)
{
	cache->is_changed = true;
	if (cache->timer || cache->saving || cache->is_held ||
	    !cache->keychain.tokens_path)
		return;
	cache->timer = loop_timer_start(cache->options.loop, cache->options.save_after_ms,
					start_saving, cache);
}

void token_cache_hold(struct token_cache *cache, bool is_held)
{
	cache->is_held = is_held;
	if (!is_held && cache->is_changed)
		save_later(cache);
}

struct token_cache *token_cache_new(const struct token_cache_options *options)
{
	struct token_cache *cache = xcalloc(1, sizeof(*cache));
	struct err err;

	cache->options = *options;
	if (options->save_after_ms < 0)
		cache->options.save_after_ms = SAVE_AFTER_MS;
	keychain_copy(&cache->keychain, options->keychain);
	cache->options.keychain = NULL;
	if (!cache->keychain.tokens_path)
		return cache;
	if (keychain_open(&cache->keychain, &err)) {
		read_file(&cache->keychain, &cache->list, &err);
		token_list_prune(&cache->list, now(cache));
	}
	/* No key yet: nothing was ever kept. */
	if (err.code != ERR_NONE && err.code != ERR_NOT_FOUND)
		log_line(options->log, LOG_WARN, "auth", "no tokens from before: %s",
			 err.text);
	return cache;
}

static void load_now(void *ctx)
{
	struct load *l = ctx;

	if (keychain_open(&l->keychain, &l->err))
		read_file(&l->keychain, &l->list, &l->err);
}

static void free_load(struct load *l)
{
	keychain_fini(&l->keychain);
	token_list_fini(&l->list);
	free(l);
}

/* What could not be read is as if nothing were there: it was told at the start. */
static void loaded(void *ctx)
{
	struct load *l = ctx, **at;

	if (l->cache) {
		for (at = &l->cache->loads; *at != l;)
			at = &(*at)->next;
		*at = l->next;
		token_list_merge(&l->cache->list, &l->list);
		if (l->done)
			l->done(l->ctx);
	}
	free_load(l);
}

void token_cache_reload(struct token_cache *cache, loop_fn done, void *ctx)
{
	struct load *l = xcalloc(1, sizeof(*l));

	*l = (struct load){.next = cache->loads,
			   .cache = cache,
			   .done = done,
			   .ctx = ctx};
	keychain_copy(&l->keychain, &cache->keychain);
	cache->loads = l;
	loop_work(cache->options.loop, load_now, loaded, l);
}

void token_cache_forget(struct token_cache *cache, void *ctx)
{
	for (struct load *l = cache->loads; l; l = l->next) {
		if (l->ctx == ctx)
			l->done = NULL;
	}
}

void token_cache_free(struct token_cache *cache)
{
	if (!cache)
		return;
	for (struct load *l = cache->loads; l; l = l->next)
		l->cache = NULL;
	loop_timer_stop(cache->timer);
	if (cache->saving)
		cache->saving->cache = NULL;
	if (cache->is_changed && !cache->is_held && cache->keychain.tokens_path) {
		struct save *s = new_save(cache);

		save_now(s);
		tell(cache, s);
		free_save(s);
	}
	keychain_fini(&cache->keychain);
	token_list_fini(&cache->list);
	free(cache);
}

/* The key as one text, a line a part; false when it is not to be kept. */
static bool put_key(struct strbuf *out, const struct token_key *key)
{
	const struct str parts[] = {key->authority, key->tenant, key->client, key->scope,
				    key->identity};

	strbuf_init(out, TOKEN_KEY_MAX);
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (str_find_char(parts[i], '\n') >= 0 ||
		    str_find_char(parts[i], '\0') >= 0)
			return false;
		strbuf_put(out, parts[i]);
		strbuf_putc(out, '\n');
	}
	return !out->overflow && str_starts(key->authority, STR("https://"));
}

bool token_cache_find(const struct token_cache *cache, const struct token_key *key,
		      struct kept_token *out)
{
	const struct token_entry *e = NULL;
	struct strbuf text;

	if (put_key(&text, key))
		e = token_list_find(&cache->list, strbuf_str(&text));
	strbuf_fini(&text);
	*out = (struct kept_token){0};
	if (!e || e->is_dropped)
		return false;
	out->refresh = token_entry_refresh(e);
	out->expires_ms = e->expires_ms;
	if (e->expires_ms > now(cache))
		out->access = token_entry_access(e);
	return out->access.n || out->refresh.n;
}

void token_cache_put(struct token_cache *cache, const struct token_key *key,
		     const struct kept_token *token)
{
	struct strbuf text;

	if (put_key(&text, key) && token->access.n + token->refresh.n <= TOKEN_MAX) {
		token_list_put(&cache->list, strbuf_str(&text), token->access,
			       token->refresh, token->expires_ms, now(cache));
		save_later(cache);
	}
	strbuf_fini(&text);
}

void token_cache_drop(struct token_cache *cache, const struct token_key *key)
{
	const struct token_entry *e = NULL;
	struct strbuf text;

	if (put_key(&text, key))
		e = token_list_find(&cache->list, strbuf_str(&text));
	if (e && !e->is_dropped) {
		token_list_drop(&cache->list, strbuf_str(&text), now(cache));
		save_later(cache);
	}
	strbuf_fini(&text);
}

/* All parts but the scope. */
static bool is_alike(struct str key, const struct token_key *wanted)
{
	const struct str parts[] = {wanted->authority, wanted->tenant, wanted->client,
				    wanted->scope, wanted->identity};
	struct str part;

	for (size_t i = 0; i < COUNT(parts); i++) {
		if (!str_next(&key, '\n', &part))
			return false;
		if (i != 3 && !str_eq(part, parts[i]))
			return false;
	}
	return true;
}

void token_cache_drop_all(struct token_cache *cache, const struct token_key *key)
{
	struct token_entry *e;

	vec_each (e, &cache->list.all) {
		if (e->is_dropped || !is_alike(str_from(e->key), key))
			continue;
		token_list_drop(&cache->list, str_from(e->key), now(cache));
		save_later(cache);
	}
}
