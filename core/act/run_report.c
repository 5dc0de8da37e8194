/* See run_report.h. */
#include "act/run_report.h"

#include "base/json.h"
#include "base/markdown_text.h"
#include "base/timefmt.h"

static void put_plain(struct strbuf *out, const char *text)
{
	markdown_put_text(out, str_from(text));
}

static void put_moment(struct strbuf *out, int64_t ms)
{
	if (ms)
		time_format_iso(out, ms, false);
	else
		strbuf_puts(out, "-");
}

static void put_span(struct strbuf *out, int64_t ms)
{
	int64_t s = ms / 1000;

	if (s >= 3600)
		strbuf_printf(out, "%lld h %02lld min", (long long)(s / 3600),
			      (long long)(s / 60 % 60));
	else if (s >= 60)
		strbuf_printf(out, "%lld min %02lld s", (long long)(s / 60),
			      (long long)(s % 60));
	else
		strbuf_printf(out, "%lld s", (long long)s);
}

static int64_t took_ms(const struct run_step *step)
{
	return step->ended_ms > step->sent_ms && step->sent_ms
		       ? step->ended_ms - step->sent_ms
		       : 0;
}

static void put_head(struct strbuf *out, const struct run_report *of)
{
	strbuf_puts(out, "# ");
	put_plain(out, of->plan->title);
	strbuf_puts(out, ": ");
	put_plain(out, of->plan->target);
	strbuf_printf(out, "\n\n- Outcome: **%s**\n- Change: %s, %s\n- Asked for by: ",
		      run_outcome_name(of->outcome), of->plan->id, of->plan->action);
	put_plain(out, of->plan->by);
	strbuf_puts(out, "\n- Approved by: ");
	put_plain(out, of->approved_by[0] ? of->approved_by : "nobody");
	strbuf_puts(out, "\n- Began: ");
	put_moment(out, of->began_ms);
	strbuf_puts(out, "\n- Ended: ");
	put_moment(out, of->ended_ms);
	strbuf_putc(out, '\n');
	if (of->why[0]) {
		strbuf_puts(out, "- Why: ");
		put_plain(out, of->why);
		strbuf_putc(out, '\n');
	}
}

/* One line of what was promised; a promise of nothing is none. */
static void put_measure(struct strbuf *out, const char *what, int64_t measured_ms,
			double promised_s)
{
	strbuf_printf(out, "| %s | ", what);
	if (measured_ms > 0)
		put_span(out, measured_ms);
	else
		strbuf_puts(out, "not known");
	strbuf_puts(out, " | ");
	if (promised_s > 0)
		put_span(out, (int64_t)(promised_s * 1000));
	else
		strbuf_puts(out, "nothing");
	strbuf_printf(out, " | %s |\n",
		      measured_ms <= 0 || promised_s <= 0	 ? "unmeasured"
		      : (double)measured_ms <= promised_s * 1000 ? "kept"
								 : "**missed**");
}

static void put_drill(struct strbuf *out, const struct run_report *of)
{
	const struct run_step *first = &of->steps[0];
	double rto_s, rpo_s, lost_s;

	if (!json_number(of->plan->inputs, "rto", &rto_s) ||
	    !json_number(of->plan->inputs, "rpo", &rpo_s) ||
	    !json_number(of->plan->inputs, "lost", &lost_s))
		return;
	strbuf_puts(out, "\n## Measured\n\n| What | Measured | Promised | |\n"
			 "|---|---|---|---|\n");
	put_measure(out, "Time to recover", first->end == STEP_DONE ? took_ms(first) : 0,
		    rto_s);
	put_measure(out, "Loss when it began", (int64_t)(lost_s * 1000), rpo_s);
	for (size_t i = 1; i < of->plan->n_requests; i++) {
		if (of->steps[i].end == STEP_DONE || of->steps[i].end == STEP_WAS_SO)
			continue;
		strbuf_puts(out, "\nNot done: ");
		put_plain(out, of->plan->requests[i].title);
		strbuf_puts(out, ". What the drill made may still be there, and cost.\n");
	}
}

static void put_steps(struct strbuf *out, const struct run_report *of)
{
	strbuf_puts(out, "\n## Steps\n\n| Step | Began | Took | Sent | Ended |\n"
			 "|---|---|---|---|---|\n");
	for (size_t i = 0; i < of->plan->n_requests; i++) {
		const struct run_step *step = &of->steps[i];

		strbuf_puts(out, "| ");
		put_plain(out, of->plan->requests[i].title);
		strbuf_puts(out, " | ");
		put_moment(out, step->sent_ms);
		strbuf_puts(out, " | ");
		put_span(out, took_ms(step));
		strbuf_printf(out, " | %d | %s |\n", step->sent,
			      step_end_name(step->end));
	}
}

static void put_shows(struct strbuf *out, const struct run_report *of)
{
	strbuf_puts(out, "\n## Planned\n\n| What | Before | After |\n|---|---|---|\n");
	for (size_t i = 0; i < of->plan->n_shows; i++) {
		const struct plan_show *show = &of->plan->shows[i];
		const char *const texts[] = {show->title, show->before, show->after};

		for (size_t k = 0; k < 3; k++) {
			strbuf_puts(out, k ? " | " : "| ");
			put_plain(out, texts[k]);
		}
		strbuf_puts(out, " |\n");
	}
	for (size_t i = 0; i < of->plan->n_warnings; i++) {
		strbuf_puts(out, i ? "- " : "\nWarned of:\n\n- ");
		put_plain(out, of->plan->warnings[i]);
		strbuf_putc(out, '\n');
	}
	strbuf_puts(out, "\nUndo: ");
	put_plain(out, of->plan->undo);
	strbuf_putc(out, '\n');
}

void run_report_format(const struct run_report *of, struct strbuf *out)
{
	put_head(out, of);
	put_drill(out, of);
	put_steps(out, of);
	put_shows(out, of);
}
