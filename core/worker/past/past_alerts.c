/* See past_alerts.h. */
#include "worker/past/past_alerts.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

enum { NAME_MOST_BYTES = 4096 };

struct past_alert {
	struct arena arena;
	struct alert alert;
};

static struct past_alert *copy(const struct alert *alert)
{
	struct past_alert *a = xcalloc(1, sizeof(*a));

	arena_init(&a->arena);
	a->alert = *alert;
	a->alert.board = arena_strdup(&a->arena, str_from(alert->board));
	a->alert.key = arena_str(&a->arena, alert->key);
	a->alert.what = arena_strdup(&a->arena, str_from(alert->what));
	a->alert.why = arena_strdup(&a->arena, str_from(alert->why));
	return a;
}

static void drop(struct past_alert *a)
{
	if (!a)
		return;
	arena_fini(&a->arena);
	free(a);
}

/* One that is over has no texts: its row is gone, or has nothing wrong any more. */
static void note(void *ctx, const struct alert *alert)
{
	struct past_alerts *s = ctx;
	struct past_alert *a;
	struct strbuf name;

	strbuf_init(&name, NAME_MOST_BYTES);
	strbuf_printf(&name, "%s/%.*s", alert->board, STR_ARG(alert->key));
	if (!alert->cleared_ms) {
		drop(map_put(&s->open, strbuf_str(&name), copy(alert)));
	} else {
		a = map_take(&s->open, strbuf_str(&name));
		if (a) {
			a->alert.cleared_ms = alert->cleared_ms;
			vec_push(&s->over, a);
		}
	}
	strbuf_fini(&name);
}

void past_alerts_init(struct past_alerts *s)
{
	*s = (struct past_alerts){0};
	clock_init_manual(&s->clock, 0);
	sights_init(&s->sights, &s->clock);
	s->sights.note = note;
	s->sights.ctx = s;
	map_init(&s->open);
}

void past_alerts_fini(struct past_alerts *s)
{
	const struct map_slot *slot;
	size_t at = 0;

	sights_fini(&s->sights);
	while (map_next(&s->open, &at, &slot))
		drop(slot->value);
	map_fini(&s->open);
	for (size_t i = 0; i < s->over.n; i++)
		drop(s->over.p[i]);
	vec_fini(&s->over);
}

void past_alerts_look(struct past_alerts *s, struct board *board, int64_t at_ms)
{
	clock_init_manual(&s->clock, at_ms);
	sights_look(&s->sights, board);
}

void past_alerts_write(struct past_alerts *s, struct db *db, bool is_end)
{
	const struct map_slot *slot;
	size_t at = 0;

	for (size_t i = 0; i < s->over.n; i++) {
		alert_log_put_earlier(db, &s->over.p[i]->alert);
		drop(s->over.p[i]);
	}
	s->over.n = 0;
	while (is_end && map_next(&s->open, &at, &slot)) {
		const struct past_alert *a = slot->value;

		alert_log_put_earlier(db, &a->alert);
	}
}
