/* Readiness of recovery plans: when each was last tried, and what that proved.
 * Thread: any (no state). */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "board/read.h"
#include "dr/ready.h"

static const char *text_of(const struct ready_fact *fact, const char *column)
{
	return fact->row < 0 ? "" : read_text(fact->board, (size_t)fact->row, column);
}

static double number_of(const struct ready_fact *fact, const char *column)
{
	return fact->row < 0 ? NAN : read_number(fact->board, (size_t)fact->row, column);
}

static bool is_one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

static void say_age(struct ready *r, struct ready_fact fact)
{
	double last = number_of(&fact, "last"), age = (double)r->now_ms - last;
	double every = (double)DR_DRILL_EVERY_MS;
	bool is_never = strcmp(text_of(&fact, "state"), "Never tried") == 0;

	if (r->workload->drill_every_ms)
		every = (double)r->workload->drill_every_ms;
	fact.check = DR_DRILL_AGE;
	fact.is_known = isfinite(last) || is_never;
	fact.is_good = age <= every;
	fact.todo = is_never ? "nobody has ever tried it: plan a test failover this week"
			     : "plan a test failover; it touches nothing in production";
	if (is_never)
		ready_say(r, &fact, "never tried, due every %s", ready_span(every).text);
	else
		ready_say(r, &fact, "%s ago, due every %s", ready_span(age).text,
			  ready_span(every).text);
}

static void say_result(struct ready *r, struct ready_fact fact)
{
	static const char *const good[] = {"Succeeded", "CompletedWithInformation",
					   "Suspended", NULL};
	static const char *const open[] = {"none kept", "InProgress", "NotStarted", "",
					   NULL};
	const char *result = text_of(&fact, "result");

	fact.check = DR_DRILL_RESULT;
	fact.is_known = !is_one_of(result, open);
	fact.is_good = is_one_of(result, good);
	fact.todo = fact.is_known ? "dr-jobs has the step and the error: try again after "
				    "the cause is gone"
				  : "its job is not kept any more, or runs: try it again "
				    "and note the result";
	if (strcmp(result, "Suspended") == 0)
		ready_say(r, &fact, "%s", "done, waits for a person");
	else
		ready_say(r, &fact, "%s", *result ? result : "unknown");
}

static void say_measured(struct ready *r, struct ready_fact fact, const char *column,
			 double target)
{
	double measured = number_of(&fact, column);
	bool is_rto = fact.check == DR_DRILL_RTO;

	fact.is_known = isfinite(measured) && isfinite(target);
	fact.is_good = measured <= target;
	if (isfinite(measured) && isnan(target))
		fact.todo = is_rto ? "nobody promised an RTO: give the workload one"
				   : "nobody promised an RPO: give the workload one";
	else if (!fact.is_known)
		fact.todo = "the last drill did not say: try the plan again";
	else
		fact.todo = is_rto ? "see in dr-jobs which step took long, or promise "
				     "less"
				   : "the drill started from too old a point: look at "
				     "churn and bandwidth";
	ready_say(r, &fact, "%s, at most %s", ready_span(measured).text,
		  isfinite(target) ? ready_span(target).text : "nobody said what");
}

static void say_clean(struct ready *r, struct ready_fact fact)
{
	const char *state = text_of(&fact, "cleanup");

	fact.check = DR_DRILL_CLEAN;
	fact.is_known = *state != '\0';
	fact.is_good = strcmp(state, "done") == 0;
	fact.todo = "check the test machines, then have the test cleaned up: it holds "
		    "back the next one";
	ready_say(r, &fact, "%s", *state ? state : "unknown");
}

static void unseen(struct ready *r)
{
	for (int check = DR_DRILL_AGE; check <= DR_DRILL_CLEAN; check++)
		ready_unseen(r, (enum dr_check)check, "recovery plans", "dr-plans");
}

/* Databases may come back without a plan, machines do not: that is said of each. */
void ready_plans(struct ready *r)
{
	const struct ready_voucher vouchers[] = {
		{.board = r->boards->plans, .column = "name"},
		{.board = r->boards->items, .column = "plan"},
	};
	struct ready_parts parts;

	ready_gather(r, vouchers, COUNT(vouchers), false, &parts);
	for (size_t i = 0; i < parts.list.n; i++) {
		struct ready_fact fact = {.subject = parts.list.p[i].name,
					  .board = r->boards->plans,
					  .where = "dr-plans",
					  .row = parts.list.p[i].rows[0],
					  .absent = "the plan is not there"};

		say_age(r, fact);
		say_result(r, fact);
		fact.check = DR_DRILL_RTO;
		say_measured(r, fact, "took",
			     ready_promise(r->workload->rto_ms, number_of(&fact, "rto")));
		fact.check = DR_DRILL_RPO;
		say_measured(r, fact, "proven_rpo",
			     ready_promise(r->workload->rpo_ms,
					   number_of(&fact, "rpo_target")));
		say_clean(r, fact);
	}
	if (parts.list.n == 0 && !parts.is_complete)
		unseen(r);
	ready_parts_fini(&parts);
}
