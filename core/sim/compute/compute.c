/* See compute.h. Thread: core. */
#include "sim/compute/compute.h"

#include <stdlib.h>

#include "sim/resource.h"
#include "sim/rhythm.h"

static void refuse(const struct request *req, struct reply *rep, const char *type,
		   const char *param)
{
	struct str name = request_param(req, param), group = request_param(req, "rg");

	reply_error(rep, 404, "ResourceNotFound",
		    "The Resource '%s/%.*s' under resource group '%.*s' was not found.",
		    type, STR_ARG(name), STR_ARG(group));
}

/* How many machines a scale set asks for. */
static int capacity_of(const struct world *w, const struct group *group,
		       const struct resource_row *row)
{
	static const char name[] = "\"capacity\": ";
	struct resource r = {.group = group, .what = row};
	struct strbuf body;
	const char *at;
	int capacity;

	strbuf_init(&body, 64 * 1024);
	resource_fill(&body, w, &r, row->body);
	at = strstr(body.p, name);
	capacity = at ? (int)strtol(at + sizeof(name) - 1, NULL, 10) : 0;
	strbuf_fini(&body);
	return capacity;
}

static void put_count(struct strbuf *out, const char *code, int count)
{
	if (count == 0)
		return;
	jw_object(out, NULL);
	jw_text(out, "code", code);
	jw_int(out, "count", count);
	jw_object_end(out);
}

void vmss_instance_view(struct world *w, const struct request *req, struct reply *rep)
{
	static const char type[] = "Microsoft.Compute/virtualMachineScaleSets";
	const struct resource_row *row =
		resource_find(estate_asked_group(req), type, request_param(req, "vmss"));
	struct strbuf *out = &rep->body;
	int capacity, n_failed, n_updating;

	if (!row) {
		refuse(req, rep, type, "vmss");
		return;
	}
	capacity = capacity_of(w, estate_asked_group(req), row);
	n_failed = strstr(row->body, "\"Failed\"") ? capacity / 2 : 0;
	n_updating = strstr(row->body, "\"Updating\"") ? 1 : 0;
	jw_object(out, NULL);
	jw_object(out, "virtualMachine");
	jw_list(out, "statusesSummary");
	put_count(out, "ProvisioningState/succeeded", capacity - n_failed - n_updating);
	put_count(out, "ProvisioningState/failed", n_failed);
	put_count(out, "ProvisioningState/updating", n_updating);
	jw_list_end(out);
	jw_object_end(out);
	jw_list(out, "statuses");
	jw_object(out, NULL);
	jw_text(out, "code",
		n_failed
			? "ProvisioningState/failed/OverconstrainedZonalAllocationRequest"
		: n_updating ? "ProvisioningState/updating"
			     : "ProvisioningState/succeeded");
	jw_text(out, "level", n_failed ? "Error" : "Info");
	jw_text(out, "displayStatus",
		n_failed     ? "Provisioning failed"
		: n_updating ? "Updating"
			     : "Provisioning succeeded");
	jw_time(out, "time", w->now_ms - w->now_ms % HOUR_MS - 3 * HOUR_MS, 7);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

/* One region goes ahead of the others; a version that is being made takes an hour. */
static void put_replication(const struct world *w, const struct resource_row *row,
			    struct strbuf *out)
{
	static const char *const regions[] = {"West Europe", "North Europe"};
	bool is_creating = strstr(row->body, "\"Creating\"") != NULL;
	bool is_failed = strstr(row->body, "\"Failed\"") != NULL;
	int minute = (int)(w->now_ms / MINUTE_MS % 60);

	jw_object(out, "replicationStatus");
	jw_text(out, "aggregatedState",
		is_failed     ? "Failed"
		: is_creating ? "InProgress"
			      : "Completed");
	jw_list(out, "summary");
	for (int i = 0; i < 2; i++) {
		bool is_last = i == 1;

		if (!strstr(row->body, regions[i]))
			continue;
		jw_object(out, NULL);
		jw_text(out, "region", regions[i]);
		jw_text(out, "state",
			is_last && is_failed	 ? "Failed"
			: is_last && is_creating ? "Replicating"
						 : "Completed");
		jw_text(out, "details",
			is_last && is_failed ? "The region has no capacity for the copy."
					     : "");
		jw_int(out, "progress",
		       is_last && is_failed	? 0
		       : is_last && is_creating ? minute * 100 / 60
						: 100);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

void gallery_get_version(struct world *w, const struct request *req, struct reply *rep)
{
	static const char type[] = "Microsoft.Compute/galleries/images/versions";
	const struct group *group = estate_asked_group(req);
	const struct resource_row *row =
		resource_find(group, type, request_param(req, "version"));
	struct resource r = {.group = group, .what = row};
	struct strbuf *out = &rep->body;

	if (!row) {
		refuse(req, rep, type, "version");
		return;
	}
	r.name = strrchr(row->path, '/') + 1;
	r.id = req->path;
	jw_object(out, NULL);
	jw_str(out, "id", req->path);
	jw_text(out, "name", r.name);
	jw_text(out, "type", type);
	jw_text(out, "location", group->location);
	strbuf_putc(out, ',');
	resource_fill(out, w, &r, row->body);
	if (str_eq_nocase(request_query(req, "$expand"), STR("ReplicationStatus"))) {
		/* Into the properties, which are the body's last member. */
		strbuf_cut(out, out->n - 1);
		put_replication(w, row, out);
		jw_object_end(out);
	}
	jw_object_end(out);
}
