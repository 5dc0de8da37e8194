/* See act_print.h. */
#include "cli/act_print.h"

#include <math.h>
#include <stdarg.h>

#include "act/run_report.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "cli/aligned.h"

enum { LINE_MOST = 100 << 10 };

static void put_inputs(struct strbuf *out, const struct action *a)
{
	for (size_t i = 0; i < a->n_inputs; i++)
		strbuf_printf(out, a->inputs[i].initial ? " [%s=...]" : " %s=...",
			      a->inputs[i].name);
}

static cJSON *action_json(const struct action *a)
{
	cJSON *row = cJSON_CreateObject(), *inputs;

	cJSON_AddStringToObject(row, "name", a->name);
	cJSON_AddStringToObject(row, "title", a->title);
	cJSON_AddStringToObject(row, "about", a->about);
	cJSON_AddStringToObject(row, "board", a->board);
	cJSON_AddStringToObject(row, "risk", action_risk_name(a->risk));
	cJSON_AddStringToObject(row, "permission", a->permission);
	inputs = cJSON_AddArrayToObject(row, "inputs");
	for (size_t i = 0; i < a->n_inputs; i++) {
		cJSON *input = cJSON_CreateObject();

		cJSON_AddStringToObject(input, "name", a->inputs[i].name);
		cJSON_AddStringToObject(input, "title", a->inputs[i].title);
		cJSON_AddBoolToObject(input, "required", a->inputs[i].initial == NULL);
		cJSON_AddItemToArray(inputs, input);
	}
	return row;
}

/* The tree is taken. */
static void print_json(struct strbuf *out, cJSON *json)
{
	json_print_pretty(out, json);
	strbuf_putc(out, '\n');
	cJSON_Delete(json);
}

static void put_actions(struct strbuf *out, const struct actions *actions)
{
	struct aligned *aligned = aligned_new("<<<<");
	struct strbuf text;

	strbuf_init(&text, LINE_MOST);
	for (size_t i = 0; i < actions_size(actions); i++) {
		const struct action *a = actions_at(actions, i);

		strbuf_reset(&text);
		strbuf_puts(&text, a->title);
		put_inputs(&text, a);
		aligned_put(aligned, "%s", a->name);
		aligned_put(aligned, "%s", action_risk_name(a->risk));
		aligned_put(aligned, "on %s", a->board);
		aligned_put(aligned, "%s", text.p);
	}
	strbuf_fini(&text);
	aligned_end(aligned, out);
}

void act_print_list(struct strbuf *out, const struct actions *actions, bool is_json)
{
	cJSON *rows;

	if (!is_json) {
		put_actions(out, actions);
		return;
	}
	rows = cJSON_CreateArray();
	for (size_t i = 0; i < actions_size(actions); i++)
		cJSON_AddItemToArray(rows, action_json(actions_at(actions, i)));
	print_json(out, rows);
}

/* One line, whatever stands in the texts: plans come from other people and hold what
 * services say, and must not look like what they are not. */
static void put_line(struct strbuf *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void put_line(struct strbuf *out, const char *fmt, ...)
{
	struct strbuf line;
	va_list ap;

	strbuf_init(&line, LINE_MOST);
	va_start(ap, fmt);
	strbuf_vprintf(&line, fmt, ap);
	va_end(ap);
	sanitize_line(out, strbuf_str(&line));
	strbuf_putc(out, '\n');
	strbuf_fini(&line);
}

static void put_cost(struct strbuf *out, const struct plan *p)
{
	if (isfinite(p->cost_before) && isfinite(p->cost_after))
		put_line(out, "cost       %.2f an hour, then %.2f", p->cost_before,
			 p->cost_after);
	else
		put_line(out, "cost       not known");
}

static void put_list(struct strbuf *out, const char *title, const char *const *texts,
		     size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_line(out, "%-10s %s", i == 0 ? title : "", texts[i]);
}

static void put_request(struct strbuf *out, const struct plan_request *r)
{
	put_line(out, "request    %s: %s %s", r->title, plan_method_name(r->method),
		 r->path);
	if (r->body[0])
		put_line(out, "           %s", r->body);
}

static void put_text(struct strbuf *out, const struct plan *p, bool needs_second)
{
	struct strbuf until;

	strbuf_init(&until, 40);
	time_format_iso(&until, p->expires_ms, false);
	put_line(out, "%s: %s", p->title, p->target);
	put_line(out, "plan       %s, good until %s", p->id, until.p);
	put_line(out, "on         %s, %s", p->connection, p->key);
	for (size_t i = 0; i < p->n_shows; i++)
		put_line(out, "%-10s %s -> %s", p->shows[i].title, p->shows[i].before,
			 p->shows[i].after);
	put_cost(out, p);
	put_list(out, "touches", p->touches, p->n_touches);
	for (size_t i = 0; i < p->n_requests; i++)
		put_request(out, &p->requests[i]);
	for (size_t i = 0; i < p->n_facts; i++)
		put_line(out, "%-10s %s is %s", i == 0 ? "bound to" : "",
			 p->facts[i].title, p->facts[i].value);
	put_line(out, "needs      %s", p->permission);
	put_line(out, "undo       %s", p->undo);
	put_list(out, "warning", p->warnings, p->n_warnings);
	put_line(out, "approval   %s",
		 needs_second ? "by a second person" : "the name of its target, typed");
	strbuf_fini(&until);
}

void act_print_plan(struct strbuf *out, const struct plan *p, bool needs_second,
		    bool is_json)
{
	if (!is_json) {
		put_text(out, p, needs_second);
		return;
	}
	strbuf_printf(out, "{\"id\":\"%s\",\"needs_second\":%s,\"plan\":", p->id,
		      needs_second ? "true" : "false");
	plan_print(p, out);
	strbuf_puts(out, "}\n");
}

static cJSON *step_json(const struct plan_request *request, const struct run_step *step)
{
	cJSON *json = cJSON_CreateObject();

	cJSON_AddStringToObject(json, "name", request->name);
	cJSON_AddStringToObject(json, "state", step_end_name(step->end));
	cJSON_AddNumberToObject(json, "sent", step->sent);
	if (step->status)
		cJSON_AddNumberToObject(json, "status", step->status);
	if (step->percent >= 0)
		cJSON_AddNumberToObject(json, "percent", step->percent);
	if (step->word[0])
		cJSON_AddStringToObject(json, "word", step->word);
	return json;
}

static void put_time(cJSON *object, const char *name, int64_t ms)
{
	struct strbuf text;

	if (!ms)
		return;
	strbuf_init(&text, 40);
	time_format_iso(&text, ms, false);
	cJSON_AddStringToObject(object, name, text.p);
	strbuf_fini(&text);
}

static void put_run(cJSON *json, const struct act_change *c)
{
	cJSON *steps;

	cJSON_AddStringToObject(json, "outcome", run_outcome_name(c->outcome));
	cJSON_AddStringToObject(json, "moved", c->moved);
	put_time(json, "began", c->began_ms);
	put_time(json, "ended", c->ended_ms);
	steps = cJSON_AddArrayToObject(json, "steps");
	for (size_t i = 0; i < c->plan->n_requests; i++)
		cJSON_AddItemToArray(steps,
				     step_json(&c->plan->requests[i], &c->steps[i]));
}

static cJSON *change_json(const struct act_change *c)
{
	cJSON *json = cJSON_CreateObject(), *list;

	cJSON_AddStringToObject(json, "id", c->plan->id);
	cJSON_AddStringToObject(json, "state", change_state_name(c->state));
	cJSON_AddBoolToObject(json, "needs_second", c->needs_second);
	cJSON_AddStringToObject(json, "why", c->why);
	list = cJSON_AddArrayToObject(json, "approved_by");
	for (size_t i = 0; i < c->n_approvers; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(c->approvers[i].who));
	if (c->steps)
		put_run(json, c);
	cJSON_AddItemToObject(json, "plan", plan_json(c->plan));
	return json;
}

static void put_steps(struct strbuf *out, const struct act_change *c)
{
	struct strbuf how;

	strbuf_init(&how, 400);
	for (size_t i = 0; i < c->plan->n_requests; i++) {
		const struct run_step *step = &c->steps[i];

		strbuf_reset(&how);
		if (step->word[0])
			strbuf_printf(&how, ", %s", step->word);
		if (step->end == STEP_OPEN && step->percent >= 0)
			strbuf_printf(&how, " %.0f %%", step->percent);
		if (step->status)
			strbuf_printf(&how, " (%d)", step->status);
		put_line(out, "%-10s %s: %s%s", i == 0 ? "steps" : "",
			 c->plan->requests[i].title, step_end_name(step->end), how.p);
	}
	strbuf_fini(&how);
}

static void put_change(struct strbuf *out, const struct act_change *c)
{
	struct str moved = str_from(c->moved), line;

	put_text(out, c->plan, c->needs_second);
	put_line(out, "state      %s: %s", change_state_name(c->state),
		 change_state_help(c->state));
	for (size_t i = 0; i < c->n_approvers; i++)
		put_line(out, "%-10s %s", i == 0 ? "approved by" : "",
			 c->approvers[i].who);
	if (c->steps)
		put_steps(out, c);
	if (c->state == CHANGE_ENDED)
		put_line(out, "outcome    %s: %s", run_outcome_name(c->outcome),
			 run_outcome_help(c->outcome));
	while (moved.n && str_next(&moved, '\n', &line))
		put_line(out, "%-10s %.*s", line.p == c->moved ? "moved" : "",
			 STR_ARG(line));
	if (c->why[0])
		put_line(out, "why        %s", c->why);
}

void act_print_change(struct strbuf *out, const struct act_change *change, bool is_json)
{
	if (is_json)
		print_json(out, change_json(change));
	else
		put_change(out, change);
}

void act_print_report(struct strbuf *out, const struct act_change *c)
{
	struct strbuf approvers;

	strbuf_init(&approvers, 4000);
	for (size_t i = 0; i < c->n_approvers; i++)
		strbuf_printf(&approvers, "%s%s", i ? ", " : "", c->approvers[i].who);
	run_report_format(&(struct run_report){.plan = c->plan,
					       .steps = c->steps,
					       .outcome = c->outcome,
					       .began_ms = c->began_ms,
					       .ended_ms = c->ended_ms,
					       .approved_by = approvers.p,
					       .why = c->why},
			  out);
	strbuf_fini(&approvers);
}

static void put_changes(struct strbuf *out, const struct changes *changes, int64_t now_ms)
{
	struct aligned *aligned = aligned_new("<<<<<>");

	for (size_t i = 0; i < changes_size(changes); i++) {
		const struct act_change *c = changes_at(changes, i);
		const struct plan *plan = c->plan;

		aligned_put(aligned, "%s", plan->id);
		aligned_put(aligned, "%s", act_change_word(c));
		aligned_put(aligned, "%s", plan->action);
		aligned_put(aligned, "%s", plan->target);
		aligned_put(aligned, "%s", plan->by);
		aligned_put(aligned, "%lld min",
			    (long long)((now_ms - plan->made_ms) / 60000));
	}
	aligned_end(aligned, out);
}

void act_print_changes(struct strbuf *out, const struct changes *changes, bool is_json,
		       int64_t now_ms)
{
	cJSON *rows;

	if (!is_json) {
		put_changes(out, changes, now_ms);
		return;
	}
	rows = cJSON_CreateArray();
	for (size_t i = 0; i < changes_size(changes); i++)
		cJSON_AddItemToArray(rows, change_json(changes_at(changes, i)));
	print_json(out, rows);
}

void act_print_progress(struct strbuf *out, const struct act_change *c)
{
	const struct plan *plan = c->plan;
	const struct run_step *step = NULL;
	struct strbuf line;

	strbuf_init(&line, LINE_MOST);
	if (c->steps && c->step < plan->n_requests)
		step = &c->steps[c->step];
	strbuf_printf(&line, "%s: %s", plan->target, change_state_name(c->state));
	if (step)
		strbuf_printf(&line, ", step %zu of %zu (%s)", c->step + 1,
			      plan->n_requests, plan->requests[c->step].title);
	if (step && step->word[0])
		strbuf_printf(&line, ", %s", step->word);
	if (step && step->percent >= 0)
		strbuf_printf(&line, " %.0f %%", step->percent);
	if (c->why[0])
		strbuf_printf(&line, ": %s", c->why);
	sanitize_line(out, strbuf_str(&line));
	strbuf_fini(&line);
}
