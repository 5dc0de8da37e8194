/* See chosen.h. */
#include "azure/chosen.h"

#include "base/json.h"

static const cJSON *chosen_of(const struct connection *connection)
{
	const cJSON *list = connection->kind == CONN_ARM
				    ? json_member(connection->about, "subscriptions")
				    : NULL;

	return cJSON_GetArraySize(list) > 0 ? list : NULL;
}

static struct str without_query(struct str path)
{
	ptrdiff_t mark = str_find_char(path, '?');

	return mark < 0 ? path : str_sub(path, 0, (size_t)mark);
}

static bool is_in(const cJSON *list, const char *id)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list) {
		if (cJSON_IsString(item) && id &&
		    str_eq_nocase(str_from(item->valuestring), str_from(id)))
			return true;
	}
	return false;
}

void chosen_keep(const struct connection *connection, struct str path, cJSON *answer)
{
	const cJSON *list = chosen_of(connection);
	cJSON *all = cJSON_GetObjectItemCaseSensitive(answer, "value"), *item, *next;

	if (!list || !str_eq_nocase(without_query(path), STR("/subscriptions")))
		return;
	for (item = all ? all->child : NULL; item; item = next) {
		next = item->next;
		if (!is_in(list, json_text(item, "subscriptionId")))
			cJSON_Delete(cJSON_DetachItemViaPointer(all, item));
	}
}

bool chosen_put_body(const struct connection *connection, struct str path,
		     struct str body, struct strbuf *out)
{
	const cJSON *list = chosen_of(connection);
	cJSON *query;
	struct err ignored;

	if (!list || !str_eq_nocase(without_query(path),
				    STR("/providers/Microsoft.ResourceGraph/resources")))
		return false;
	query = json_parse(body, &json_wire, NULL, &ignored);
	if (!cJSON_IsObject(query) || json_member(query, "subscriptions") ||
	    json_member(query, "managementGroups")) {
		cJSON_Delete(query);
		return false;
	}
	cJSON_AddItemToObject(query, "subscriptions", cJSON_Duplicate(list, true));
	json_print(out, query);
	cJSON_Delete(query);
	return !out->overflow;
}
