/* See packed.h. */
#include "board/packed.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/json.h"
#include "base/xalloc.h"

struct packed {
	size_t text_n, n;
	unsigned char bytes[];
};

struct packed *packed_make(const cJSON *tree)
{
	char *text = cJSON_PrintUnformatted(tree);
	size_t text_n = text ? strlen(text) : 0;
	uLongf n = compressBound(text_n);
	struct packed *p = text ? xmalloc(sizeof(*p) + n) : NULL;

	if (p && compress2(p->bytes, &n, (const unsigned char *)text, text_n,
			   Z_BEST_SPEED) != Z_OK) {
		free(p);
		p = NULL;
	}
	cJSON_free(text);
	if (!p)
		return NULL;
	p->text_n = text_n;
	p->n = n;
	return xreallocarray(p, 1, sizeof(*p) + n);
}

cJSON *packed_tree(const struct packed *p)
{
	char *text = xmalloc(p->text_n + 1);
	uLongf n = p->text_n;
	cJSON *tree = NULL;
	struct err err;

	if (uncompress((unsigned char *)text, &n, p->bytes, p->n) == Z_OK &&
	    n == p->text_n)
		tree = json_parse((struct str){.p = text, .n = n}, &json_wire, NULL,
				  &err);
	free(text);
	return tree;
}

size_t packed_size(const struct packed *p)
{
	return p->text_n;
}

void packed_free(struct packed *p)
{
	free(p);
}
