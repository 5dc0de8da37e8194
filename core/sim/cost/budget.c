/* Budgets: one that will be breached, one that will hold, one nearly spent, one calm,
 * whatever the day of the month. Thread: core. The spend is the real sum of the cost
 * model as evaluated last midnight; the amount is set so that the share comes out,
 * which makes it the one figure here that drifts from day to day. */
#include "sim/cost/budget.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "sim/cost/cost.h"
#include "sim/rhythm.h"

#define MICRO 1000000.0

struct budget {
	enum sub sub;
	const char *group; /* NULL: the subscription */
	const char *name;
	double share;	   /* of the amount that is spent */
	bool is_of_month;  /* that will have been at the month's end, as it looks */
	bool has_forecast; /* it watches the forecast */
	int marks[4];	   /* at which it notifies, in percent; ended by 0 */
};

static const struct budget budgets[] = {
	{SUB_PROD, NULL, "budget-production", 1.08, true, true, {50, 80, 95}},
	{SUB_PROD, "rg-qodex-prod-weu", "budget-qodex", 0.97, false, false, {80, 95}},
	{SUB_NONPROD, NULL, "budget-nonproduction", 0.61, true, false, {90}},
	{SUB_SHARED, NULL, "budget-shared-services", 0.93, true, true, {80, 95}},
};

static double spend_of(const struct world *w, const struct budget *b, int64_t from,
		       int64_t to)
{
	int64_t micro = 0;

	for (size_t i = 0; i < cost_n_lines; i++) {
		const struct cost_line *line = &cost_lines[i];

		if (line->sub != b->sub ||
		    (b->group && strcmp(b->group, line->group) != 0))
			continue;
		for (int64_t day = from; day < to; day++)
			micro += cost_whole_day(w, line, day);
	}
	return (double)micro / MICRO;
}

/* What is spent, and what the weeks behind say of the rest of the month. */
static double month_of(const struct world *w, const struct budget *b, double spend)
{
	int64_t today = cost_today(w), end = cost_month_start(today, 1);
	double micro = 0;

	for (size_t i = 0; i < cost_n_lines; i++) {
		const struct cost_line *line = &cost_lines[i];

		if (line->sub != b->sub ||
		    (b->group && strcmp(b->group, line->group) != 0))
			continue;
		for (int64_t day = today; day < end; day++)
			micro += cost_expected(w, line, day);
	}
	return spend + micro / MICRO;
}

static void put_money(struct strbuf *out, const char *key, double amount)
{
	jw_object(out, key);
	jw_number(out, "amount", amount, 6);
	jw_text(out, "unit", COST_CURRENCY);
	jw_object_end(out);
}

static void put_notification(struct strbuf *out, const char *type, int threshold)
{
	char key[64];

	snprintf(key, sizeof(key), "%s_GreaterThan_%d_Percent", type, threshold);
	jw_object(out, key);
	jw_bool(out, "enabled", true);
	jw_text(out, "operator", "GreaterThan");
	jw_number(out, "threshold", threshold, 1);
	jw_list(out, "contactEmails");
	jw_text(out, NULL, "finops@contoso.com");
	jw_list_end(out);
	jw_list(out, "contactRoles");
	jw_text(out, NULL, "Owner");
	jw_list_end(out);
	jw_list(out, "contactGroups");
	jw_list_end(out);
	jw_text(out, "thresholdType", type);
	jw_object_end(out);
}

static void put_period(struct strbuf *out)
{
	jw_object(out, "timePeriod");
	jw_text(out, "startDate", "2024-01-01T00:00:00Z");
	jw_text(out, "endDate", "2034-01-01T00:00:00Z");
	jw_object_end(out);
}

static void put_budget(const struct world *w, struct strbuf *out, const struct budget *b)
{
	int64_t today = cost_today(w), first = cost_month_start(today, 0);
	int64_t until = today > first ? today : first + 1;
	double spend = spend_of(w, b, first, until);
	double whole = month_of(w, b, today > first ? spend : 0);
	double grain = spend > 1000 ? 10 : 1;
	double amount = (b->is_of_month ? whole : spend) / b->share;
	struct guid tag = guid_of(w->seed, b->name, (uint64_t)today);

	jw_object(out, NULL);
	if (b->group)
		jw_format(out, "id",
			  "subscriptions/%s/resourceGroups/%s/providers/"
			  "Microsoft.Consumption/budgets/%s",
			  estate_subs[b->sub].id, b->group, b->name);
	else
		jw_format(out, "id",
			  "subscriptions/%s/providers/Microsoft.Consumption/budgets/%s",
			  estate_subs[b->sub].id, b->name);
	jw_text(out, "name", b->name);
	jw_text(out, "type", "Microsoft.Consumption/budgets");
	jw_format(out, "eTag", "\"1d%s\"", tag.text + 24);
	jw_object(out, "properties");
	put_period(out);
	jw_text(out, "timeGrain", "Monthly");
	jw_number(out, "amount", ceil(amount / grain) * grain, 2);
	put_money(out, "currentSpend", spend);
	if (b->has_forecast)
		put_money(out, "forecastSpend", whole);
	jw_text(out, "category", "Cost");
	jw_object(out, "notifications");
	for (size_t i = 0; b->marks[i]; i++)
		put_notification(out, "Actual", b->marks[i]);
	if (b->has_forecast)
		put_notification(out, "Forecasted", 100);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

void budget_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct page page = {0};

	page_begin(rep);
	for (size_t i = 0; i < COUNT(budgets); i++)
		if (budgets[i].sub == sub)
			put_budget(w, &rep->body, &budgets[i]);
	page_end(rep, &page);
}
