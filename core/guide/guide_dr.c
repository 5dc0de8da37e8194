/* Disaster recovery: readiness, what drills measured, lag, and what force loses. See
 * family.h. */
#include "base/count.h"
#include "board/read.h"
#include "guide/family.h"

static const struct tell plans_never_tested = {
	.board = "dr-plans",
	.names = "name,workload",
	.filter = "state:never",
	.most = 2,
	.none = "There is none: every plan was tested.",
	.phrase = "{name} ({workload}) was never tested: it is {!state}.",
	.is_extra = true};

static void answer_drills(struct wording *d)
{
	static const struct tell drills = {
		.board = "drills",
		.names = "subject,workload",
		.order = "started",
		.when = "started",
		.most = 3,
		.phrase = "{subject} ({kind}) – {!state} on {started}[, took {took}][; "
			  "stopped at {step}][; the next one is due {due}]{@D}.",
		.none = "There is none: no drill is known."};

	if (str_find_nocase(d->question, STR("never")) >= 0 ||
	    str_find_nocase(d->question, STR("untested")) >= 0) {
		struct tell plans = plans_never_tested;

		plans.is_extra = false;
		if (tell_rows(d, &plans) == TELL_SAID)
			answer_says(d->out, SAYS_NEVER_TESTED);
		return;
	}
	tell_all(d, &drills, 1);
	if (d->out->type == ANSWER_FACT && tell_rows(d, &plans_never_tested) == TELL_SAID)
		answer_says(d->out, SAYS_NEVER_TESTED);
}

static void answer_forced(struct wording *d)
{
	static const struct tell group = {
		.board = "dr-groups",
		.names = "name,workload",
		.none = "There is none: no failover group is read."};
	const struct board *board;
	const struct row *row = tell_one(d, &group, &board);

	if (!row)
		return;
	wording_row(d,
		    "Forced, {name} loses what its secondary {secondary} does not have "
		    "yet: it is {!lag} behind[, measured {lag_age}], and its replication "
		    "is {state}.\n",
		    board, row);
	wording_row(d, "It fails over {policy}[, after {grace}].\n", board, row);
	wording_admit(d, SAYS_NEEDS_APPROVAL,
		      "A forced one has to be approved (`failover-group-force` on "
		      "`:dr-groups`); `failover-group-failover` loses nothing, while "
		      "both sides answer.\n");
}

/* Whether a name in the question is that of a side that only follows. */
static bool asks_of_secondary(const struct wording *d)
{
	const struct board *board = evidence_board(d->e, "dr-groups");

	for (size_t i = 0; board && i < board->n_rows; i++)
		for (size_t k = 0; k < d->plan->n_subjects; k++) {
			const char *secondary = read_text(board, i, "secondary");

			if (secondary[0] &&
			    str_find_nocase(str_from(secondary),
					    str_from(d->plan->subjects[k])) >= 0)
				return true;
		}
	return false;
}

static void answer_lag(struct wording *d)
{
	static const struct tell tells[] = {
		{.board = "dr-groups",
		 .names = "name,primary,secondary",
		 .order = "lag",
		 .most = 2,
		 .phrase = "{name} – the secondary is {!lag} behind[, measured "
			   "{lag_age}]; replication is {state}.",
		 .none = "There is none: no failover group is read."},
		{.board = "sql-replicas",
		 .names = "database,server",
		 .filter = "use:reads",
		 .is_kind = true,
		 .order = "lag",
		 .most = 2,
		 .phrase = "{database} on {server} is {!lag} behind; replication is "
			   "{state}.",
		 .only_named = true},
		{.board = "dr-items",
		 .names = "name,plan",
		 .order = "rpo",
		 .most = 2,
		 .phrase = "{name} – its copy is {!rpo} behind, where {rpo_target} "
			   "may be; its health is {health}[; {error}].",
		 .only_named = true}};

	tell_all(d, tells, COUNT(tells));
	if (d->known && asks_of_secondary(d))
		wording_admit(
			d, SAYS_PRIMARY_ONLY,
			"How far a secondary is behind it cannot tell itself: only "
			"the primary knows it, and this is what the primary says.\n");
}

const struct family_row family_dr[] = {
	{.kind = GUIDE_DR_READY,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "dr-readiness",
		    .names = "workload",
		    .filter = "check:score",
		    .is_kind = true,
		    .most = 3,
		    .phrase = "{workload} is {!verdict} – score {score}, {value}[; first "
			      "to do: {todo}].",
		    .none = "There is none: no workload has a recovery to be checked."},
		   {.board = "dr-groups",
		    .names = "name,primary,secondary",
		    .most = 2,
		    .phrase = "{name} ({workload}) – replication is {!state}, {lag} "
			      "behind; its two sides {sides}.",
		    .only_named = true},
		   {.board = "dr-plans",
		    .names = "name",
		    .most = 2,
		    .phrase = "{name} ({workload}) is {!state} – last drilled {last}, "
			      "{result}, in {took} against an RTO of {rto}.",
		    .only_named = true},
		   {.board = "sql-replicas",
		    .names = "database",
		    .filter = "use:reads",
		    .most = 2,
		    .phrase = "{database} on {server} – replication is {!state}, {lag} "
			      "behind[, in the group {failover_group}].",
		    .only_named = true}},
	 .runbook = "dr readiness",
	 .follow_ups = {"What RTO did the last drill measure?",
			"How far behind is the replica?"}},
	{.kind = GUIDE_DR_MEASURED,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "drills",
		    .names = "subject,workload",
		    .filter = "kind:failover",
		    .is_kind = true,
		    .order = "started",
		    .most = 2,
		    .phrase = "{subject} on {started} – took {!took} against an RTO of "
			      "{rto}[, lost {lost} against an RPO of {rpo}]; {state}.",
		    .none = "There is none: no drill has measured anything."},
		   {.board = "dr-plans",
		    .names = "name",
		    .most = 1,
		    .phrase = "{name} is {!state}; nothing was measured.",
		    .only_named = true}},
	 .follow_ups = {"When was the last DR drill?", "Could it fail over now?"}},
	{.kind = GUIDE_DR_LAG,
	 .type = ANSWER_FACT,
	 .answer = answer_lag,
	 .runbook = "dr replication lag",
	 .follow_ups = {"What would a forced failover lose?", "Could it fail over now?"}},
	{.kind = GUIDE_DR_FORCED,
	 .type = ANSWER_FACT,
	 .answer = answer_forced,
	 .runbook = "forced failover",
	 .follow_ups = {"Could it fail over now?", "How far behind is the replica?"}},
	{.kind = GUIDE_DR_DRILLS,
	 .type = ANSWER_FACT,
	 .answer = answer_drills,
	 .follow_ups = {"What RTO did the last drill measure?",
			"Could it fail over now?"}},
	{.kind = GUIDE_UNCLEAR},
};
