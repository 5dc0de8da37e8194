/* See policy.h. The order is that of the answers: switched off, frozen, the first rule
 * that fits. What cannot be understood forbids. */
#include "act/policy.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "schedule/evaluate.h"
#include "schedule/tag.h"

struct asking {
	const struct config_actions *policy;
	const struct policy_question *q;
	struct zones *zones;
	struct policy_answer *out;
};

static bool refuse(struct asking *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Always false. */
static bool refuse(struct asking *a, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(a->out->why, sizeof(a->out->why), fmt, args);
	va_end(args);
	a->out->is_allowed = false;
	return false;
}

static bool is_frozen(struct asking *a)
{
	for (size_t i = 0; i < a->policy->n_freezes; i++) {
		const struct config_freeze *f = &a->policy->freezes[i];
		struct strbuf until;

		if (a->q->now_ms < f->from_ms || a->q->now_ms >= f->to_ms ||
		    str_fits_any_nocase(str_from(a->q->action), f->except, f->n_except))
			continue;
		strbuf_init(&until, 40);
		time_format_iso(&until, f->to_ms, false);
		refuse(a, "changes are frozen until %s: %s", until.p, f->why);
		strbuf_fini(&until);
		return true;
	}
	return false;
}

static bool fits(const struct config_action_rule *rule, const struct policy_question *q)
{
	return (rule->n_actions == 0 ||
		str_fits_any_nocase(str_from(q->action), rule->actions,
				    rule->n_actions)) &&
	       (rule->n_targets == 0 ||
		str_fits_any_nocase(str_from(q->target), rule->targets, rule->n_targets));
}

static bool is_person(struct asking *a, const struct config_action_rule *rule)
{
	return rule->n_people == 0 ||
	       str_is_among(str_from(a->q->by), rule->people, rule->n_people) ||
	       refuse(a, "%s is not among those who may do %s to %s", a->q->by,
		      a->q->action, a->q->target);
}

static bool is_within(struct asking *a, const struct config_action_rule *rule)
{
	struct schedule_error error;
	struct schedule_edge edge;
	struct schedule schedule;
	struct strbuf when;

	if (!rule->window)
		return true;
	if (!schedule_parse(str_from(rule->window), NULL, a->zones, &schedule, &error))
		return refuse(a, "its window cannot be understood: %s", error.text);
	if (schedule_intended(&schedule, a->q->now_ms) == SCHEDULE_ON)
		return true;
	strbuf_init(&when, 60);
	if (schedule_next(&schedule, a->q->now_ms, &edge)) {
		strbuf_puts(&when, "; it opens ");
		time_format_iso(&when, edge.at_ms, false);
	}
	refuse(a, "outside of its window%s", when.p);
	strbuf_fini(&when);
	return false;
}

static bool is_listed(const struct config_limit *limit, const char *text)
{
	return str_is_among(str_from(text), limit->values, limit->n_values);
}

static bool is_bounded(struct asking *a, const struct config_limit *limit)
{
	const cJSON *value = json_member(a->q->inputs, limit->input);
	double number;

	if (!value)
		return true;
	if (limit->values)
		return (cJSON_IsString(value) && is_listed(limit, value->valuestring)) ||
		       refuse(a, "%s is not among the values that are allowed",
			      limit->input);
	if (!json_number(a->q->inputs, limit->input, &number))
		return refuse(a, "%s is bounded, and no number", limit->input);
	if (number > limit->most)
		return refuse(a, "%s %g is above the ceiling of %g", limit->input, number,
			      limit->most);
	return number >= limit->least || refuse(a, "%s %g is below the floor of %g",
						limit->input, number, limit->least);
}

static bool obeys(struct asking *a, const struct config_action_rule *rule)
{
	if (rule->is_denied)
		return refuse(a, "%s",
			      rule->why ? rule->why : "a rule of actions forbids it");
	if (!is_person(a, rule) || !is_within(a, rule))
		return false;
	for (size_t i = 0; i < rule->n_limits; i++) {
		if (!is_bounded(a, &rule->limits[i]))
			return false;
	}
	return true;
}

const struct config_action_rule *policy_rule(const struct config_actions *policy,
					     const char *action, const char *target)
{
	const struct policy_question q = {.action = action, .target = target};

	for (size_t i = 0; i < policy->n_rules; i++)
		if (fits(&policy->rules[i], &q))
			return &policy->rules[i];
	return NULL;
}

void policy_ask(const struct config_actions *policy, const struct policy_question *q,
		struct zones *zones, struct policy_answer *out)
{
	struct asking a = {.policy = policy, .q = q, .zones = zones, .out = out};
	const struct config_action_rule *rule;

	*out = (struct policy_answer){.is_allowed = true,
				      .needs_second = q->risk == RISK_HIGH};
	if (policy->is_off) {
		refuse(&a, "actions are switched off in the configuration");
		return;
	}
	if (is_frozen(&a))
		return;
	rule = policy_rule(policy, q->action, q->target);
	if (rule && obeys(&a, rule))
		out->needs_second = out->needs_second || rule->needs_second;
}
