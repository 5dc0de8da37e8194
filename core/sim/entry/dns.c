/* See dns.h. The members with the records begin with capitals here, but for CAA.
 * Thread: core. */
#include "sim/entry/dns.h"

#include <stdlib.h>

#include "base/count.h"
#include "sim/resource.h"

#define ZONE	 "Microsoft.Network/dnszones"
#define PER_PAGE 6

/* Several values are parted by blanks. */
static const struct record {
	const char *zone, *name, *type;
	int ttl;
	const char *value;
} records[] = {
	{"contoso.example", "@", "NS", 172800,
	 "ns1-07.azure-dns.com. ns2-07.azure-dns.net."},
	{"contoso.example", "@", "SOA", 3600, "ns1-07.azure-dns.com."},
	{"contoso.example", "@", "CAA", 3600, "letsencrypt.org"},
	{"contoso.example", "@", "MX", 3600, "mail.contoso.example"},
	{"contoso.example", "portal.atlas", "CNAME", 300, "tm-atlas.trafficmanager.net"},
	{"contoso.example", "api.atlas", "CNAME", 300, "app-atlas-api.azurewebsites.net"},
	{"contoso.example", "gateway.atlas", "CNAME", 300,
	 "apim-atlas-prod.azure-api.net"},
	{"contoso.example", "files", "CNAME", 3600,
	 "stcontosoatlasweu.blob.core.windows.net"},
	{"contoso.example", "beta", "CNAME", 3600, "app-atlas-beta.azurewebsites.net"},
	{"contoso.example", "vpn", "A", 300, "203.0.113.10"},
	{"contoso.example", "shop", "A", 300, "198.51.100.20 198.51.100.21"},
	{"qodex.example", "@", "NS", 172800,
	 "ns1-07.azure-dns.com. ns2-07.azure-dns.net."},
	{"qodex.example", "@", "SOA", 3600, "ns1-07.azure-dns.com."},
	{"qodex.example", "@", "A", 60, "203.0.113.41"},
	{"qodex.example", "www", "CNAME", 60, "tm-qodex.trafficmanager.net"},
	{"qodex.example", "api", "CNAME", 60, "apim-qodex-prod.azure-api.net"},
	{"qodex.example", "docs", "CNAME", 3600, "qodex-docs.trafficmanager.net"},
	{"qodex.example", "@", "TXT", 3600, "v=spf1"},
};

static void put_values(struct strbuf *out, const struct record *r, const char *list,
		       const char *member)
{
	struct str rest = str_from(r->value), one;

	jw_list(out, list);
	while (str_next(&rest, ' ', &one)) {
		jw_object(out, NULL);
		if (strcmp(r->type, "MX") == 0)
			jw_int(out, "preference", 10);
		if (strcmp(r->type, "CAA") == 0) {
			jw_int(out, "flags", 0);
			jw_text(out, "tag", "issue");
		}
		if (strcmp(r->type, "TXT") == 0) {
			jw_list(out, member);
			jw_str(out, NULL, one);
			jw_list_end(out);
		} else {
			jw_str(out, member, one);
		}
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_soa(struct strbuf *out, const struct record *r)
{
	jw_object(out, "SOARecord");
	jw_text(out, "email", "azuredns-hostmaster.microsoft.com");
	jw_int(out, "expireTime", 2419200);
	jw_text(out, "host", r->value);
	jw_int(out, "minimumTTL", 300);
	jw_int(out, "refreshTime", 3600);
	jw_int(out, "retryTime", 300);
	jw_int(out, "serialNumber", 1);
	jw_object_end(out);
}

static void put_records(struct strbuf *out, const struct record *r)
{
	static const struct {
		const char *type, *list, *member;
	} forms[] = {
		{"A", "ARecords", "ipv4Address"}, {"MX", "MXRecords", "exchange"},
		{"NS", "NSRecords", "nsdname"},	  {"TXT", "TXTRecords", "value"},
		{"CAA", "caaRecords", "value"},
	};

	for (size_t i = 0; i < COUNT(forms); i++)
		if (strcmp(forms[i].type, r->type) == 0)
			put_values(out, r, forms[i].list, forms[i].member);
	if (strcmp(r->type, "CNAME") == 0) {
		jw_object(out, "CNAMERecord");
		jw_text(out, "cname", r->value);
		jw_object_end(out);
	}
	if (strcmp(r->type, "SOA") == 0)
		put_soa(out, r);
}

static void put_record(const struct world *w, struct strbuf *out, const struct record *r,
		       const struct group *group)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	jw_object(out, NULL);
	jw_format(out, "id", "%s/providers/" ZONE "/%s/%s/%s", id.p, r->zone, r->type,
		  r->name);
	jw_text(out, "name", r->name);
	jw_format(out, "type", ZONE "/%s", r->type);
	jw_text(out, "etag", guid_of(w->seed, r->value, 0).text);
	jw_object(out, "properties");
	jw_format(out, "fqdn", "%s%s%s.", strcmp(r->name, "@") ? r->name : "",
		  strcmp(r->name, "@") ? "." : "", r->zone);
	jw_int(out, "TTL", r->ttl);
	put_records(out, r);
	jw_object(out, "targetResource");
	jw_object_end(out);
	jw_text(out, "provisioningState", "Succeeded");
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void dns_list_records(struct world *w, const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	const struct resource_row *zone =
		resource_find(group, ZONE, request_param(req, "zone"));
	const struct record *own[COUNT(records)];
	struct page page;
	size_t n = 0;

	if (!zone) {
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '" ZONE "/%.*s' under resource group '%s' was "
			    "not found.",
			    STR_ARG(request_param(req, "zone")), group->name);
		return;
	}
	for (size_t i = 0; i < COUNT(records); i++)
		if (strcmp(records[i].zone, zone->path) == 0)
			own[n++] = &records[i];
	if (!page_init(&page, req, rep, n, PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_record(w, &rep->body, own[i], group);
	page_end(rep, &page);
}
