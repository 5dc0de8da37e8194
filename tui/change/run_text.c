/* See change_text.h: where a change stands. Thread: ui. */
#include "base/timefmt.h"
#include "tui/change/change_text.h"

enum { LABEL_W = 12, LINE_BYTES = 4096 };

static const struct prose_indent plain = {.x = 1, .hang = 2};

bool change_has_expired(const struct change_text *t)
{
	bool is_open = !t->change || t->change->state == CHANGE_PROPOSED ||
		       t->change->state == CHANGE_APPROVED;

	return (is_open && plan_is_over(t->plan, t->now_ms)) ||
	       (t->change && t->change->state == CHANGE_EXPIRED);
}

enum role change_outcome_role(enum run_outcome outcome)
{
	if (outcome == RUN_HELPED)
		return ROLE_OK;
	return outcome == RUN_DEAD || outcome == RUN_STOPPED ? ROLE_WARN : ROLE_CRIT;
}

static void put_outcome(struct prose *p, const struct change_text *t)
{
	enum run_outcome outcome = t->change->outcome;
	const char *hope = t->action ? t->action->check.text : NULL;
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	strbuf_printf(&text, "%s, after ", run_outcome_help(outcome));
	duration_format(&text, t->change->ended_ms - t->change->began_ms);
	prose_pair(p, LABEL_W, run_outcome_name(outcome), change_outcome_role(outcome),
		   strbuf_str(&text));
	strbuf_fini(&text);
	if (hope && (outcome == RUN_HELPED || outcome == RUN_DID_NOT_HELP))
		prose_pair(p, LABEL_W, "hoped for", change_outcome_role(outcome),
			   str_from(hope));
	if (t->change->moved && t->change->moved[0])
		prose_pair(p, LABEL_W, "what moved", ROLE_WARN,
			   str_from(t->change->moved));
}

static void put_progress(struct strbuf *out, const struct run_step *step, bool is_current,
			 int64_t now_ms)
{
	int64_t until_ms = step->ended_ms ? step->ended_ms : now_ms;

	if (step->end != STEP_OPEN)
		strbuf_printf(out, ": %s", step_end_name(step->end));
	else if (is_current && step->sent)
		strbuf_puts(out, ": under way");
	else
		strbuf_puts(out, is_current ? ": next" : ": to come");
	if (step->end == STEP_OPEN && is_current && step->percent >= 0)
		strbuf_printf(out, ", %.0f %%", step->percent);
	if (step->end == STEP_OPEN && step->word[0])
		strbuf_printf(out, ", %s", step->word);
	if (step->sent_ms) {
		strbuf_puts(out, ", ");
		duration_format(out, until_ms - step->sent_ms);
	}
}

static void put_steps(struct prose *p, const struct look *look,
		      const struct change_text *t)
{
	const struct act_change *c = t->change;
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	for (size_t i = 0; c->steps && i < t->plan->n_requests; i++) {
		const struct run_step *step = &c->steps[i];
		bool is_current = i == c->step && c->state != CHANGE_ENDED &&
				  c->state != CHANGE_CHECKING;
		bool is_bad = step->end == STEP_FAILED || step->end == STEP_UNKNOWN;
		bool is_done = step->end == STEP_DONE || step->end == STEP_WAS_SO;

		strbuf_reset(&text);
		strbuf_printf(&text, "%s %zu  %s",
			      is_bad	   ? look_pick(look, "✗", "x")
			      : is_done	   ? look_pick(look, "✓", "+")
			      : is_current ? look_pick(look, "▸", ">")
					   : look_pick(look, "·", "."),
			      i + 1, t->plan->requests[i].title);
		put_progress(&text, step, is_current, t->now_ms);
		prose_add(p, plain,
			  is_bad       ? ROLE_CRIT
			  : is_current ? ROLE_STRONG
				       : ROLE_TEXT,
			  strbuf_str(&text));
	}
	strbuf_fini(&text);
}

static void put_going(struct prose *p, const struct change_text *t)
{
	const struct act_change *c = t->change;
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	strbuf_printf(&text, "%s for ",
		      c->state == CHANGE_CHECKING ? "Done; watched whether it helps"
						  : "It runs");
	duration_format(&text, t->now_ms - c->began_ms);
	if (c->state == CHANGE_CHECKING && c->check_until_ms > t->now_ms) {
		strbuf_puts(&text, ", at most ");
		duration_format(&text, c->check_until_ms - t->now_ms);
		strbuf_puts(&text, " more");
	}
	if (!c->is_ours)
		strbuf_puts(&text, "; another azdeck runs it");
	if (c->is_to_stop)
		strbuf_puts(&text, "; it stops after the step that is under way");
	prose_add(p, plain, ROLE_INFO, strbuf_str(&text));
	strbuf_fini(&text);
}

static void put_approvals(struct prose *p, const struct change_text *t)
{
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	for (size_t i = 0; i < t->change->n_approvers; i++) {
		struct utc at = utc_from_ms(t->change->approvers[i].at_ms);

		strbuf_reset(&text);
		strbuf_printf(&text, "%s, %02d:%02d UTC", t->change->approvers[i].who,
			      at.hour, at.minute);
		prose_pair(p, LABEL_W, i == 0 ? "approved by" : "", ROLE_OK,
			   strbuf_str(&text));
	}
	if (t->change->state == CHANGE_REJECTED)
		prose_pair(p, LABEL_W, "rejected by", ROLE_WARN,
			   str_from(t->change->rejected_by));
	if (t->change->why && t->change->why[0])
		prose_pair(p, LABEL_W, "because", ROLE_WARN, str_from(t->change->why));
	strbuf_fini(&text);
}

/* How somebody else approves: on another machine, of another person. */
static void put_second(struct prose *p, const struct plan *plan)
{
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	strbuf_printf(&text,
		      "A second person approves it: azdeck act approve %s; "
		      "the code it prints is pasted here.",
		      plan->id);
	prose_add(p, plain, ROLE_INFO, strbuf_str(&text));
	strbuf_fini(&text);
}

void change_put_state(struct prose *p, const struct look *look,
		      const struct change_text *t)
{
	const struct act_change *c = t->change;

	if (change_has_expired(t))
		prose_add(p, plain, ROLE_CRIT,
			  STR("EXPIRED: it cannot be run any more; plan it anew."));
	else if (!c)
		prose_add(p, plain, ROLE_DIM, STR("A plan: nothing was changed."));
	else if (c->state == CHANGE_ENDED)
		put_outcome(p, t);
	else if (c->steps)
		put_going(p, t);
	else
		prose_pair(p, LABEL_W, change_state_name(c->state), ROLE_INFO,
			   str_from(change_state_help(c->state)));
	if (t->needs_second && (!c || c->state == CHANGE_PROPOSED) &&
	    !change_has_expired(t))
		put_second(p, t->plan);
	if (c) {
		put_steps(p, look, t);
		put_approvals(p, t);
	}
	prose_add(p, plain, ROLE_TEXT, STR(""));
}
