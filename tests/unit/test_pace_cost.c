/* Many cost queries at once, through the governor and what the headers say, against
 * the units of a real tenant: none may be refused, and it may not take for ever. Time
 * is counted, not waited for. */
#include "unit/check.h"

#include <stdio.h>

#include "azure/throttle.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "net/governor.h"
#include "sim/qpu.h"

enum { AT_ONCE = 8 };

#define KEY STR("contoso cost")

/* On its way; the server counts it in the middle. */
struct flight {
	int64_t counted_ms, back_ms;
	bool is_counted;
	int status;
	struct http_header headers[4];
	size_t n_headers;
	char text[4][96];
};

struct tenant {
	struct governor governor;
	struct qpu qpu;
	struct flight flights[AT_ONCE];
	size_t n_flights;
	int64_t now_ms;
	int n_sent, n_done, n_refused;
};

static void count(struct tenant *t, struct flight *f)
{
	struct arena arena;
	struct reply rep;

	arena_init(&arena);
	reply_init(&rep, &arena);
	qpu_take(&t->qpu, f->counted_ms, 1, &rep);
	f->status = rep.status;
	for (size_t i = 0; i < rep.n_headers && i < 4; i++) {
		snprintf(f->text[i], sizeof(f->text[i]), "%s", rep.headers[i].value);
		f->headers[f->n_headers++] =
			(struct http_header){str_from(rep.headers[i].name),
					     str_from(f->text[i])};
	}
	reply_fini(&rep);
	arena_fini(&arena);
	f->is_counted = true;
}

static void come_back(struct tenant *t, const struct flight *f)
{
	const struct http_response response = {.status = f->status,
					       .headers = f->headers,
					       .n_headers = f->n_headers};
	struct http_pace pace = {.retry_ms = -1, .left = -1};

	throttle_read(&response, &pace);
	governor_release(&t->governor, KEY, t->now_ms, f->status, &pace);
	if (f->status == 429)
		t->n_refused++;
	else
		t->n_done++;
}

/* What happens next, and when; the millisecond after the last start otherwise. */
static int64_t next_ms(const struct tenant *t, int64_t wait_ms)
{
	int64_t next = wait_ms > 0 ? t->now_ms + wait_ms : INT64_MAX;

	for (size_t i = 0; i < t->n_flights; i++) {
		const struct flight *f = &t->flights[i];
		int64_t at = f->is_counted ? f->back_ms : f->counted_ms;

		if (at < next)
			next = at;
	}
	return next;
}

static void move_on(struct tenant *t, int64_t to_ms)
{
	t->now_ms = to_ms;
	for (size_t i = t->n_flights; i-- > 0;) {
		struct flight *f = &t->flights[i];

		if (!f->is_counted && f->counted_ms <= to_ms)
			count(t, f);
		if (!f->is_counted || f->back_ms > to_ms)
			continue;
		struct flight over = *f;

		for (size_t k = 0; k < over.n_headers; k++)
			over.headers[k].value = str_from(over.text[k]);
		t->flights[i] = t->flights[--t->n_flights];
		for (size_t k = 0; k < t->flights[i].n_headers; k++)
			t->flights[i].headers[k].value = str_from(t->flights[i].text[k]);
		come_back(t, &over);
	}
}

static void ask_all(struct tenant *t, int n_queries, int64_t takes_ms)
{
	while (t->n_done + t->n_refused < n_queries) {
		int64_t wait = GOVERNOR_WAIT_FOR_RELEASE;

		while (t->n_sent < n_queries &&
		       (wait = governor_admit(&t->governor, KEY, t->now_ms)) == 0) {
			int64_t half = (takes_ms + t->n_sent % 5 * 90) / 2;

			assert_true(t->n_flights < AT_ONCE);
			t->flights[t->n_flights++] =
				(struct flight){.counted_ms = t->now_ms + half,
						.back_ms = t->now_ms + 2 * half};
			t->n_sent++;
		}
		move_on(t, next_ms(t, wait));
	}
}

static void test_no_refusal(void **state)
{
	static const struct {
		const char *name;
		int n_queries;
		int64_t takes_ms, begins_ms, most_s;
	} cases[] = {
		{"a small tenant opens the deck", 9, 700, 0, 3},
		{"all cost boards of a small tenant", 27, 700, 0, 40},
		{"fifty subscriptions", 150, 900, 0, 330},
		{"fifty, in the middle of a window", 150, 900, 57300, 330},
		{"answers at once", 100, 20, 3000, 220},
		{"slow answers", 60, 9000, 0, 200},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tenant t = {.qpu = QPU_REAL, .now_ms = cases[i].begins_ms};

		governor_init(&t.governor, AT_ONCE);
		ask_all(&t, cases[i].n_queries, cases[i].takes_ms);
		if (t.n_refused || t.now_ms - cases[i].begins_ms > cases[i].most_s * 1000)
			fail_msg("%s: %d refused, %lld s", cases[i].name, t.n_refused,
				 (long long)(t.now_ms - cases[i].begins_ms) / 1000);
		print_message("# %s: %d queries in %lld s\n", cases[i].name,
			      cases[i].n_queries,
			      (long long)(t.now_ms - cases[i].begins_ms) / 1000);
		governor_fini(&t.governor);
	}
}

/* A request of Cost Management, and how often each subscription is asked it. */
static int queries_of(const struct request_def *request)
{
	enum { TAGS = 2 }; /* that a subscription uses, of those that are looked for */

	if (!strstr(request->path, "Microsoft.CostManagement/"))
		return 0;
	return strstr(request->path, "tag.id") ? TAGS : 1;
}

/* Those of all boards that are due at this hour of the shift. */
static int queries_due(const struct library *library, int hour)
{
	int n = 0;

	for (size_t i = 0; i < library_size(library); i++) {
		const struct board_def *def = library_at(library, i);

		for (size_t k = 0; k < def->n_requests; k++) {
			int hours = (int)(def->requests[k].interval_ms / HOUR_MS);
			int each = queries_of(&def->requests[k]);

			if (each > 0)
				assert_true(hours >= 4);
			if (each > 0 && hour % hours == 0)
				n += each;
		}
	}
	return n;
}

/* Twelve hours with every board in sight, nothing of it kept from before. */
static void test_shift(void **state)
{
	static const struct {
		int subs;
		int64_t first_most_s, later_most_s;
	} cases[] = {{3, 90, 60},     {10, 300, 180},  {30, 1500, 900}, {36, 5400, 900},
		     {40, 5400, 900}, {50, 5400, 900}, {80, 9000, 1800}};
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tenant t = {.qpu = QPU_REAL};
		int asked = 0;

		governor_init(&t.governor, AT_ONCE);
		for (int hour = 0; hour < 12; hour++) {
			int64_t began_ms = hour * HOUR_MS, took_s;
			int n = queries_due(library, hour) * cases[i].subs;

			if (n == 0)
				continue;
			if (t.now_ms < began_ms)
				t.now_ms = began_ms;
			began_ms = t.now_ms;
			t.n_sent = t.n_done = 0;
			ask_all(&t, n, 700);
			asked += n;
			took_s = (t.now_ms - began_ms) / 1000;
			if (t.n_refused || took_s > (hour ? cases[i].later_most_s
							  : cases[i].first_most_s))
				fail_msg("%d subscriptions, hour %d: %d refused, %d s",
					 cases[i].subs, hour, t.n_refused, (int)took_s);
			print_message("# %d subscriptions, hour %d: %d queries in %d s\n",
				      cases[i].subs, hour, n, (int)took_s);
		}
		assert_true(asked > 0);
		governor_fini(&t.governor);
	}
	library_free(library);
}

/* The longest of the three counts, and only of a refusal. */
static void test_refusal(void **state)
{
	struct qpu qpu = {{0, 0, 0}, {0}, {0}};
	struct http_pace pace = {.retry_ms = -1, .left = -1};
	struct http_header headers[8];
	struct http_response response = {.status = 429, .headers = headers};
	struct arena arena;
	struct reply rep;

	(void)state;
	arena_init(&arena);
	reply_init(&rep, &arena);
	assert_false(qpu_take(&qpu, 3600 * 1000 - 42 * 1000, 1, &rep));
	assert_int_equal(rep.status, 429);
	for (size_t i = 0; i < rep.n_headers; i++)
		headers[response.n_headers++] =
			(struct http_header){str_from(rep.headers[i].name),
					     str_from(rep.headers[i].value)};
	throttle_read(&response, &pace);
	assert_int_equal(pace.retry_ms, 42000);
	reply_fini(&rep);
	arena_fini(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_refusal),
		cmocka_unit_test(test_shift),
		cmocka_unit_test(test_refusal),
	};

	return cmocka_run_group_tests_name("pace_cost", tests, NULL, NULL);
}
