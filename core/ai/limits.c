/* See limits.h. */
#include "ai/limits.h"

#include "net/retry.h"

/* Some say -1, or 0 with a good answer, for what they do not count. */
static int64_t count(const struct http_response *r, const char *name)
{
	int64_t value;

	if (!str_to_i64(str_trim(http_header_find(r, name)), &value) || value < 0 ||
	    (value == 0 && r->status < 300))
		return -1;
	return value;
}

void limits_read(const struct http_response *r, struct model_limits *out)
{
	out->left_requests = count(r, "x-ratelimit-remaining-requests");
	out->left_tokens = count(r, "x-ratelimit-remaining-tokens");
}

static int64_t unit_ms(struct str *rest)
{
	static const struct {
		struct str unit;
		int64_t ms;
	} units[] = {{{"ms", 2}, 1},
		     {{"s", 1}, 1000},
		     {{"m", 1}, 60000},
		     {{"h", 1}, 3600000}};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (!str_starts(*rest, units[i].unit))
			continue;
		*rest = str_sub(*rest, units[i].unit.n, rest->n);
		return units[i].ms;
	}
	return 0;
}

/* "6m0s", "1.5s", "57ms", or Azure's milliseconds alone; -1: none of it. */
static int64_t duration_ms(struct str text)
{
	double sum = 0;

	text = str_trim(text);
	if (text.n == 0)
		return -1;
	while (text.n) {
		size_t digits = 0;
		double value;
		int64_t each;

		while (digits < text.n &&
		       (text.p[digits] == '.' ||
			(text.p[digits] >= '0' && text.p[digits] <= '9')))
			digits++;
		if (!str_to_f64(str_sub(text, 0, digits), &value) || value > 1e7)
			return -1;
		text = str_sub(text, digits, text.n);
		each = text.n ? unit_ms(&text) : 1;
		if (!each)
			return -1;
		sum += value * (double)each;
	}
	return (int64_t)(sum + 0.5);
}

int64_t limits_wait_ms(const struct http_response *r, int64_t wall_ms)
{
	static const char *const resets[] = {"x-ratelimit-reset-requests",
					     "x-ratelimit-reset-tokens"};
	static const char *const lefts[] = {"x-ratelimit-remaining-requests",
					    "x-ratelimit-remaining-tokens"};
	int64_t told = retry_after_ms(r, wall_ms), longest = -1;

	if (told >= 0 || r->status != 429)
		return told;
	/* Of what is used up, where it says that; else of both. */
	for (size_t i = 0; i < 2; i++) {
		struct str left = str_trim(http_header_find(r, lefts[i]));
		int64_t ms = duration_ms(http_header_find(r, resets[i]));

		if ((left.n == 0 || str_eq(left, STR("0"))) && ms > longest)
			longest = ms;
	}
	return longest;
}
