/* Agents and pipelines: why a job waits, whether scaling keeps up, who is gone, what
 * failed, and the proposal to run it again. See family.h. */
#include <stdio.h>

#include "board/read.h"
#include "guide/family.h"

static const struct tell waits = {.board = "agent-waits",
				  .names = "job,run,pool",
				  .order = "wait",
				  .most = 3,
				  .phrase = "{job} (run {run}) has waited {wait} – "
					    "{!reason}[; {evidence}][. To do: {todo}].",
				  .none = "There is none: no job waits."};
static const struct tell jobs = {.board = "agent-jobs",
				 .names = "pipeline,build,agent",
				 .order = "queued",
				 .most = 1,
				 .phrase = "{pipeline} (run {build}) is {!state}[ on "
					   "{agent}] in {pool}[, since {assigned}].",
				 .only_named = true};

/* The first of them is held up by the cap. */
static void admit_cap(struct wording *d)
{
	struct board *board = wording_board(d, "agent-waits");
	struct matched list = {0};

	if (board && tell_pick(d, &waits, board, &list) != MATCH_NONE)
		for (size_t i = 0; i < list.rows.n && i < waits.most; i++) {
			size_t row = (size_t)(list.rows.p[i] - board->rows);

			if (strcmp(read_text(board, row, "reason"), "parallel jobs") ==
			    0) {
				wording_admit(d, SAYS_CAP_BINDS,
					      "There the cap on parallel jobs binds: "
					      "more agents do not help.\n");
				break;
			}
		}
	vec_fini(&list.rows);
}

static void answer_stuck(struct wording *d)
{
	const struct tell tells[] = {waits, jobs};

	tell_all(d, tells, 2);
	if (d->out->type != ANSWER_DIAG || !d->known)
		return;
	admit_cap(d);
	wording_put(d, "The reason is the first that holds in the order in which Azure "
		       "DevOps checks them, which rules out those before it.\n");
}

static void answer_again(struct wording *d)
{
	static const struct tell failed = {
		.board = "builds",
		.names = "pipeline,build,id",
		.filter = "/^failed$|^canceled$/",
		.order = "queued",
		.most = 1,
		.none = "There is none that failed, so there is none to run again."};
	struct board *board = wording_board(d, "builds");
	struct matched list = {0};
	char proposal[400];
	enum match_result match;

	if (!board)
		return;
	match = tell_pick(d, &failed, board, &list);
	if (match == MATCH_NONE) {
		tell_not_found(d, board, failed.names);
	} else if (match == MATCH_ALL && list.rows.n > 1) {
		tell_ask(d, board, failed.names, &list);
	} else if (!list.rows.n) {
		d->out->type = ANSWER_FACT;
		d->known++;
		wording_admit(d, SAYS_NONE_FOUND, failed.none);
		wording_put(d, "\n");
	} else {
		snprintf(proposal, sizeof(proposal), "stage-rerun builds/%.*s",
			 STR_ARG(list.rows.p[0]->key));
		answer_propose(d->out, proposal);
		wording_row(
			d,
			"Proposed, and nothing more: `stage-rerun` for {pipeline} run "
			"{build}, which {!state}[ on {branch}], queued {queued}.\n",
			board, list.rows.p[0]);
		wording_admit(d, SAYS_NEEDS_APPROVAL,
			      "It has to be approved: plan it on its row of `:builds`. "
			      "What it did until it failed is done again.\n");
	}
	vec_fini(&list.rows);
}

static void answer_offline(struct wording *d)
{
	static const struct tell tells[] = {
		{.board = "agents",
		 .names = "pool",
		 .filter = "state:offline",
		 .most = 2,
		 .phrase = "{name} in {pool} is {!state} since {since}.",
		 .none = "There is none: no agent is offline."},
		{.board = "agents",
		 .names = "name",
		 .most = 2,
		 .phrase = "{name} in {pool} is {!state} since {since}.",
		 .only_named = true}};

	if (!tell_is_named(d, tells, 2) && evidence_board(d->e, "agents")) {
		wording_field(d, "agents.count[offline]");
		wording_put(d, " of ");
		wording_field(d, "agents.count");
		wording_put(d, " agents are offline.\n");
	}
	tell_all(d, tells, 2);
}

const struct family_row family_agents[] = {
	{.kind = GUIDE_AGENT_STUCK,
	 .type = ANSWER_DIAG,
	 .answer = answer_stuck,
	 .runbook = "agent job stuck",
	 .follow_ups = {"Does the scaler keep up with the queue?",
			"Which agents are offline?"}},
	{.kind = GUIDE_AGENT_SCALER,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "agent-scaling",
		    .names = "pool",
		    .order = "queued",
		    .most = 3,
		    .phrase = "{pool} – {!queued} jobs wait, {online} agents are online, "
			      "{busy} busy, {idle} idle[; the scaler wants {wanted}][, "
			      "{max} at "
			      "most]; {step}[ – {evidence}].",
		    .none = "There is none: no pool is read."}},
	 .runbook = "agent scaler",
	 .follow_ups = {"Which jobs are waiting?", "Which agents are offline?"}},
	{.kind = GUIDE_AGENT_OFFLINE,
	 .type = ANSWER_FACT,
	 .answer = answer_offline,
	 .runbook = "agent offline",
	 .follow_ups = {"Which jobs are waiting?"}},
	{.kind = GUIDE_RUN_FAILED,
	 .type = ANSWER_DIAG,
	 .tells = {{.board = "build-failures",
		    .names = "pipeline,build,id",
		    .order = "ended",
		    .when = "ended",
		    .most = 2,
		    .phrase = "{pipeline} run {build} on {branch} failed[ in the stage "
			      "{stage}] at the task {!task}[ – \"{error}\"]; commit "
			      "{commit}, for {by}, ended {ended}.",
		    .none = "There is none: no run failed then."},
		   {.board = "builds",
		    .names = "pipeline,build,id",
		    .order = "queued",
		    .when = "queued",
		    .most = 1,
		    .phrase = "{pipeline} run {build} is {!state}[ on {branch}], queued "
			      "{queued} for {by}.",
		    .only_named = true},
		   {.board = "pipelines",
		    .names = "pipeline",
		    .most = 1,
		    .phrase = "{pipeline} – its last run {build} {!state}, {success} of "
			      "{runs} runs succeeded.",
		    .only_named = true},
		   {.board = "terraform-runs",
		    .names = "workspace",
		    .most = 1,
		    .phrase = "{workspace} – its run is {!state}.",
		    .only_named = true}},
	 .runbook = "pipeline failed",
	 .follow_ups = {"What changed in the last hour?"}},
	{.kind = GUIDE_RUN_AGAIN,
	 .type = ANSWER_PROPOSE,
	 .answer = answer_again,
	 .follow_ups = {"Which pipelines are broken?"}},
	{.kind = GUIDE_UNCLEAR},
};
