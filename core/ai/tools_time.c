/* Tools over time: what changed between two moments, what logs say, what a schedule
 * intends. */
#include <math.h>
#include <stdio.h>

#include "ai/tools_part.h"
#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "schedule/wanted.h"

static void put_changes(struct tool_call *call, const char *name, const char *column,
			struct tool_rows_wanted *wanted)
{
	const struct board *board = tool_board(call, name);

	if (!board)
		return;
	wanted->time = board_def_column(board->def, str_from(column));
	tool_put_rows(call, board, wanted);
}

void tool_changes(struct tool_call *call)
{
	static const struct {
		const char *board, *column;
	} sources[] = {{"changes", "at"}, {"activity", "when"}, {"attention", "since"}};
	struct tool_rows_wanted wanted = {.filter = json_text(call->args, "filter")};

	if (!tool_moment(call, "since", call->e->now_ms - HOUR_MS, &wanted.from_ms) ||
	    !tool_moment(call, "until", call->e->now_ms, &wanted.to_ms))
		return;
	wanted.most = tool_count(call->args, "rows", TOOL_ROWS);
	strbuf_puts(&call->head, "From ");
	time_format_iso(&call->head, wanted.from_ms, false);
	strbuf_puts(&call->head, " to ");
	time_format_iso(&call->head, wanted.to_ms, false);
	strbuf_puts(&call->head, ". What came at the same time need not be the cause.\n");
	for (size_t i = 0; i < COUNT(sources); i++)
		put_changes(call, sources[i].board, sources[i].column, &wanted);
}

void tool_logs(struct tool_call *call)
{
	const char *what = json_text(call->args, "what");
	struct tool_rows_wanted wanted = {.filter = json_text(call->args, "filter"),
					  .time = -1,
					  .most = tool_count(call->args, "rows",
							     TOOL_ROWS)};
	const struct board *board;
	char name[32];

	snprintf(name, sizeof(name), "log-%s", what ? what : "patterns");
	board = tool_board(call, name);
	if (board)
		tool_put_rows(call, board, &wanted);
}

static void put_edge(struct strbuf *out, const char *title,
		     const struct schedule_edge *edge)
{
	strbuf_printf(out, "%s: %s at ", title, edge->is_on ? "on" : "off");
	time_format_iso(out, edge->at_ms, false);
	strbuf_printf(out, ", %02u:%02u %s\n", edge->minute / 60u, edge->minute % 60u,
		      edge->clock->abbreviation);
}

static void put_wanted(struct strbuf *out, const struct wanted *wanted)
{
	strbuf_printf(out, "intended: %s%s\n", schedule_intent_name(wanted->intent),
		      wanted->is_opted_out ? " (opted out)" : "");
	if (!wanted->has_schedule || wanted->intent == SCHEDULE_UNDECIDABLE)
		strbuf_printf(out, "why: %s\n", wanted->error.text);
	if (wanted->has_last)
		put_edge(out, "since", &wanted->last);
	if (wanted->has_next)
		put_edge(out, "next", &wanted->next);
}

/* Tags that name no zone are by the clocks that the configuration says. */
static bool find_defaults(struct tool_call *call, struct schedule *out)
{
	const char *zone = call->e->config->schedules.timezone;
	struct schedule_error error;
	char tag[SCHEDULE_TAG_MAX];

	if (!zone)
		return false;
	snprintf(tag, sizeof(tag), "tz=%s", zone);
	return schedule_parse(str_from(tag), NULL, call->zones, out, &error);
}

void tool_schedule(struct tool_call *call)
{
	struct schedule defaults;
	struct wanted wanted;
	int64_t at_ms;

	if (!tool_moment(call, "at", call->e->now_ms, &at_ms))
		return;
	wanted_look(str_from(json_text(call->args, "tag")),
		    find_defaults(call, &defaults) ? &defaults : NULL, call->zones, at_ms,
		    &wanted);
	strbuf_puts(&call->head, "At ");
	time_format_iso(&call->head, at_ms, false);
	strbuf_puts(&call->head,
		    " the tag means what stands below. To say when a resource is on or "
		    "off, cite fields of the board off-hours.\n");
	put_wanted(&call->body, &wanted);
}
