/* See governor.h. A pause stops the whole key. After it, starts are spaced; each
 * good answer halves the space, until there is none. */
#include "net/governor.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum {
	PAUSE_FIRST_MS = 500, /* throttled without a Retry-After; doubles */
	PAUSE_OWN_MAX_MS = 60000,
	PAUSE_MAX_MS = 60 * 60 * 1000, /* whatever the other side says */
	SPACE_AFTER_PAUSE_MS = 400,
	SPACE_NEGLIGIBLE_MS = 20,
	LOW_REMAINING = 20, /* calls left from which we slow down */
	SPACE_PER_MISSING_MS = 50,
};

struct governed {
	int running;
	int64_t paused_until_ms;
	int64_t next_start_ms;
	int64_t space_ms;
	int throttled; /* times in a row */
};

void governor_init(struct governor *g, int max_running)
{
	*g = (struct governor){.max_running = max_running};
	map_init(&g->keys);
}

void governor_fini(struct governor *g)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&g->keys, &at, &slot))
		free(slot->value);
	map_fini(&g->keys);
}

int64_t governor_admit(struct governor *g, struct str key, int64_t now_ms)
{
	struct governed *k = map_find(&g->keys, key);

	if (!k) {
		k = xcalloc(1, sizeof(*k));
		map_put(&g->keys, key, k);
	}
	if (now_ms < k->paused_until_ms)
		return k->paused_until_ms - now_ms;
	if (k->running >= g->max_running)
		return GOVERNOR_WAIT_FOR_RELEASE;
	if (now_ms < k->next_start_ms)
		return k->next_start_ms - now_ms;
	k->running++;
	k->next_start_ms = now_ms + k->space_ms;
	return 0;
}

/* "17", "DefaultQuota:7" or "A/Get3Min;139,A/Get30Min;697": the least of them, or
 * -1. */
static int64_t least_of(struct str list)
{
	struct str part;
	int64_t least = -1, left;

	while (str_next(&list, ',', &part)) {
		ptrdiff_t at = str_find_char(part, ';');

		if (at < 0)
			at = str_find_char(part, ':');
		part = str_trim(str_sub(part, (size_t)(at + 1), part.n));
		if (str_to_i64(part, &left) && left >= 0 && (least < 0 || left < least))
			least = left;
	}
	return least;
}

/* Calls left in the tightest bucket the answer names, or -1. Cost Management's
 * are small by nature (9 in 10 s) and say nothing about the rest of ARM. */
static int64_t calls_left(const struct http_response *r)
{
	int64_t least = -1;

	for (size_t i = 0; i < r->n_headers; i++) {
		struct str name = r->headers[i].name;
		int64_t left;

		if (!str_eq_nocase(name, STR("x-ratelimit-remaining")) &&
		    (!str_starts_nocase(name, STR("x-ms-ratelimit-remaining-")) ||
		     str_starts_nocase(name, STR("x-ms-ratelimit-remaining-microsoft."))))
			continue;
		left = least_of(r->headers[i].value);
		if (left >= 0 && (least < 0 || left < least))
			least = left;
	}
	return least;
}

static void pause_until(struct governed *k, int64_t now_ms, int64_t wait_ms)
{
	int64_t until = now_ms + (wait_ms < PAUSE_MAX_MS ? wait_ms : PAUSE_MAX_MS);

	if (until > k->paused_until_ms)
		k->paused_until_ms = until;
}

static void throttle(struct governed *k, int64_t now_ms, int64_t told_ms)
{
	int64_t own = (int64_t)PAUSE_FIRST_MS << (k->throttled < 7 ? k->throttled : 7);

	k->throttled++;
	if (told_ms < 0)
		told_ms = own < PAUSE_OWN_MAX_MS ? own : PAUSE_OWN_MAX_MS;
	pause_until(k, now_ms, told_ms);
	k->space_ms = SPACE_AFTER_PAUSE_MS;
	k->next_start_ms = k->paused_until_ms;
}

void governor_release(struct governor *g, struct str key, int64_t now_ms,
		      const struct http_response *response, int64_t told_ms)
{
	struct governed *k = map_find(&g->keys, key);
	int64_t left;

	if (!k)
		return;
	k->running--;
	if (!response)
		return;
	if (response->status == 429 || response->status == 503 ||
	    response->status == 529) {
		throttle(k, now_ms, told_ms);
		return;
	}
	k->throttled = 0;
	/* A delay notice of Azure DevOps on a good answer. Without its own header a
	 * Retry-After there only paces the poll of one operation. */
	if (told_ms > 0 && http_header_find(response, "x-ratelimit-delay").n)
		pause_until(k, now_ms, told_ms);
	k->space_ms = k->space_ms / 2 > SPACE_NEGLIGIBLE_MS ? k->space_ms / 2 : 0;
	left = calls_left(response);
	if (left >= 0 && left < LOW_REMAINING) {
		int64_t space = (LOW_REMAINING - left) * SPACE_PER_MISSING_MS;

		k->space_ms = space > k->space_ms ? space : k->space_ms;
	}
	if (k->space_ms && k->next_start_ms < now_ms + k->space_ms)
		k->next_start_ms = now_ms + k->space_ms;
}

int64_t governor_pause_left(const struct governor *g, struct str key, int64_t now_ms)
{
	const struct governed *k = map_find(&g->keys, key);

	return k && k->paused_until_ms > now_ms ? k->paused_until_ms - now_ms : 0;
}
