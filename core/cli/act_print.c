/* See act_print.h. */
#include "cli/act_print.h"

#include <math.h>

#include "act/plan_part.h"
#include "base/json.h"
#include "base/timefmt.h"

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

void act_print_list(struct strbuf *out, const struct actions *actions, bool is_json)
{
	cJSON *rows = is_json ? cJSON_CreateArray() : NULL;

	for (size_t i = 0; i < actions_size(actions); i++) {
		const struct action *a = actions_at(actions, i);

		if (is_json) {
			cJSON_AddItemToArray(rows, action_json(a));
			continue;
		}
		strbuf_printf(out, "%-16s  %-5s  on %-14s  %s", a->name,
			      action_risk_name(a->risk), a->board, a->title);
		put_inputs(out, a);
		strbuf_putc(out, '\n');
	}
	if (rows) {
		json_print_pretty(out, rows);
		strbuf_putc(out, '\n');
	}
	cJSON_Delete(rows);
}

static void put_cost(struct strbuf *out, const struct plan *p)
{
	if (isfinite(p->cost_before) && isfinite(p->cost_after))
		strbuf_printf(out, "cost       %.2f an hour, then %.2f\n", p->cost_before,
			      p->cost_after);
	else
		strbuf_puts(out, "cost       not known\n");
}

static void put_list(struct strbuf *out, const char *title, const char *const *texts,
		     size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_printf(out, "%-10s %s\n", i == 0 ? title : "", texts[i]);
}

static void put_text(struct strbuf *out, const struct plan *p, bool needs_second)
{
	strbuf_printf(out, "%s: %s\nplan       %s, good until ", p->title, p->target,
		      p->id);
	time_format_iso(out, p->expires_ms, false);
	strbuf_printf(out, "\non         %s, %s\n", p->connection, p->key);
	for (size_t i = 0; i < p->n_shows; i++)
		strbuf_printf(out, "%-10s %s -> %s\n", p->shows[i].title,
			      p->shows[i].before, p->shows[i].after);
	put_cost(out, p);
	put_list(out, "touches", p->touches, p->n_touches);
	for (size_t i = 0; i < p->n_requests; i++) {
		const struct plan_request *r = &p->requests[i];

		strbuf_printf(out, "request    %s: %s %s\n", r->title,
			      plan_method_name(r->method), r->path);
		if (r->body[0])
			strbuf_printf(out, "           %s\n", r->body);
	}
	for (size_t i = 0; i < p->n_facts; i++)
		strbuf_printf(out, "%-10s %s is %s\n", i == 0 ? "bound to" : "",
			      p->facts[i].title, p->facts[i].value);
	strbuf_printf(out, "needs      %s\nundo       %s\n", p->permission, p->undo);
	put_list(out, "warning", p->warnings, p->n_warnings);
	strbuf_printf(out, "approval   %s\n",
		      needs_second ? "by a second person"
				   : "the name of its target, typed");
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
