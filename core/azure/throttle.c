/* See throttle.h. One row a header form; the first row that fits a header reads it.
 * A count alone says little: it matters over what time it is filled up again, which
 * some names tell ("QueriesPer10Sec", "HighCostGet3Min"). */
#include "azure/throttle.h"

#include "base/count.h"
#include "base/strbuf.h"
#include "base/timefmt.h"

enum {
	/* ARM's buckets: so few left, so much between two calls for each one missing. */
	BUCKET_LOW = 20,
	BUCKET_SPACE_MS = 50,
	/* Counts of a window: below this the rest is spread over the window. As many
	 * as may be on their way at once, whose answers have not been counted yet. */
	WINDOW_LOW = 8,
	/* Of a window that is not named, where few may be all there ever are. */
	UNKNOWN_LOW = 4,
	WINDOW_UNKNOWN_MS = 60000,
	GRAPH_WINDOW_MS = 5000,
	/* A reset below this is seconds from now, not since 1970. */
	EPOCH_FROM_S = 1000 * 1000 * 1000,
	EPOCH_MOST_S = 2000 * 1000 * 1000,
	SPACE_MOST_MS = 60000,
	WINDOW_MOST_MS = 60 * 60 * 1000,
	WAIT_MOST_MS = 1000 * 1000 * 1000,
};

struct reading {
	const struct http_response *response;
	struct http_pace *pace;
	struct str value;
	int64_t window_ms; /* of a count that names none; 0: a bucket */
};

static void space(struct http_pace *pace, int64_t ms, int64_t most_ms)
{
	if (ms > most_ms)
		ms = most_ms;
	if (ms > pace->space_ms)
		pace->space_ms = ms;
}

/* Seconds, whole or not, as milliseconds; false when it is no sane number. */
static bool seconds(struct str text, int64_t *ms)
{
	double value;

	if (!str_to_f64(str_trim(text), &value) || !(value >= 0) ||
	    value > WAIT_MOST_MS / 1000)
		return false;
	*ms = (int64_t)(value * 1000 + 0.5);
	return true;
}

/* "...Per10Sec", "...Get3Min", "QueriesPerHour": how long the count lasts. */
static int64_t window_of(struct str name)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = {{"Sec", 1000}, {"Min", 60000}, {"Hour", 3600000}};

	for (size_t i = 0; i < COUNT(units); i++) {
		struct str unit = str_from(units[i].unit);
		int64_t times = 1;
		size_t from;

		if (!str_ends(name, unit))
			continue;
		name.n -= unit.n;
		for (from = name.n;
		     from > 0 && name.p[from - 1] >= '0' && name.p[from - 1] <= '9';)
			from--;
		if (from < name.n &&
		    (!str_to_i64(str_sub(name, from, name.n), &times) || times > 1440))
			return 0;
		return times * units[i].ms;
	}
	return 0;
}

/* `low` is of a window: from so few on its rest is spread. */
static void note_left(struct http_pace *pace, int64_t left, int64_t window_ms,
		      int64_t low)
{
	if (window_ms == 0) {
		if (pace->left < 0 || left < pace->left)
			pace->left = left;
		if (left < BUCKET_LOW)
			space(pace, (BUCKET_LOW - left) * BUCKET_SPACE_MS, SPACE_MOST_MS);
	} else if (left < low) {
		/* The last of an hour have to last for what may be left of it. */
		space(pace, window_ms / (left + 1), WINDOW_MOST_MS);
	}
}

/* "17", "DefaultQuota:7" or "A/Get3Min;139,A/Get30Min;697". */
static void read_counts(const struct reading *r)
{
	struct str list = r->value, part;
	int64_t left, window;

	while (str_next(&list, ',', &part)) {
		ptrdiff_t at = str_find_char(part, ';');

		if (at < 0)
			at = str_find_char(part, ':');
		window = at > 0 ? window_of(str_trim(str_sub(part, 0, (size_t)at))) : 0;
		part = str_trim(str_sub(part, (size_t)(at + 1), part.n));
		if (!str_to_i64(part, &left) || left < 0)
			continue;
		r->pace->is_told = r->pace->is_told || window;
		note_left(r->pace, left, window ? window : r->window_ms,
			  window ? WINDOW_LOW : UNKNOWN_LOW);
	}
}

/* They come with good answers too, where they mean nothing; the longest of a
 * refusal's counts. */
static void read_refusal(const struct reading *r)
{
	int64_t ms;

	if (r->response->status == 429 && seconds(r->value, &ms) &&
	    ms > r->pace->retry_ms)
		r->pace->retry_ms = ms;
}

/* Azure DevOps was slow on purpose, or soon will be, and says with Retry-After how
 * long to wait so that it need not be. Without the header this is called for, a
 * Retry-After on a good answer only paces the poll of one operation. */
static void read_delay(const struct reading *r)
{
	int64_t ms;

	if (r->response->status < 300 &&
	    seconds(http_header_find(r->response, "retry-after"), &ms) &&
	    ms > r->pace->pause_ms)
		r->pace->pause_ms = ms;
}

/* GitHub refuses who asks too fast with a 403 instead of a 429. */
static void read_hidden_refusal(const struct reading *r)
{
	int64_t ms;

	if (r->response->status == 403 && seconds(r->value, &ms) &&
	    str_find(strbuf_str(&r->response->body), STR("rate limit")) >= 0 &&
	    ms > r->pace->pause_ms)
		r->pace->pause_ms = ms;
}

/* How long until the count is full again: seconds, or a moment, which is held
 * against the answer's own date so that a wrong clock here does no harm. */
static bool until_reset(const struct http_response *response, int64_t *ms)
{
	struct str text = http_header_find(response, "x-ratelimit-reset");
	struct str date = http_header_find(response, "date");
	int64_t sent_ms;
	double value;

	if (!text.n)
		text = http_header_find(response, "ratelimit-reset");
	if (!str_to_f64(str_trim(text), &value) || value < EPOCH_FROM_S)
		return seconds(text, ms);
	if (!(value < EPOCH_MOST_S) || !time_parse(str_trim(date), &sent_ms))
		return false;
	*ms = (int64_t)value * 1000 - sent_ms;
	return *ms > 0 && *ms < WAIT_MOST_MS;
}

/* The last tenth of a window is spread over what is left of it. */
static bool is_low(const struct http_response *response, int64_t left)
{
	struct str text = http_header_find(response, "x-ratelimit-limit");
	int64_t limit;

	if (!text.n)
		text = http_header_find(response, "ratelimit-limit");
	if (!str_to_i64(str_trim(text), &limit) || limit <= 0)
		return left < WINDOW_LOW;
	return left < limit / 10 || left == 0;
}

/* Azure DevOps, GitHub, GitLab, Supabase, PagerDuty: a count, and when it is full
 * again; at 0 there is no use in asking before. */
static void read_window(const struct reading *r)
{
	int64_t left, ms;

	if (!str_to_i64(str_trim(r->value), &left) || left < 0 ||
	    !until_reset(r->response, &ms)) {
		read_counts(r);
		return;
	}
	if (r->pace->left < 0 || left < r->pace->left)
		r->pace->left = left;
	if (left == 0 && ms > r->pace->pause_ms)
		r->pace->pause_ms = ms;
	else if (is_low(r->response, left))
		space(r->pace, ms / (left + 1), SPACE_MOST_MS);
}

/* Resource Graph: calls left for this user, and hh:mm:ss until they are full. */
static void read_quota(const struct reading *r)
{
	struct str resets = http_header_find(r->response, "x-ms-user-quota-resets-after");
	int64_t left, window;

	if (!str_to_i64(str_trim(r->value), &left) || left < 0)
		return;
	if (!duration_parse(str_trim(resets), &window) || window <= 0)
		window = GRAPH_WINDOW_MS;
	/* The window is this user's own and its end is told: what it was before the
	 * last one ended does not matter any more. */
	r->pace->is_exact = true;
	note_left(r->pace, left, window, WINDOW_LOW);
}

static const struct {
	const char *prefix, *suffix;
	void (*read)(const struct reading *r);
	int64_t window_ms;
} forms[] = {
	{"x-ms-ratelimit-microsoft.", "-retry-after", read_refusal, 0},
	{"x-ms-ratelimit-microsoft.", "-remaining", read_counts, WINDOW_UNKNOWN_MS},
	{"x-ms-ratelimit-remaining-microsoft.", "", read_counts, WINDOW_UNKNOWN_MS},
	/* Resource Graph's again, under ARM's kind of name: fifteen is plenty. */
	{"x-ms-ratelimit-remaining-tenant-resource-requests", "", read_counts,
	 GRAPH_WINDOW_MS},
	{"x-ms-ratelimit-remaining-", "", read_counts, 0},
	{"x-ms-user-quota-remaining", "", read_quota, 0},
	{"x-ratelimit-remaining", "", read_window, 0},
	{"ratelimit-remaining", "", read_window, 0},
	{"x-ratelimit-delay", "", read_delay, 0},
	{"x-ratelimit-resource", "", read_delay, 0},
	{"retry-after", "", read_hidden_refusal, 0},
};

static void read_header(const struct http_header *h, struct reading *r)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		if (!str_starts_nocase(h->name, str_from(forms[i].prefix)) ||
		    !str_ends_nocase(h->name, str_from(forms[i].suffix)))
			continue;
		r->value = h->value;
		r->window_ms = forms[i].window_ms;
		forms[i].read(r);
		return;
	}
}

/* Refusals that are no throttling: one resource is busy with another operation, and
 * nobody else has to wait. */
static bool is_busy_resource(struct str body)
{
	static const char *const marks[] = {"\"RetryableErrorDueToAnotherOperation\"",
					    "\"Cannot acquire exclusive lock"};

	for (size_t i = 0; i < COUNT(marks); i++) {
		if (str_find(body, str_from(marks[i])) >= 0)
			return true;
	}
	return false;
}

void throttle_read(const struct http_response *response, struct http_pace *pace)
{
	struct reading r = {.response = response, .pace = pace};

	for (size_t i = 0; i < response->n_headers; i++)
		read_header(&response->headers[i], &r);
	if (response->status == 429)
		pace->is_one_resource = is_busy_resource(strbuf_str(&response->body));
}

static const struct {
	const char *provider;
	enum throttle_family family;
	const char *name;
} families[] = {
	{"/providers/microsoft.costmanagement/", THROTTLE_COST, "cost"},
	{"/providers/microsoft.consumption/", THROTTLE_COST, "cost"},
	{"/providers/microsoft.resourcegraph/", THROTTLE_GRAPH, "graph"},
};

static struct str path_of(struct str url)
{
	ptrdiff_t query = str_find_char(url, '?');

	return query < 0 ? url : str_sub(url, 0, (size_t)query);
}

/* The row's number, or -1: ARM. */
static int family_row(struct str url)
{
	struct str path = path_of(url);

	for (size_t i = 0; i < COUNT(families); i++) {
		if (str_find_nocase(path, str_from(families[i].provider)) >= 0)
			return (int)i;
	}
	return -1;
}

enum throttle_family throttle_family(struct str url)
{
	int row = family_row(url);

	return row < 0 ? THROTTLE_ARM : families[row].family;
}

static void put_subscription(struct strbuf *out, struct str url)
{
	struct str path = path_of(url), id;
	ptrdiff_t at = str_find_nocase(path, STR("/subscriptions/"));

	if (at < 0)
		return;
	path = str_sub(path, (size_t)at + sizeof("/subscriptions/") - 1, path.n);
	if (!str_next(&path, '/', &id) || !id.n)
		return;
	strbuf_putc(out, ' ');
	/* Azure changes the case of its ids freely. */
	for (size_t i = 0; i < id.n; i++)
		strbuf_putc(out, id.p[i] >= 'A' && id.p[i] <= 'Z' ? (char)(id.p[i] | 0x20)
								  : id.p[i]);
}

void throttle_put_key(struct strbuf *out, const struct api_call *call, struct str url)
{
	int row = family_row(url);

	strbuf_printf(out, "%s %.*s ", call->connection->base_url,
		      STR_ARG(credential_name(call->connection->credential)));
	if (row >= 0) {
		strbuf_puts(out, families[row].name);
		return;
	}
	strbuf_puts(out, call->is_read || call->method == HTTP_GET ? "read"
			 : call->method == HTTP_DELETE		   ? "delete"
								   : "write");
	put_subscription(out, url);
}
