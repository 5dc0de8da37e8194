/* Functions of numbers. What has no finite answer is null. */
#include <math.h>

#include "query/function.h"

static double number(const struct call *call, size_t i)
{
	return call->args[i].number;
}

FUNCTION(abs)
{
	*out = value_number(fabs(number(call, 0)));
	return true;
}

FUNCTION(ceil)
{
	*out = value_number(ceil(number(call, 0)));
	return true;
}

FUNCTION(floor)
{
	*out = value_number(floor(number(call, 0)));
	return true;
}

FUNCTION(add)
{
	double sum = 0;

	for (size_t i = 0; i < call->n; i++)
		sum += number(call, i);
	*out = value_number(sum);
	return true;
}

FUNCTION(mul)
{
	double product = 1;

	for (size_t i = 0; i < call->n; i++)
		product *= number(call, i);
	*out = value_number(product);
	return true;
}

FUNCTION(sub)
{
	*out = value_number(number(call, 0) - number(call, 1));
	return true;
}

FUNCTION(div)
{
	if (number(call, 1) != 0)
		*out = value_number(number(call, 0) / number(call, 1));
	return true;
}

/* The sign is that of the divisor, so an hour of the day is never negative. */
FUNCTION(mod)
{
	double by = number(call, 1), rest;

	if (by == 0)
		return true;
	rest = fmod(number(call, 0), by);
	if (rest != 0 && (rest < 0) != (by < 0))
		rest += by;
	*out = value_number(rest);
	return true;
}

/* Halves away from zero. A scale past what a double holds changes nothing. */
FUNCTION(round)
{
	double value = number(call, 0);
	double digits = call->n > 1 ? trunc(number(call, 1)) : 0;
	double scale = pow(10, fabs(digits) > 300 ? 300 : fabs(digits));
	double scaled = digits < 0 ? value / scale : value * scale;
	double rounded = round(scaled);

	if (!isfinite(scaled) || fabs(scaled) >= 4503599627370496.0)
		*out = value_number(value);
	else
		*out = value_number(digits < 0 ? rounded * scale : rounded / scale);
	return true;
}

/* The sum of an array of numbers. */
static bool sum_of(const struct call *call, double *sum, size_t *n)
{
	struct query_iter it = query_iter(&call->args[0]);
	struct query_value item;

	*sum = 0;
	*n = 0;
	while (query_iter_next(&it, &item)) {
		if (item.type != QUERY_NUMBER)
			return function_fail_type(call, "an array of numbers", &item);
		*sum += item.number;
		++*n;
	}
	return eval_spend(call->ev, *n, call->node);
}

FUNCTION(sum)
{
	double sum;
	size_t n;

	if (!sum_of(call, &sum, &n))
		return false;
	*out = value_number(sum);
	return true;
}

FUNCTION(avg)
{
	double sum;
	size_t n;

	if (!sum_of(call, &sum, &n))
		return false;
	if (n)
		*out = value_number(sum / (double)n);
	return true;
}

FUNCTION(to_number)
{
	double value;

	if (call->args[0].type == QUERY_NUMBER)
		*out = call->args[0];
	else if (call->args[0].type == QUERY_STRING &&
		 str_to_f64(call->args[0].text, &value))
		*out = value_number(value);
	return true;
}
