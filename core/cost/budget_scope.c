/* See budget_scope.h. What Azure filters by is read as it writes it: one "dimensions",
 * or an "and" of several; a tag, or a dimension that lines do not have, is not guessed.
 * Thread: any (no state). */
#include "cost/budget_scope.h"

#include <cjson/cJSON.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"

static const struct {
	const char *name;
	int months;
} grains[] = {
	{"Monthly", 1},	       {"BillingMonth", 1}, {"Quarterly", 3},
	{"BillingQuarter", 3}, {"Annually", 12},    {"BillingAnnual", 12},
};

/* Months since the year 0, and back to a day. */
static int month_of(int64_t day)
{
	struct utc t = utc_from_ms(day * DAY_MS);

	return t.year * 12 + t.month - 1;
}

static int64_t month_start(int month)
{
	struct utc t = {.year = month / 12, .month = month % 12 + 1, .day = 1};

	return utc_to_ms(&t) / DAY_MS;
}

struct period budget_period(const char *grain, int64_t began_day, int64_t day)
{
	int months = 1, now = month_of(day), into;

	for (size_t i = 0; i < COUNT(grains); i++)
		if (str_eq_nocase(str_from(grain), str_from(grains[i].name)))
			months = grains[i].months;
	into = began_day > 0 && began_day <= day ? (now - month_of(began_day)) % months
						 : now % months;
	return (struct period){month_start(now - into),
			       month_start(now - into + months) - 1};
}

static const struct {
	const char *name;
	enum cost_by by;
} known[] = {
	{"ServiceName", COST_BY_SERVICE},
	{"ResourceGroup", COST_BY_GROUP},
	{"ResourceGroupName", COST_BY_GROUP},
};

static bool has_value(const cJSON *values, const char *text)
{
	const cJSON *one;

	cJSON_ArrayForEach (one, values)
		if (cJSON_IsString(one) &&
		    str_eq_nocase(str_from(one->valuestring), str_from(text)))
			return true;
	return false;
}

/* 1: it passes, 0: it does not, -1: it cannot be told. */
static int passes(const cJSON *filter, const struct book_line *line)
{
	const cJSON *all = json_member(filter, "and"), *one;
	const cJSON *dimension = json_member(filter, "dimensions");
	int result = 1;

	if (json_member(filter, "tags") || json_member(filter, "not"))
		return -1;
	cJSON_ArrayForEach (one, all) {
		int part = passes(one, line);

		if (part < 1)
			return part;
	}
	if (!dimension)
		return result;
	for (size_t i = 0; i < COUNT(known); i++)
		if (str_eq_nocase(str_from(json_text(dimension, "name")),
				  str_from(known[i].name)))
			return has_value(json_member(dimension, "values"),
					 line->text[known[i].by]);
	return -1;
}

/* "/subscriptions/ID" of a line against what the budget stands on. */
static bool is_on(const struct budget_scope *budget, const struct book_line *line)
{
	struct str scope = str_from(budget->scope), sub = str_from(line->scope), group;
	struct str between = STR("/resourcegroups/");

	if (scope.n > 0 && scope.p[0] == '/')
		scope = str_sub(scope, 1, scope.n - 1);
	if (sub.n > 0 && sub.p[0] == '/')
		sub = str_sub(sub, 1, sub.n - 1);
	if (scope.n < sub.n || !str_eq_nocase(str_sub(scope, 0, sub.n), sub))
		return false;
	group = str_sub(scope, sub.n, scope.n - sub.n);
	if (group.n == 0)
		return true;
	return group.n > between.n &&
	       str_eq_nocase(str_sub(group, 0, between.n), between) &&
	       str_eq_nocase(str_sub(group, between.n, group.n - between.n),
			     str_from(line->text[COST_BY_GROUP]));
}

bool budget_lines(const struct budget_scope *budget, struct book *book,
		  struct book_line **out, size_t *n)
{
	struct err err = {0};
	cJSON *filter = NULL;
	bool is_told = true;

	*n = 0;
	if (*budget->filter &&
	    !(filter = json_parse(str_from(budget->filter), &json_wire, NULL, &err)))
		return false;
	for (size_t i = 0; i < book->n && is_told; i++) {
		int way = is_on(budget, &book->lines[i])
				  ? filter ? passes(filter, &book->lines[i]) : 1
				  : 0;

		is_told = way >= 0;
		if (way > 0)
			out[(*n)++] = &book->lines[i];
	}
	cJSON_Delete(filter);
	return is_told;
}
