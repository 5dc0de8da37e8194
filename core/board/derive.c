/* See derive.h. */
#include "board/derive.h"

#include <math.h>

void derive_put_number(cJSON *row, const char *name, double value)
{
	if (isfinite(value))
		cJSON_AddNumberToObject(row, name, value);
	else
		cJSON_AddNullToObject(row, name);
}

void derive_put_time(cJSON *row, const char *name, int64_t utc_ms)
{
	derive_put_number(row, name, utc_ms > 0 ? (double)(utc_ms / 1000) : NAN);
}

void derive_put_text(cJSON *row, const char *name, const char *text)
{
	if (text && *text)
		cJSON_AddStringToObject(row, name, text);
	else
		cJSON_AddNullToObject(row, name);
}
