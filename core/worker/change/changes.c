/* See changes.h: the list, and how it is made. Thread: core makes, any reads. */
#include "worker/change/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "worker/change/changes_part.h"

static const struct change_word {
	const char *word, *help;
} words[] = {
#define X(id, word, help) [CHANGE_##id] = {word, help},
	CHANGE_STATE_LIST(X)
#undef X
};

const char *change_state_name(enum change_state state)
{
	return words[state].word;
}

const char *change_state_help(enum change_state state)
{
	return words[state].help;
}

const char *act_change_word(const struct act_change *change)
{
	return change->state == CHANGE_ENDED ? run_outcome_name(change->outcome)
					     : change_state_name(change->state);
}

bool changes_is_id(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (!strchr("0123456789abcdef", text.p[i]))
			return false;
	}
	return text.n >= 4 && text.n <= PLAN_ID_BYTES;
}

size_t changes_size(const struct changes *changes)
{
	return changes->n;
}

const struct act_change *changes_at(const struct changes *changes, size_t i)
{
	return &changes->list[i];
}

const struct act_change *changes_find(const struct changes *changes, struct str id)
{
	const struct act_change *found = NULL;

	for (size_t i = 0; i < changes->n && id.n > 0; i++) {
		struct str own = str_from(changes->list[i].plan->id);

		if (str_eq(own, id))
			return &changes->list[i];
		if (!str_starts(own, id))
			continue;
		if (found)
			return NULL;
		found = &changes->list[i];
	}
	return found;
}

static bool is_waiting(const struct act_change *c)
{
	return c->state == CHANGE_PROPOSED || c->state == CHANGE_APPROVED ||
	       (c->state == CHANGE_ENDED && c->outcome == RUN_UNKNOWN);
}

size_t changes_waiting(const struct changes *changes)
{
	size_t n = 0;

	for (size_t i = 0; i < changes->n; i++)
		n += is_waiting(&changes->list[i]);
	return n;
}

static void put_plan(const struct plan *plan)
{
	plan_free((struct plan *)(uintptr_t)plan);
}

void changes_put(struct changes *changes)
{
	if (!changes)
		return;
	for (size_t i = 0; i < changes->n; i++)
		put_plan(changes->list[i].plan);
	arena_fini(&changes->arena);
	free(changes);
}

struct changes *changes_new(size_t n)
{
	struct changes *changes = xcalloc(1, sizeof(*changes));

	arena_init(&changes->arena);
	changes->list = arena_calloc(&changes->arena, n + 1, sizeof(*changes->list));
	return changes;
}

static const char *copy(struct changes *changes, const char *text)
{
	return text ? arena_strdup(&changes->arena, str_from(text)) : "";
}

void changes_add(struct changes *changes, const struct act_change *change)
{
	struct act_change *c = &changes->list[changes->n++];
	struct run_step *steps;

	*c = *change;
	c->plan = plan_get(change->plan);
	c->why = copy(changes, change->why);
	c->moved = copy(changes, change->moved);
	c->rejected_by = copy(changes, change->rejected_by);
	for (size_t i = 0; i < c->n_approvers; i++)
		c->approvers[i].who = copy(changes, c->approvers[i].who);
	if (!change->steps)
		return;
	steps = arena_calloc(&changes->arena, PLAN_MOST, sizeof(*steps));
	memcpy(steps, change->steps, c->plan->n_requests * sizeof(*steps));
	c->steps = steps;
}

static int by_age(const void *a, const void *b)
{
	const struct act_change *x = a, *y = b;

	if (x->plan->made_ms != y->plan->made_ms)
		return x->plan->made_ms < y->plan->made_ms ? 1 : -1;
	return strcmp(x->plan->id, y->plan->id);
}

void changes_seal(struct changes *changes)
{
	if (changes->n > 1)
		qsort(changes->list, changes->n, sizeof(*changes->list), by_age);
}
