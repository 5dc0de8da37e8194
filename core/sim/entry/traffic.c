/* Traffic Manager's profiles and their endpoints. Thread: core. A profile says
 * "CheckingEndpoints", an endpoint "CheckingEndpoint"; both say little else. */
#include "base/count.h"
#include "sim/entry/entry.h"

const struct tm_profile tm_profiles[] = {
	{"tm-contoso", "rg-shared-network-weu", "Weighted", "Degraded"},
	{"tm-atlas", "rg-atlas-prod-weu", "Priority", "Online"},
	{"tm-qodex", "rg-qodex-prod-weu", "Performance", "Degraded"},
	{"tm-qodex-beta", "rg-qodex-dev-weu", "Priority", "Inactive"},
};
const size_t tm_n_profiles = COUNT(tm_profiles);

static const struct endpoint {
	const char *profile, *name, *kind; /* external or nested */
	const char *target;		   /* host, or the nested profile's name */
	const char *state;		   /* enabled or not */
	const char *monitor;
	int priority, weight;
	const char *location;
} endpoints[] = {
	{"tm-contoso", "atlas", "nestedEndpoints", "tm-atlas", "Enabled", "Online", 1, 50,
	 "West Europe"},
	{"tm-contoso", "qodex", "nestedEndpoints", "tm-qodex", "Enabled", "Degraded", 2,
	 50, "West Europe"},
	{"tm-contoso", "legacy", "externalEndpoints", "legacy.contoso.com", "Disabled",
	 "Disabled", 3, 1, NULL},
	{"tm-atlas", "weu", "externalEndpoints", "atlas-weu.contoso.com", "Enabled",
	 "Online", 1, 1, "West Europe"},
	{"tm-atlas", "neu", "externalEndpoints", "atlas-neu.contoso.com", "Enabled",
	 "Online", 2, 1, "North Europe"},
	{"tm-qodex", "weu", "externalEndpoints", "qodex-weu.contoso.com", "Enabled",
	 "Degraded", 1, 1, "West Europe"},
	{"tm-qodex", "neu", "externalEndpoints", "qodex-neu.contoso.com", "Enabled",
	 "Online", 2, 1, "North Europe"},
	{"tm-qodex", "assets", "externalEndpoints", "assets.contoso.com", "Enabled",
	 "Unmonitored", 3, 1, "West Europe"},
};

static const struct tm_profile *profile_named(const char *name)
{
	for (size_t i = 0; i < tm_n_profiles; i++)
		if (strcmp(tm_profiles[i].name, name) == 0)
			return &tm_profiles[i];
	return NULL;
}

static void put_profile_id(struct strbuf *out, const struct tm_profile *p)
{
	estate_put_group_id(out, estate_group(p->group));
	strbuf_printf(out, "/providers/Microsoft.Network/trafficManagerProfiles/%s",
		      p->name);
}

static void put_nested(struct strbuf *out, const char *target)
{
	const struct tm_profile *nested = profile_named(target);
	struct strbuf id;

	if (!nested)
		return;
	strbuf_init(&id, 512);
	put_profile_id(&id, nested);
	jw_str(out, "targetResourceId", strbuf_str(&id));
	jw_int(out, "minChildEndpoints", 2);
	strbuf_fini(&id);
}

static void put_endpoint(struct strbuf *out, const char *profile_id,
			 const struct endpoint *e)
{
	const struct tm_profile *nested = profile_named(e->target);

	jw_object(out, NULL);
	jw_format(out, "id", "%s/%s/%s", profile_id, e->kind, e->name);
	jw_text(out, "name", e->name);
	jw_format(out, "type", "Microsoft.Network/trafficManagerProfiles/%s", e->kind);
	jw_object(out, "properties");
	jw_text(out, "endpointStatus", e->state);
	jw_text(out, "endpointMonitorStatus", e->monitor);
	put_nested(out, e->target);
	if (nested)
		jw_format(out, "target", "%s.trafficmanager.net", nested->name);
	else
		jw_text(out, "target", e->target);
	jw_int(out, "weight", e->weight);
	jw_int(out, "priority", e->priority);
	if (e->location)
		jw_text(out, "endpointLocation", e->location);
	jw_text(out, "alwaysServe",
		strcmp(e->monitor, "Unmonitored") == 0 ? "Enabled" : "Disabled");
	jw_object_end(out);
	jw_object_end(out);
}

static void put_settings(struct strbuf *out, const struct tm_profile *p)
{
	jw_text(out, "profileStatus", "Enabled");
	jw_text(out, "trafficRoutingMethod", p->method);
	jw_object(out, "dnsConfig");
	jw_text(out, "relativeName", p->name);
	jw_format(out, "fqdn", "%s.trafficmanager.net", p->name);
	jw_int(out, "ttl", 60);
	jw_object_end(out);
	jw_object(out, "monitorConfig");
	jw_text(out, "profileMonitorStatus", p->status);
	jw_text(out, "protocol", "HTTPS");
	jw_int(out, "port", 443);
	jw_text(out, "path", "/healthz");
	jw_int(out, "intervalInSeconds", 30);
	jw_int(out, "toleratedNumberOfFailures", 3);
	jw_int(out, "timeoutInSeconds", 10);
	jw_object_end(out);
	jw_text(out, "trafficViewEnrollmentStatus", "Disabled");
}

static void put_profile(struct strbuf *out, const struct tm_profile *p)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	put_profile_id(&id, p);
	jw_object(out, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", p->name);
	jw_text(out, "type", "Microsoft.Network/trafficManagerProfiles");
	jw_text(out, "location", "global");
	estate_put_tags(out, estate_group(p->group), NULL);
	jw_object(out, "properties");
	put_settings(out, p);
	jw_list(out, "endpoints");
	for (size_t i = 0; i < COUNT(endpoints); i++)
		if (strcmp(endpoints[i].profile, p->name) == 0)
			put_endpoint(out, id.p, &endpoints[i]);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void tm_list_profiles(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct page page = {0};

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < tm_n_profiles; i++)
		if (estate_group(tm_profiles[i].group)->sub == sub)
			put_profile(&rep->body, &tm_profiles[i]);
	page_end(rep, &page);
}
