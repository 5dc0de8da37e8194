/* See writes.h. One entry a document: what its operations left is merged into one patch,
 * so that it does not grow with the writes. */
#include "sim/writes.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/xalloc.h"

enum { MOST_OPERATIONS = 256, MOST_ADDED = 256 };

static void free_change(struct written *it)
{
	free(it->member);
	free(it->value);
	free(it->list);
	cJSON_Delete(it->settled);
	cJSON_Delete(it->during);
	cJSON_Delete(it->after);
	free(it);
}

static void free_operation(struct operation *op)
{
	free(op->target);
	free(op->code);
	free(op->message);
	free(op);
}

void writes_fini(struct writes *c)
{
	for (size_t i = 0; i < c->list.n; i++)
		free_change(c->list.p[i]);
	for (size_t i = 0; i < c->operations.n; i++)
		free_operation(c->operations.p[i]);
	vec_fini(&c->list);
	vec_fini(&c->operations);
}

struct operation *writes_begin(struct writes *c, uint64_t seed, struct str target,
			       int64_t now_ms, int64_t takes_ms)
{
	struct operation *op = xcalloc(1, sizeof(*op));

	*op = (struct operation){.id = guid_of(seed, "write", ++c->n_made),
				 .target = xstrndup(target.p, target.n),
				 .started_ms = now_ms,
				 .ends_ms = now_ms + takes_ms};
	if (c->operations.n == MOST_OPERATIONS) {
		free_operation(c->operations.p[0]);
		memmove(c->operations.p, c->operations.p + 1,
			--c->operations.n * sizeof(struct operation *));
	}
	vec_push(&c->operations, op);
	return op;
}

void writes_drop(struct writes *c, struct operation *op)
{
	assert(c->operations.n && c->operations.p[c->operations.n - 1] == op);
	c->operations.n--;
	c->n_made--;
	free_operation(op);
}

const struct operation *writes_running(const struct writes *c, struct str target,
				       int64_t now_ms)
{
	for (size_t i = c->operations.n; i-- > 0;) {
		const struct operation *op = c->operations.p[i];

		if (op->ends_ms > now_ms && str_eq_nocase(str_from(op->target), target))
			return op;
	}
	return NULL;
}

const struct operation *writes_find(const struct writes *c, struct str id)
{
	for (size_t i = c->operations.n; i-- > 0;) {
		if (str_eq_nocase(str_from(c->operations.p[i]->id.text), id))
			return c->operations.p[i];
	}
	return NULL;
}

static void merge(cJSON *into, const cJSON *patch)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, patch) {
		bool is_optional = at->string[0] == '?';
		const char *name = at->string + is_optional;
		cJSON *own = cJSON_GetObjectItemCaseSensitive(into, name);

		if (is_optional && !own)
			continue;
		if (cJSON_IsObject(at) && cJSON_IsObject(own)) {
			merge(own, at);
			continue;
		}
		cJSON_DeleteItemFromObjectCaseSensitive(into, name);
		if (!cJSON_IsNull(at))
			cJSON_AddItemToObject(into, name, cJSON_Duplicate(at, true));
	}
}

/* Patches one after the other as one: the words for "only there" are kept. */
static cJSON *joined(cJSON *first, cJSON *second)
{
	const cJSON *at;

	if (!first || !second)
		return first ? first : second;
	cJSON_ArrayForEach (at, second) {
		cJSON *own = cJSON_GetObjectItemCaseSensitive(first, at->string);
		cJSON *copy = cJSON_Duplicate(at, true);

		if (cJSON_IsObject(at) && cJSON_IsObject(own)) {
			cJSON *both = joined(cJSON_Duplicate(own, true), copy);

			cJSON_ReplaceItemInObjectCaseSensitive(first, at->string, both);
			continue;
		}
		cJSON_DeleteItemFromObjectCaseSensitive(first, at->string);
		cJSON_AddItemToObject(first, at->string, copy);
	}
	cJSON_Delete(second);
	return first;
}

static void settle(struct written *it, int64_t now_ms)
{
	if (it->until_ms && now_ms >= it->until_ms) {
		cJSON_Delete(it->settled);
		it->settled = NULL;
		it->until_ms = 0;
	}
	if (now_ms < it->ends_ms)
		return;
	it->settled = joined(it->settled, it->after);
	it->is_settled_removal = it->is_settled_removal || it->is_removal;
	cJSON_Delete(it->during);
	it->during = it->after = NULL;
}

static struct written *known(const struct writes *c, const char *member, struct str value)
{
	for (size_t i = 0; i < c->list.n; i++) {
		if (strcmp(c->list.p[i]->member, member) == 0 &&
		    str_eq_nocase(str_from(c->list.p[i]->value), value))
			return c->list.p[i];
	}
	return NULL;
}

static struct written *change_of(struct writes *c, const char *member, struct str value)
{
	struct written *it = known(c, member, value);

	if (it)
		return it;
	it = xcalloc(1, sizeof(*it));
	it->member = xstrdup(member);
	it->value = xstrndup(value.p, value.n);
	vec_push(&c->list, it);
	return it;
}

struct written *writes_patch(struct writes *c, const struct operation *op,
			     const char *member, struct str value, cJSON *during,
			     cJSON *after)
{
	struct written *it = change_of(c, member, value);

	settle(it, op->started_ms);
	if (op->code) {
		cJSON_Delete(after);
		after = NULL;
	}
	/* Over one that still runs: both are to be. */
	it->during = joined(it->during, during);
	it->after = joined(it->after, after);
	if (it->ends_ms < op->ends_ms)
		it->ends_ms = op->ends_ms;
	return it;
}

static void forget_oldest_added(struct writes *c)
{
	size_t n = 0, oldest = c->list.n;

	for (size_t i = c->list.n; i-- > 0;) {
		if (c->list.p[i]->list) {
			n++;
			oldest = i;
		}
	}
	if (n < MOST_ADDED)
		return;
	free_change(c->list.p[oldest]);
	memmove(c->list.p + oldest, c->list.p + oldest + 1,
		(--c->list.n - oldest) * sizeof(struct written *));
}

void writes_add(struct writes *c, const struct operation *op, const char *member,
		struct str value, struct str list, cJSON *document)
{
	struct written *it;

	forget_oldest_added(c);
	it = change_of(c, member, value);
	settle(it, op->started_ms);
	it->settled = joined(it->settled, document);
	free(it->list);
	it->list = xstrndup(list.p, list.n);
}

void writes_remove(struct writes *c, const struct operation *op, const char *member,
		   struct str value, cJSON *during)
{
	writes_patch(c, op, member, value, during, NULL)->is_removal = !op->code;
}

static bool is_gone(const struct written *it, int64_t now_ms)
{
	return it->is_settled_removal || (it->is_removal && now_ms >= it->ends_ms);
}

static bool is_over(const struct written *it, int64_t now_ms)
{
	return it->until_ms && now_ms >= it->until_ms;
}

static void patch(const struct written *it, int64_t now_ms, cJSON *document)
{
	if (is_over(it, now_ms))
		return;
	if (it->settled)
		merge(document, it->settled);
	if (now_ms < it->ends_ms && it->during)
		merge(document, it->during);
	if (now_ms >= it->ends_ms && it->after)
		merge(document, it->after);
}

bool writes_is(const cJSON *object, struct str path, struct str value)
{
	const cJSON *at = json_at(object, path);
	char number[32];

	if (cJSON_IsNumber(at)) {
		snprintf(number, sizeof(number), "%.0f", at->valuedouble);
		return str_eq(str_from(number), value);
	}
	return cJSON_IsString(at) && str_eq_nocase(str_from(at->valuestring), value);
}

static bool is_document(const struct written *it, const cJSON *object)
{
	struct str names = str_from(it->member), name = {0};

	str_next(&names, ' ', &name);
	if (!writes_is(object, name, str_from(it->value)))
		return false;
	while (str_next(&names, ' ', &name)) {
		if (!json_at(object, name))
			return false;
	}
	return true;
}

/* False: the document is gone. */
static bool patch_all(const struct writes *c, int64_t now_ms, cJSON *document)
{
	for (size_t i = 0; i < c->list.n; i++) {
		const struct written *it = c->list.p[i];

		if (!is_document(it, document))
			continue;
		if (is_gone(it, now_ms))
			return false;
		patch(it, now_ms, document);
	}
	return true;
}

static bool walk(const struct writes *c, int64_t now_ms, cJSON *at)
{
	cJSON *child, *next;

	if (cJSON_IsObject(at) && !patch_all(c, now_ms, at))
		return false;
	for (child = at->child; child; child = next) {
		next = child->next;
		if ((cJSON_IsObject(child) || cJSON_IsArray(child)) &&
		    !walk(c, now_ms, child) && cJSON_IsArray(at))
			cJSON_Delete(cJSON_DetachItemViaPointer(at, child));
	}
	return true;
}

/* Lists of ARM and DevOps, of Kubernetes, of PagerDuty; bare ones. */
static cJSON *list_in(cJSON *root)
{
	static const char *const names[] = {"value", "items", "data"};

	if (cJSON_IsArray(root))
		return root;
	for (size_t i = 0; i < COUNT(names); i++) {
		cJSON *list = cJSON_GetObjectItemCaseSensitive(root, names[i]);

		if (cJSON_IsArray(list))
			return list;
	}
	return NULL;
}

static bool is_listed_at(const struct written *it, struct str path)
{
	return it->list && str_eq_nocase(str_from(it->list), path);
}

bool writes_touch(const struct writes *c, struct str path, struct str text)
{
	for (size_t i = 0; i < c->list.n; i++) {
		if (is_listed_at(c->list.p[i], path) ||
		    str_find_nocase(text, str_from(c->list.p[i]->value)) >= 0)
			return true;
	}
	return false;
}

bool writes_apply(const struct writes *c, struct str path, int64_t now_ms, cJSON *root)
{
	cJSON *list = list_in(root);

	for (size_t i = c->list.n; list && i-- > 0;) {
		const struct written *it = c->list.p[i];

		if (is_listed_at(it, path) && it->settled && !is_gone(it, now_ms))
			cJSON_InsertItemInArray(list, 0,
						cJSON_Duplicate(it->settled, true));
	}
	return walk(c, now_ms, root);
}

const cJSON *writes_now(const struct writes *c, const char *member, struct str value,
			const char *path, int64_t now_ms)
{
	const struct written *it = known(c, member, value);
	const cJSON *found;

	if (!it || is_over(it, now_ms))
		return NULL;
	found = json_at(now_ms < it->ends_ms ? it->during : it->after, str_from(path));
	return found ? found : json_at(it->settled, str_from(path));
}
