/* See openai.h: Cognitive Services. What a deployment may do is counted in thousands of
 * tokens a minute; when a model ends, its deployments end with it. */
#include "sim/openai/openai.h"

#include "base/count.h"
#include "sim/watch/metrics.h"
#include "sim/rhythm.h"

#define TYPE "Microsoft.CognitiveServices/accounts"
#define WEU  "oai-atlas-prod-weu"
#define SWC  "oai-qodex-prod-swc"

const struct ai_account ai_accounts[] = {
	{WEU, "rg-atlas-prod-weu", "westeurope"},
	{SWC, "rg-qodex-prod-weu", "swedencentral"},
	{"oai-qodex-dev-swc", "rg-qodex-dev-weu", "swedencentral"},
};
const size_t ai_n_accounts = COUNT(ai_accounts);

const struct ai_deployment ai_deployments[] = {
	{WEU, "chat", "gpt-4o", "2024-11-20", "Standard", 240,
	 "OnceNewDefaultVersionAvailable", "Succeeded", .55},
	{WEU, "chat-small", "gpt-4o-mini", "2024-07-18", "Standard", 400,
	 "OnceCurrentVersionExpired", "Succeeded", .2},
	{WEU, "embed", "text-embedding-3-large", "1", "Standard", 350, "NoAutoUpgrade",
	 "Succeeded", .3},
	{SWC, "answers", "gpt-4o", "2024-08-06", "GlobalStandard", 450, "NoAutoUpgrade",
	 "Succeeded", 1.25},
	{SWC, "answers-ptu", "gpt-4o", "2024-11-20", "ProvisionedManaged", 100,
	 "OnceCurrentVersionExpired", "Succeeded", .7},
	{SWC, "legacy", "gpt-4", "0613", "Standard", 40, "NoAutoUpgrade", "Succeeded",
	 .05},
	{"oai-qodex-dev-swc", "try", "o3-mini", "2025-01-31", "GlobalStandard", 50,
	 "OnceNewDefaultVersionAvailable", "Failed", 0},
};
const size_t ai_n_deployments = COUNT(ai_deployments);

static const struct model {
	const char *name, *version, *status;
	int ends_days; /* from the day that began */
} models[] = {
	{"gpt-4", "0613", "Deprecating", 11},
	{"gpt-4o", "2024-08-06", "GenerallyAvailable", 52},
	{"gpt-4o", "2024-11-20", "GenerallyAvailable", 260},
	{"gpt-4o-mini", "2024-07-18", "GenerallyAvailable", 151},
	{"o3-mini", "2025-01-31", "GenerallyAvailable", 140},
	{"text-embedding-3-large", "1", "GenerallyAvailable", 399},
};

static const struct ai_account *account_named(const struct request *req,
					      struct reply *rep)
{
	struct str name = request_param(req, "oai"), group = request_param(req, "rg");

	for (size_t i = 0; i < ai_n_accounts; i++)
		if (str_eq_nocase(name, str_from(ai_accounts[i].name)) &&
		    str_eq_nocase(group, str_from(ai_accounts[i].group)))
			return &ai_accounts[i];
	reply_error(rep, 404, "ResourceNotFound",
		    "The Resource '" TYPE "/%.*s' under resource group '%.*s' was not "
		    "found.",
		    STR_ARG(name), STR_ARG(group));
	return NULL;
}

static void put_account_id(struct strbuf *out, const struct ai_account *a)
{
	estate_put_group_id(out, estate_group(a->group));
	strbuf_printf(out, "/providers/" TYPE "/%s", a->name);
}

static void put_id(struct strbuf *out, const struct ai_account *a, const char *more,
		   const char *name)
{
	struct strbuf id;

	strbuf_init(&id, 1024);
	put_account_id(&id, a);
	jw_format(out, "id", "%s%s%s", id.p, more, name);
	strbuf_fini(&id);
}

static void put_account(const struct world *w, const struct resource *r,
			struct strbuf *out)
{
	const struct ai_account *a = r->what;

	(void)w;
	jw_object(out, "properties");
	jw_format(out, "endpoint", "https://%s.openai.azure.com/", a->name);
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "customSubDomainName", a->name);
	jw_text(out, "publicNetworkAccess", "Disabled");
	jw_bool(out, "disableLocalAuth", true);
	jw_object_end(out);
}

void ai_contribute(struct inventory *inv)
{
	for (size_t i = 0; i < ai_n_accounts; i++)
		inventory_add(inv, ai_accounts[i].group,
			      &(struct resource){.name = ai_accounts[i].name,
						 .type = TYPE,
						 .location = ai_accounts[i].location,
						 .kind = "OpenAI",
						 .sku = "S0",
						 .put = put_account,
						 .what = &ai_accounts[i]});
	for (size_t i = 0; i < ai_n_workspaces; i++)
		inventory_add(
			inv, ai_workspaces[i].group,
			&(struct resource){
				.name = ai_workspaces[i].name,
				.type = "Microsoft.MachineLearningServices/workspaces"});
}

void openai_list_accounts(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct strbuf *out = &rep->body;
	struct page page = {0};

	page_begin(rep);
	for (size_t i = 0; i < ai_n_accounts; i++) {
		const struct ai_account *a = &ai_accounts[i];
		const struct group *group = estate_group(a->group);

		if (group->sub != sub)
			continue;
		jw_object(out, NULL);
		put_id(out, a, "", "");
		jw_text(out, "name", a->name);
		jw_text(out, "type", TYPE);
		jw_text(out, "location", a->location);
		jw_text(out, "kind", "OpenAI");
		jw_object(out, "sku");
		jw_text(out, "name", "S0");
		jw_object_end(out);
		estate_put_tags(out, group, NULL);
		put_account(w, &(struct resource){.what = a}, out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

static void put_limit(struct strbuf *out, const char *key, int count)
{
	jw_object(out, NULL);
	jw_text(out, "key", key);
	jw_int(out, "renewalPeriod", 60);
	jw_int(out, "count", count);
	jw_object_end(out);
}

static void put_deployment(struct strbuf *out, const struct ai_account *a,
			   const struct ai_deployment *d)
{
	bool is_provisioned = strcmp(d->sku, "ProvisionedManaged") == 0;

	jw_object(out, NULL);
	put_id(out, a, "/deployments/", d->name);
	jw_text(out, "type", TYPE "/deployments");
	jw_text(out, "name", d->name);
	jw_object(out, "sku");
	jw_text(out, "name", d->sku);
	jw_int(out, "capacity", d->capacity);
	jw_object_end(out);
	jw_object(out, "properties");
	jw_object(out, "model");
	jw_text(out, "format", "OpenAI");
	jw_text(out, "name", d->model);
	jw_text(out, "version", d->version);
	jw_object_end(out);
	jw_text(out, "versionUpgradeOption", d->upgrade);
	jw_int(out, "currentCapacity", d->capacity);
	jw_text(out, "raiPolicyName", "Microsoft.DefaultV2");
	jw_text(out, "provisioningState", d->state);
	if (!is_provisioned) {
		jw_list(out, "rateLimits");
		put_limit(out, "request", d->capacity * 6);
		put_limit(out, "token", d->capacity * 1000);
		jw_list_end(out);
	}
	jw_object_end(out);
	jw_object_end(out);
}

void openai_list_deployments(struct world *w, const struct request *req,
			     struct reply *rep)
{
	const struct ai_account *a = account_named(req, rep);
	struct page page = {0};

	(void)w;
	if (!a)
		return;
	page_begin(rep);
	for (size_t i = 0; i < ai_n_deployments; i++)
		if (strcmp(ai_deployments[i].account, a->name) == 0)
			put_deployment(&rep->body, a, &ai_deployments[i]);
	page_end(rep, &page);
}

void openai_list_models(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int64_t day_ms = w->now_ms - w->now_ms % DAY_MS;
	struct page page = {0};

	if (!account_named(req, rep))
		return;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(models); i++) {
		jw_object(out, NULL);
		jw_text(out, "format", "OpenAI");
		jw_text(out, "name", models[i].name);
		jw_text(out, "version", models[i].version);
		jw_bool(out, "isDefaultVersion", models[i].ends_days > 200);
		jw_object(out, "deprecation");
		jw_time(out, "inference", day_ms + models[i].ends_days * DAY_MS, 0);
		jw_object_end(out);
		jw_text(out, "lifecycleStatus", models[i].status);
		jw_object_end(out);
	}
	page_end(rep, &page);
}

/* Quota is given to a subscription in a region. */
static bool is_beside(const struct ai_account *a, const struct ai_account *b)
{
	return strcmp(a->location, b->location) == 0 &&
	       estate_group(a->group)->sub == estate_group(b->group)->sub;
}

/* Thousands of tokens a minute that deployments of one model and sku hold together. */
static int held(const struct ai_account *at, const struct ai_deployment *like)
{
	int sum = 0;

	for (size_t i = 0; i < ai_n_deployments; i++)
		for (size_t k = 0; k < ai_n_accounts; k++)
			if (strcmp(ai_deployments[i].account, ai_accounts[k].name) == 0 &&
			    is_beside(&ai_accounts[k], at) &&
			    strcmp(ai_deployments[i].model, like->model) == 0 &&
			    strcmp(ai_deployments[i].sku, like->sku) == 0)
				sum += ai_deployments[i].capacity;
	return sum;
}

static void put_usage(struct strbuf *out, const struct ai_account *at,
		      const struct ai_deployment *d)
{
	int used = held(at, d);

	jw_object(out, NULL);
	jw_object(out, "name");
	jw_format(out, "value", "OpenAI.%s.%s", d->sku, d->model);
	jw_format(out, "localizedValue", "Tokens Per Minute (thousands) - %s - %s",
		  d->model, d->sku);
	jw_object_end(out);
	jw_int(out, "currentValue", used);
	jw_int(out, "limit", used < 100 ? 450 : (used + 199) / 150 * 150);
	jw_text(out, "unit", "Count");
	jw_object_end(out);
}

static const struct ai_account *account_of(const struct ai_deployment *d)
{
	size_t i = 0;

	while (strcmp(d->account, ai_accounts[i].name) != 0)
		i++;
	return &ai_accounts[i];
}

static bool is_repeated(size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_beside(account_of(&ai_deployments[i]),
			      account_of(&ai_deployments[at])) &&
		    strcmp(ai_deployments[i].model, ai_deployments[at].model) == 0 &&
		    strcmp(ai_deployments[i].sku, ai_deployments[at].sku) == 0)
			return true;
	return false;
}

void openai_list_usages(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct str location = request_param(req, "loc");
	struct page page = {0};

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < ai_n_deployments; i++) {
		const struct ai_account *a = account_of(&ai_deployments[i]);

		if (str_eq_nocase(location, str_from(a->location)) &&
		    estate_group(a->group)->sub == sub && !is_repeated(i))
			put_usage(&rep->body, a, &ai_deployments[i]);
	}
	page_end(rep, &page);
}

enum { M_PROMPT, M_GENERATED, M_REQUESTS };

static const struct metric metrics[] = {
	[M_PROMPT] = {"ProcessedPromptTokens", "Processed Prompt Tokens", "Count", true},
	[M_GENERATED] = {"GeneratedTokens", "Generated Completion Tokens", "Count", true},
	[M_REQUESTS] = {"AzureOpenAIRequests", "Azure OpenAI Requests", "Count", true},
	{NULL, NULL, NULL, false},
};

struct subject {
	const struct ai_deployment *deployment;
	bool is_refused; /* only what was answered with 429 */
};

/* In a minute. What is over the limit is refused, not served. */
static bool sample(const struct world *w, const void *ctx, size_t metric, int64_t utc_ms,
		   double *value)
{
	const struct subject *s = ctx;
	const struct ai_deployment *d = s->deployment;
	uint64_t seed = str_hash(str_from(d->name)) ^ w->seed;
	double wish = d->use * rhythm_load(utc_ms) *
		      (1 + .2 * rhythm_noise(seed, utc_ms, 4 * MINUTE_MS));
	double served = wish > 1 ? 1 : wish, tokens = served * d->capacity * 1000;

	if (metric == M_PROMPT)
		*value = (double)(int64_t)(tokens * .8);
	else if (metric == M_GENERATED)
		*value = (double)(int64_t)(tokens * .2);
	else if (s->is_refused)
		*value = (double)(int64_t)((wish - served) * d->capacity);
	else
		*value = (double)(int64_t)(wish * d->capacity);
	return true;
}

static const struct metric_kind kind = {
	.namespace = TYPE,
	.metrics = metrics,
	.sample = sample,
};

void openai_metrics(struct world *w, const struct request *req, struct reply *rep)
{
	const struct ai_account *a = account_named(req, rep);
	bool is_refused = str_find(request_query(req, "$filter"), STR("'429'")) >= 0;
	struct subject *subjects =
		arena_alloc(rep->arena, ai_n_deployments * sizeof(*subjects));
	struct metric_series *series =
		arena_alloc(rep->arena, ai_n_deployments * sizeof(*series));
	struct strbuf id;
	size_t n = 0;

	if (!a)
		return;
	for (size_t i = 0; i < ai_n_deployments; i++) {
		if (strcmp(ai_deployments[i].account, a->name) != 0)
			continue;
		subjects[n] = (struct subject){&ai_deployments[i], is_refused};
		series[n] =
			(struct metric_series){.subject = &subjects[n],
					       .dimension = "modeldeploymentname",
					       .value = str_from(ai_deployments[i].name)};
		n++;
	}
	strbuf_init(&id, 512);
	put_account_id(&id, a);
	metrics_answer(w, req, rep,
		       &(struct metric_scope){.kind = &kind,
					      .id = strbuf_str(&id),
					      .region = a->location,
					      .series = series,
					      .n_series = n});
	strbuf_fini(&id);
}
