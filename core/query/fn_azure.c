/* Functions that boards need: times, and the parts of a resource id. What is not
 * a time or has no such part is null. */
#include <math.h>

#include "base/timefmt.h"
#include "query/function.h"

enum { MS_A_DAY = 86400000 };
/* Smaller numbers are seconds: as milliseconds they would be before 1973. */
#define LEAST_MS 1e11

static bool time_of(const struct query_value *v, double *ms)
{
	int64_t parsed;

	if (v->type == QUERY_NUMBER) {
		*ms = fabs(v->number) < LEAST_MS ? v->number * 1000 : v->number;
		return true;
	}
	if (!time_parse(v->text, &parsed))
		return false;
	*ms = (double)parsed;
	return true;
}

FUNCTION(now)
{
	*out = value_number((double)call->ev->env->now_ms);
	return true;
}

FUNCTION(time)
{
	double ms;

	if (time_of(&call->args[0], &ms))
		*out = value_number(ms);
	return true;
}

FUNCTION(age)
{
	double ms;

	if (time_of(&call->args[0], &ms))
		*out = value_number((double)call->ev->env->now_ms - ms);
	return true;
}

FUNCTION(days_until)
{
	double ms;

	if (time_of(&call->args[0], &ms))
		*out = value_number((ms - (double)call->ev->env->now_ms) / MS_A_DAY);
	return true;
}

FUNCTION(duration)
{
	int64_t ms;

	if (duration_parse(call->args[0].text, &ms))
		*out = value_number((double)ms);
	return true;
}

FUNCTION(leaf)
{
	struct str rest = call->args[0].text, part;

	while (str_next(&rest, '/', &part)) {
		if (part.n)
			*out = value_text(part);
	}
	return true;
}

/* The part after the one called `name`, in any case. */
static void segment(struct str id, struct str name, struct query_value *out)
{
	struct str part;

	while (str_next(&id, '/', &part)) {
		if (!str_eq_nocase(part, name))
			continue;
		if (str_next(&id, '/', &part) && part.n)
			*out = value_text(part);
		return;
	}
}

FUNCTION(segment)
{
	segment(call->args[0].text, call->args[1].text, out);
	return true;
}

FUNCTION(rg)
{
	segment(call->args[0].text, STR("resourceGroups"), out);
	return true;
}
