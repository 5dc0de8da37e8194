/* Certificates: which run out, and whether one is to blame. See family.h. */
#include "guide/family.h"

static const struct tell served = {.board = "certs",
				   .names = "endpoint,subject,names",
				   .order = "-left",
				   .most = 2,
				   .phrase =
					   "{endpoint} is {!state}; its certificate ends "
					   "{ends}, with {left} days left[; {reason}].",
				   .none = "There is none: no endpoint is probed."};

static void answer_cause(struct wording *d)
{
	static const struct tell bad = {
		.board = "certs",
		.least = SEV_WARN,
		.most = 3,
		.head = "What endpoints serve that can be the cause:\n",
		.phrase = "{endpoint} is {!state}, ends {ends}[; {reason}].",
		.none = "There is none: every endpoint serves a certificate that clients "
			"trust, which rules it out for those."};
	const struct board *board;
	const struct row *row;

	if (!d->plan->n_subjects) {
		tell_all(d, &bad, 1);
		wording_put(
			d,
			"A certificate breaks every client that checks it, from one "
			"moment on; what fails only now and then is something else.\n");
		return;
	}
	row = tell_one(d, &served, &board);
	if (!row)
		return;
	wording_row(d,
		    "Evidence: {endpoint} serves a certificate that is {!state} and ends "
		    "{ends}[; {reason}].\n",
		    board, row);
	wording_put(
		d, row->sev >= SEV_WARN
			   ? "So it can be the cause: a client that checks it fails, and "
			     "all of them do so since the same moment.\n"
			   : "That rules the certificate out, for clients with the usual "
			     "roots: look behind it, at what the endpoint answers.\n");
}

const struct family_row family_certs[] = {
	{.kind = GUIDE_CERT_EXPIRING,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "certs",
		    .names = "endpoint,subject,names",
		    .order = "-left",
		    .most = 2,
		    .phrase = "{endpoint} is {!state}; its certificate ends {ends}, with "
			      "{left} days left[; {reason}].",
		    .none = "There is none: no endpoint is probed."},
		   {.board = "keyvault-certs",
		    .names = "name,vault",
		    .order = "-days",
		    .most = 1,
		    .phrase = "In the vault {vault}, {name} ends {!ends}, {days} days "
			      "left[; renewed last {renewed}].",
		    .is_extra = true},
		   {.board = "k8s-certificates",
		    .names = "name,names",
		    .order = "-days",
		    .most = 1,
		    .phrase = "In {cluster}, {name} is {!state}, {days} days left[; "
			      "{reason}].",
		    .only_named = true}},
	 .runbook = "certificate expiry",
	 .follow_ups = {"Is it the certificate?"}},
	{.kind = GUIDE_CERT_CAUSE,
	 .type = ANSWER_DIAG,
	 .answer = answer_cause,
	 .runbook = "certificate expiry",
	 .follow_ups = {"Which certificates expire soon?"}},
	{.kind = GUIDE_UNCLEAR},
};
