/* See board_set.h. */
#include "worker/board_set.h"

/* Whether it can be had, and with it all it is made of. */
static bool can_come(const struct board_shop *shop, const struct board_def *def)
{
	const struct derive_rule *rule = derived_rule_of(shop->derived, def);
	const char *name;
	bool is_needed;

	if (!def || def->is_own || !shop->can(shop->ctx, def))
		return false;
	for (size_t i = 0; rule && (name = derived_input(rule, i, &is_needed)); i++) {
		const struct board_def *input =
			library_find(shop->library, str_from(name));

		if (is_needed && (!input || !shop->can(shop->ctx, input)))
			return false;
	}
	return true;
}

bool board_set_has(const struct board_set *set, const char *name)
{
	return str_is_among(str_from(name), set->names.p, set->names.n);
}

/* The board, and behind it those without which it is nothing. */
static void add(struct board_set *set, const struct board_shop *shop,
		const struct board_def *def)
{
	const struct derive_rule *rule = derived_rule_of(shop->derived, def);
	const char *name;
	bool is_needed;

	if (board_set_has(set, def->name))
		return;
	vec_push(&set->names, def->name);
	for (size_t i = 0; rule && (name = derived_input(rule, i, &is_needed)); i++) {
		const struct board_def *input =
			library_find(shop->library, str_from(name));

		if (is_needed && input && shop->can(shop->ctx, input))
			add(set, shop, input);
	}
}

/* What one that is there can be made without. */
static void add_optional(struct board_set *set, const struct board_shop *shop,
			 const struct board_def *def)
{
	const struct derive_rule *rule = derived_rule_of(shop->derived, def);
	const char *name;
	bool is_needed;

	for (size_t i = 0; rule && (name = derived_input(rule, i, &is_needed)); i++) {
		const struct board_def *input =
			library_find(shop->library, str_from(name));

		if (input && shop->can(shop->ctx, input))
			add(set, shop, input);
	}
}

/* Of those too that come while it goes on. */
static void add_the_rest(struct board_set *set, const struct board_shop *shop)
{
	for (size_t i = 0; i < set->names.n; i++)
		add_optional(set, shop,
			     library_find(shop->library, str_from(set->names.p[i])));
}

bool board_names_are_about_all(const char *const *names, size_t n)
{
	return str_is_among(STR("attention"), names, n) ||
	       str_is_among(STR("feeds"), names, n);
}

void board_set_fill(struct board_set *set, const struct board_shop *shop,
		    const char *const *names, size_t n)
{
	bool wants_all = board_names_are_about_all(names, n);

	set->names.n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct board_def *def =
			library_find(shop->library, str_from(names[i]));

		if (def)
			add(set, shop, def);
	}
	add_the_rest(set, shop);
	for (size_t i = 0; wants_all && i < library_size(shop->library); i++) {
		const struct board_def *def = library_at(shop->library, i);

		if (can_come(shop, def))
			add(set, shop, def);
	}
	add_the_rest(set, shop);
}

void board_set_fini(struct board_set *set)
{
	vec_fini(&set->names);
}
