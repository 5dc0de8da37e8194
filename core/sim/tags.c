/* The tags in use in a subscription, with their values, counted over its resources.
 * Thread: core. */
#include "base/count.h"
#include "sim/inventory.h"
#include "sim/tenant/tenant.h"

#define MOST_VALUES 8

struct tally {
	const char *value;
	int n;
};

static const char *workload_of(const struct group *group)
{
	return group->workload;
}

static const char *env_of(const struct group *group)
{
	return group->env;
}

static const struct {
	const char *name;
	const char *(*of)(const struct group *group);
} tags[] = {{"workload", workload_of}, {"environment", env_of}};

static size_t count_values(const struct inventory *inv,
			   const char *(*of)(const struct group *group),
			   struct tally *tally)
{
	size_t n = 0;

	for (size_t i = 0; i < inv->n; i++) {
		const char *value = of(inv->items[i].group);
		size_t at = 0;

		while (at < n && strcmp(tally[at].value, value) != 0)
			at++;
		if (at == MOST_VALUES)
			continue;
		if (at == n)
			tally[n++] = (struct tally){.value = value};
		tally[at].n++;
	}
	return n;
}

static void put_count(struct strbuf *out, int n)
{
	jw_object(out, "count");
	jw_text(out, "type", "Total");
	jw_int(out, "value", n);
	jw_object_end(out);
}

static void put_tag(struct strbuf *out, const char *sub, const char *name,
		    const struct tally *tally, size_t n)
{
	int total = 0;

	for (size_t i = 0; i < n; i++)
		total += tally[i].n;
	jw_object(out, NULL);
	jw_format(out, "id", "/subscriptions/%s/tagNames/%s", sub, name);
	jw_text(out, "tagName", name);
	put_count(out, total);
	jw_list(out, "values");
	for (size_t i = 0; i < n; i++) {
		jw_object(out, NULL);
		jw_format(out, "id", "/subscriptions/%s/tagNames/%s/tagValues/%s", sub,
			  name, tally[i].value);
		jw_text(out, "tagValue", tally[i].value);
		put_count(out, tally[i].n);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

void tenant_list_tags(struct world *w, const struct request *req, struct reply *rep)
{
	const struct subscription *sub = estate_find_sub(request_param(req, "sub"));
	struct inventory *inv = arena_alloc(rep->arena, sizeof(*inv));
	struct page page = {0};

	(void)w;
	inventory_init(inv, rep->arena, estate_sub_index(sub), NULL);
	page_begin(rep);
	for (size_t i = 0; i < COUNT(tags); i++) {
		struct tally tally[MOST_VALUES];
		size_t n = count_values(inv, tags[i].of, tally);

		put_tag(&rep->body, sub->id, tags[i].name, tally, n);
	}
	page_end(rep, &page);
}
