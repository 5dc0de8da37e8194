/* Records on boards, and sections of runbooks. */
#include "answer/ground_source.h"

#include <stdio.h>

#include "answer/field_rows.h"
#include "base/count.h"
#include "board/def.h"

/* Boards in the order in which they are asked. */
static const struct {
	enum claim_kind kind;
	const char *board;
	struct field_rows rows;
} records[] = {
	{CLAIM_LINE, "log-lines", {.match = "id,trace", .newest = "at"}},
	{CLAIM_LINE, "log-patterns", {.match = "like"}},
	{CLAIM_LINE, "log-storms", {.match = "container"}},
	{CLAIM_LINE, "log-silence", {.match = "subject"}},
	{CLAIM_LINE, "k8s-events", {.newest = "last"}},
	{CLAIM_ALERT, "alerts", {.match = "alert,on", .newest = "since"}},
	{CLAIM_ALERT, "alertmanager", {.match = "name", .newest = "since"}},
	{CLAIM_ALERT, "prometheus-alerts", {.match = "name", .newest = "since"}},
	{CLAIM_ALERT, "pagerduty", {.match = "title,service,number", .newest = "since"}},
	{CLAIM_ALERT, "opsgenie", {.match = "message,number", .newest = "since"}},
	{CLAIM_ALERT, "security-alerts", {.match = "alert,on", .newest = "when"}},
	{CLAIM_ALERT, "service-health", {.match = "title,tracking", .newest = "began"}},
	{CLAIM_ALERT, "attention", {.match = "what", .newest = "since"}},
	{CLAIM_CHANGE, "activity", {.match = "on,what,correlation", .newest = "when"}},
	{CLAIM_CHANGE, "changes", {.match = "what", .newest = "at"}},
	{CLAIM_CHANGE, "deployments", {.match = "name,correlation", .newest = "when"}},
	{CLAIM_CHANGE, "sql-operations", {.match = "database", .newest = "started"}},
	{CLAIM_CHANGE, "sql-changes", {.match = "name", .newest = "started"}},
	{CLAIM_CHANGE, "health-history", {.match = "name", .newest = "from"}},
	{CLAIM_CHANGE, "builds", {.match = "build,id,pipeline", .newest = "queued"}},
	{CLAIM_DRILL, "drills", {.match = "subject,workload", .newest = "started"}},
	{CLAIM_DRILL, "restore-tests", {.match = "item", .newest = "started"}},
	{CLAIM_DRILL, "dr-jobs", {.match = "target,job", .newest = "started"}},
};

static bool find_row(const struct board *board, const struct field_rows *rows,
		     struct str key, struct ground_source *out)
{
	struct row_list list = {0};

	if (!board || !key.n)
		return false;
	field_rows_find(board, rows, key, &list);
	if (list.rows.n) {
		out->board = board;
		out->row = list.rows.p[0];
	}
	vec_fini(&list.rows);
	return out->row != NULL;
}

/* "pagerduty/4101" */
static bool find_named(const struct evidence *e, struct str target,
		       struct ground_source *out)
{
	static const struct field_rows any_row = {.match = NULL};
	ptrdiff_t stroke = str_find_char(target, '/');
	char board[64];

	if (stroke <= 0 || (size_t)stroke >= sizeof(board))
		return false;
	snprintf(board, sizeof(board), "%.*s", (int)stroke, target.p);
	return find_row(evidence_board(e, board), &any_row,
			str_sub(target, (size_t)stroke + 1, target.n), out);
}

static bool find_record(const struct evidence *e, enum claim_kind kind, struct str target,
			struct ground_source *out)
{
	for (size_t i = 0; i < COUNT(records); i++)
		if (records[i].kind == kind &&
		    find_row(evidence_board(e, records[i].board), &records[i].rows,
			     target, out))
			return true;
	return find_named(e, target, out);
}

static const struct md_section *find_section(const struct runbook *book,
					     struct str heading)
{
	const struct md_section *section;

	vec_each (section, &book->page.sections) {
		if (!heading.n || str_eq_nocase(section->heading, heading) ||
		    str_eq_nocase(section->anchor, heading))
			return section;
	}
	return NULL;
}

static bool find_runbook(const struct evidence *e, struct str target,
			 struct ground_source *out)
{
	ptrdiff_t mark = str_find_char(target, '#');
	struct str name = mark < 0 ? target : str_sub(target, 0, (size_t)mark);
	struct str heading = {0};

	if (mark >= 0)
		heading = str_trim(str_sub(target, (size_t)mark + 1, target.n));
	for (size_t i = 0; e->knowledge && i < knowledge_files(e->knowledge); i++) {
		const struct knowledge_file *file = knowledge_file_at(e->knowledge, i);

		if (!file->book || file->is_hidden ||
		    !str_eq_nocase(file->book->name, str_trim(name)))
			continue;
		out->file = file;
		out->section = find_section(file->book, heading);
		return out->section != NULL;
	}
	return false;
}

bool ground_source_find(const struct evidence *e, enum claim_kind kind, struct str target,
			struct ground_source *out)
{
	*out = (struct ground_source){0};
	return kind == CLAIM_RUNBOOK ? find_runbook(e, target, out)
				     : find_record(e, kind, target, out);
}
