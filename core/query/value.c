/* See value.h and the lower half of query.h. */
#include "query/value.h"

#include <math.h>
#include <string.h>

const char *query_type_name(enum query_type type)
{
	static const char *const names[] = {
		[QUERY_NULL] = "null",	   [QUERY_BOOL] = "boolean",
		[QUERY_NUMBER] = "number", [QUERY_STRING] = "string",
		[QUERY_ARRAY] = "array",   [QUERY_OBJECT] = "object",
	};

	return names[type];
}

struct query_value value_number(double number)
{
	if (!isfinite(number))
		return value_null();
	return (struct query_value){.type = QUERY_NUMBER, .number = number};
}

struct query_value query_from_json(const cJSON *json)
{
	switch (json ? json->type & 0xff : cJSON_NULL) {
	case cJSON_True:
		return value_bool(true);
	case cJSON_False:
		return value_bool(false);
	case cJSON_Number:
		return value_number(json->valuedouble);
	case cJSON_String:
	case cJSON_Raw:
		return value_text(str_from(json->valuestring));
	case cJSON_Array:
		return (struct query_value){.type = QUERY_ARRAY,
					    .is_json = true,
					    .node = json};
	case cJSON_Object:
		return (struct query_value){.type = QUERY_OBJECT,
					    .is_json = true,
					    .node = json};
	default:
		return value_null();
	}
}

static const cJSON *first_child(const struct query_value *v)
{
	return ((const cJSON *)v->node)->child;
}

/* Items or members. */
static size_t count(const struct query_value *v)
{
	size_t n = 0;

	if (!v->is_json)
		return v->type == QUERY_ARRAY ? ((const struct query_array *)v->node)->n
					      : ((const struct query_object *)v->node)->n;
	for (const cJSON *at = first_child(v); at; at = at->next)
		n++;
	return n;
}

size_t query_array_size(const struct query_value *v)
{
	return v->type == QUERY_ARRAY || v->type == QUERY_OBJECT ? count(v) : 0;
}

struct query_iter query_iter(const struct query_value *array)
{
	struct query_iter it = {.of = array};

	if (array->type == QUERY_ARRAY && array->is_json)
		it.at = first_child(array);
	return it;
}

bool query_iter_next(struct query_iter *it, struct query_value *out)
{
	if (it->of->type != QUERY_ARRAY)
		return false;
	if (it->of->is_json) {
		const cJSON *at = it->at;

		if (!at)
			return false;
		*out = query_from_json(at);
		it->at = at->next;
	} else {
		const struct query_array *array = it->of->node;

		if (it->index >= array->n)
			return false;
		*out = array->items[it->index];
	}
	it->index++;
	return true;
}

struct member_iter member_iter(const struct query_value *object)
{
	struct member_iter it = {.of = object};

	if (object->type == QUERY_OBJECT && object->is_json)
		it.node = first_child(object);
	return it;
}

bool member_iter_next(struct member_iter *it, struct str *name, struct query_value *value)
{
	if (it->of->type != QUERY_OBJECT)
		return false;
	if (it->of->is_json) {
		if (!it->node)
			return false;
		*name = str_from(it->node->string);
		*value = query_from_json(it->node);
		it->node = it->node->next;
	} else {
		const struct query_object *object = it->of->node;

		if (it->index >= object->n)
			return false;
		*name = object->names[it->index];
		*value = object->values[it->index];
		it->index++;
	}
	return true;
}

static bool is_named(const cJSON *member, struct str name)
{
	const char *have = member->string;

	/* A name may have a NUL in it; a member's ends there. */
	return have && str_is(name, have);
}

bool value_find(const struct query_value *object, struct str name,
		struct query_value *out)
{
	if (object->type != QUERY_OBJECT)
		return false;
	if (object->is_json) {
		for (const cJSON *at = first_child(object); at; at = at->next) {
			if (is_named(at, name)) {
				*out = query_from_json(at);
				return true;
			}
		}
		return false;
	}
	const struct query_object *o = object->node;

	for (size_t i = 0; i < o->n; i++) {
		if (str_eq(o->names[i], name)) {
			*out = o->values[i];
			return true;
		}
	}
	return false;
}

struct query_value query_member(const struct query_value *object, struct str name)
{
	struct query_value found;

	return value_find(object, name, &found) ? found : value_null();
}

bool query_is_true(const struct query_value *v)
{
	switch (v->type) {
	case QUERY_BOOL:
		return v->boolean;
	case QUERY_NUMBER:
		return true;
	case QUERY_STRING:
		return v->text.n > 0;
	case QUERY_ARRAY:
	case QUERY_OBJECT:
		if (v->is_json)
			return first_child(v) != NULL;
		return count(v) > 0;
	case QUERY_NULL:
		break;
	}
	return false;
}
