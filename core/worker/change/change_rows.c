/* See change_desk.h: changes as rows, for who reads boards and not the list. Thread: core. */
#include "board/derive.h"
#include "worker/change/change_part.h"

enum { TEXT_MOST = 2000 };

static void put_inputs(cJSON *row, const struct plan *plan)
{
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	plan_put_inputs(plan->inputs, &text);
	derive_put_text(row, "params", text.p);
	strbuf_fini(&text);
}

/* What would be another, and what it is bound to. */
static void put_shows(cJSON *row, const struct plan *plan)
{
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	for (size_t i = 0; i < plan->n_shows; i++)
		strbuf_printf(&text, "%s%s %s -> %s", i ? ", " : "", plan->shows[i].title,
			      plan->shows[i].before, plan->shows[i].after);
	derive_put_text(row, "shows", text.p);
	strbuf_reset(&text);
	for (size_t i = 0; i < plan->n_facts; i++)
		strbuf_printf(&text, "%s%s=%s", i ? ", " : "", plan->facts[i].name,
			      plan->facts[i].value);
	derive_put_text(row, "bound", text.p);
	strbuf_fini(&text);
}

static void put_approvals(cJSON *row, const struct act_change *c)
{
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	for (size_t i = 0; i < c->n_approvers; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", c->approvers[i].who);
	derive_put_text(row, "approver", text.p);
	strbuf_reset(&text);
	strbuf_printf(&text, "%zu of 1%s", c->n_approvers,
		      c->needs_second ? ", by a second person" : "");
	derive_put_text(row, "quorum", text.p);
	strbuf_fini(&text);
}

static void put_change(cJSON *rows, const struct act_change *c)
{
	const struct plan *plan = c->plan;
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "id", plan->id);
	derive_put_text(row, "action", plan->action);
	derive_put_text(row, "target", plan->target);
	derive_put_text(row, "board", plan->board);
	derive_put_text(row, "row", plan->key);
	derive_put_text(row, "state", act_change_word(c));
	derive_put_text(row, "about", change_state_help(c->state));
	derive_put_text(row, "risk", action_risk_name(plan->risk));
	derive_put_text(row, "by", plan->by);
	derive_put_text(row, "undo", plan->undo);
	derive_put_text(row, "why", c->why && c->why[0] ? c->why : c->moved);
	derive_put_time(row, "made", plan->made_ms);
	derive_put_time(row, "expires", plan->expires_ms);
	derive_put_time(row, "ended", c->ended_ms);
	put_inputs(row, plan);
	put_shows(row, plan);
	put_approvals(row, c);
	cJSON_AddItemToArray(rows, row);
}

cJSON *change_desk_rows(const struct change_desk *d)
{
	struct changes *changes;
	cJSON *rows;

	if (!d->is_listed)
		return NULL;
	changes = change_all(d);
	rows = cJSON_CreateArray();
	for (size_t i = 0; i < changes_size(changes); i++)
		put_change(rows, changes_at(changes, i));
	changes_put(changes);
	return rows;
}
