/* See keeping.h. */
#include "auth/keeping.h"

#include "auth/token_cache.h"

/* Not worth taking along: it would have to be renewed within the minute. */
enum { LEAST_LIFE_MS = 2 * 60 * 1000 };

/* False when tokens of this credential are not kept. Two credentials never share one:
 * another person may have signed in. */
static bool key_of(const struct credential *c, const char *scope, struct token_key *key)
{
	if (!c->host.tokens || !c->method->key)
		return false;
	*key = (struct token_key){.scope = str_from(scope),
				  .identity = str_from(c->name)};
	c->method->key(c, key);
	return true;
}

static int64_t now_ms(const struct credential *c)
{
	return clock_wall_ms(loop_clock(c->host.loop));
}

bool keeping_find(struct slot *s, struct secret *token, int64_t *lifetime_ms)
{
	struct token_key key;
	struct kept_token kept;

	if (s->has_looked)
		return false;
	s->has_looked = true;
	if (!key_of(s->owner, s->scope, &key) ||
	    !token_cache_find(s->owner->host.tokens, &key, &kept) || !kept.access.n)
		return false;
	*lifetime_ms = kept.expires_ms - now_ms(s->owner);
	if (*lifetime_ms < LEAST_LIFE_MS)
		return false;
	secret_set(token, kept.access);
	return true;
}

void keeping_put(const struct slot *s, int64_t lifetime_ms)
{
	struct token_key key;

	if (s->kind == HTTP_AUTH_BEARER && key_of(s->owner, s->scope, &key))
		token_cache_put(s->owner->host.tokens, &key,
				&(struct kept_token){
					.access = secret_borrow(&s->secret),
					.expires_ms = now_ms(s->owner) + lifetime_ms,
				});
}

void keeping_drop(const struct slot *s)
{
	struct token_key key;

	if (key_of(s->owner, s->scope, &key))
		token_cache_drop(s->owner->host.tokens, &key);
}

void keeping_drop_all(const struct credential *c)
{
	struct token_key key;

	if (key_of(c, "", &key))
		token_cache_drop_all(c->host.tokens, &key);
}

bool keeping_find_refresh(const struct credential *c, struct secret *refresh)
{
	struct token_key key;
	struct kept_token kept;

	if (!key_of(c, "", &key) || !token_cache_find(c->host.tokens, &key, &kept) ||
	    !kept.refresh.n)
		return false;
	secret_set(refresh, kept.refresh);
	return true;
}

void keeping_put_refresh(const struct credential *c, const struct secret *refresh)
{
	struct token_key key;

	if (!key_of(c, "", &key))
		return;
	if (secret_is_set(refresh))
		token_cache_put(c->host.tokens, &key,
				&(struct kept_token){.refresh = secret_borrow(refresh)});
	else
		token_cache_drop(c->host.tokens, &key);
}
