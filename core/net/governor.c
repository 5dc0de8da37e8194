/* See governor.h. A pause stops the whole key. After it, starts are spaced; each
 * good answer halves the space, until there is none, or says what it is to be. */
#include "net/governor.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum {
	PAUSE_FIRST_MS = 500, /* throttled without a Retry-After; doubles */
	PAUSE_OWN_MAX_MS = 60000,
	PAUSE_MAX_MS = 60 * 60 * 1000, /* whatever the other side says */
	SPACE_AFTER_PAUSE_MS = 400,
	SPACE_NEGLIGIBLE_MS = 20,
};

struct governed {
	int running;
	int64_t paused_until_ms;
	int64_t next_start_ms;
	int64_t space_ms;
	int throttled; /* times in a row */
	bool is_alone; /* nothing else was on its way when the last one started */
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
	k->is_alone = k->running == 0;
	k->running++;
	k->next_start_ms = now_ms + k->space_ms;
	return 0;
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

void governor_release(struct governor *g, struct str key, int64_t now_ms, int status,
		      const struct http_pace *pace)
{
	struct governed *k = map_find(&g->keys, key);
	bool is_newest;

	if (!k)
		return;
	k->running--;
	if (status == 0 || pace->is_one_resource)
		return;
	if (status == 429 || status == 503 || status == 529) {
		throttle(k, now_ms, pace->retry_ms);
		return;
	}
	k->throttled = 0;
	if (pace->pause_ms > 0)
		pause_until(k, now_ms, pace->pause_ms);
	is_newest = k->is_alone && (pace->is_exact || pace->is_told);
	k->space_ms = k->space_ms / 2 > SPACE_NEGLIGIBLE_MS ? k->space_ms / 2 : 0;
	if (pace->space_ms > k->space_ms || pace->is_exact || is_newest)
		k->space_ms = pace->space_ms;
	/* Answers overtake each other, so they put the next start off and never have it
	 * sooner; one that was alone on its way is the newest, and may. */
	if (is_newest || (k->space_ms && k->next_start_ms < now_ms + k->space_ms))
		k->next_start_ms = now_ms + k->space_ms;
}

int64_t governor_pause_left(const struct governor *g, struct str key, int64_t now_ms)
{
	const struct governed *k = map_find(&g->keys, key);

	return k && k->paused_until_ms > now_ms ? k->paused_until_ms - now_ms : 0;
}
