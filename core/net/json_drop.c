/* See json_drop.h. */
#include "net/json_drop.h"

#include <malloc.h>

size_t json_nodes(const cJSON *tree, size_t most)
{
	size_t n = 0;

	for (; tree && n < most; tree = tree->next) {
		n++;
		if (!(tree->type & cJSON_IsReference))
			n += json_nodes(tree->child, most - n);
	}
	return n;
}

static void drop(void *tree)
{
	cJSON_Delete(tree);
	malloc_trim(0);
}

static void dropped(void *tree)
{
	(void)tree;
}

void json_drop(struct loop *loop, cJSON *tree, size_t nodes)
{
	if (tree && nodes >= JSON_LARGE_NODES)
		loop_work(loop, drop, dropped, tree);
	else
		cJSON_Delete(tree);
}
