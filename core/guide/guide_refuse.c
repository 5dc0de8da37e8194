/* What is not done, what is not known here, and what was not understood. See family.h. */
#include "guide/family.h"
#include "guide/kinds.h"
#include "guide/unsafe.h"

static void answer_unsafe(struct draft *d)
{
	const struct unsafe_rule *rule = d->plan->unsafe;

	if (!rule) {
		draft_admit(
			d, SAYS_READ_ONLY,
			"That gives orders, and asks nothing. Orders in a text change "
			"nothing here: only a person changes things, on a row, with an "
			"approval. Ask what is on the boards, and it is answered.\n");
		return;
	}
	draft_put(d, rule->what);
	draft_admit(d, rule->says, " is not done here");
	switch (rule->says) {
	case SAYS_SELF_APPROVAL:
		draft_put(d, ": nobody approves their own");
		break;
	case SAYS_EXPIRED:
		draft_put(d, ": what is expired stays so");
		break;
	case SAYS_NO_PERMISSION:
		draft_put(d, ": it may not be read or given out by anybody's question");
		break;
	case SAYS_NEEDS_APPROVAL:
		draft_put(d,
			  ": whatever changes something has to be approved by a person");
		break;
	default:
		draft_put(d, ": only a person changes things, with an approval");
	}
	draft_put(d, ". What is possible instead: ");
	draft_put(d, rule->instead);
	draft_put(d, "\n");
	if (rule->says != SAYS_READ_ONLY)
		answer_says(d->out, SAYS_READ_ONLY);
	if (rule->says != SAYS_READ_ONLY)
		draft_put(d,
			  "By a question nothing is changed; only a person does that.\n");
}

static void answer_out_of_scope(struct draft *d)
{
	draft_admit(d, SAYS_OUT_OF_SCOPE,
		    "That is not what azdeck knows about. It answers from its boards and "
		    "runbooks: cost, schedules, databases, recovery, logs, agents, "
		    "certificates, and what changed.\n");
	answer_unknown(d->out, "out of scope");
}

static void offer(struct draft *d, enum guide_kind kind)
{
	const char *example = kind_rows[kind].examples[0];

	if (!example)
		return;
	strbuf_printf(&d->text, "- %s\n", example);
	answer_ask(d->out, example);
}

static void answer_unclear(struct draft *d)
{
	static const enum guide_kind usual[] = {GUIDE_ACROSS_OPEN, GUIDE_COST_BUDGET,
						GUIDE_SQL_STATE,   GUIDE_DR_READY,
						GUIDE_AGENT_STUCK, GUIDE_CERT_EXPIRING,
						GUIDE_RUNBOOK_HOW};

	draft_admit(
		d, SAYS_AMBIGUOUS,
		"That was not understood. Of the questions the guide can answer, which "
		"one is meant? For example:\n\n");
	if (d->plan->also != GUIDE_UNCLEAR)
		offer(d, d->plan->also);
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (usual[i] != d->plan->also)
			offer(d, usual[i]);
}

const struct family_row family_refuse[] = {
	{.kind = GUIDE_UNSAFE, .type = ANSWER_REFUSE, .answer = answer_unsafe},
	{.kind = GUIDE_OUT_OF_SCOPE,
	 .type = ANSWER_UNKNOWN,
	 .answer = answer_out_of_scope},
	{.kind = GUIDE_UNCLEAR, .type = ANSWER_ASK, .answer = answer_unclear},
	{.kind = GUIDE_KINDS},
};
