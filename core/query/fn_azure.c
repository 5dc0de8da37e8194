/* Functions that boards need: times, and the parts of a resource id. What is not
 * a time or has no such part is null. */
#include <math.h>
#include <string.h>

#include "base/count.h"
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

/* The other way round: a moment as services want it. */
FUNCTION(iso)
{
	struct strbuf text;
	double ms;

	if (!time_of(&call->args[0], &ms))
		return true;
	function_text(&text);
	time_format_iso(&text, (int64_t)ms, false);
	return eval_text(call->ev, &text, call->node, out);
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

/* The suffixes of Kubernetes, longest first. */
static const struct {
	const char *text;
	double factor;
} units[] = {
	{"Ki", 1024.0},
	{"Mi", 1048576.0},
	{"Gi", 1073741824.0},
	{"Ti", 1099511627776.0},
	{"Pi", 1125899906842624.0},
	{"Ei", 1152921504606846976.0},
	{"n", 1e-9},
	{"u", 1e-6},
	{"m", 1e-3},
	{"k", 1e3},
	{"M", 1e6},
	{"G", 1e9},
	{"T", 1e12},
	{"P", 1e15},
	{"E", 1e18},
};

/* "1e3" is a number as it stands, so that comes first. */
FUNCTION(quantity)
{
	struct str text = call->args[0].text;
	double value;

	if (call->args[0].type == QUERY_NUMBER) {
		*out = call->args[0];
		return true;
	}
	if (str_to_f64(text, &value)) {
		*out = value_number(value);
		return true;
	}
	for (size_t i = 0; i < COUNT(units); i++) {
		size_t n = strlen(units[i].text);

		if (!str_ends(text, str_from(units[i].text)))
			continue;
		if (str_to_f64(str_sub(text, 0, text.n - n), &value))
			*out = value_number(value * units[i].factor);
		return true;
	}
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
