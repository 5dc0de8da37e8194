/* Front Door's configuration: profile, endpoints, origin groups, origins. Thread:
 * core. There is no health in it, that is a metric; ids say "resourcegroups". */
#include <stdio.h>

#include "base/count.h"
#include "sim/entry/entry.h"

const char *const afd_origin_groups[] = {"og-atlas", "og-qodex", "og-static"};
const size_t afd_n_origin_groups = COUNT(afd_origin_groups);

const struct afd_origin afd_origins[] = {
	{"og-atlas", "atlas-weu", "atlas-weu.contoso.com", 1, 100, true},
	{"og-atlas", "atlas-neu", "atlas-neu.contoso.com", 2, 99.6, true},
	{"og-qodex", "qodex-weu", "qodex-weu.contoso.com", 1, 58, true},
	{"og-qodex", "qodex-neu", "qodex-neu.contoso.com", 1, 99.1, true},
	{"og-qodex", "qodex-old", "qodex-old.contoso.com", 5, 0, false},
	{"og-static", "static-weu", "stcontosoqodexweu.blob.core.windows.net", 0, 100,
	 true},
};
const size_t afd_n_origins = COUNT(afd_origins);

const struct afd_endpoint afd_endpoints[] = {
	{"atlas", "atlas-d7f2h4b3a0e5c9gm.z01.azurefd.net", "og-atlas", 5200, 0.02},
	{"qodex", "qodex-b6c1e8d2f4a7h0ek.z01.azurefd.net", "og-qodex", 3100, 2.4},
	{"static", "static-a2h8g3f6e1b4d5cn.z01.azurefd.net", "og-static", 900, 0},
};
const size_t afd_n_endpoints = COUNT(afd_endpoints);

bool afd_profile_named(const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, "profile");

	if (str_eq_nocase(name, STR(AFD_PROFILE)) && group == estate_group(AFD_GROUP))
		return true;
	reply_error(
		rep, 404, "ResourceNotFound",
		"The Resource 'Microsoft.Cdn/profiles/%.*s' under resource group '%s' "
		"was not found.",
		STR_ARG(name), group->name);
	return false;
}

void afd_put_profile_id(struct strbuf *out)
{
	const struct group *group = estate_group(AFD_GROUP);

	strbuf_printf(
		out,
		"/subscriptions/%s/resourcegroups/%s/providers/Microsoft.Cdn/profiles/"
		"%s",
		estate_sub_id(group), group->name, AFD_PROFILE);
}

/* Opens an object with what every part of a profile begins with; `path` is below
 * the profile, "" being itself. */
static void begin(struct strbuf *out, const char *path, const char *type,
		  const char *name)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	afd_put_profile_id(&id);
	jw_object(out, NULL);
	jw_format(out, "id", "%s%s", id.p, path);
	jw_format(out, "type", "Microsoft.Cdn/profiles%s", type);
	jw_text(out, "name", name);
	strbuf_fini(&id);
}

static void put_states(struct strbuf *out, bool is_enabled)
{
	jw_text(out, "enabledState", is_enabled ? "Enabled" : "Disabled");
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "deploymentStatus", "NotStarted");
}

void afd_list_profiles(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	const struct group *group = estate_group(AFD_GROUP);
	struct strbuf *out = &rep->body;
	struct page page = {0};

	page_begin(rep);
	if (group->sub == sub) {
		begin(out, "", "", AFD_PROFILE);
		estate_put_tags(out, group, NULL);
		jw_text(out, "location", "Global");
		jw_object(out, "sku");
		jw_text(out, "name", "Premium_AzureFrontDoor");
		jw_object_end(out);
		jw_text(out, "kind", "frontdoor");
		jw_object(out, "properties");
		jw_int(out, "originResponseTimeoutSeconds", 60);
		jw_text(out, "frontDoorId", guid_of(w->seed, AFD_PROFILE, 0).text);
		jw_text(out, "provisioningState", "Succeeded");
		jw_text(out, "resourceState", "Active");
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

void afd_list_endpoints(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	struct page page = {0};
	char path[128];

	(void)w;
	if (!afd_profile_named(req, rep))
		return;
	page_begin(rep);
	for (size_t i = 0; i < afd_n_endpoints; i++) {
		const struct afd_endpoint *e = &afd_endpoints[i];

		snprintf(path, sizeof(path), "/afdendpoints/%s", e->name);
		begin(out, path, "/afdendpoints", e->name);
		jw_object(out, "tags");
		jw_object_end(out);
		jw_text(out, "location", "global");
		jw_object(out, "properties");
		jw_text(out, "hostName", e->host);
		put_states(out, true);
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

static void put_origin_group(struct strbuf *out, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/origingroups/%s", name);
	begin(out, path, "/origingroups", name);
	jw_object(out, "properties");
	jw_object(out, "loadBalancingSettings");
	jw_int(out, "sampleSize", 4);
	jw_int(out, "successfulSamplesRequired", 3);
	jw_int(out, "additionalLatencyInMilliseconds", 50);
	jw_object_end(out);
	jw_object(out, "healthProbeSettings");
	jw_text(out, "probePath", "/healthz");
	jw_text(out, "probeRequestType", "HEAD");
	jw_text(out, "probeProtocol", "Https");
	jw_int(out, "probeIntervalInSeconds", 30);
	jw_object_end(out);
	jw_text(out, "sessionAffinityState", "Disabled");
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "deploymentStatus", "NotStarted");
	jw_object_end(out);
	jw_object_end(out);
}

void afd_list_origin_groups(struct world *w, const struct request *req, struct reply *rep)
{
	struct page page = {0};

	(void)w;
	if (!afd_profile_named(req, rep))
		return;
	page_begin(rep);
	for (size_t i = 0; i < afd_n_origin_groups; i++)
		put_origin_group(&rep->body, afd_origin_groups[i]);
	page_end(rep, &page);
}

static void put_origin(struct strbuf *out, const struct afd_origin *o)
{
	char path[160];

	snprintf(path, sizeof(path), "/origingroups/%s/origins/%s", o->origin_group,
		 o->name);
	begin(out, path, "/origingroups/origins", o->name);
	jw_object(out, "properties");
	jw_text(out, "originGroupName", o->origin_group);
	jw_text(out, "hostName", o->host);
	jw_int(out, "httpPort", 80);
	jw_int(out, "httpsPort", 443);
	jw_text(out, "originHostHeader", o->host);
	if (o->priority) {
		jw_int(out, "priority", o->priority);
		jw_int(out, "weight", 1000);
	} else {
		jw_null(out, "priority");
		jw_null(out, "weight");
	}
	jw_bool(out, "enforceCertificateNameCheck", true);
	jw_null(out, "sharedPrivateLinkResource");
	put_states(out, o->is_enabled);
	jw_object_end(out);
	jw_object_end(out);
}

void afd_list_origins(struct world *w, const struct request *req, struct reply *rep)
{
	struct str name = request_param(req, "origingroup");
	struct page page = {0};
	bool is_there = false;

	(void)w;
	if (!afd_profile_named(req, rep))
		return;
	for (size_t i = 0; i < afd_n_origin_groups; i++)
		is_there |= str_eq_nocase(name, str_from(afd_origin_groups[i]));
	if (!is_there) {
		reply_error(rep, 404, "NotFound", "The origin group does not exist.");
		return;
	}
	page_begin(rep);
	for (size_t i = 0; i < afd_n_origins; i++)
		if (str_eq_nocase(name, str_from(afd_origins[i].origin_group)))
			put_origin(&rep->body, &afd_origins[i]);
	page_end(rep, &page);
}
