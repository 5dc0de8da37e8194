/* See token_list.h. */
#include "auth/token_list.h"

#include <stdlib.h>
#include <string.h>

#include "auth/pack.h"
#include "auth/seal.h"
#include "base/timefmt.h"

/* Services let a refresh token live for 90 days without use. */
enum { REFRESH_DAYS = 90 };

struct str token_entry_access(const struct token_entry *e)
{
	return str_sub(secret_borrow(&e->both), 0, e->access_n);
}

struct str token_entry_refresh(const struct token_entry *e)
{
	return str_sub(secret_borrow(&e->both), e->access_n, e->both.n);
}

static void fini_entry(struct token_entry *e)
{
	free(e->key);
	secret_fini(&e->both);
}

void token_list_fini(struct token_list *list)
{
	struct token_entry *e;

	vec_each (e, &list->all)
		fini_entry(e);
	vec_fini(&list->all);
}

struct token_entry *token_list_find(const struct token_list *list, struct str key)
{
	struct token_entry *e;

	vec_each (e, &list->all) {
		if (str_eq(str_from(e->key), key))
			return e;
	}
	return NULL;
}

static struct token_entry *find_or_add(struct token_list *list, struct str key)
{
	struct token_entry *e = token_list_find(list, key);

	if (e)
		return e;
	vec_push(&list->all, (struct token_entry){.key = xstrndup(key.p, key.n)});
	return &list->all.p[list->all.n - 1];
}

void token_list_put(struct token_list *list, struct str key, struct str access,
		    struct str refresh, int64_t expires_ms, int64_t got_ms)
{
	struct token_entry *e = find_or_add(list, key);
	struct secret both = {0};
	char *p = secret_reserve(&both, access.n + refresh.n);

	/* What is put may be borrowed from the entry that it replaces. */
	if (access.n)
		memcpy(p, access.p, access.n);
	if (refresh.n)
		memcpy(p + access.n, refresh.p, refresh.n);
	secret_give(&e->both, &both);
	e->access_n = access.n;
	e->expires_ms = expires_ms;
	e->got_ms = got_ms;
	e->is_dropped = false;
}

void token_list_drop(struct token_list *list, struct str key, int64_t now_ms)
{
	struct token_entry *e = find_or_add(list, key);

	secret_fini(&e->both);
	e->access_n = 0;
	e->expires_ms = 0;
	e->got_ms = now_ms;
	e->is_dropped = true;
}

static bool is_useful(const struct token_entry *e, int64_t now_ms)
{
	if (e->is_dropped)
		return false;
	if (e->access_n && e->expires_ms > now_ms)
		return true;
	return token_entry_refresh(e).n && e->got_ms > now_ms - REFRESH_DAYS * DAY_MS;
}

/* An entry's bytes as token_list_pack writes them. */
static size_t packed_bytes(const struct token_entry *e)
{
	return 4 + strlen(e->key) + 8 + 8 + 4 + 4 + e->both.n;
}

static void remove_at(struct token_list *list, size_t i)
{
	fini_entry(&list->all.p[i]);
	list->all.p[i] = list->all.p[--list->all.n];
}

static void remove_oldest(struct token_list *list)
{
	size_t oldest = 0;

	for (size_t i = 1; i < list->all.n; i++) {
		if (list->all.p[i].got_ms < list->all.p[oldest].got_ms)
			oldest = i;
	}
	remove_at(list, oldest);
}

void token_list_prune(struct token_list *list, int64_t now_ms)
{
	size_t bytes = 0, i = 0;

	while (i < list->all.n) {
		struct token_entry *e = &list->all.p[i];

		if (!is_useful(e, now_ms)) {
			remove_at(list, i);
			continue;
		}
		/* Of a clock that went wrong; it would win every merge to come. */
		if (e->got_ms > now_ms)
			e->got_ms = now_ms;
		bytes += packed_bytes(e);
		i++;
	}
	while (list->all.n > TOKEN_LIST_MOST || bytes > SEAL_MAX_BYTES) {
		remove_oldest(list);
		bytes = 0;
		for (i = 0; i < list->all.n; i++)
			bytes += packed_bytes(&list->all.p[i]);
	}
}

void token_list_copy(struct token_list *dst, const struct token_list *src)
{
	const struct token_entry *e;

	token_list_fini(dst);
	vec_each (e, &src->all) {
		if (e->is_dropped)
			token_list_drop(dst, str_from(e->key), e->got_ms);
		else
			token_list_put(dst, str_from(e->key), token_entry_access(e),
				       token_entry_refresh(e), e->expires_ms, e->got_ms);
	}
}

void token_list_merge(struct token_list *list, struct token_list *other)
{
	struct token_entry *e;

	vec_each (e, &other->all) {
		struct token_entry *ours = token_list_find(list, str_from(e->key));

		if (ours && ours->got_ms >= e->got_ms)
			continue;
		if (!ours) {
			vec_push(&list->all, *e);
			*e = (struct token_entry){0};
			continue;
		}
		secret_give(&ours->both, &e->both);
		ours->access_n = e->access_n;
		ours->expires_ms = e->expires_ms;
		ours->got_ms = e->got_ms;
		ours->is_dropped = e->is_dropped;
	}
	token_list_fini(other);
}

static void write_all(const struct token_list *list, struct pack_writer *w)
{
	const struct token_entry *e;

	vec_each (e, &list->all) {
		if (e->is_dropped)
			continue;
		pack_text(w, str_from(e->key));
		pack_i64(w, e->expires_ms);
		pack_i64(w, e->got_ms);
		pack_text(w, token_entry_access(e));
		pack_text(w, token_entry_refresh(e));
	}
}

void token_list_pack(const struct token_list *list, struct secret *plain)
{
	struct pack_writer w = {0};

	write_all(list, &w);
	w = (struct pack_writer){.p = secret_reserve(plain, w.n)};
	write_all(list, &w);
}

/* A key is a text, and each has one entry. */
static bool is_new_key(const struct token_list *list, struct str key)
{
	return key.n && str_find_char(key, '\0') < 0 && !token_list_find(list, key);
}

bool token_list_parse(struct token_list *list, struct str plain, const char *name,
		      struct err *err)
{
	struct pack_reader r = {.rest = plain};

	while (r.rest.n) {
		struct str key = unpack_text(&r, TOKEN_KEY_MAX);
		int64_t expires_ms = unpack_i64(&r);
		int64_t got_ms = unpack_i64(&r);
		struct str access = unpack_text(&r, TOKEN_MAX);
		struct str refresh = unpack_text(&r, TOKEN_MAX - access.n);

		if (r.is_bad || !is_new_key(list, key) ||
		    list->all.n == TOKEN_LIST_MOST) {
			token_list_fini(list);
			return err_set(err, ERR_PARSE,
				       "%s holds what azdeck did not write", name);
		}
		token_list_put(list, key, access, refresh, expires_ms, got_ms);
	}
	return true;
}
