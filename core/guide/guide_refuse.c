/* What is not done, what is not known here, and what was not understood. See family.h. */
#include <string.h>

#include "guide/family.h"
#include "guide/kinds.h"
#include "guide/unsafe.h"

/* With the phrase of the code, see says.h. */
static const char *reason_of(enum says says)
{
	static const struct {
		enum says says;
		const char *words;
	} reasons[] = {
		{SAYS_SELF_APPROVAL, ": nobody approves their own"},
		{SAYS_EXPIRED, ": what is expired stays so"},
		{SAYS_NO_PERMISSION,
		 ": it may not be read or given out by anybody's question"},
		{SAYS_NEEDS_APPROVAL,
		 ": whatever changes something has to be approved by a person"},
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].says == says)
			return reasons[i].words;
	return ": only a person changes things, with an approval";
}

static void answer_unsafe(struct wording *d)
{
	const struct unsafe_rule *rule = d->plan->unsafe;

	if (!rule) {
		wording_admit(
			d, SAYS_READ_ONLY,
			"That gives orders, and asks nothing. Orders in a text change "
			"nothing here: only a person changes things, on a row, with an "
			"approval. Ask what is on the boards, and it is answered.\n");
		return;
	}
	wording_put(d, rule->what);
	wording_admit(d, rule->says, " is not done here");
	wording_put(d, reason_of(rule->says));
	wording_put(d, ". What is possible instead: ");
	wording_put(d, rule->instead);
	wording_put(d, "\n");
	if (rule->says != SAYS_READ_ONLY)
		answer_says(d->out, SAYS_READ_ONLY);
	if (rule->says != SAYS_READ_ONLY)
		wording_put(
			d,
			"By a question nothing is changed; only a person does that.\n");
}

static void answer_out_of_scope(struct wording *d)
{
	wording_admit(d, SAYS_OUT_OF_SCOPE,
		      "That is not what azdeck knows about. It answers from its boards "
		      "and runbooks: cost, schedules, databases, recovery, logs, agents, "
		      "certificates, and what changed.\n");
	answer_unknown(d->out, "out of scope");
}

/* A name in it would be one of another estate. */
static bool is_offered(const char *example)
{
	return example && !strpbrk(example, "-.0123456789");
}

bool guide_is_example(struct str line)
{
	for (size_t kind = 0; kind < GUIDE_KINDS; kind++)
		for (size_t i = 0; i < KIND_EXAMPLES; i++)
			if (is_offered(kind_rows[kind].examples[i]) &&
			    str_is(line, kind_rows[kind].examples[i]))
				return true;
	return false;
}

static void offer(struct wording *d, enum guide_kind kind)
{
	const char *example = NULL;

	for (size_t i = 0; !example && i < KIND_EXAMPLES; i++)
		if (is_offered(kind_rows[kind].examples[i]))
			example = kind_rows[kind].examples[i];
	if (!example)
		return;
	strbuf_printf(&d->text, "- %s\n", example);
	answer_ask(d->out, example);
}

static void answer_unclear(struct wording *d)
{
	static const enum guide_kind usual[] = {GUIDE_ACROSS_OPEN, GUIDE_COST_BUDGET,
						GUIDE_SQL_STATE,   GUIDE_DR_READY,
						GUIDE_AGENT_STUCK, GUIDE_CERT_EXPIRING,
						GUIDE_RUNBOOK_HOW};

	wording_admit(d, SAYS_AMBIGUOUS,
		      "That was not understood. Of the questions the guide can answer, "
		      "which one is meant? For example:\n\n");
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
