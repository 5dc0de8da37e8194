/* Tokens kept over runs, in one sealed file. It is read once, before the loop runs,
 * and written from the pool some time after a change. What cannot be read is told
 * once and replaced: a token can always be asked for again.
 *
 * Only tokens that an https authority gave are kept; those of the simulator and of
 * the environment never are. Thread: core. */
#ifndef AZ_AUTH_TOKEN_CACHE_H
#define AZ_AUTH_TOKEN_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/keychain.h"
#include "base/log.h"
#include "base/str.h"
#include "net/loop.h"

struct token_cache;

struct token_cache_options {
	struct loop *loop;
	const struct keychain *keychain; /* copied; opened here where that asks nobody */
	struct log *log;		 /* may be NULL */
	int64_t save_after_ms;		 /* negative: a moment that fits */
};

/* Whose token it is. A refresh token is good for every scope: keep it under an empty
 * one. */
struct token_key {
	struct str authority; /* https://login.microsoftonline.com */
	struct str tenant, client, scope;
	struct str identity; /* what else tells two apart: a thumbprint, a user */
};

struct kept_token {
	struct str access;  /* empty: none, or over */
	struct str refresh; /* empty: none */
	int64_t expires_ms; /* of the access token; UTC */
};

struct token_cache *token_cache_new(const struct token_cache_options *options);
/* Writes what is not written yet. */
void token_cache_free(struct token_cache *cache);
/* While it is held nothing is written, at its end neither: what a person has not asked
 * to keep is gone. */
void token_cache_hold(struct token_cache *cache, bool is_held);
/* Looks into the file again, for what another process put there since; `done` comes
 * from the loop. */
void token_cache_reload(struct token_cache *cache, loop_fn done, void *ctx);
/* No `done` with this ctx comes after. */
void token_cache_forget(struct token_cache *cache, void *ctx);
/* Borrowed until the next put, drop or reload of any. */
bool token_cache_find(const struct token_cache *cache, const struct token_key *key,
		      struct kept_token *out);
/* Copied. */
void token_cache_put(struct token_cache *cache, const struct token_key *key,
		     const struct kept_token *token);
/* After it was refused. */
void token_cache_drop(struct token_cache *cache, const struct token_key *key);
/* Those of every scope: somebody signs out. */
void token_cache_drop_all(struct token_cache *cache, const struct token_key *key);

#endif
