/* MongoDB Atlas's administration: organisations, projects (groups), clusters and
 * invoices. Lists link on as MongoDB writes links. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/data/data.h"
#include "sim/rhythm.h"
#include "sim/service.h"

#define ORG "65a1f0c2b8d94e0f12c7aa10"
enum { INVOICES = 6, PER_PAGE = 2 };

static const struct group_row {
	const char *id, *name;
} groups[] = {
	{"65a1f0c2b8d94e0f12c7ab01", "Atlas"},
	{"65a1f0c2b8d94e0f12c7ab02", "Qodex"},
};

static const struct cluster {
	const char *group, *name, *version, *size, *most, *region, *state;
	int nodes, disk_gb;
	bool is_paused, has_backup;
} clusters[] = {
	{"65a1f0c2b8d94e0f12c7ab01", "atlas-sessions", "7.0.16", "M40", "M60",
	 "EUROPE_WEST", "IDLE", 3, 160, false, true},
	{"65a1f0c2b8d94e0f12c7ab01", "atlas-catalog", "6.0.19", "M50", "M50",
	 "EUROPE_WEST", "REPAIRING", 3, 380, false, true},
	{"65a1f0c2b8d94e0f12c7ab01", "atlas-test", "8.0.4", "M10", NULL, "EUROPE_WEST",
	 "IDLE", 3, 10, true, false},
	{"65a1f0c2b8d94e0f12c7ab02", "qodex-events", "5.0.30", "M30", "M40",
	 "EUROPE_NORTH", "UPDATING", 3, 90, false, false},
};

/* A page of results: the members before the list are written by now. */
static struct service_page begin(const struct request *req, struct reply *rep,
				 size_t total)
{
	struct service_page page = {.total = total, .size = PER_PAGE, .number = 1};
	struct strbuf *out = &rep->body;
	int64_t size;

	if (str_to_i64(request_query(req, "itemsPerPage"), &size) && size > 0 &&
	    size < 500)
		page.size = (size_t)size;
	if (!str_to_i64(request_query(req, "pageNum"), &page.number) || page.number < 1)
		page.number = 1;
	page.from = (size_t)(page.number - 1) * page.size;
	page.from = page.from > total ? total : page.from;
	page.to = total - page.from < page.size ? total : page.from + page.size;
	page.next = page.to < total ? page.number + 1 : 0;
	reply_header(rep, "Content-Type",
		     "application/vnd.atlas.2023-02-01+json;charset=utf-8");
	jw_object(out, NULL);
	jw_list(out, "links");
	jw_object(out, NULL);
	jw_format(out, "href", "%.*s%.*s", STR_ARG(req->base), STR_ARG(req->path));
	jw_text(out, "rel", "self");
	jw_object_end(out);
	if (page.next) {
		jw_object(out, NULL);
		jw_text(out, "href",
			service_page_link(req, rep->arena, "pageNum", page.next));
		jw_text(out, "rel", "next");
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_list(out, "results");
	return page;
}

static void end(struct reply *rep, const struct service_page *page)
{
	jw_list_end(&rep->body);
	jw_int(&rep->body, "totalCount", (int64_t)page->total);
	jw_object_end(&rep->body);
}

void atlas_list_orgs(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page = begin(req, rep, 1);

	(void)w;
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "id", ORG);
	jw_bool(&rep->body, "isDeleted", false);
	jw_text(&rep->body, "name", "Contoso");
	jw_object_end(&rep->body);
	end(rep, &page);
}

void atlas_list_groups(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page = begin(req, rep, COUNT(groups));

	(void)w;
	for (size_t i = page.from; i < page.to; i++) {
		jw_object(&rep->body, NULL);
		jw_int(&rep->body, "clusterCount", i ? 1 : 3);
		jw_text(&rep->body, "created", "2024-01-13T02:14:26Z");
		jw_text(&rep->body, "id", groups[i].id);
		jw_text(&rep->body, "name", groups[i].name);
		jw_text(&rep->body, "orgId", ORG);
		jw_object_end(&rep->body);
	}
	end(rep, &page);
}

static void put_scaling(struct strbuf *out, const struct cluster *c)
{
	jw_object(out, "autoScaling");
	jw_object(out, "compute");
	jw_bool(out, "enabled", c->most != NULL);
	if (c->most) {
		jw_text(out, "maxInstanceSize", c->most);
		jw_text(out, "minInstanceSize", "M10");
		jw_bool(out, "scaleDownEnabled", true);
	}
	jw_object_end(out);
	jw_object(out, "diskGB");
	jw_bool(out, "enabled", true);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_specs(struct strbuf *out, const struct cluster *c)
{
	jw_list(out, "replicationSpecs");
	jw_object(out, NULL);
	jw_int(out, "numShards", 1);
	jw_list(out, "regionConfigs");
	jw_object(out, NULL);
	put_scaling(out, c);
	jw_object(out, "electableSpecs");
	jw_text(out, "instanceSize", c->size);
	jw_int(out, "nodeCount", c->nodes);
	jw_object_end(out);
	jw_int(out, "priority", 7);
	jw_text(out, "providerName", "AZURE");
	jw_text(out, "regionName", c->region);
	jw_object_end(out);
	jw_list_end(out);
	jw_text(out, "zoneName", "Zone 1");
	jw_object_end(out);
	jw_list_end(out);
}

static void put_cluster(struct strbuf *out, const struct cluster *c)
{
	jw_object(out, NULL);
	jw_bool(out, "backupEnabled", c->has_backup);
	jw_text(out, "clusterType", "REPLICASET");
	jw_object(out, "connectionStrings");
	jw_format(out, "standardSrv", "mongodb+srv://%s.contoso.mongodb.net", c->name);
	jw_object_end(out);
	jw_text(out, "createDate", "2024-02-02T11:20:00Z");
	jw_int(out, "diskSizeGB", c->disk_gb);
	jw_text(out, "groupId", c->group);
	jw_format(out, "id", "65b%s", c->group + 3);
	jw_format(out, "mongoDBMajorVersion", "%.3s", c->version);
	jw_text(out, "mongoDBVersion", c->version);
	jw_text(out, "name", c->name);
	jw_bool(out, "paused", c->is_paused);
	put_specs(out, c);
	jw_text(out, "stateName", c->state);
	jw_list(out, "tags");
	jw_list_end(out);
	jw_bool(out, "terminationProtectionEnabled", c->has_backup);
	jw_text(out, "versionReleaseSystem", "LTS");
	jw_object_end(out);
}

void atlas_list_clusters(struct world *w, const struct request *req, struct reply *rep)
{
	struct str id = request_param(req, "mongogroup");
	const struct cluster *own[COUNT(clusters)];
	struct service_page page;
	size_t n = 0;

	(void)w;
	for (size_t i = 0; i < COUNT(clusters); i++) {
		if (str_eq(id, str_from(clusters[i].group)))
			own[n++] = &clusters[i];
	}
	if (n == 0) {
		service_error(req, rep, 404, "GROUP_NOT_FOUND",
			      "No group with ID %.*s exists.", STR_ARG(id));
		return;
	}
	page = begin(req, rep, n);
	for (size_t i = page.from; i < page.to; i++)
		put_cluster(&rep->body, own[i]);
	end(rep, &page);
}

static int64_t month_ms(const struct world *w, int back)
{
	struct utc t = utc_from_ms(w->now_ms);
	int month = t.year * 12 + t.month - 1 - back;
	struct utc first = {.year = month / 12, .month = month % 12 + 1, .day = 1};

	return utc_to_ms(&first);
}

static void put_invoice(struct strbuf *out, const struct world *w, int back)
{
	int64_t start_ms = month_ms(w, back), end_ms = month_ms(w, back - 1);
	int64_t full = 182400 + (int64_t)(str_hash(STR(ORG)) % 9000) - back * 6100;
	double share =
		back ? 1 : (double)(w->now_ms - start_ms) / (double)(end_ms - start_ms);
	int64_t cents = (int64_t)((double)full * share);

	jw_object(out, NULL);
	jw_int(out, "amountBilledCents", back ? cents : 0);
	jw_int(out, "amountPaidCents", back > 1 ? cents : 0);
	jw_time(out, "created", start_ms + DAY_MS / 6, 0);
	jw_int(out, "creditsCents", 0);
	jw_time(out, "endDate", end_ms, 0);
	jw_format(out, "id", "66%022d", 4000 - back);
	jw_text(out, "orgId", ORG);
	jw_int(out, "salesTaxCents", 0);
	jw_time(out, "startDate", start_ms, 0);
	jw_int(out, "startingBalanceCents", 0);
	jw_text(out, "statusName", back == 0 ? "PENDING" : back == 1 ? "FAILED" : "PAID");
	jw_int(out, "subtotalCents", cents);
	jw_time(out, "updated", back ? end_ms : w->now_ms, 0);
	jw_object_end(out);
}

void atlas_list_invoices(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page;

	if (!str_eq(request_param(req, "mongoorg"), STR(ORG))) {
		service_error(req, rep, 404, "ORG_NOT_FOUND",
			      "No organization with that ID exists.");
		return;
	}
	page = begin(req, rep, INVOICES);
	for (size_t i = page.from; i < page.to; i++)
		put_invoice(&rep->body, w, (int)i);
	end(rep, &page);
}
