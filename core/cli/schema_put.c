/* See schema_part.h. Thread: any (no state). */
#include "cli/schema_part.h"

#include "azure/kinds.h"

static cJSON *typed(const char *type, const char *about)
{
	cJSON *schema = cJSON_CreateObject();

	cJSON_AddStringToObject(schema, "type", type);
	if (about)
		cJSON_AddStringToObject(schema, "description", about);
	return schema;
}

cJSON *schema_put(cJSON *properties, const char *name, const char *type,
		  const char *about)
{
	cJSON *schema = typed(type, about);

	cJSON_AddItemToObject(properties, name, schema);
	return schema;
}

void schema_require(cJSON *schema, const char *name)
{
	cJSON *list = cJSON_GetObjectItem(schema, "required");

	if (!list)
		list = cJSON_AddArrayToObject(schema, "required");
	cJSON_AddItemToArray(list, cJSON_CreateString(name));
}

cJSON *schema_object(const char *about, cJSON **properties)
{
	cJSON *schema = typed("object", about);

	cJSON_AddFalseToObject(schema, "additionalProperties");
	*properties = cJSON_AddObjectToObject(schema, "properties");
	return schema;
}

cJSON *schema_put_list(cJSON *properties, const char *name, const char *about)
{
	cJSON *schema = schema_put(properties, name, "array", about);

	return cJSON_AddObjectToObject(schema, "items");
}

void schema_put_span(cJSON *inner, const char *name, const char *help)
{
	cJSON_AddStringToObject(schema_put(inner, name, "string", help), "pattern",
				"^[0-9]{1,9}(ms|s|m|h|d|w)$");
}

void schema_put_texts(cJSON *properties, const char *name, const char *about)
{
	cJSON_AddStringToObject(schema_put_list(properties, name, about), "type",
				"string");
}

void schema_put_choice(cJSON *properties, const char *name, const char *about,
		       const char *const *words)
{
	cJSON *list =
		cJSON_AddArrayToObject(schema_put(properties, name, "string", about),
				       "enum");

	for (; *words; words++)
		cJSON_AddItemToArray(list, cJSON_CreateString(*words));
}

cJSON *schema_clouds(void)
{
	cJSON *schema = typed("string", "which Azure; public unless it is said"), *list;

	list = cJSON_AddArrayToObject(schema, "enum");
	for (size_t i = 0; cloud_at(i); i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(cloud_at(i)->name));
	return schema;
}
