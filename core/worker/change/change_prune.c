/* See change_part.h: changes that are over leave the list when they have been for as long as
 * the configuration says, or when there are more of them than it says, the oldest first.
 * The audit log keeps what they were. Each goes the way of "forget", claimed as by a person,
 * and another azdeck that is faster is no fault. Thread: core. */
#include <stdlib.h>

#include "base/timefmt.h"
#include "base/vec.h"
#include "worker/change/change_part.h"

/* At a time: the rest with the next look. */
enum { PRUNE_MOST = 32 };

static int64_t ended_ms(const struct change_entry *e)
{
	const struct change_record *r = &e->record;

	return r->has_run	? r->run.ended_ms
	       : r->rejected_ms ? r->rejected_ms
				: r->plan->expires_ms;
}

static int newest_first(const void *a, const void *b)
{
	int64_t left = ended_ms(*(struct change_entry *const *)a);
	int64_t right = ended_ms(*(struct change_entry *const *)b);

	return (left < right) - (left > right);
}

/* Only a deck that stays, and may change something, cleans up. */
static bool may_prune(const struct change_desk *d)
{
	return d->options.takes_over && d->options.dir && !d->options.only_looks &&
	       !change_policy(d)->is_off;
}

void change_prune(struct change_desk *d)
{
	const struct config_actions *keeps = change_policy(d);
	int64_t now_ms = change_now(d), since_ms = now_ms - keeps->keep_days * DAY_MS;
	VEC(struct change_entry *) over = {0};
	size_t n = 0;

	for (struct change_entry *e = d->entries; e && may_prune(d); e = e->next) {
		if (!e->runner && change_record_is_over(&e->record, now_ms))
			vec_push(&over, e);
	}
	if (over.n)
		qsort(over.p, over.n, sizeof(*over.p), newest_first);
	for (size_t i = 0; i < over.n && n < PRUNE_MOST; i++) {
		const char *id = over.p[i]->record.plan->id;

		if ((i < (size_t)keeps->keep_changes &&
		     ended_ms(over.p[i]) >= since_ms) ||
		    change_is_in_hand(d, id))
			continue;
		change_desk_do(d, VERB_FORGET, 0, id, NULL);
		n++;
	}
	vec_fini(&over);
}
