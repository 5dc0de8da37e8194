/* Accounts, profiles, credits and the year's allocations. Thread: core. Allocations
 * are sized by the cost model so that each is ahead of the year or behind it by the
 * same share on any day. */
#include "sim/cost/billing.h"

#include <math.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/cost/budget.h"
#include "sim/cost/cost.h"
#include "sim/rhythm.h"

#define MICRO	  1000000.0
#define YEAR_DAYS 365.25
#define ACCOUNT	  "/providers/Microsoft.Billing/billingAccounts/" BILLING_ACCOUNT
#define PROFILE	  ACCOUNT "/billingProfiles/" BILLING_PROFILE

void billing_list_accounts(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	(void)req;
	page_begin(rep);
	jw_object(out, NULL);
	jw_text(out, "id", ACCOUNT);
	jw_text(out, "name", BILLING_ACCOUNT);
	jw_object(out, "properties");
	jw_text(out, "accountStatus", "Active");
	jw_text(out, "accountType", "Enterprise");
	jw_text(out, "agreementType", "MicrosoftCustomerAgreement");
	jw_text(out, "displayName", "Contoso");
	jw_bool(out, "hasReadAccess", true);
	jw_object_end(out);
	jw_text(out, "type", "Microsoft.Billing/billingAccounts");
	jw_object_end(out);
	page_end(rep, &(struct page){0});
}

static bool is_ours(const struct request *req, struct reply *rep)
{
	struct str profile = request_param(req, "billing");

	if (str_eq_nocase(request_param(req, "account"), STR(BILLING_ACCOUNT)) &&
	    (!profile.n || str_eq_nocase(profile, STR(BILLING_PROFILE))))
		return true;
	reply_error(rep, 404, "NotFound",
		    "The billing account or profile was not found.");
	return false;
}

void billing_list_profiles(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	if (!is_ours(req, rep))
		return;
	page_begin(rep);
	jw_object(out, NULL);
	jw_text(out, "id", PROFILE);
	jw_text(out, "name", BILLING_PROFILE);
	jw_object(out, "properties");
	jw_text(out, "currency", COST_CURRENCY);
	jw_text(out, "displayName", "Contoso");
	jw_int(out, "invoiceDay", 5);
	jw_text(out, "status", "Active");
	jw_text(out, "spendingLimit", "Off");
	jw_object_end(out);
	jw_text(out, "type", "Microsoft.Billing/billingAccounts/billingProfiles");
	jw_object_end(out);
	page_end(rep, &(struct page){0});
}

/* Bought or given at the start of a month so many months ago, for so many months;
 * `pace` of it is used by its end, if it goes on so. */
static const struct lot {
	const char *source, *order;
	double amount;
	int began_months, lasts_months;
	double pace;
} lots[] = {
	{"PurchasedCredit", "PO-20871", 60000, 5, 12, 0.86},
	{"PromotionalCredit", NULL, 4500, 10, 12, 0.52},
	{"PurchasedCredit", "PO-19402", 48000, 17, 12, 1},
};

static void put_amount(struct strbuf *out, const char *key, double value)
{
	jw_object(out, key);
	jw_text(out, "currency", COST_CURRENCY);
	jw_number(out, "value", value, 2);
	jw_object_end(out);
}

static void put_lot(const struct world *w, struct strbuf *out, const struct lot *lot)
{
	int64_t today = cost_today(w);
	int64_t from = cost_month_start(today, -lot->began_months);
	int64_t until = cost_month_start(today, lot->lasts_months - lot->began_months);
	double part = (double)(today - from) / (double)(until - from);
	bool is_over = today >= until;
	double used = lot->amount * fmin(1, part) * lot->pace;
	struct guid name = guid_of(w->seed, "lot", (uint64_t)(lot - lots));

	jw_object(out, NULL);
	jw_format(out, "id", PROFILE "/providers/Microsoft.Consumption/lots/%s",
		  name.text);
	jw_text(out, "name", name.text);
	jw_text(out, "type", "Microsoft.Consumption/lots");
	jw_object(out, "properties");
	put_amount(out, "originalAmount", lot->amount);
	put_amount(out, "closedBalance", is_over ? 0 : lot->amount - used);
	jw_text(out, "source", lot->source);
	jw_time(out, "startDate", from * DAY_MS, 0);
	jw_time(out, "expirationDate", until * DAY_MS, 0);
	jw_time(out, "purchasedDate", (from - 3) * DAY_MS, 0);
	if (lot->order)
		jw_text(out, "poNumber", lot->order);
	jw_text(out, "status", is_over ? "Expired" : "Active");
	jw_text(out, "creditCurrency", COST_CURRENCY);
	jw_text(out, "billingCurrency", COST_CURRENCY);
	jw_object_end(out);
	jw_object_end(out);
}

void billing_list_lots(struct world *w, const struct request *req, struct reply *rep)
{
	if (!is_ours(req, rep))
		return;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(lots); i++)
		put_lot(w, &rep->body, &lots[i]);
	page_end(rep, &(struct page){0});
}

#define MOST_SERVICES 5

/* A pace of 1 uses the year's amount up on its last day. */
static const struct allocation {
	const char *name;
	double pace;
	double daily; /* EUR that no line of the cost model has */
	const char *services[MOST_SERVICES];
} allocations[] = {
	{"compute",
	 0.93,
	 0,
	 {"Virtual Machines", "Azure App Service", "Azure Kubernetes Service"}},
	{"ai", 1.62, 21.5, {"Cognitive Services", "Azure Machine Learning"}},
	{"databases", 1.04, 0, {"SQL Database", "Redis Cache", "Azure Cosmos DB"}},
	{"networking",
	 0.81,
	 0,
	 {"Bandwidth", "Application Gateway", "Azure Firewall", "Load Balancer"}},
	{"monitoring", 1.17, 0, {"Log Analytics", "Azure Monitor"}},
};

static bool is_of(const struct allocation *a, const struct cost_line *line)
{
	for (size_t i = 0; i < MOST_SERVICES && a->services[i]; i++)
		if (strcmp(a->services[i], line->service) == 0)
			return true;
	return false;
}

static double spent(const struct world *w, const struct allocation *a, int64_t from,
		    int64_t to)
{
	int64_t micro = 0;

	for (size_t i = 0; i < cost_n_lines; i++)
		for (int64_t day = from; is_of(a, &cost_lines[i]) && day < to; day++)
			micro += cost_whole_day(w, &cost_lines[i], day);
	return (double)micro / MICRO + a->daily * (double)(to - from);
}

static void put_filter(struct strbuf *out, const struct allocation *a)
{
	jw_object(out, "filter");
	jw_object(out, "dimensions");
	jw_text(out, "name", "MeterCategory");
	jw_text(out, "operator", "In");
	jw_list(out, "values");
	for (size_t i = 0; i < MOST_SERVICES && a->services[i]; i++)
		jw_text(out, NULL, a->services[i]);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_money(struct strbuf *out, const char *key, double amount)
{
	jw_object(out, key);
	jw_number(out, "amount", amount, 2);
	jw_text(out, "unit", COST_CURRENCY);
	jw_object_end(out);
}

static void put_allocation(const struct world *w, struct strbuf *out,
			   const struct allocation *a)
{
	int64_t today = cost_today(w);
	struct utc t = utc_from_ms(w->now_ms);
	struct utc first = {.year = t.year, .month = 1, .day = 1};
	int64_t from = rhythm_floor_div(utc_to_ms(&first), DAY_MS);
	/* Evaluated last midnight. On the first of January nothing has been. */
	int64_t to = today > from ? today : from + 1;
	double sum = spent(w, a, from, to);
	double amount = sum / ((double)(to - from) / YEAR_DAYS * a->pace);

	jw_object(out, NULL);
	jw_format(out, "id", "%s/providers/Microsoft.Consumption/budgets/allocation-%s",
		  &PROFILE[1], a->name);
	jw_format(out, "name", "allocation-%s", a->name);
	jw_text(out, "type", "Microsoft.Consumption/budgets");
	jw_format(out, "eTag", "\"1d%s\"", guid_of(w->seed, a->name, 0).text + 24);
	jw_object(out, "properties");
	jw_object(out, "timePeriod");
	jw_time(out, "startDate", from * DAY_MS, 0);
	jw_format(out, "endDate", "%04d-12-31T00:00:00Z", t.year);
	jw_object_end(out);
	jw_text(out, "timeGrain", "Annually");
	jw_number(out, "amount", ceil(amount / 100) * 100, 2);
	put_money(out, "currentSpend", sum);
	jw_text(out, "category", "Cost");
	put_filter(out, a);
	jw_object(out, "notifications");
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

void billing_list_budgets(struct world *w, const struct request *req, struct reply *rep)
{
	if (!is_ours(req, rep))
		return;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(allocations); i++)
		put_allocation(w, &rep->body, &allocations[i]);
	page_end(rep, &(struct page){0});
}
