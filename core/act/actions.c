/* The actions that azdeck ships; see action.h. They are part of the program, so one that
 * is wrong is a bug. Thread: made by main, then any. */
#include <stdlib.h>

#include "act/action.h"
#include "base/embed.h"
#include "base/vec.h"
#include "base/xalloc.h"

struct actions {
	VEC(struct action *) list;
};

struct actions *actions_new(void)
{
	struct actions *list = xcalloc(1, sizeof(*list));

	for (const struct embedded_file *f = embedded_actions; f->name; f++) {
		struct err err;
		struct action *a =
			action_parse(str_from(f->text), f->name, f->name, &err);

		if (!a)
			fatal(err.text);
		vec_push(&list->list, a);
	}
	return list;
}

void actions_free(struct actions *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->list.n; i++)
		action_free(list->list.p[i]);
	vec_fini(&list->list);
	free(list);
}

size_t actions_size(const struct actions *list)
{
	return list->list.n;
}

const struct action *actions_at(const struct actions *list, size_t i)
{
	return list->list.p[i];
}

const struct action *actions_find(const struct actions *list, struct str name)
{
	for (size_t i = 0; i < list->list.n; i++) {
		if (str_eq(str_from(list->list.p[i]->name), name))
			return list->list.p[i];
	}
	return NULL;
}
