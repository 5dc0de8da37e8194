/* See plan_undo.h. "sql-scale size=S2": a value goes on until the name of another input of
 * that action, as values may have blanks. */
#include "act/plan_undo.h"

#include <stdlib.h>
#include <string.h>

static bool begins_input(const struct action *action, struct str word)
{
	for (size_t i = 0; i < action->n_inputs; i++) {
		struct str name = str_from(action->inputs[i].name);

		if (word.n > name.n && word.p[name.n] == '=' && str_starts(word, name))
			return true;
	}
	return false;
}

/* Where the next word begins; behind the last, the end. */
static size_t next_word(struct str text, size_t from)
{
	while (from < text.n && text.p[from] != ' ')
		from++;
	while (from < text.n && text.p[from] == ' ')
		from++;
	return from;
}

static void read_inputs(const struct action *action, struct str text,
			struct plan_undo *out)
{
	for (size_t from = 0, to; from < text.n; from = to) {
		struct str input;

		to = next_word(text, from);
		while (to < text.n && !begins_input(action, str_sub(text, to, text.n)))
			to = next_word(text, to);
		input = str_trim(str_sub(text, from, to));
		vec_push(&out->inputs, xstrndup(input.p, input.n));
	}
}

bool plan_undo_read(const struct plan *plan, const struct actions *actions,
		    struct plan_undo *out)
{
	struct str text = str_from(plan->undo);
	size_t name = strcspn(plan->undo, " ");

	*out = (struct plan_undo){.action =
					  actions_find(actions, str_sub(text, 0, name))};
	if (!out->action)
		return false;
	read_inputs(out->action, str_sub(text, next_word(text, 0), text.n), out);
	return true;
}

void plan_undo_fini(struct plan_undo *undo)
{
	char **input;

	vec_each (input, &undo->inputs)
		free(*input);
	vec_fini(&undo->inputs);
}
