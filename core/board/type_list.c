/* See type_list.h. What a board reads of a resource is the same for all types; the rows
 * say which type they are of, in small letters whatever the provider writes. */
#include "board/type_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { BODY_MOST = 64 * 1024 };

struct type_list {
	struct api *api;
	uint64_t id;
	VEC(struct type_list_part) parts;
	cJSON **rows; /* of each part: an answer; NULL while there is none */
};

void type_list_body(struct strbuf *out, const char *const *types, size_t n)
{
	strbuf_puts(out, "{\"query\":\"resources | where type in~ (");
	for (size_t i = 0; i < n; i++)
		strbuf_printf(out, "%s'%s'", i ? ", " : "", types[i]);
	strbuf_puts(out, ") | project id, name, type, kind, location, resourceGroup, "
			 "subscriptionId, tags, sku, zones, identity, managedBy, "
			 "properties | order by id asc\",\"options\":{\"$top\":1000,"
			 "\"resultFormat\":\"objectArray\"}}");
}

static void free_list(struct type_list *l)
{
	for (size_t i = 0; i < l->parts.n; i++)
		cJSON_Delete(l->rows[i]);
	free(l->rows);
	vec_fini(&l->parts);
	free(l);
}

/* The part that wants it, or their number. Of one that was given up, the type is gone. */
static size_t part_of(const struct type_list *l, const cJSON *row)
{
	const char *type =
		cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(row, "type"));

	for (size_t i = 0; type && i < l->parts.n; i++) {
		if (l->parts.p[i].done &&
		    str_eq_nocase(str_from(type), str_from(l->parts.p[i].type)))
			return i;
	}
	return l->parts.n;
}

/* Each row goes to the part of its type; nothing is copied. */
static void deal(struct type_list *l, cJSON *rows)
{
	cJSON *row, *next;

	for (size_t i = 0; i < l->parts.n; i++) {
		l->rows[i] = cJSON_CreateObject();
		cJSON_AddArrayToObject(l->rows[i], "data");
	}
	for (row = rows->child; row; row = next) {
		size_t i = part_of(l, row);

		next = row->next;
		if (i < l->parts.n)
			cJSON_AddItemToArray(l->rows[i]->child,
					     cJSON_DetachItemViaPointer(rows, row));
	}
}

/* One after the other, as any of them may cancel one that is still to come. */
static void tell(struct type_list *l, const struct api_answer *answer)
{
	for (size_t i = 0; i < l->parts.n; i++) {
		const struct type_list_part part = l->parts.p[i];
		struct api_answer own = *answer;

		if (!part.done)
			continue;
		l->parts.p[i].done = NULL;
		own.json = l->rows[i];
		l->rows[i] = NULL;
		part.done(&own, part.ctx);
		cJSON_Delete(own.json);
	}
}

static void came(struct api_answer *answer, void *ctx)
{
	struct type_list *l = ctx;
	cJSON *rows = cJSON_GetObjectItemCaseSensitive(answer->json, "data");

	l->id = 0;
	if (cJSON_IsArray(rows))
		deal(l, rows);
	else if (answer->err.code == ERR_NONE)
		err_set(&answer->err, ERR_PARSE, "Resource Graph answered without rows");
	tell(l, answer);
	free_list(l);
}

struct type_list *type_list_start(struct api *api, const struct api_call *call,
				  const struct type_list_part *parts, size_t n)
{
	struct type_list *l = xcalloc(1, sizeof(*l));
	const char **types = xcalloc(n, sizeof(*types));
	struct api_call whole = *call;
	struct strbuf body;

	l->api = api;
	l->rows = xcalloc(n, sizeof(*l->rows));
	for (size_t i = 0; i < n; i++) {
		vec_push(&l->parts, parts[i]);
		types[i] = parts[i].type;
	}
	strbuf_init(&body, BODY_MOST);
	type_list_body(&body, types, n);
	whole.method = HTTP_POST;
	whole.is_read = true;
	whole.path = STR(TYPE_LIST_PATH);
	whole.body = strbuf_str(&body);
	l->id = api_start(api, &whole, came, l);
	strbuf_fini(&body);
	free(types);
	return l;
}

void type_list_cancel(struct type_list *l, void *ctx)
{
	size_t left = 0;

	for (size_t i = 0; i < l->parts.n; i++) {
		if (l->parts.p[i].ctx == ctx)
			l->parts.p[i].done = NULL;
		left += l->parts.p[i].done != NULL;
	}
	/* Without an id it is being told, and goes by itself. */
	if (left || !l->id)
		return;
	api_cancel(l->api, l->id);
	free_list(l);
}
