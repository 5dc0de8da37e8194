/* See derived.h. */
#include "worker/derived.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "board/def.h"
#include "config/env.h"
#include "schedule/zones.h"

struct derived {
	const struct clock *clock;
	const struct config *config;
	const struct derive_rule *const *rules;
	struct map boards; /* by name: struct board, held */
	struct zones zones;
};

const struct derive_rule *derived_rule(const struct derived *d, struct str name)
{
	for (size_t i = 0; d->rules[i]; i++) {
		if (str_eq(str_from(d->rules[i]->name), name))
			return d->rules[i];
	}
	return NULL;
}

const struct derive_rule *derived_rule_of(const struct derived *d,
					  const struct board_def *def)
{
	return def && def->derived ? derived_rule(d, str_from(def->derived)) : NULL;
}

const char *derived_input(const struct derive_rule *rule, size_t i, bool *is_needed)
{
	const char *name = rule->from[i];

	*is_needed = name && *name != '?';
	return name && *name == '?' ? name + 1 : name;
}

bool derived_reads(const struct derive_rule *rule, const char *board)
{
	bool is_needed;
	const char *name;

	for (size_t i = 0; (name = derived_input(rule, i, &is_needed)); i++) {
		if (strcmp(name, board) == 0)
			return true;
	}
	return false;
}

static bool is_read(const struct derived *d, const char *board)
{
	for (size_t i = 0; d->rules[i]; i++) {
		if (derived_reads(d->rules[i], board))
			return true;
	}
	return false;
}

struct derived *derived_new(const struct clock *clock, const struct config *config,
			    const struct derive_rule *const *rules)
{
	struct derived *d = xcalloc(1, sizeof(*d));

	d->clock = clock;
	d->config = config;
	d->rules = rules;
	map_init(&d->boards);
	zones_init(&d->zones, env_get("TZDIR"));
	return d;
}

void derived_free(struct derived *d)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!d)
		return;
	while (map_next(&d->boards, &at, &slot))
		board_put(slot->value);
	map_fini(&d->boards);
	zones_fini(&d->zones);
	free(d);
}

void derived_saw(struct derived *d, struct board *board)
{
	if (is_read(d, board->def->name))
		board_put(map_put(&d->boards, str_from(board->def->name),
				  board_get(board)));
}

/* Nothing ever came of it, and it says why. */
static bool has_failed(const struct board *board)
{
	return board->fetched_ms == 0 && board->err.code != ERR_NONE;
}

static bool is_early(struct derived *d, const struct derive_rule *rule,
		     derived_waits_fn waits, void *ctx)
{
	const char *name;
	bool is_needed;

	for (size_t i = 0; (name = derived_input(rule, i, &is_needed)); i++) {
		if (!map_find(&d->boards, str_from(name)) && waits(ctx, name, is_needed))
			return true;
	}
	return false;
}

/* False: one is missing that cannot be done without. */
static bool gather(struct derived *d, const struct derive_rule *rule, struct derive *in,
		   struct err *err)
{
	const char *name;
	bool is_needed;

	for (size_t i = 0; (name = derived_input(rule, i, &is_needed)); i++) {
		const struct board *board = map_find(&d->boards, str_from(name));

		if (board && !has_failed(board)) {
			in->boards[i] = board;
		} else if (is_needed && !board) {
			return err_set(err, ERR_NOT_FOUND,
				       "it is made of the board %s, which does not come: "
				       "`azdeck show %s` says why",
				       name, name);
		} else if (is_needed) {
			*err = board->err;
			err_wrap(err, "%s", name);
			return false;
		}
	}
	return true;
}

/* Something that the rule can do without is still to come. */
static bool is_filling(struct derived *d, const struct derive_rule *rule,
		       derived_waits_fn waits, void *ctx)
{
	const char *name;
	bool is_needed;

	for (size_t i = 0; (name = derived_input(rule, i, &is_needed)); i++) {
		const struct board *board = map_find(&d->boards, str_from(name));

		if (board ? board->is_filling : waits(ctx, name, true))
			return true;
	}
	return false;
}

/* As old as its oldest board, and as doubtful as its worst. */
static void mark(const struct derive *in, struct api_local *answer)
{
	for (size_t i = 0; i < DERIVE_MOST; i++) {
		const struct board *board = in->boards[i];

		if (!board)
			continue;
		if (board->fetched_ms &&
		    (!answer->known_ms || board->fetched_ms < answer->known_ms))
			answer->known_ms = board->fetched_ms;
		if ((board->is_stale || board->is_partial) &&
		    answer->err.code == ERR_NONE && board->err.code != ERR_NONE) {
			answer->err = board->err;
			err_wrap(&answer->err, "%s", board->def->name);
		}
	}
}

void derived_answer(struct derived *d, struct str name, derived_waits_fn waits, void *ctx,
		    struct api_local *answer)
{
	const struct derive_rule *rule = derived_rule(d, name);
	struct derive in = {.now_ms = clock_wall_ms(d->clock),
			    .config = d->config,
			    .zones = &d->zones};

	if (!rule) {
		err_set(&answer->err, ERR_NOT_FOUND,
			"there is no rule \"%.40s\" to derive a board by", name.p);
		return;
	}
	answer->is_early = is_early(d, rule, waits, ctx);
	if (answer->is_early || !gather(d, rule, &in, &answer->err))
		return;
	answer->json = cJSON_CreateObject();
	cJSON_AddItemToObject(answer->json, "rows", rule->rows(&in));
	mark(&in, answer);
	answer->is_filling = is_filling(d, rule, waits, ctx);
}
