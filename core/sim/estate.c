/* The tenant of the demo: three subscriptions, the workloads Atlas and Qodex in
 * two regions, and the platform below them. Thread: any (const). */
#include "sim/estate.h"

#include "base/count.h"
#include "base/xalloc.h"
#include "sim/jw.h"
#include "sim/request.h"

const struct subscription estate_subs[SUB_COUNT] = {
	[SUB_PROD] = {.id = "7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01",
		      .name = "Contoso Production",
		      .quota_id = "EnterpriseAgreement_2014-09-01"},
	[SUB_NONPROD] = {.id = "7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c02",
			 .name = "Contoso Non-production",
			 .quota_id = "MSDNDevTest_2014-09-01"},
	[SUB_SHARED] = {.id = "7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c03",
			.name = "Contoso Shared services",
			.quota_id = "EnterpriseAgreement_2014-09-01"},
};

const struct group estate_groups[] = {
	{SUB_PROD, "rg-atlas-prod-weu", "westeurope", "Atlas", "prod", NULL},
	{SUB_PROD, "rg-atlas-prod-neu", "northeurope", "Atlas", "prod", NULL},
	{SUB_PROD, "rg-qodex-prod-weu", "westeurope", "Qodex", "prod", NULL},
	{SUB_PROD, "rg-qodex-prod-neu", "northeurope", "Qodex", "prod", NULL},
	{SUB_PROD, "rg-recovery-neu", "northeurope", "Platform", "prod", NULL},
	{SUB_PROD, "rg-recovery-weu", "westeurope", "Platform", "prod", NULL},
	{SUB_PROD, "MC_rg-atlas-prod-weu_aks-atlas-prod_westeurope", "westeurope",
	 "Atlas", "prod", "aks-atlas-prod"},
	{SUB_PROD, "MC_rg-qodex-prod-neu_aks-qodex-prod_northeurope", "northeurope",
	 "Qodex", "prod", "aks-qodex-prod"},
	{SUB_NONPROD, "rg-atlas-test-weu", "westeurope", "Atlas", "test", NULL},
	{SUB_NONPROD, "rg-qodex-dev-weu", "westeurope", "Qodex", "dev", NULL},
	{SUB_NONPROD, "MC_rg-atlas-test-weu_aks-test_westeurope", "westeurope", "Atlas",
	 "test", "aks-test"},
	{SUB_SHARED, "rg-shared-ci-weu", "westeurope", "Platform", "shared", NULL},
	{SUB_SHARED, "rg-shared-network-weu", "westeurope", "Platform", "shared", NULL},
	{SUB_SHARED, "rg-shared-monitor-weu", "westeurope", "Platform", "shared", NULL},
};
const size_t estate_n_groups = COUNT(estate_groups);

const struct subscription *estate_find_sub(struct str id)
{
	for (size_t i = 0; i < SUB_COUNT; i++)
		if (str_eq_nocase(id, str_from(estate_subs[i].id)))
			return &estate_subs[i];
	return NULL;
}

enum sub estate_sub_index(const struct subscription *sub)
{
	return (enum sub)(sub - estate_subs);
}

const struct group *estate_find_group(enum sub sub, struct str name)
{
	for (size_t i = 0; i < estate_n_groups; i++)
		if (estate_groups[i].sub == sub &&
		    str_eq_nocase(name, str_from(estate_groups[i].name)))
			return &estate_groups[i];
	return NULL;
}

enum sub estate_asked_sub(const struct request *req)
{
	return estate_sub_index(estate_find_sub(request_param(req, "sub")));
}

const struct group *estate_asked_group(const struct request *req)
{
	return estate_find_group(estate_asked_sub(req), request_param(req, "rg"));
}

const struct group *estate_group(const char *name)
{
	for (size_t i = 0; i < estate_n_groups; i++)
		if (strcmp(name, estate_groups[i].name) == 0)
			return &estate_groups[i];
	fatal("simulator: a resource names a group that is not in the estate");
}

const char *estate_sub_id(const struct group *group)
{
	return estate_subs[group->sub].id;
}

void estate_put_group_id(struct strbuf *out, const struct group *group)
{
	strbuf_printf(out, "/subscriptions/%s/resourceGroups/%s", estate_sub_id(group),
		      group->name);
}

const char *estate_location_title(const char *location)
{
	return strcmp(location, "westeurope") == 0 ? "West Europe" : "North Europe";
}

const struct promise *estate_promise(const struct group *group)
{
	static const struct promise promises[] = {
		{"Atlas", "99.99", "PT1H", "PT15M"},
		{"Qodex", "99.9", "PT4H", "PT1H"},
	};

	for (size_t i = 0; i < COUNT(promises); i++)
		if (strcmp(group->env, "prod") == 0 &&
		    strcmp(group->workload, promises[i].workload) == 0)
			return &promises[i];
	return NULL;
}

static void put_own_tags(struct strbuf *out, const struct group *group)
{
	jw_text(out, "workload", group->workload);
	jw_text(out, "environment", group->env);
}

void estate_put_tags(struct strbuf *out, const struct group *group, const char *schedule)
{
	jw_object(out, "tags");
	put_own_tags(out, group);
	if (schedule)
		jw_text(out, "businessHours", schedule);
	jw_object_end(out);
}

void estate_put_group_tags(struct strbuf *out, const struct group *group)
{
	const struct promise *promise = estate_promise(group);

	jw_object(out, "tags");
	put_own_tags(out, group);
	if (promise) {
		jw_text(out, "slo", promise->slo);
		jw_text(out, "rto", promise->rto);
		jw_text(out, "rpo", promise->rpo);
	}
	jw_object_end(out);
}
