/* See retry.h. */
#include "net/retry.h"

#include "base/timefmt.h"

enum { FIRST_PAUSE_MS = 500 };

static int64_t header_number(const struct http_response *r, const char *name,
			     double scale)
{
	double value;

	if (!str_to_f64(str_trim(http_header_find(r, name)), &value) || value < 0 ||
	    value > 1e9)
		return -1;
	return (int64_t)(value * scale + 0.5);
}

int64_t retry_after_ms(const struct http_response *response, int64_t now_ms)
{
	struct str text = str_trim(http_header_find(response, "retry-after"));
	struct str sent = str_trim(http_header_find(response, "date"));
	int64_t ms, date, theirs;

	ms = header_number(response, "retry-after-ms", 1);
	if (ms < 0)
		ms = header_number(response, "x-ms-retry-after-ms", 1);
	if (ms < 0)
		ms = header_number(response, "retry-after", 1000);
	if (ms >= 0 || text.n <= 10 || !time_parse(text, &date))
		return ms;
	/* The date is of its clock, which ours need not agree with. */
	if (sent.n && time_parse(sent, &theirs))
		now_ms = theirs;
	ms = date > now_ms ? date - now_ms : 0;
	return ms;
}

static bool is_transient(int status)
{
	return status == 408 || status == 409 || status == 429 || status == 500 ||
	       status == 502 || status == 503 || status == 504 || status == 529;
}

static bool may_retry(const struct retry_input *in)
{
	const struct http_response *r = in->response;
	struct str hint = http_header_find(r, "x-should-retry");

	if (in->tries >= RETRY_MAX_TRIES || !in->is_idempotent)
		return false;
	if (r->err.code != ERR_NONE)
		return r->err.code == ERR_NETWORK;
	/* A good answer is one, whatever it says of itself. */
	if (r->status < 400)
		return false;
	if (str_eq_nocase(hint, STR("true")))
		return true;
	if (str_eq_nocase(hint, STR("false")))
		return false;
	return is_transient(r->status);
}

int64_t retry_pause_ms(int tries, int64_t cap_ms, double jitter)
{
	int64_t own = FIRST_PAUSE_MS;

	for (int i = 1; i < tries && own < cap_ms; i++)
		own *= 2;
	own = own / 2 + (int64_t)((double)(own / 2) * jitter);
	return own > cap_ms ? cap_ms : own;
}

struct retry_decision retry_decide(const struct retry_input *in)
{
	int64_t cap = in->is_interactive ? RETRY_INTERACTIVE_CAP_MS : RETRY_POLLER_CAP_MS;
	struct retry_decision d = {0};

	if (!may_retry(in))
		return d;
	if (in->is_interactive && in->told_ms > RETRY_GIVE_UP_MS)
		return d;
	d.again = true;
	d.wait_ms = in->told_ms >= 0 ? in->told_ms
				     : retry_pause_ms(in->tries, cap, in->jitter);
	return d;
}
