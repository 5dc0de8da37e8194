/* See handed.h. */
#include "worker/handed.h"

static bool is_open(const struct act_change *c)
{
	return c->state < CHANGE_ENDED ||
	       (c->state == CHANGE_ENDED && c->outcome == RUN_UNKNOWN);
}

static int64_t last_of(const struct act_change *c)
{
	int64_t at_ms = c->plan->made_ms;

	for (size_t i = 0; i < c->n_approvers; i++)
		at_ms = c->approvers[i].at_ms > at_ms ? c->approvers[i].at_ms : at_ms;
	if (c->state == CHANGE_EXPIRED)
		return c->plan->expires_ms;
	return c->ended_ms     ? c->ended_ms
	       : c->decided_ms ? c->decided_ms
	       : c->began_ms   ? c->began_ms
			       : at_ms;
}

static struct handover_change handed(const struct act_change *c)
{
	bool may_expire = c->state == CHANGE_PROPOSED || c->state == CHANGE_APPROVED;

	return (struct handover_change){
		.at_ms = last_of(c),
		.expires_ms = may_expire ? c->plan->expires_ms : 0,
		.what = c->plan->title,
		.on = c->plan->target,
		.state = c->state == CHANGE_ENDED ? run_outcome_help(c->outcome)
						  : change_state_help(c->state),
		.by = c->plan->by,
		.why = c->why && c->why[0] ? c->why : NULL,
		.code = c->plan->id,
		.is_open = is_open(c),
	};
}

size_t changes_handed(const struct changes *changes, struct handover_change *out,
		      size_t most)
{
	size_t n = changes ? changes_size(changes) : 0;

	n = n < most ? n : most;
	for (size_t i = 0; i < n; i++)
		out[i] = handed(changes_at(changes, i));
	return n;
}
