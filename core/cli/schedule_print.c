/* See schedule_print.h. */
#include "cli/schedule_print.h"

#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "cli/caret.h"

static const char *intent_of(const struct schedule_edge *edge)
{
	return schedule_intent_name(edge->is_on ? SCHEDULE_ON : SCHEDULE_OFF);
}

/* Mon 2026-11-23 07:00 EST */
static void put_local(struct strbuf *out, int64_t utc_ms, const struct zone_kind *clock)
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed",
					   "Thu", "Fri", "Sat"};
	struct utc u = utc_from_ms(utc_ms + clock->offset_s * INT64_C(1000));

	strbuf_printf(out, "%s %04d-%02d-%02d %02d:%02d %s", days[u.weekday], u.year,
		      u.month, u.day, u.hour, u.minute, clock->abbreviation);
}

static void put_figures(struct strbuf *out, const struct schedule_figures *f)
{
	const char *between = "";

	if (f->tier[0]) {
		strbuf_printf(out, "tier %s", f->tier);
		between = ", ";
	}
	if (f->size[0]) {
		strbuf_printf(out, "%ssize %s", between, f->size);
		between = ", ";
	}
	if (f->count >= 0)
		strbuf_printf(out, "%scount %d", between, f->count);
}

/* What it asks for besides, and what is odd about it. */
static void put_remarks(struct strbuf *out, const struct schedule_edge *edge)
{
	size_t before = out->n;

	put_figures(out, &edge->figures);
	if (!edge->is_change)
		strbuf_printf(out, "%sas before", out->n > before ? "; " : "");
	if (edge->is_moved)
		strbuf_printf(out, "%s%02d:%02d is left out that day",
			      out->n > before ? "; " : "", edge->minute / 60,
			      edge->minute % 60);
	if (edge->is_repeated)
		strbuf_printf(out, "%sthe first of two %02d:%02d",
			      out->n > before ? "; " : "", edge->minute / 60,
			      edge->minute % 60);
}

static const struct zone_kind *clock_at(const struct schedule *s, int64_t at_ms)
{
	return zone_span_at(s->zone, at_ms / 1000).kind;
}

static void put_now(struct strbuf *out, const struct schedule_report *report)
{
	strbuf_printf(out, "%-4s ", schedule_intent_name(report->intended));
	if (report->has_last) {
		strbuf_puts(out, "since ");
		put_local(out, report->last.at_ms, report->last.clock);
		strbuf_puts(out, ", for ");
		duration_format(out, report->at_ms - report->last.at_ms);
		if (report->last.figures.tier[0] || report->last.figures.size[0] ||
		    report->last.figures.count >= 0)
			strbuf_puts(out, ": ");
		put_figures(out, &report->last.figures);
	}
	strbuf_puts(out, "\nzone ");
	strbuf_puts(out, report->schedule->zone->name);
	strbuf_puts(out, ", where it is ");
	put_local(out, report->at_ms, clock_at(report->schedule, report->at_ms));
	strbuf_putc(out, '\n');
}

static void put_next(struct strbuf *out, const struct schedule_report *report)
{
	struct strbuf cell;
	size_t width = 5;

	strbuf_init(&cell, 1024);
	for (size_t i = 0; i < report->n_next; i++) {
		strbuf_reset(&cell);
		put_local(&cell, report->next[i].at_ms, report->next[i].clock);
		width = cell.n > width ? cell.n : width;
	}
	strbuf_printf(out, "\nNEXT %-*s  %-16s %8s\n", (int)width, "LOCAL", "UTC", "IN");
	for (size_t i = 0; i < report->n_next; i++) {
		const struct schedule_edge *edge = &report->next[i];
		struct utc u = utc_from_ms(edge->at_ms);

		strbuf_reset(&cell);
		put_local(&cell, edge->at_ms, edge->clock);
		strbuf_printf(out, "%-4s %-*s  %04d-%02d-%02d %02d:%02d", intent_of(edge),
			      (int)width, cell.p, u.year, u.month, u.day, u.hour,
			      u.minute);
		strbuf_reset(&cell);
		duration_format(&cell, edge->at_ms - report->at_ms);
		strbuf_printf(out, " %8s", cell.p);
		strbuf_reset(&cell);
		put_remarks(&cell, edge);
		strbuf_printf(out, "%s%s\n", cell.n ? "  " : "", cell.p);
	}
	strbuf_fini(&cell);
}

static void put_missed(struct strbuf *out, const struct schedule_report *report)
{
	const struct schedule_missed *m = &report->missed;

	strbuf_puts(out, "\nsince ");
	put_local(out, report->since_ms, clock_at(report->schedule, report->since_ms));
	if (m->n == 0) {
		strbuf_puts(out, " no edge went by\n");
		return;
	}
	strbuf_printf(out, " %s%zu edge%s went by, from ", m->is_more ? "more than " : "",
		      m->n, m->n == 1 ? "" : "s");
	put_local(out, m->first.at_ms, m->first.clock);
	strbuf_puts(out, "\nto catch up: ");
	strbuf_puts(out, intent_of(&m->last));
	strbuf_puts(out, ", as of ");
	put_local(out, m->last.at_ms, m->last.clock);
	strbuf_puts(out, "; nothing was done\n");
}

static void put_undecidable(struct strbuf *out, const struct schedule_report *report)
{
	struct strbuf line;

	strbuf_init(&line, 4 * sizeof(report->error.text));
	sanitize_line(&line, str_from(report->error.text));
	strbuf_printf(out, "undecidable, so nothing acts on it: %s\n", line.p);
	if (!report->error.is_machine)
		cli_put_caret(out, report->tag, report->error.at);
	strbuf_fini(&line);
}

void schedule_put_table(struct strbuf *out, const struct schedule_report *report)
{
	if (report->intended == SCHEDULE_UNDECIDABLE) {
		put_undecidable(out, report);
		return;
	}
	if (report->schedule->is_opted_out) {
		strbuf_puts(out, "on   always: opted out, so nothing is scheduled\n");
		return;
	}
	put_now(out, report);
	put_next(out, report);
	if (report->has_since)
		put_missed(out, report);
}

static void put_json_time(struct strbuf *out, const char *name, int64_t ms)
{
	strbuf_printf(out, "\"%s\":\"", name);
	time_format_iso(out, ms, false);
	strbuf_putc(out, '"');
}

/* 2026-11-23T07:00:00-05:00 */
static void put_json_local(struct strbuf *out, int64_t utc_ms,
			   const struct zone_kind *clock)
{
	struct utc u = utc_from_ms(utc_ms + clock->offset_s * INT64_C(1000));
	int offset = clock->offset_s / 60;

	strbuf_printf(out, "\"%04d-%02d-%02dT%02d:%02d:%02d", u.year, u.month, u.day,
		      u.hour, u.minute, u.second);
	strbuf_putc(out, offset < 0 ? '-' : '+');
	offset = offset < 0 ? -offset : offset;
	strbuf_printf(out, "%02d:%02d\"", offset / 60, offset % 60);
}

static void put_json_word(struct strbuf *out, const char *name, const char *word)
{
	strbuf_printf(out, ",\"%s\":", name);
	if (word[0])
		json_print_text(out, str_from(word));
	else
		strbuf_puts(out, "null");
}

static void put_json_edge(struct strbuf *out, const struct schedule_report *report,
			  const struct schedule_edge *edge)
{
	strbuf_putc(out, '{');
	put_json_time(out, "at", edge->at_ms);
	strbuf_puts(out, ",\"local\":");
	put_json_local(out, edge->at_ms, edge->clock);
	strbuf_printf(out, ",\"clock\":\"%s\",\"intended\":\"%s\",\"in_seconds\":%lld",
		      edge->clock->abbreviation, intent_of(edge),
		      (long long)(edge->at_ms - report->at_ms) / 1000);
	put_json_word(out, "tier", edge->figures.tier);
	put_json_word(out, "size", edge->figures.size);
	if (edge->figures.count >= 0)
		strbuf_printf(out, ",\"count\":%d", edge->figures.count);
	else
		strbuf_puts(out, ",\"count\":null");
	strbuf_printf(out, ",\"change\":%s,\"moved\":%s,\"repeated\":%s}",
		      edge->is_change ? "true" : "false",
		      edge->is_moved ? "true" : "false",
		      edge->is_repeated ? "true" : "false");
}

static void put_json_missed(struct strbuf *out, const struct schedule_report *report)
{
	const struct schedule_missed *m = &report->missed;

	strbuf_puts(out, ",\"missed\":{");
	put_json_time(out, "since", report->since_ms);
	strbuf_printf(out, ",\"count\":%zu,\"more\":%s,\"first\":", m->n,
		      m->is_more ? "true" : "false");
	if (m->n)
		put_json_edge(out, report, &m->first);
	else
		strbuf_puts(out, "null");
	strbuf_puts(out, ",\"catch_up\":");
	if (m->n)
		put_json_edge(out, report, &m->last);
	else
		strbuf_puts(out, "null");
	strbuf_putc(out, '}');
}

void schedule_put_json(struct strbuf *out, const struct schedule_report *report)
{
	const struct schedule *s = report->schedule;
	bool has_zone = s && s->zone;

	strbuf_puts(out, "{\"schema\":\"azdeck.schedule/1\",\"tag\":");
	json_print_text(out, report->tag);
	strbuf_putc(out, ',');
	put_json_time(out, "at", report->at_ms);
	strbuf_puts(out, ",\"local\":");
	if (has_zone)
		put_json_local(out, report->at_ms, clock_at(s, report->at_ms));
	else
		strbuf_puts(out, "null");
	put_json_word(out, "zone", has_zone ? s->zone->name : "");
	strbuf_printf(out, ",\"intended\":\"%s\",\"opted_out\":%s,\"last\":",
		      schedule_intent_name(report->intended),
		      s && s->is_opted_out ? "true" : "false");
	if (report->has_last)
		put_json_edge(out, report, &report->last);
	else
		strbuf_puts(out, "null");
	strbuf_puts(out, ",\"next\":[");
	for (size_t i = 0; i < report->n_next; i++) {
		if (i)
			strbuf_putc(out, ',');
		put_json_edge(out, report, &report->next[i]);
	}
	strbuf_putc(out, ']');
	if (report->has_since)
		put_json_missed(out, report);
	put_json_word(out, "error", report->error.text);
	if (report->error.text[0] && !report->error.is_machine)
		strbuf_printf(out, ",\"error_at\":%zu", report->error.at);
	else
		strbuf_puts(out, ",\"error_at\":null");
	strbuf_puts(out, "}\n");
}
