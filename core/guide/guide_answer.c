/* The guide's answer: its family drafts, the draft is grounded, and what it has to admit
 * is said. A draft none of whose figures are known is no fact. */
#include <stdio.h>
#include <string.h>

#include "answer/ground.h"
#include "guide/family.h"

enum { DRAFT_BYTES = 32 << 10, NAME_MOST = 128 }; /* as in struct guide_plan */

static const struct family_row *find(enum guide_kind kind)
{
	static const struct family_row *const families[] = {
		family_cost,   family_hours,  family_sql,   family_dr,
		family_logs,   family_agents, family_certs, family_runbooks,
		family_across, family_refuse};

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		for (const struct family_row *row = families[i];
		     row->answer || row->tells[0].board; row++)
			if (row->kind == kind)
				return row;
	return &family_refuse[0];
}

static void tell(struct wording *d, const struct family_row *row)
{
	size_t n = 0;

	while (n < FAMILY_TELLS && row->tells[n].board)
		n++;
	if (row->answer)
		row->answer(d);
	else
		tell_all(d, row->tells, n);
}

/* Nothing that was asked for is known: the text says so, and where it would come from. */
static void settle_type(struct wording *d)
{
	enum answer_type type = d->out->type;

	if ((type != ANSWER_FACT && type != ANSWER_DIAG) || d->known || !d->unknown)
		return;
	d->out->type = ANSWER_UNKNOWN;
	answer_says(d->out, SAYS_UNKNOWN);
	if (!d->out->n_unknowns)
		answer_unknown(d->out, d->plan->n_boards ? d->plan->boards[0] : "");
}

static void add_runbook(struct wording *d, const struct family_row *row)
{
	if (row->runbook &&
	    (d->out->type == ANSWER_DIAG || d->out->type == ANSWER_PROPOSE))
		(void)wording_runbook(d, "What to do:", row->runbook);
}

static void admit_partial(struct wording *d)
{
	for (size_t i = 0; i < d->plan->n_boards; i++) {
		const struct board *board = evidence_board(d->e, d->plan->boards[i]);

		if (!board || !board->is_partial ||
		    (d->out->says & (UINT64_C(1) << SAYS_PARTIAL)))
			continue;
		wording_admit(d, SAYS_PARTIAL, "For `:");
		wording_put(d, board->def->name);
		wording_put(d, "` not everything could be read.\n");
	}
}

static void admit_claims(struct answer *out)
{
	for (size_t i = 0; i < out->n_claims; i++) {
		const char *board = out->claims[i].board;

		if (board && strcmp(board, "cost-outlook") == 0 &&
		    str_find(strbuf_str(&out->prose), STR("forecast")) >= 0)
			answer_says(out, SAYS_FORECAST);
		if (out->claims[i].is_stale)
			answer_says(out, SAYS_STALE);
		if (out->claims[i].is_unknown)
			answer_says(out, SAYS_UNKNOWN);
	}
}

static bool is_known(const struct guide_plan *plan, const struct evidence *e,
		     const char *subject)
{
	for (size_t i = 0; i < plan->n_boards; i++) {
		const struct board *board = evidence_board(e, plan->boards[i]);

		if (board && match_is_known(board, str_from(subject)))
			return true;
	}
	return false;
}

/* What was not all read may have it. */
static bool may_be_there(const struct guide_plan *plan, const struct evidence *e)
{
	for (size_t i = 0; i < plan->n_boards; i++) {
		const struct board *board = evidence_board(e, plan->boards[i]);

		if (!board || board->is_partial || board->is_filling)
			return true;
	}
	return plan->n_boards == 0;
}

/* Of two words that are called nothing together, the one that is: "pricing throwing". */
static bool take_known_word(const struct guide_plan *plan, const struct evidence *e,
			    char subject[static NAME_MOST])
{
	struct str rest = str_from(subject), word;
	char one[NAME_MOST];

	while (str_next(&rest, ' ', &word)) {
		snprintf(one, sizeof(one), "%.*s", STR_ARG(word));
		if (word.n == strlen(subject) || !is_known(plan, e, one))
			continue;
		memcpy(subject, one, strlen(one) + 1);
		return true;
	}
	return false;
}

/* A word that is in no dictionary is a name only where something is called so: "burns" in
 * "who burns the most money" is none. What is asked of all is answered then, and that is
 * said; a change is never planned for something else than was named. */
static void drop_unknown(struct wording *d, const struct family_row *row,
			 struct guide_plan *plan)
{
	size_t n = 0;

	if (row->type == ANSWER_PROPOSE || row->type == ANSWER_HOWTO)
		return;
	for (size_t i = 0; i < plan->n_subjects; i++) {
		if (!plan->is_certain[i] && !is_known(plan, d->e, plan->subjects[i]) &&
		    !take_known_word(plan, d->e, plan->subjects[i]) &&
		    !may_be_there(plan, d->e)) {
			wording_admit(d, SAYS_NOT_FOUND, "Here there is no ");
			wording_quote(d, str_from(plan->subjects[i]));
			wording_put(d, "; what follows is of all.\n\n");
			continue;
		}
		if (n != i)
			memcpy(plan->subjects[n], plan->subjects[i],
			       sizeof(plan->subjects[0]));
		plan->is_certain[n++] = plan->is_certain[i];
	}
	plan->n_subjects = n;
}

void guide_draft(const struct guide_plan *plan, struct str question,
		 const struct evidence *e, struct strbuf *draft, struct answer *out)
{
	const struct family_row *row = find(plan->kind);
	struct guide_plan meant = *plan;
	struct wording d = {.plan = &meant, .question = question, .e = e, .out = out};

	strbuf_init(&d.text, DRAFT_BYTES);
	out->type = row->type;
	out->is_guide = true;
	if (plan->is_injected)
		wording_admit(&d, SAYS_UNTRUSTED_SOURCE,
			      "The question carries orders to a model: that is quoted, "
			      "not followed.\n\n");
	drop_unknown(&d, row, &meant);
	tell(&d, row);
	if (row->absent && out->type == ANSWER_UNKNOWN &&
	    answer_has_said(out, SAYS_NOT_FOUND))
		wording_put(&d, row->absent);
	settle_type(&d);
	add_runbook(&d, row);
	if (out->type != ANSWER_REFUSE && out->type != ANSWER_ASK)
		admit_partial(&d);
	for (size_t i = 0; i < FAMILY_FOLLOW_UPS && row->follow_ups[i]; i++)
		answer_follow_up(out, row->follow_ups[i]);
	strbuf_put(draft, strbuf_str(&d.text));
	strbuf_fini(&d.text);
}

void guide_answer(const struct guide_plan *plan, struct str question,
		  const struct evidence *e, struct answer *out)
{
	struct ground_options options = {.question = question, .is_ours = true};
	struct strbuf draft;

	strbuf_init(&draft, DRAFT_BYTES);
	guide_draft(plan, question, e, &draft, out);
	ground(strbuf_str(&draft), e, &options, out);
	admit_claims(out);
	snprintf(out->route, sizeof(out->route), "guide");
	snprintf(out->why, sizeof(out->why), "a question of the kind %s, by rule",
		 guide_kind_name(plan->kind));
	out->tokens_in = out->tokens_out = 0;
	out->money = 0;
	strbuf_fini(&draft);
}
