/* See change_text.h: what a plan would do. What a person has to know before anything else
 * comes first; the requests, word for word, last. Thread: ui. */
#include <math.h>

#include "base/timefmt.h"
#include "base/utf8.h"
#include "tui/change/change_text.h"

enum { LABEL_W = 12, LABEL_MOST = 26, LINE_BYTES = 8192 };

static const struct prose_indent plain = {.x = 1, .hang = 2};

void change_put_diff(struct strbuf *out, const struct look *look, const struct plan *plan)
{
	if (plan->n_shows > 0)
		strbuf_printf(out, "%s %s %s %s", plan->shows[0].title,
			      plan->shows[0].before, look_pick(look, "→", "->"),
			      plan->shows[0].after);
}

static int label_width(const struct plan *plan)
{
	int w = LABEL_W;

	for (size_t i = 0; i < plan->n_shows; i++) {
		int own = utf8_width(str_from(plan->shows[i].title)) + 1;

		w = own > w ? own : w;
	}
	return w > LABEL_MOST ? LABEL_MOST : w;
}

static void put_shows(struct prose *p, const struct look *look, const struct plan *plan,
		      int label_w)
{
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	for (size_t i = 0; i < plan->n_shows; i++) {
		strbuf_reset(&text);
		strbuf_printf(&text, "%s %s %s", plan->shows[i].before,
			      look_pick(look, "→", "->"), plan->shows[i].after);
		prose_pair(p, label_w, plan->shows[i].title, ROLE_STRONG,
			   strbuf_str(&text));
	}
	strbuf_reset(&text);
	if (isfinite(plan->cost_before) && isfinite(plan->cost_after))
		strbuf_printf(&text, "%.2f an hour %s %.2f", plan->cost_before,
			      look_pick(look, "→", "->"), plan->cost_after);
	else
		strbuf_puts(&text, "not known");
	prose_pair(p, label_w, "cost",
		   isfinite(plan->cost_after) ? ROLE_STRONG : ROLE_UNKNOWN,
		   strbuf_str(&text));
	strbuf_fini(&text);
}

static void put_list(struct prose *p, int label_w, const char *label, enum role role,
		     const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		prose_pair(p, label_w, i == 0 ? label : "", role, str_from(texts[i]));
}

static void put_expiry(struct prose *p, const struct change_text *t, int label_w)
{
	int64_t left_ms = t->plan->expires_ms - t->now_ms;
	struct utc at = utc_from_ms(t->plan->expires_ms);
	struct strbuf text;

	strbuf_init(&text, 100);
	strbuf_printf(&text, "%02d:%02d UTC, ", at.hour, at.minute);
	if (plan_is_over(t->plan, t->now_ms))
		left_ms = 0;
	if (left_ms > MINUTE_MS)
		strbuf_printf(&text, "in %dm", (int)(left_ms / MINUTE_MS));
	else if (left_ms > 0)
		strbuf_printf(&text, "in %ds", (int)(left_ms / 1000));
	else
		strbuf_puts(&text, "EXPIRED: nothing runs by it any more");
	prose_pair(p, label_w, "expires",
		   left_ms <= 0		      ? ROLE_CRIT
		   : left_ms <= MINUTE_MS * 2 ? ROLE_WARN
					      : ROLE_TEXT,
		   strbuf_str(&text));
	strbuf_fini(&text);
}

static void put_risk(struct prose *p, const struct change_text *t, int label_w)
{
	struct strbuf text;

	strbuf_init(&text, 100);
	strbuf_printf(&text, "%s: %s", action_risk_name(t->plan->risk),
		      t->needs_second ? "a second person approves it first"
				      : "the name of its target, typed, is enough");
	prose_pair(p, label_w, "risk", t->needs_second ? ROLE_WARN : ROLE_TEXT,
		   strbuf_str(&text));
	strbuf_fini(&text);
}

static void put_requests(struct prose *p, const struct plan *plan)
{
	struct strbuf text;

	strbuf_init(&text, LINE_BYTES);
	prose_add(p, plain, ROLE_HEADING, STR("WHAT WILL BE SENT"));
	for (size_t i = 0; i < plan->n_requests; i++) {
		const struct plan_request *r = &plan->requests[i];

		strbuf_reset(&text);
		strbuf_printf(&text, "%zu  %s", i + 1, r->title);
		prose_add(p, plain, ROLE_TEXT, strbuf_str(&text));
		strbuf_reset(&text);
		strbuf_printf(&text, "%s %s", plan_method_name(r->method), r->path);
		prose_add(p, (struct prose_indent){.x = 4, .hang = 2}, ROLE_QUOTE,
			  strbuf_str(&text));
		if (r->body[0])
			prose_add(p, (struct prose_indent){.x = 4, .hang = 2}, ROLE_QUOTE,
				  str_from(r->body));
		if (!r->if_match[0])
			continue;
		strbuf_reset(&text);
		strbuf_printf(&text, "If-Match: %s", r->if_match);
		prose_add(p, (struct prose_indent){.x = 4, .hang = 2}, ROLE_QUOTE,
			  strbuf_str(&text));
	}
	strbuf_fini(&text);
}

static void put_facts(struct prose *p, const struct plan *plan)
{
	struct strbuf text;

	if (plan->n_facts == 0)
		return;
	prose_add(p, plain, ROLE_TEXT, STR(""));
	prose_add(p, plain, ROLE_HEADING, STR("IT DIES WHEN ONE OF THESE MOVES"));
	strbuf_init(&text, LINE_BYTES);
	for (size_t i = 0; i < plan->n_facts; i++) {
		strbuf_reset(&text);
		strbuf_printf(&text, "%s is %s", plan->facts[i].title,
			      plan->facts[i].value);
		prose_add(p, plain, ROLE_TEXT, strbuf_str(&text));
	}
	strbuf_fini(&text);
}

void change_put_plan(struct prose *p, const struct look *look,
		     const struct change_text *t)
{
	const struct plan *plan = t->plan;
	int label_w = label_width(plan);

	put_shows(p, look, plan, label_w);
	put_list(p, label_w, "touches", ROLE_TEXT, plan->touches, plan->n_touches);
	put_list(p, label_w, "warning", ROLE_WARN, plan->warnings, plan->n_warnings);
	put_risk(p, t, label_w);
	if (!t->change || t->change->state < CHANGE_RUNNING)
		put_expiry(p, t, label_w);
	prose_pair(p, label_w, "undone by", ROLE_TEXT, str_from(plan->undo));
	prose_pair(p, label_w, "needs", ROLE_TEXT, str_from(plan->permission));
	prose_pair(p, label_w, "on", ROLE_TEXT, str_from(plan->key));
	prose_pair(p, label_w, "plan", ROLE_TEXT, str_from(plan->id));
	prose_pair(p, label_w, "asked by", ROLE_TEXT, str_from(plan->by));
	prose_add(p, plain, ROLE_TEXT, STR(""));
	put_requests(p, plan);
	put_facts(p, plan);
}
