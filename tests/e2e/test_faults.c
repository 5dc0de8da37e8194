/* Every fault that can be had on request, through a whole worker: a good answer, then
 * the fault, then good again. What was there stays, with its age and the reason; the
 * other boards go on; it heals by itself. The clock leaps, so minutes take no time. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sanitize.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "fake/leap_loop.h"
#include "sim/fault/faults.h"
#include "worker/worker.h"

/* Seconds after the start. */
enum { BEFORE = 130, BEGIN = 140, DURING = 360, END = 400, AFTER = 620 };
#define START_MS INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */
#define PATH	 "*/databases"
#define ROWS	 29

struct fault_case {
	const char *fault;
	enum err_code code; /* ERR_NONE: it troubles nobody */
	const char *reason; /* the whole line */
};

#define AT_FAULT "; the service is at fault, not this machine; try again later"
#define SIGN_IN	 "; sign in again: azdeck login or az login"
#define PAGE                                                                             \
	"dbs: a web page came instead of JSON, such as a sign-in page: sign in again, "  \
	"or look at the proxy"

static const struct fault_case cases[] = {
	{"401", ERR_AUTH,
	 "dbs: ExpiredAuthenticationToken: The access token expiry UTC time is in the "
	 "past. (401)" SIGN_IN},
	{"claims", ERR_AUTH,
	 "dbs: InvalidAuthenticationToken: Continuous access evaluation resulted in "
	 "challenge with result: InteractionRequired and code: "
	 "TokenIssuedBeforeRevocationTimestamp. (401)" SIGN_IN},
	{"revoked", ERR_NONE, NULL},
	{"403", ERR_FORBIDDEN,
	 "dbs: AuthorizationFailed: no right to Microsoft.Sql/servers/databases/read on "
	 "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/resourceGroups/rg-... "
	 "(403); ask for a role with that action"},
	{"404", ERR_NOT_FOUND,
	 "dbs: ResourceNotFound: The Resource was not found. For more details please go "
	 "to https://aka.ms/ARMResourceNotFoundFix (404); it was deleted, moved or "
	 "renamed"},
	{"409", ERR_CONFLICT,
	 "dbs: AnotherOperationInProgress: Another operation is in progress on this "
	 "resource. (409); wait for the other operation"},
	{"412", ERR_CONFLICT,
	 "dbs: PreconditionFailed: The condition set in the If-Match header is not "
	 "satisfied. (412)"},
	{"no-subscription", ERR_NOT_FOUND,
	 "dbs: SubscriptionNotFound: The subscription could not be found. (404); check "
	 "the subscription and the tenant"},
	{"429", ERR_THROTTLED,
	 "dbs: TooManyRequests: The request is being throttled. (429); too many calls; "
	 "wait, it comes back by itself"},
	{"429-date", ERR_THROTTLED,
	 "dbs: TooManyRequests: The request is being throttled. (429); too many calls; "
	 "wait, it comes back by itself"},
	{"429-ms", ERR_THROTTLED,
	 "dbs: TooManyRequests: The request is being throttled. (429); too many calls; "
	 "wait, it comes back by itself"},
	{"429-short", ERR_THROTTLED,
	 "dbs: TooManyRequests: The request is being throttled. (429); too many calls; "
	 "wait, it comes back by itself"},
	{"429-cost", ERR_THROTTLED,
	 "dbs: 429: Too many requests. Please retry after 30 seconds. (429); too many "
	 "calls; wait, it comes back by itself"},
	{"delay", ERR_NONE, NULL},
	{"500", ERR_SERVICE,
	 "dbs: InternalServerError: Encountered internal server error. (500)" AT_FAULT},
	{"502", ERR_SERVICE,
	 "dbs: a gateway's error page came instead of an answer (502)" AT_FAULT},
	{"503", ERR_SERVICE,
	 "dbs: ServerBusy: The server is busy. Please try again later. (503)" AT_FAULT},
	{"504", ERR_TIMEOUT,
	 "dbs: a gateway's error page came instead of an answer (504); the service is "
	 "slow, not this machine; try again later"},
	{"slow", ERR_NONE, NULL},
	{"hang", ERR_TIMEOUT,
	 "dbs: HOST: no answer in 60 s; the service is slow or the line is bad"},
	{"drop", ERR_NETWORK,
	 "dbs: HOST: it closed without an answer; it restarts, or a proxy is in the way; "
	 "try again later"},
	{"lost", ERR_NETWORK,
	 "dbs: HOST: it closed without an answer; it restarts, or a proxy is in the way; "
	 "try again later"},
	{"cut", ERR_NETWORK,
	 "dbs: HOST: the answer was cut short; the line or a proxy is bad; try again"},
	{"gzip", ERR_PARSE,
	 "dbs: HOST: its compression cannot be undone; a proxy may have changed the "
	 "answer; azdeck doctor shows which"},
	{"type", ERR_PARSE,
	 "dbs: application/octet-stream came instead of JSON; check the connection's "
	 "base address, or a proxy that answers in its place"},
	{"html", ERR_AUTH, PAGE},
	{"redirect", ERR_AUTH, PAGE},
	{"junk", ERR_PARSE,
	 "dbs: the answer is no JSON, or was changed on the way: line 1, column 16: this "
	 "is not valid JSON"},
	{"array", ERR_PARSE,
	 "dbs: the answer is a list where an object is due; check the connection's base "
	 "address"},
	{"empty", ERR_PARSE,
	 "dbs: an empty answer came where JSON is due; a proxy may have taken it: azdeck "
	 "doctor"},
	{"filter", ERR_REFUSED,
	 "dbs: content_filter: The response was filtered due to the prompt triggering "
	 "Azure OpenAI's content management policy. Please modify your prompt and "
	 "retry. (400)"},
	{"filtered", ERR_NONE, NULL},
	{"stream-error", ERR_NONE, NULL},
	{"clock", ERR_AUTH,
	 "dbs: this machine's clock is 10m ahead; set it: InvalidAuthenticationToken: "
	 "The access token is not yet valid. (401)" SIGN_IN},
};

struct run {
	struct clock clock;
	struct library *library;
	struct worker *worker;
	const char *fault; /* the worker borrows it */
	/* As last published, held. */
	struct board *sql, *jobs;
	size_t n_stale; /* sql boards that were told stale */
};

static void ignore_wake(void *ctx)
{
	(void)ctx;
}

static void hold(struct board **at, struct board *board)
{
	board_put(*at);
	*at = board;
}

static void read_news(struct run *r)
{
	struct mail *mail = worker_news(r->worker);

	while (mail) {
		struct mail *next = mail->next;
		struct news *news = (struct news *)mail;
		struct board *board =
			mail->kind == NEWS_BOARD ? news_take_board(news) : NULL;

		if (mail->kind == NEWS_PROBLEM)
			fail_msg("a problem: %s", news->err.text);
		if (board && strcmp(board->def->name, "sql") == 0) {
			r->n_stale += board->is_stale;
			hold(&r->sql, board);
		} else if (board && strcmp(board->def->name, "jenkins-jobs") == 0) {
			hold(&r->jobs, board);
		} else {
			board_put(board);
		}
		mail->free(mail);
		mail = next;
	}
}

static void start(struct run *r, const char *fault)
{
	static const char *const wanted[] = {"sql", "jenkins-jobs"};
	struct worker_options options = {.clock = &r->clock,
					 .is_demo = true,
					 .seed = 1,
					 .speed = 1,
					 .faults = &r->fault,
					 .n_faults = 1};
	struct err err;

	*r = (struct run){.library = library_new(NULL, NULL, NULL), .fault = fault};
	options.library = r->library;
	clock_init_manual(&r->clock, START_MS);
	leap_begin(&r->clock);
	r->worker = worker_start(&options, ignore_wake, NULL, &err);
	assert_non_null(r->worker);
	worker_want(r->worker, wanted, 2);
}

static void stop(struct run *r)
{
	worker_stop(r->worker);
	hold(&r->sql, NULL);
	hold(&r->jobs, NULL);
	library_free(r->library);
}

/* Until so many seconds after the start. */
static void go_to(struct run *r, int64_t at_s)
{
	leap(START_MS + at_s * 1000 - clock_wall_ms(&r->clock));
	read_news(r);
}

static int64_t since_start_s(int64_t wall_ms)
{
	return (wall_ms - START_MS) / 1000;
}

/* The port is another in each run. */
static void put_reason(struct strbuf *out, const char *text)
{
	const char *host = strstr(text, "127.0.0.1:");

	if (!host) {
		strbuf_puts(out, text);
		return;
	}
	strbuf_printf(out, "%.*sHOST", (int)(host - text), text);
	host += strlen("127.0.0.1:");
	strbuf_puts(out, host + strspn(host, "0123456789"));
}

static void check_reason(const struct fault_case *c, const struct err *err)
{
	struct strbuf reason;

	strbuf_init(&reason, 1000);
	put_reason(&reason, err->text);
	if (err->code != c->code || strcmp(reason.p, c->reason) != 0)
		fail_msg("%s: %s: %s", c->fault, err_name(err->code), reason.p);
	check_case(c->fault, sanitize_is_clean(str_from(err->text)));
	check_case(c->fault, !strstr(err->text, "eyJ") && !strstr(err->text, "Bearer"));
	strbuf_fini(&reason);
}

/* Asked every minute, whatever happens to the other one. */
static void check_the_other(const struct fault_case *c, const struct run *r, int64_t at_s)
{
	const struct board *b = r->jobs;

	check_case(c->fault, b && !b->is_stale && !b->is_partial && b->n_rows > 0);
	check_case(c->fault, since_start_s(b->fetched_ms) > at_s - 80);
}

static void check_good(const struct fault_case *c, const struct run *r, int64_t since_s)
{
	const struct board *b = r->sql;

	check_case(c->fault, b && !b->is_stale && !b->is_partial && !b->is_loading);
	check_case(c->fault, b->n_rows == ROWS && b->err.code == ERR_NONE);
	check_case(c->fault, since_start_s(b->fetched_ms) >= since_s);
}

static void run_case(const struct fault_case *c)
{
	char spec[100];
	int64_t fetched_ms;
	struct run r;

	snprintf(spec, sizeof(spec), "%s:" PATH "@%ds-%ds", c->fault, BEGIN, END);
	start(&r, spec);
	go_to(&r, BEFORE);
	check_good(c, &r, BEFORE - 80);
	fetched_ms = r.sql->fetched_ms;
	go_to(&r, DURING);
	check_the_other(c, &r, DURING);
	if (c->code == ERR_NONE) {
		check_good(c, &r, DURING - 200);
		check_case(c->fault, r.n_stale == 0);
	} else {
		check_case(c->fault, r.sql->is_stale && r.sql->n_rows == ROWS);
		/* As old as it is, of the last time it was good. */
		check_case(c->fault, r.sql->fetched_ms >= fetched_ms &&
					     since_start_s(r.sql->fetched_ms) < BEGIN);
		check_case(c->fault, since_start_s(r.sql->asked_ms) > BEGIN);
		check_case(c->fault, r.sql->due_ms > r.sql->asked_ms);
		check_reason(c, &r.sql->err);
	}
	go_to(&r, AFTER);
	check_good(c, &r, END);
	check_the_other(c, &r, AFTER);
	stop(&r);
}

static void test_fault(void **state)
{
	run_case(*state);
}

/* No fault can be had that no case tells of; only 204 is an answer: there is nothing. */
static void test_all_there(void **state)
{
	const char *name, *what;

	(void)state;
	for (size_t i = 0; faults_describe(i, &name, &what); i++) {
		bool is_told = strcmp(name, "204") == 0;

		for (size_t k = 0; k < sizeof(cases) / sizeof(*cases); k++)
			is_told = is_told || strcmp(name, cases[k].fault) == 0;
		check_case(name, is_told);
	}
}

int main(void)
{
	enum { N = sizeof(cases) / sizeof(*cases) };
	struct CMUnitTest tests[N + 1] = {cmocka_unit_test(test_all_there)};

	for (size_t i = 0; i < N; i++)
		tests[i + 1] = (struct CMUnitTest){.name = cases[i].fault,
						   .test_func = test_fault,
						   .initial_state =
							   (void *)(uintptr_t)&cases[i]};
	return _cmocka_run_group_tests("faults", tests, N + 1, NULL, NULL);
}
