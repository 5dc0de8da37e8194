/* Edges of schedules in the demo, as its clock passes them: what the configuration leaves
 * to azdeck is planned, run and seen to have helped, each kind once on and once off; the
 * others become proposals; and what went by while no azdeck ran is offered and never done.
 * One worker lives through it with a clock that leaps. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/secret.h"
#include "base/timefmt.h"
#include "fake/leap_loop.h"
#include "unit/scratch.h"
#include "worker/change/changes.h"

#define DAY	 "2026-03-11T"
#define NEXT_DAY "2026-03-12T"

/* From a minute before the edge until what it began is over: nodes take longest. */
enum { NODES = 5, OTHERS = 3, MISSED = 2, SEED = 1 };

static const char config[] =
	"{\"schedules\": {\"timezone\": \"Europe/Amsterdam\","
	" \"keep_awake\": [\"atlas-orders-test\"],"
	" \"unattended\": [\"indexers\", \"vm-qodex-dev-*\", \"qodex-scaleset\","
	" \"sql-test-weu/atlas-orders-*\"],"
	" \"propose\": [\"rg-atlas-test-weu/vm-*\", \"atlas-catalog-test\"]}}";

struct night {
	struct clock clock;
	struct library *library;
	struct worker *worker;
	struct changes *changes;
};

static void ignore_wake(void *ctx)
{
	(void)ctx;
}

static void read_news(struct night *n)
{
	struct mail *mail = worker_news(n->worker);

	while (mail) {
		struct mail *next = mail->next;

		if (mail->kind == NEWS_CHANGES) {
			changes_put(n->changes);
			n->changes = news_take_changes((struct news *)mail);
		}
		mail->free(mail);
		mail = next;
	}
}

static int64_t moment_ms(const char *text)
{
	int64_t ms;

	assert_true(time_parse(str_from(text), &ms));
	return ms;
}

static void begin(struct night *n, const char *at)
{
	struct worker_options options = {.clock = &n->clock,
					 .is_demo = true,
					 .config_path =
						 scratch_write("config.json",
							       str_from(config), 0600),
					 .by = "ann",
					 .seed = SEED,
					 .speed = 1};
	struct err err;

	*n = (struct night){.library = library_new(NULL, NULL, NULL)};
	options.library = n->library;
	clock_init_manual(&n->clock, moment_ms(at));
	leap_begin(&n->clock);
	n->worker = worker_start(&options, ignore_wake, NULL, &err);
	if (!n->worker)
		fail_msg("%s", err.text);
}

static void end(struct night *n)
{
	worker_stop(n->worker);
	changes_put(n->changes);
	library_free(n->library);
}

/* As on a machine that slept until then. */
static void live(struct night *n, const char *from, int minutes)
{
	int64_t slept_ms = moment_ms(from) - clock_wall_ms(&n->clock);

	clock_advance(&n->clock, slept_ms);
	leap(slept_ms + (int64_t)minutes * MINUTE_MS);
	read_news(n);
}

/* "action target word", in order of these, of what was planned since. */
static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_changes(const struct night *n, const char *from, const char *want)
{
	char lines[32][160], *order[32];
	size_t n_lines = 0, size = n->changes ? changes_size(n->changes) : 0;
	struct strbuf got;

	for (size_t i = 0; i < size && n_lines < COUNT(lines); i++) {
		const struct act_change *c = changes_at(n->changes, i);

		if (c->plan->made_ms < moment_ms(from))
			continue;
		assert_string_equal(c->plan->by, "schedule");
		snprintf(lines[n_lines], sizeof(lines[0]), "%s %s %s", c->plan->target,
			 c->plan->action, act_change_word(c));
		order[n_lines] = lines[n_lines];
		n_lines++;
	}
	qsort(order, n_lines, sizeof(order[0]), by_text);
	strbuf_init(&got, 8000);
	for (size_t i = 0; i < n_lines; i++)
		strbuf_printf(&got, "%s%s", i ? "|" : "", order[i]);
	check_text(from, strbuf_str(&got), want);
	strbuf_fini(&got);
}

static void test_edges(void **state)
{
	static const struct {
		const char *from;
		int minutes;
		const char *want;
	} stops[] = {
		/* 19:00 in Los Angeles; the machine's last change failed, which a person
		 * is to see. The agents' edge was hours ago. */
		{DAY "01:59:00Z", NODES,
		 "atlas-catalog-test sql-scale proposed|"
		 "indexers node-pool-scale helped|"
		 "qodex-scaleset elastic-pool-size proposed|"
		 "vm-atlas-test-02 vm-deallocate proposed"},
		/* 07:00 in Amsterdam */
		{DAY "05:59:00Z", OTHERS, "atlas-orders-test sql-serverless helped"},
		{DAY "13:59:00Z", NODES,
		 "indexers node-pool-scale helped|"
		 "vm-atlas-test-01 vm-start proposed|"
		 "vm-qodex-dev-01 vm-start helped"},
		{DAY "17:59:00Z", OTHERS,
		 "atlas-orders-test sql-serverless helped|"
		 "qodex-scaleset elastic-pool-size helped"},
		{NEXT_DAY "01:59:00Z", NODES,
		 "atlas-catalog-test sql-scale proposed|"
		 "indexers node-pool-scale helped|"
		 "vm-atlas-test-02 vm-deallocate proposed|"
		 "vm-qodex-dev-01 vm-deallocate helped"},
		{NEXT_DAY "05:59:00Z", OTHERS,
		 "atlas-orders-test sql-serverless helped|"
		 "qodex-scaleset elastic-pool-size helped"},
	};
	struct night n;

	(void)state;
	begin(&n, stops[0].from);
	for (size_t i = 0; i < COUNT(stops); i++) {
		live(&n, stops[i].from, stops[i].minutes);
		check_changes(&n, stops[i].from, stops[i].want);
	}
	end(&n);
}

/* It was not running at the edge: whatever the configuration leaves to it, a person
 * decides. */
static void test_missed(void **state)
{
	static const char at[] = DAY "03:00:00Z";
	struct night n;

	(void)state;
	begin(&n, at);
	live(&n, at, MISSED);
	check_changes(&n, at,
		      "atlas-catalog-test sql-scale proposed|"
		      "indexers node-pool-scale proposed|"
		      "qodex-scaleset elastic-pool-size proposed|"
		      "vm-atlas-test-02 vm-deallocate proposed");
	for (size_t i = 0; i < changes_size(n.changes); i++) {
		const struct plan *plan = changes_at(n.changes, i)->plan;

		check_case(plan->target,
			   strstr(plan->warnings[0], "Z: off") &&
				   strstr(plan->warnings[0], " was due at "));
	}
	end(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_missed),
	};

	if (!secret_setup())
		return 1;
	return cmocka_run_group_tests_name("edges", tests, scratch_make, scratch_drop);
}
