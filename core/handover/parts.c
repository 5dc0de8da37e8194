/* See parts.h. What woke somebody comes first, what can wait for the morning last. */
#include "handover/parts.h"

#include "base/count.h"
#include "handover/handover.h"

const struct handover_part handover_parts[] = {
	{.section = HANDOVER_UNANSWERED,
	 .board = "pagerduty",
	 .label = "PagerDuty, triggered",
	 .filter = "state:triggered",
	 .most = 20,
	 .phrase = "**{title}**: {urgency} urgency[, {priority}], since "
		   "{since}[, "
		   "assigned to {assigned}]"},
	{.section = HANDOVER_UNANSWERED,
	 .board = "opsgenie",
	 .label = "Opsgenie, open",
	 .filter = "state:open",
	 .most = 20,
	 .phrase = "**{message}**: {priority}, since {since}[, owner {owner}]"},
	{.section = HANDOVER_UNANSWERED,
	 .board = "alerts",
	 .label = "Azure Monitor, fired and new",
	 .filter = "condition:Fired handled:New",
	 .most = 20,
	 .phrase = "**{alert}** on {on}: severity {level}, since {since}[ ({about})]"},
	{.section = HANDOVER_UNANSWERED,
	 .board = "attention",
	 .label = "Critical, not acknowledged",
	 .filter = "state:critical",
	 .most = 20,
	 .phrase = "**{what}** on {on}: {why}; seen since {since}"},
	{.section = HANDOVER_UNANSWERED,
	 .board = "attention",
	 .label = "Warnings, not acknowledged",
	 .filter = "state:warning",
	 .most = 5,
	 .phrase = "**{what}** on {on}: {why}; seen since {since}"},
	{.section = HANDOVER_HELD,
	 .board = "pagerduty",
	 .label = "PagerDuty, acknowledged",
	 .filter = "state:acknowledged",
	 .most = 20,
	 .phrase = "**{title}**: {urgency} urgency[, {priority}], since "
		   "{since}[, "
		   "with {assigned}]"},
	{.section = HANDOVER_HELD,
	 .board = "opsgenie",
	 .label = "Opsgenie, acknowledged",
	 .filter = "state:acknowledged",
	 .most = 20,
	 .phrase = "**{message}**: {priority}, since {since}[, with {owner}]"},
	{.section = HANDOVER_HELD,
	 .board = "alerts",
	 .label = "Azure Monitor, fired and acknowledged",
	 .filter = "condition:Fired handled:Acknowledged",
	 .most = 20,
	 .phrase =
		 "**{alert}** on {on}: severity {level}, since {since}[, changed last by "
		 "{who}][ ({about})]"},
	{.section = HANDOVER_HELD,
	 .board = "attention",
	 .label = "Acknowledged in azdeck, until it changes",
	 .filter = "state:acknowledged",
	 .most = 20,
	 .phrase = "**{what}** on {on}: {why}; seen since {since}"},
	{.section = HANDOVER_HELD,
	 .board = "alertmanager",
	 .label = "Silenced in Alertmanager: nobody is told",
	 .filter = "state:silenced",
	 .most = 10,
	 .phrase = "**{name}**: {summary}, since {since}[, silenced by {because}][ until "
		   "{until}]"},
	{.section = HANDOVER_APPROVALS,
	 .board = "approvals",
	 .label = "Pipelines",
	 .filter = "state:pending",
	 .most = 15,
	 .phrase = "**{pipeline}** {build}: asks {approvers}, since {since}[: "
		   "{instructions}]"},
	{.section = HANDOVER_CHANGED,
	 .board = HANDOVER_LOG,
	 .label = "The audit log",
	 .filter = "kind:log",
	 .most = 1,
	 .phrase = "{state}: {why}"},
	{.section = HANDOVER_CHANGED,
	 .board = HANDOVER_LOG,
	 .label = "By azdeck, as its audit log has it (`azdeck audit show` has each "
		  "request)",
	 .filter = "kind:change !state:planned",
	 .when = "at",
	 .is_since = true,
	 .most = 30,
	 .phrase =
		 "**{what}**[ {inputs}] on {on} by {by}[, approved by {approved}], plan "
		 "`{change}`: {state}[ ({why})]; {proof}"},
	{.section = HANDOVER_CHANGED,
	 .board = "activity",
	 .label = "Azure's own log, which is minutes late and of six hours",
	 .when = "when",
	 .is_since = true,
	 .most = 20,
	 .phrase = "{what} on **{on}** by {who}: {state}[ ({why})]"},
	{.section = HANDOVER_CHANGED,
	 .board = "changes",
	 .label = "What became critical",
	 .least = SEV_CRIT,
	 .when = "at",
	 .is_since = true,
	 .most = 20,
	 .phrase = "**{what}** on {on}: {column}[ from {before}][ to {after}]"},
	{.section = HANDOVER_DRIFT,
	 .board = "sql-schedules",
	 .label = "Databases off their schedule",
	 .least = SEV_INFO,
	 .most = 20,
	 .phrase = "**{name}**: {drift}[, is {size}][, wanted {want}][, since {since}][, "
		   "{hourly} "
		   "an hour][, {spent} so far][; {missed}][; {error}]"},
	{.section = HANDOVER_DRIFT,
	 .board = "schedules",
	 .label = "Nodes, machines and agents off their schedule",
	 .least = SEV_INFO,
	 .most = 20,
	 .phrase = "**{name}** of {place}: {drift}[, is {size}][, wanted {want}][, since "
		   "{since}][, {hourly} an hour][, {spent} so far][; {missed}][; "
		   "{error}]"},
	{.section = HANDOVER_DRIFT,
	 .board = "terraform",
	 .label = "Not as Terraform has it",
	 .least = SEV_UNKNOWN,
	 .most = 20,
	 .phrase = "**{resource}**: {state}[, differs in {differs}][, group {group}]"},
	{.section = HANDOVER_DRIFT,
	 .board = "argocd",
	 .label = "Not as Argo CD has it",
	 .filter = "sync:OutOfSync",
	 .most = 10,
	 .phrase = "**{name}**: {sync}, {health}[: {message}]"},
	{.section = HANDOVER_BUDGETS,
	 .board = "slo",
	 .label = "Left of what each workload was promised",
	 .filter = "source:combined",
	 .most = 20,
	 .phrase = "**{workload}**: {state}; up {availability} of {slo}, {left} left[ "
		   "({used} "
		   "used)][, burn rate {burn_1h} in the last hour]"},
	{.section = HANDOVER_EDGES,
	 .board = "sql-schedules",
	 .label = "Databases",
	 .when = "next",
	 .is_coming = true,
	 .most = 12,
	 .phrase = "**{name}**: {then}, {next}"},
	{.section = HANDOVER_EDGES,
	 .board = "schedules",
	 .label = "Nodes, machines and agents",
	 .when = "next",
	 .is_coming = true,
	 .most = 12,
	 .phrase = "**{name}** of {place}: {then}, {next}"},
	{.section = HANDOVER_EDGES,
	 .board = "drills",
	 .label = "Drills due",
	 .when = "due",
	 .is_coming = true,
	 .most = 5,
	 .phrase = "**{subject}** of {workload}: {kind}, {due}"},
	{.section = HANDOVER_FEEDS,
	 .board = "feeds",
	 .label = "Failing",
	 .filter = "state:failing",
	 .most = 20,
	 .phrase = "**{board}**, {request} of {connection}: last good {good}[: {why}]"},
	{.section = HANDOVER_FEEDS,
	 .board = "feeds",
	 .label = "Not answered yet",
	 .filter = "state:waiting !feeds",
	 .most = 10,
	 .phrase = "**{board}**, {request} of {connection}"},
};
const size_t n_handover_parts = COUNT(handover_parts);

static bool is_first_of(size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (strcmp(handover_parts[i].board, handover_parts[at].board) == 0)
			return false;
	}
	return true;
}

const char *handover_board(size_t i)
{
	for (size_t at = 0; at < n_handover_parts; at++) {
		if (is_first_of(at) && i-- == 0)
			return handover_parts[at].board;
	}
	return NULL;
}
