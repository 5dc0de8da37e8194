/* See governor.h. A pause stops the whole key. After it, starts are spaced; each
 * good answer halves the space, until there is none. */
#include "net/governor.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum {
	PAUSE_DEFAULT_MS = 5000, /* throttled without a Retry-After */
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

/* Calls left in the tightest bucket the answer names, or -1. */
static int64_t calls_left(const struct http_response *r)
{
	int64_t least = -1;

	for (size_t i = 0; i < r->n_headers; i++) {
		int64_t left;

		if (!str_starts_nocase(r->headers[i].name,
				       STR("x-ms-ratelimit-remaining-")) &&
		    !str_eq_nocase(r->headers[i].name, STR("x-ratelimit-remaining")))
			continue;
		if (str_to_i64(str_trim(r->headers[i].value), &left) && left >= 0 &&
		    (least < 0 || left < least))
			least = left;
	}
	return least;
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
		int64_t until = now_ms + (told_ms >= 0 ? told_ms : PAUSE_DEFAULT_MS);

		if (until > k->paused_until_ms)
			k->paused_until_ms = until;
		k->space_ms = SPACE_AFTER_PAUSE_MS;
		k->next_start_ms = k->paused_until_ms;
		return;
	}
	/* A delay notice on a good answer (Azure DevOps): obeyed, no more. */
	if (told_ms > 0 && response->status == 200)
		k->paused_until_ms = now_ms + told_ms;
	k->space_ms = k->space_ms / 2 > SPACE_NEGLIGIBLE_MS ? k->space_ms / 2 : 0;
	left = calls_left(response);
	if (left >= 0 && left < LOW_REMAINING) {
		int64_t space = (LOW_REMAINING - left) * SPACE_PER_MISSING_MS;

		k->space_ms = space > k->space_ms ? space : k->space_ms;
	}
}

int64_t governor_pause_left(const struct governor *g, struct str key, int64_t now_ms)
{
	const struct governed *k = map_find(&g->keys, key);

	return k && k->paused_until_ms > now_ms ? k->paused_until_ms - now_ms : 0;
}
