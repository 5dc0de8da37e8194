/* See lro.h. Each phase has one row: what a good answer means in it, and what a
 * refused one does. end() is the only way out. */
#include "azure/lro.h"

#include <stdlib.h>

#include "azure/host.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/secret.h"
#include "base/xalloc.h"

enum {
	WAIT_FIRST_MS = 5000,
	WAIT_LONGEST_MS = 30000,
	TOLD_LEAST_MS = 1000,
	TOLD_MOST_MS = 10 * 60 * 1000,
	YOUNG_MS = 60000, /* so long an operation may not be found yet */
	MOST_TROUBLES = 20,
	MOST_RESULT_TROUBLES = 3,
};

void lro_init(struct lro *l, enum http_method method, struct str resource_url,
	      int64_t now_utc_ms)
{
	*l = (struct lro){
		.method = method,
		.resource_url = xstrndup(resource_url.p, resource_url.n),
		.started_utc_ms = now_utc_ms,
		.own_wait_ms = WAIT_FIRST_MS,
		.percent = -1,
	};
	err_clear(&l->err);
}

/* Operations' addresses are signed: who has one can ask it. */
static void forget_url(char *url)
{
	if (url)
		secret_wipe(url, strlen(url));
	free(url);
}

void lro_fini(struct lro *l)
{
	free(l->resource_url);
	forget_url(l->poll_url);
	forget_url(l->result_url);
	*l = (struct lro){0};
}

const char *lro_outcome_name(enum lro_outcome outcome)
{
	static const char *const names[] = {"running", "succeeded", "failed", "canceled",
					    "unknown"};

	return names[outcome];
}

static void end(struct lro *l, enum lro_outcome outcome, const struct err *err)
{
	l->phase = LRO_ENDED;
	l->outcome = outcome;
	err_clear(&l->err);
	l->wait_ms = 0;
	if (err && err->code != ERR_NONE)
		l->err = *err;
	else if (outcome == LRO_FAILED)
		err_set(&l->err, ERR_SERVICE, "the operation failed; Azure says no more");
	else if (outcome == LRO_CANCELED)
		err_set(&l->err, ERR_CANCELLED, "the operation was cancelled in Azure");
}

static void end_unknown(struct lro *l, enum err_code code, const char *why)
{
	struct err err;

	err_clear(&err);
	err_set(&err, code, "%s; look at the resource", why);
	end(l, LRO_UNKNOWN, &err);
}

/* Words are an open set: what is not an end is running. */
static enum lro_outcome meaning(const char *state)
{
	struct str s = str_from(state);

	if (str_eq_nocase(s, STR("succeeded")))
		return LRO_SUCCEEDED;
	if (str_eq_nocase(s, STR("failed")))
		return LRO_FAILED;
	if (str_starts_nocase(s, STR("canceled")) ||
	    str_starts_nocase(s, STR("cancelled")))
		return LRO_CANCELED;
	return LRO_RUNNING;
}

static const char *provisioning(const cJSON *json)
{
	return json_text(json_member(json, "properties"), "provisioningState");
}

static const char *status_of(const cJSON *json)
{
	const char *status = json_text(json, "status");

	return status ? status : provisioning(json);
}

static void note_state(struct lro *l, const cJSON *json)
{
	const char *state = status_of(json);
	struct strbuf clean;
	double percent;

	if (json_number(json, "percentComplete", &percent) && percent >= 0 &&
	    percent <= 100)
		l->percent = percent;
	if (!state)
		return;
	strbuf_init(&clean, sizeof(l->state) - 1);
	sanitize_line(&clean, str_sub(str_from(state), 0, sizeof(l->state) - 1));
	memcpy(l->state, clean.p, clean.n + 1);
	strbuf_fini(&clean);
}

static void set_url(char **url, struct str to)
{
	forget_url(*url);
	*url = xstrndup(to.p, to.n);
}

static bool is_ours(const struct lro *l, struct str url)
{
	return url.n && host_is_ours(url, str_from(l->resource_url));
}

static void wait_on(struct lro *l, int64_t told_ms)
{
	if (told_ms >= 0) {
		l->wait_ms = told_ms < TOLD_LEAST_MS  ? TOLD_LEAST_MS
			     : told_ms > TOLD_MOST_MS ? TOLD_MOST_MS
						      : told_ms;
		return;
	}
	l->wait_ms = l->own_wait_ms;
	l->own_wait_ms += l->own_wait_ms / 2;
	if (l->own_wait_ms > WAIT_LONGEST_MS)
		l->own_wait_ms = WAIT_LONGEST_MS;
}

static void go(struct lro *l, enum lro_phase phase, struct str url, int64_t told_ms)
{
	l->phase = phase;
	set_url(&l->poll_url, url);
	wait_on(l, told_ms);
}

static void ask_result(struct lro *l, const char *url)
{
	l->phase = LRO_RESULT;
	l->troubles = 0;
	set_url(&l->poll_url, str_from(url));
	l->wait_ms = 0;
}

static void succeed(struct lro *l)
{
	if (l->method == HTTP_PUT || l->method == HTTP_PATCH)
		ask_result(l, l->resource_url);
	else if (l->method == HTTP_POST && l->result_url)
		ask_result(l, l->result_url);
	else
		end(l, LRO_SUCCEEDED, NULL);
}

/* The operation's address is gone for good: only the resource can tell. */
static void lose(struct lro *l, const struct api_answer *a)
{
	if (l->method == HTTP_POST) {
		end_unknown(l, ERR_NOT_FOUND, "Azure has forgotten the operation");
		return;
	}
	l->is_lost = true;
	go(l, LRO_RESOURCE, str_from(l->resource_url), a->retry_after_ms);
}

static void trouble(struct lro *l, const struct api_answer *a)
{
	int most = l->phase == LRO_RESULT ? MOST_RESULT_TROUBLES : MOST_TROUBLES;

	l->err = a->err;
	/* Who is signed out is not told how it stands, and it stands all the same. */
	if (a->err.code == ERR_AUTH && l->phase != LRO_RESULT)
		wait_on(l, a->retry_after_ms);
	else if (++l->troubles < most && err_is_retryable(a->err.code))
		wait_on(l, a->retry_after_ms);
	else
		end(l, l->phase == LRO_RESULT ? LRO_SUCCEEDED : LRO_UNKNOWN, &a->err);
}

static bool is_young(const struct lro *l, int64_t now_utc_ms)
{
	int64_t age_ms = now_utc_ms - l->started_utc_ms;

	/* Less than nothing: the clock was set since, and nobody knows. */
	return age_ms >= 0 && age_ms < YOUNG_MS;
}

/* What a state means while it is polled; no state at all is an end, and a good one. */
static void judge(struct lro *l, const struct api_answer *a, const char *state)
{
	enum lro_outcome outcome = state ? meaning(state) : LRO_SUCCEEDED;

	if (outcome == LRO_RUNNING)
		wait_on(l, a->retry_after_ms);
	else if (outcome != LRO_SUCCEEDED)
		end(l, outcome, &a->err);
	else if (l->phase == LRO_OPERATION)
		succeed(l);
	else
		end(l, LRO_SUCCEEDED, NULL);
}

/* An Azure-AsyncOperation of a GET is not about this operation: Site Recovery sends
 * one with every answer. */
static void operation_answered(struct lro *l, const struct api_answer *a)
{
	const char *state = status_of(a->json);

	judge(l, a, state || a->status != 202 ? state : "InProgress");
}

static void location_answered(struct lro *l, const struct api_answer *a)
{
	const char *state = status_of(a->json);
	enum lro_outcome outcome = state ? meaning(state) : LRO_SUCCEEDED;

	if (outcome == LRO_FAILED || outcome == LRO_CANCELED) {
		end(l, outcome, &a->err);
	} else if (a->status == 202) {
		if (is_ours(l, a->location))
			set_url(&l->poll_url, a->location);
		wait_on(l, a->retry_after_ms);
	} else {
		succeed(l);
	}
}

static void resource_answered(struct lro *l, const struct api_answer *a)
{
	const char *state = provisioning(a->json);

	if (l->method != HTTP_DELETE)
		judge(l, a, state);
	else if (state && meaning(state) == LRO_FAILED)
		end(l, LRO_FAILED, &a->err);
	else if (l->is_lost && !str_eq_nocase(str_from(state), STR("deleting")))
		end_unknown(l, ERR_CONFLICT,
			    "Azure has forgotten the operation, and the resource is "
			    "still there");
	else
		wait_on(l, a->retry_after_ms);
}

static void result_answered(struct lro *l, const struct api_answer *a)
{
	if (l->method == HTTP_POST && a->status == 202)
		wait_on(l, a->retry_after_ms);
	else
		end(l, LRO_SUCCEEDED, NULL);
}

static bool is_gone(const struct api_answer *a)
{
	return a->status == 404 || a->status == 410;
}

static void operation_refused(struct lro *l, const struct api_answer *a, int64_t now)
{
	if (a->status == 404 && is_young(l, now))
		wait_on(l, a->retry_after_ms);
	else if (is_gone(a))
		lose(l, a);
	else
		trouble(l, a);
}

/* Location answers with what the operation itself ended with. */
static void location_refused(struct lro *l, const struct api_answer *a, int64_t now)
{
	if (a->status >= 400 && a->status < 500 && a->status != 401 && a->status != 403 &&
	    a->status != 408 && a->status != 429 && !is_gone(a))
		end(l, LRO_FAILED, &a->err);
	else
		operation_refused(l, a, now);
}

static void resource_refused(struct lro *l, const struct api_answer *a, int64_t now)
{
	if (is_gone(a) && l->method == HTTP_DELETE)
		end(l, LRO_SUCCEEDED, NULL);
	else if (a->status == 404 && is_young(l, now))
		wait_on(l, a->retry_after_ms);
	else
		trouble(l, a);
}

static void result_refused(struct lro *l, const struct api_answer *a, int64_t now)
{
	(void)now;
	trouble(l, a);
}

static const struct {
	void (*answered)(struct lro *l, const struct api_answer *a);
	void (*refused)(struct lro *l, const struct api_answer *a, int64_t now);
} phases[] = {
	[LRO_OPERATION] = {operation_answered, operation_refused},
	[LRO_LOCATION] = {location_answered, location_refused},
	[LRO_RESOURCE] = {resource_answered, resource_refused},
	[LRO_RESULT] = {result_answered, result_refused},
};

/* A 2xx whose body says nothing we can read is no answer, unless it needs none. */
static bool is_usable(const struct api_answer *a)
{
	return a->status >= 200 && a->status < 300 &&
	       (a->json || a->err.code == ERR_NONE);
}

void lro_take(struct lro *l, const struct api_answer *a, int64_t now_utc_ms)
{
	if (l->phase == LRO_ENDED)
		return;
	l->polls++;
	err_clear(&l->err);
	if (!is_usable(a)) {
		phases[l->phase].refused(l, a, now_utc_ms);
		return;
	}
	l->troubles = 0;
	note_state(l, a->json);
	phases[l->phase].answered(l, a);
}

/* The write itself was refused, or nobody knows. */
static void not_begun(struct lro *l, const struct api_answer *a)
{
	struct err err = a->err;
	bool is_open = a->is_unheard ? false
		       : a->status == 0
			       ? err.code == ERR_NETWORK || err.code == ERR_TIMEOUT
			       : a->status == 408 || a->status == 502 || a->status == 504;

	l->is_unheard = a->is_unheard;
	if (is_open)
		err_wrap(&err, "the change may have been made all the same");
	end(l, is_open ? LRO_UNKNOWN : LRO_FAILED, &err);
}

void lro_begin(struct lro *l, const struct api_answer *a, int64_t now_utc_ms)
{
	const char *state = provisioning(a->json);
	bool is_running = state && meaning(state) == LRO_RUNNING;

	l->started_utc_ms = now_utc_ms;
	if (a->status < 200 || a->status >= 300) {
		not_begun(l, a);
		return;
	}
	note_state(l, a->json);
	if (a->status != 204 && is_ours(l, a->async_operation)) {
		if (is_ours(l, a->location))
			set_url(&l->result_url, a->location);
		go(l, LRO_OPERATION, a->async_operation, a->retry_after_ms);
	} else if ((a->status == 202 || (a->status == 201 && (!state || is_running))) &&
		   is_ours(l, a->location)) {
		go(l, LRO_LOCATION, a->location, a->retry_after_ms);
	} else if (l->method != HTTP_POST && (a->status == 202 || is_running)) {
		go(l, LRO_RESOURCE, str_from(l->resource_url), a->retry_after_ms);
	} else if (a->status == 202 || is_running) {
		end_unknown(l, ERR_REFUSED,
			    "accepted, but without an address of ours to follow");
	} else {
		end(l, state ? meaning(state) : LRO_SUCCEEDED, &a->err);
	}
}
