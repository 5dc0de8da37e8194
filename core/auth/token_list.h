/* Tokens that are worth keeping, each under the key that says whose it is: the
 * content of the token cache, in memory and in bytes. A dropped token stays as a mark
 * without a value, so that a merge with what another process wrote removes it there
 * too. Thread: one owner. */
#ifndef AZ_AUTH_TOKEN_LIST_H
#define AZ_AUTH_TOKEN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/vec.h"

enum {
	TOKEN_KEY_MAX = 2048,
	TOKEN_MAX = 32 << 10, /* of both together; more is not kept */
	TOKEN_LIST_MOST = 128
};

struct token_entry {
	char *key;
	struct secret both; /* access token, then refresh token */
	size_t access_n;
	int64_t expires_ms; /* of the access token; UTC */
	int64_t got_ms;	    /* or dropped; UTC */
	bool is_dropped;
};

struct token_list {
	VEC(struct token_entry) all;
};

struct str token_entry_access(const struct token_entry *e);
struct str token_entry_refresh(const struct token_entry *e);

void token_list_fini(struct token_list *list);
/* NULL when there is none; a dropped one counts. */
struct token_entry *token_list_find(const struct token_list *list, struct str key);
/* Adds or replaces; an empty text is none. */
void token_list_put(struct token_list *list, struct str key, struct str access,
		    struct str refresh, int64_t expires_ms, int64_t got_ms);
void token_list_drop(struct token_list *list, struct str key, int64_t now_ms);
/* Forgets what is of no use any more, marks included, and of too many the oldest. */
void token_list_prune(struct token_list *list, int64_t now_ms);
void token_list_copy(struct token_list *dst, const struct token_list *src);
/* Of each key the newer one; `other` is empty then. */
void token_list_merge(struct token_list *list, struct token_list *other);

/* Without the marks. */
void token_list_pack(const struct token_list *list, struct secret *plain);
/* Into an empty list, which stays empty on failure. `name` is what errors call it. */
bool token_list_parse(struct token_list *list, struct str plain, const char *name,
		      struct err *err) MUST_CHECK;

#endif
