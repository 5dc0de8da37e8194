/* Reads the body of a cost query. Thread: core. What Azure refuses is refused,
 * with its envelope; nothing is guessed. */
#include "sim/cost/cost_question.h"

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "sim/rhythm.h"

#define MAX_MONTHS	 37
#define MAX_AGGREGATIONS 2

static bool refuse(struct reply *rep, const char *text, const char *what)
{
	reply_error(rep, 400, "BadRequest", "Invalid query definition: %s%s%s.", text,
		    what ? " " : "", what ? what : "");
	return false;
}

static bool read_period(struct cost_question *q, const cJSON *body, struct reply *rep)
{
	const cJSON *period = json_member(body, "timePeriod");
	int64_t from_ms, to_ms;

	if (!period || !time_parse(str_from(json_text(period, "from")), &from_ms) ||
	    !time_parse(str_from(json_text(period, "to")), &to_ms))
		return refuse(rep, "timeframe Custom needs timePeriod.from and .to",
			      NULL);
	q->from_day = rhythm_floor_div(from_ms, DAY_MS);
	q->to_day = rhythm_floor_div(to_ms, DAY_MS);
	if (q->to_day < q->from_day)
		return refuse(rep, "timePeriod.from is after timePeriod.to", NULL);
	if (cost_month_start(q->from_day, MAX_MONTHS) < q->to_day)
		return refuse(rep, "the time period is longer than 37 months", NULL);
	return true;
}

static bool read_type(struct cost_question *q, const cJSON *body, struct reply *rep)
{
	const char *word = json_text(body, "type");
	struct str type = str_from(word);

	q->is_amortised = str_eq_nocase(type, STR("AmortizedCost"));
	if (q->is_amortised || str_eq_nocase(type, STR("ActualCost")) ||
	    str_eq_nocase(type, STR("Usage")))
		return true;
	return refuse(rep, "unknown type", word ? word : "(none)");
}

static bool read_timeframe(struct cost_question *q, const struct world *w,
			   const cJSON *body, struct reply *rep)
{
	const char *word = json_text(body, "timeframe");
	struct str frame = str_from(word);
	int64_t today = cost_today(w);

	q->to_day = today;
	if (str_eq_nocase(frame, STR("Custom")))
		return read_period(q, body, rep);
	if (str_eq_nocase(frame, STR("MonthToDate")) ||
	    str_eq_nocase(frame, STR("BillingMonthToDate"))) {
		q->from_day = cost_month_start(today, 0);
	} else if (str_eq_nocase(frame, STR("TheLastMonth")) ||
		   str_eq_nocase(frame, STR("TheLastBillingMonth"))) {
		q->from_day = cost_month_start(today, -1);
		q->to_day = cost_month_start(today, 0) - 1;
	} else if (str_eq_nocase(frame, STR("WeekToDate"))) {
		q->from_day = today - rhythm_weekday(today);
	} else {
		return refuse(rep, "unknown timeframe", word ? word : "(none)");
	}
	return true;
}

static bool read_step(struct cost_question *q, const cJSON *dataset, struct reply *rep)
{
	const char *word = json_text(dataset, "granularity");
	struct str step = str_from(word);

	if (!word || str_eq_nocase(step, STR("None")))
		q->step = COST_NONE;
	else if (str_eq_nocase(step, STR("Daily")))
		q->step = COST_DAILY;
	else if (str_eq_nocase(step, STR("Monthly")))
		q->step = COST_MONTHLY;
	else
		return refuse(rep, "unknown granularity", word);
	return true;
}

static bool read_aggregation(struct cost_question *q, const cJSON *dataset,
			     struct reply *rep)
{
	static const char *const known[] = {"Cost", "PreTaxCost", "CostUSD"};
	const cJSON *all = json_member(dataset, "aggregation");
	const char *name;

	if (!cJSON_IsObject(all) || !all->child)
		return true;
	if (cJSON_GetArraySize(all) > MAX_AGGREGATIONS)
		return refuse(rep, "at most two aggregations are allowed", NULL);
	name = json_text(all->child, "name");
	for (size_t i = 0; name && i < COUNT(known); i++)
		if (str_eq_nocase(str_from(name), str_from(known[i])))
			q->sum = known[i];
	return q->sum ? true : refuse(rep, "unknown aggregation", name);
}

static bool read_groupings(struct cost_question *q, const cJSON *dataset,
			   struct reply *rep)
{
	const cJSON *all = json_member(dataset, "grouping"), *one;

	cJSON_ArrayForEach (one, all) {
		const char *name = json_text(one, "name");
		struct str type = str_from(json_text(one, "type"));
		const struct cost_dimension *d = !name ? NULL
						 : str_eq_nocase(type, STR("TagKey"))
							 ? cost_find_tag(name)
						 : str_eq_nocase(type, STR("Dimension"))
							 ? cost_find_dimension(name)
							 : NULL;

		if (q->n_groupings == COST_MAX_GROUPINGS)
			return refuse(rep, "at most two groupings are allowed", NULL);
		if (!d)
			return refuse(rep, "unknown grouping", name);
		q->groupings[q->n_groupings++] = d;
	}
	return true;
}

static bool is_among(const cJSON *values, struct str text)
{
	const cJSON *one;

	cJSON_ArrayForEach (one, values)
		if (cJSON_IsString(one) &&
		    str_eq_nocase(str_from(one->valuestring), text))
			return true;
	return false;
}

static bool has_tag(const cJSON *tags, const struct cost_line *line, struct arena *arena)
{
	const char *name = json_text(tags, "name");
	const struct cost_dimension *tag = name ? cost_find_tag(name) : NULL;

	return tag && line->group[0] &&
	       is_among(json_member(tags, "values"), tag->text(line, arena));
}

static bool passes(const cJSON *filter, const struct cost_line *line, struct arena *arena)
{
	const cJSON *all = json_member(filter, "and"), *any = json_member(filter, "or");
	const cJSON *dimension = json_member(filter, "dimensions");
	const cJSON *tags = json_member(filter, "tags"), *one;

	cJSON_ArrayForEach (one, all)
		if (!passes(one, line, arena))
			return false;
	if (any) {
		bool is_met = false;

		cJSON_ArrayForEach (one, any)
			is_met |= passes(one, line, arena);
		if (!is_met)
			return false;
	}
	if (dimension) {
		const char *name = json_text(dimension, "name");
		const struct cost_dimension *d = name ? cost_find_dimension(name) : NULL;

		if (!d ||
		    !is_among(json_member(dimension, "values"), d->text(line, arena)))
			return false;
	}
	return !tags || has_tag(tags, line, arena);
}

static void pick_lines(struct cost_question *q, const struct request *req,
		       const cJSON *dataset, struct arena *arena)
{
	enum sub sub = estate_asked_sub(req);
	struct str group = request_param(req, "rg");
	const cJSON *filter = json_member(dataset, "filter");

	for (size_t i = 0; i < cost_n_lines; i++) {
		const struct cost_line *line = &cost_lines[i];

		if (line->sub != sub)
			continue;
		if (group.n && !str_eq_nocase(group, str_from(line->group)))
			continue;
		if (!filter || passes(filter, line, arena))
			q->lines[q->n_lines++] = line;
	}
}

bool cost_question_init(struct cost_question *q, const struct world *w,
			const struct request *req, struct reply *rep)
{
	struct err err = {0};
	cJSON *body = json_parse(req->body, &json_wire, NULL, &err);
	const cJSON *dataset = body ? json_member(body, "dataset") : NULL;
	bool is_good;

	*q = (struct cost_question){0};
	if (!body)
		return refuse(rep, "the body is not JSON:", err.text);
	is_good = read_type(q, body, rep) && read_timeframe(q, w, body, rep) &&
		  read_step(q, dataset, rep) && read_aggregation(q, dataset, rep) &&
		  read_groupings(q, dataset, rep);
	if (is_good)
		pick_lines(q, req, dataset, rep->arena);
	cJSON_Delete(body);
	return is_good;
}

void cost_put_name(struct strbuf *out, const struct request *req, const struct guid *name)
{
	jw_format(out, "id",
		  "subscriptions/%.*s/providers/Microsoft.CostManagement/query/%s",
		  STR_ARG(request_param(req, "sub")), name->text);
	jw_text(out, "name", name->text);
	jw_text(out, "type", "Microsoft.CostManagement/query");
}

void cost_put_column(struct strbuf *out, const char *name, const char *type)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_text(out, "type", type);
	jw_object_end(out);
}
