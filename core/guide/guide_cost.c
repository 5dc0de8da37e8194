/* Money: budgets, what jumped, what it is, what most of it is for. See family.h. */
#include "base/count.h"
#include "guide/family.h"

#define MONTH                                                                            \
	"{name} – {!mtd} this month[, {yesterday} yesterday][, {today} today so far]."

static const struct tell services = {
	.board = "cost-services",
	.names = "service,subscription",
	.order = "mtd",
	.most = 3,
	.phrase = "{service} costs {!mtd} this month, {share} of all, in {subscription}.",
	.none = "There is none: nothing has cost anything."};
static const struct tell groups = {
	.board = "cost-groups",
	.names = "group,subscription",
	.order = "mtd",
	.most = 3,
	.phrase = "{group} costs {!mtd} this month, {share} of all, in {subscription}.",
	.none = "There is none: nothing has cost anything."};

static void answer_top(struct wording *d)
{
	bool is_groups = str_find_nocase(d->question, STR("group")) >= 0 ||
			 str_find_nocase(d->question, STR(" rg ")) >= 0 ||
			 str_ends_nocase(d->question, STR(" rg"));
	struct tell tells[] = {is_groups ? groups : services,
			       is_groups ? services : groups};

	tells[1].only_named = true;
	tell_all(d, tells, 2);
}

static void answer_fresh(struct wording *d)
{
	if (!wording_board(d, "feeds"))
		return;
	wording_put(d, "Cost was last read ");
	wording_field(d, "cost.fetch.last_ok");
	wording_put(d, " and is read again ");
	wording_field(d, "cost.fetch.next_allowed");
	if (evidence_board(d->e, "cost")) {
		wording_put(d, "; the figures go up to ");
		wording_field(d, "cost.as_of");
	}
	wording_put(d, ".\n");
	wording_admit(d, SAYS_PARTIAL_DAY,
		      "Azure adds to a day for hours after it: today is not complete.\n");
}

static void answer_today(struct wording *d)
{
	static const struct tell tells[] = {
		{.board = "cost",
		 .names = "name",
		 .order = "mtd",
		 .most = 2,
		 .phrase = MONTH,
		 .none = "There is none: no cost is known."},
		{.board = "cost-outlook",
		 .names = "what",
		 .filter = "kind:subscription",
		 .is_kind = true,
		 .order = "mid",
		 .most = 1,
		 .phrase = "The forecast for the whole month in {what} – {mid}, "
			   "between {low} and {high}.",
		 .is_extra = true},
		{.board = "cost-tags",
		 .names = "value",
		 .order = "mtd",
		 .most = 2,
		 .phrase = "{value} ({tag}) costs {!mtd} this month in {subscription}.",
		 .only_named = true},
		{.board = "cost-groups",
		 .names = "group",
		 .order = "mtd",
		 .most = 2,
		 .phrase = "{group} costs {!mtd} this month in {subscription}.",
		 .only_named = true},
		{.board = "cost-services",
		 .names = "service",
		 .order = "mtd",
		 .most = 2,
		 .phrase = "{service} costs {!mtd} this month in {subscription}.",
		 .only_named = true}};
	const struct board *cost = evidence_board(d->e, "cost");

	tell_all(d, tells, COUNT(tells));
	for (size_t i = 0; d->known && cost && i < cost->n_rows; i++)
		if (wording_is_known(cost, &cost->rows[i], "today")) {
			wording_admit(d, SAYS_PARTIAL_DAY,
				      "Azure adds to a day for hours after it, so today "
				      "is not complete.\n");
			break;
		}
}

const struct family_row family_cost[] = {
	{.kind = GUIDE_COST_BUDGET,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "budgets",
		    .names = "name,scope,subscription",
		    .order = "used_pct",
		    .most = 2,
		    .phrase = "{name} – {!used_pct} is spent, {spent} of {amount}[; "
			      "forecast by Azure {forecast_pct}].",
		    .none = "There is none: no budget is set."},
		   {.board = "cost-outlook",
		    .names = "what",
		    .filter = "kind:budget",
		    .is_kind = true,
		    .most = 1,
		    .phrase = "The forecast for {what} – it {state}, with {mid} in the "
			      "whole period[; used up on {breach}].",
		    .is_extra = true}},
	 .follow_ups = {"Why did the cost jump?", "What costs most?"}},
	{.kind = GUIDE_COST_JUMP,
	 .type = ANSWER_DIAG,
	 .tells = {{.board = "cost-anomalies",
		    .names = "what,group,subscription",
		    .order = "size",
		    .when = "day",
		    .most = 3,
		    .head = "What is out of line:\n",
		    .phrase = "{what} in {group} – {kind} since {since}, {!actual} on "
			      "{day} where {low} to {high} was expected; it {state}.",
		    .none = "There is none: no day is out of line with what was "
			    "expected."},
		   {.board = "cost-movers",
		    .names = "what,subscription",
		    .filter = "by:service",
		    .order = "size",
		    .most = 1,
		    .head = "Against the week before, which shows growth but no cause: ",
		    .phrase = "{what} changed by {change} to {week}.",
		    .is_extra = true},
		   {.board = "cost-days",
		    .filter = "!ahead",
		    .order = "day",
		    .most = 1,
		    .phrase = "On {day} all together cost {cost}, {state}, where "
			      "{expected} was expected; where that is as usual, a rise "
			      "of everything is ruled out.",
		    .is_extra = true}},
	 .runbook = "cost jump",
	 .follow_ups = {"What changed yesterday?", "What costs most?"}},
	{.kind = GUIDE_COST_TODAY,
	 .type = ANSWER_FACT,
	 .answer = answer_today,
	 .follow_ups = {"What costs most?", "How do the budgets stand?"}},
	{.kind = GUIDE_COST_TOP,
	 .type = ANSWER_FACT,
	 .answer = answer_top,
	 .follow_ups = {"Why did the cost jump?", "How much spend has no tag?"}},
	{.kind = GUIDE_COST_UNTAGGED,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "cost-tags",
		    .filter = "value:untagged",
		    .order = "mtd",
		    .most = 3,
		    .phrase = "Without the tag {tag} – {!mtd} this month in "
			      "{subscription}, {share} of it.",
		    .none = "There is none: all that costs has its tags."}},
	 .follow_ups = {"What costs most?"}},
	{.kind = GUIDE_COST_FRESH,
	 .type = ANSWER_FACT,
	 .answer = answer_fresh,
	 .follow_ups = {"What does this month cost so far?"}},
	{.kind = GUIDE_UNCLEAR},
};
