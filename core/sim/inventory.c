/* The list of all resources. Thread: core. Its second page is empty and still
 * links on, and a filter thins out the pages: it comes after they were cut. */
#include "sim/inventory.h"

#include <stdio.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "sim/k8s/aks.h"
#include "sim/dr/dr.h"
#include "sim/logs/insights.h"
#include "sim/openai/openai.h"
#include "sim/resource.h"
#include "sim/sql/sql_estate.h"
#include "sim/compute/vm.h"

#define PER_PAGE 25
/* "Microsoft.Sql/servers/databases" and "srv/db" as "Microsoft.Sql/servers/srv/
 * databases/db". */
static struct str make_id(struct inventory *inv, const struct resource *r)
{
	struct str types = str_from(r->type), names, type, name;
	struct strbuf id;
	struct str kept;

	names = str_from(r->path ? r->path : r->name);
	strbuf_init(&id, 1024);
	estate_put_group_id(&id, r->group);
	strbuf_puts(&id, "/providers/");
	str_next(&types, '/', &type);
	strbuf_put(&id, type);
	while (str_next(&types, '/', &type) && str_next(&names, '/', &name))
		strbuf_printf(&id, "/%.*s/%.*s", STR_ARG(type), STR_ARG(name));
	kept = arena_str(inv->arena, strbuf_str(&id));
	strbuf_fini(&id);
	return kept;
}

void inventory_add(struct inventory *inv, const char *group_name,
		   const struct resource *resource)
{
	const struct group *group = estate_group(group_name);
	struct resource *r = &inv->items[inv->n];

	if (group->sub != inv->sub || (inv->only && group != inv->only))
		return;
	if (inv->n == INVENTORY_MAX)
		fatal("simulator: more resources than the inventory holds");
	*r = *resource;
	r->group = group;
	if (!r->location)
		r->location = group->location;
	if (!r->id.n)
		r->id = make_id(inv, r);
	r->path = NULL;
	inv->n++;
}

static void add_sql(struct inventory *inv)
{
	char path[256];

	for (size_t i = 0; i < sql_n_servers; i++)
		inventory_add(inv, sql_servers[i].group,
			      &(struct resource){.name = sql_servers[i].name,
						 .type = "Microsoft.Sql/servers"});
	for (size_t i = 0; i < SQL_N_DATABASES; i++) {
		const struct sql_database *db = &sql_databases[i];

		if (db->traits & SQL_MASTER)
			continue;
		snprintf(path, sizeof(path), "%s/%s", db->server, db->name);
		inventory_add(
			inv, sql_server(db->server)->group,
			&(struct resource){.name = db->name,
					   .path = path,
					   .type = "Microsoft.Sql/servers/databases",
					   .sku = sql_find_slo(str_from(db->slo))->sku,
					   .is_measured = true});
	}
}

static void add_vaults(struct inventory *inv)
{
	for (size_t i = 0; i < dr_n_vaults; i++)
		inventory_add(
			inv, dr_vaults[i].group,
			&(struct resource){.name = dr_vaults[i].name,
					   .type = "Microsoft.RecoveryServices/vaults",
					   .sku = "RS0"});
}

static const inventory_fn contributors[] = {
	add_sql,       vm_contribute,	    aks_contribute,
	add_vaults,    insights_contribute, resource_contribute,
	ai_contribute,
};

void inventory_init(struct inventory *inv, struct arena *arena, enum sub sub,
		    const struct group *group)
{
	inv->n = 0;
	inv->arena = arena;
	inv->sub = sub;
	inv->only = group;
	for (size_t i = 0; i < COUNT(contributors); i++)
		contributors[i](inv);
}

static void put_resource(struct strbuf *out, const struct resource *r)
{
	jw_object(out, NULL);
	jw_str(out, "id", r->id);
	jw_text(out, "name", r->name);
	jw_text(out, "type", r->type);
	if (r->sku) {
		jw_object(out, "sku");
		jw_text(out, "name", r->sku);
		jw_object_end(out);
	}
	jw_text(out, "location", r->location);
	estate_put_tags(out, r->group, r->hours);
	jw_object_end(out);
}

/* "resourceType eq 'TYPE'" is the one filter known; no filter leaves *type empty. */
static bool read_filter(const struct request *req, struct reply *rep, struct str *type)
{
	struct str filter = str_trim(request_query(req, "$filter"));
	const struct str before = STR("resourceType eq '");

	*type = (struct str){0};
	if (filter.n == 0)
		return true;
	if (str_starts_nocase(filter, before) && str_ends(filter, STR("'")) &&
	    filter.n > before.n + 1) {
		*type = str_sub(filter, before.n, filter.n - before.n - 1);
		return true;
	}
	reply_error(rep, 400, "InvalidFilterInQueryString",
		    "Invalid $filter '%.*s' specified in the query string.",
		    STR_ARG(filter));
	return false;
}

static void put_list(const struct request *req, struct reply *rep,
		     const struct group *group, enum sub sub)
{
	struct inventory *inv = arena_alloc(rep->arena, sizeof(*inv));
	struct page page;
	struct str type;

	if (!read_filter(req, rep, &type))
		return;
	inventory_init(inv, rep->arena, sub, group);
	if (!page_init(&page, req, rep, inv->n, PER_PAGE, true))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		if (type.n == 0 || str_eq_nocase(type, str_from(inv->items[i].type)))
			put_resource(&rep->body, &inv->items[i]);
	page_end(rep, &page);
}

void inventory_list(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	put_list(req, rep, NULL, estate_asked_sub(req));
}

void inventory_list_group(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	(void)w;
	put_list(req, rep, estate_asked_group(req), sub);
}
