/* See audit_changes.h. */
#include "act/audit_changes.h"

#include <inttypes.h>

#include "act/audit_entry.h"
#include "act/plan.h"
#include "base/json.h"
#include "base/map.h"
#include "board/derive.h"

enum { TEXT_MOST = 2000 };

struct reading {
	const struct audit_report *report;
	cJSON *rows;	  /* in order of the log */
	struct map by_id; /* to one of them */
	size_t line;	  /* from 1 */
};

static void set(cJSON *row, const char *name, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(row, name);
	derive_put_text(row, name, text);
}

static void set_number(cJSON *row, const char *name, double value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(row, name);
	derive_put_number(row, name, value);
}

static void set_time(cJSON *row, const char *name, int64_t at_ms)
{
	cJSON_DeleteItemFromObjectCaseSensitive(row, name);
	derive_put_time(row, name, at_ms);
}

static void set_inputs(cJSON *row, const cJSON *inputs)
{
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	plan_put_inputs(inputs, &text);
	set(row, "inputs", text.p);
	strbuf_fini(&text);
}

static void take_plan(cJSON *row, const cJSON *about)
{
	set(row, "by", json_text(about, "by"));
	set(row, "resource", json_text(about, "resource"));
	set_inputs(row, json_member(about, "inputs"));
}

static void take_approval(cJSON *row, const cJSON *about)
{
	const char *before = json_text(row, "approved"), *who = json_text(about, "who");
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	strbuf_printf(&text, "%s%s%s", before ? before : "", before ? ", " : "",
		      who ? who : "?");
	set(row, "approved", text.p);
	strbuf_fini(&text);
}

/* A run that was refused may have been begun before; what it sent then stays. */
static void take_refusal(cJSON *row, const cJSON *about)
{
	const char *what = json_text(about, "refused");

	if (what)
		set(row, "state", strcmp(what, "reject") == 0 ? "rejected" : "refused");
	set(row, "why", json_text(about, "why"));
}

static void take_step(cJSON *row, const cJSON *about, const char *by, int64_t at_ms)
{
	if (!json_text(about, "run"))
		return;
	set(row, "state", "running");
	set(row, "ran", by);
	set_time(row, "began", at_ms);
}

static void take_result(cJSON *row, const cJSON *about)
{
	const char *outcome = json_text(about, "outcome");
	const char *error = json_text(about, "error");

	if (outcome)
		set(row, "state", outcome);
	if (outcome || error)
		set(row, "why", error);
}

static void take_request(cJSON *row)
{
	double sent = 0;

	json_number(row, "sent", &sent);
	set_number(row, "sent", sent + 1);
}

static cJSON *row_of(struct reading *r, const cJSON *about)
{
	const char *id = json_text(about, "change");
	cJSON *row = id ? map_find(&r->by_id, str_from(id)) : NULL;

	if (!id || row)
		return row;
	row = cJSON_CreateObject();
	cJSON_AddItemToArray(r->rows, row);
	map_put(&r->by_id, str_from(id), row);
	set(row, "kind", "change");
	set(row, "change", id);
	set(row, "state", "planned");
	set(row, "what", json_text(about, "action"));
	set(row, "on", json_text(about, "target"));
	set(row, "proof", r->report ? "signed" : "not checked");
	set_number(row, "sent", 0);
	return row;
}

static void take_entry(struct reading *r, const struct audit_entry *entry,
		       const cJSON *document)
{
	const cJSON *about = json_member(document, "about");
	cJSON *row = row_of(r, about);
	enum audit_kind kind;

	if (!row)
		return;
	set_time(row, "at", entry->at_ms);
	if (r->report && !audit_report_proves(r->report, r->line))
		set(row, "proof", "NOT vouched for");
	if (!audit_kind_find(entry->kind, &kind))
		return;
	if (kind == AUDIT_PLAN)
		take_plan(row, about);
	else if (kind == AUDIT_APPROVAL)
		take_approval(row, about);
	else if (kind == AUDIT_REFUSAL)
		take_refusal(row, about);
	else if (kind == AUDIT_STEP)
		take_step(row, about, json_text(document, "by"), entry->at_ms);
	else if (kind == AUDIT_REQUEST)
		take_request(row);
	else if (kind == AUDIT_RESULT || kind == AUDIT_VERIFY)
		take_result(row, about);
}

static void take_line(struct reading *r, struct str line)
{
	static const struct json_limits limits = {.max_bytes = AUDIT_LINE_MAX,
						  .max_depth = JSON_MAX_DEPTH};
	struct audit_entry entry;
	struct err ignored;
	cJSON *document;

	r->line++;
	if (!audit_entry_parse(line, &entry))
		return;
	document = json_parse(entry.document, &limits, NULL, &ignored);
	take_entry(r, &entry, document);
	cJSON_Delete(document);
}

/* The oldest go; the caller has the rest, newest first. */
static cJSON *newest(cJSON *rows)
{
	cJSON *out = cJSON_CreateArray();

	for (int i = 0; i < AUDIT_CHANGES_MOST && rows->child; i++)
		cJSON_AddItemToArray(out,
				     cJSON_DetachItemViaPointer(rows, rows->child->prev));
	cJSON_Delete(rows);
	return out;
}

cJSON *audit_changes(struct str log, const struct audit_report *report)
{
	struct reading r = {.report = report, .rows = cJSON_CreateArray()};
	ptrdiff_t end;

	map_init(&r.by_id);
	while ((end = str_find_char(log, '\n')) >= 0) {
		take_line(&r, str_sub(log, 0, (size_t)end));
		log = str_sub(log, (size_t)end + 1, log.n);
	}
	map_fini(&r.by_id);
	return newest(r.rows);
}

static void say_report(const struct audit_report *r, struct strbuf *out)
{
	enum audit_fault fault = r->entry != AUDIT_FAULT_NONE ? r->entry : r->head;

	if (audit_report_is_sound(r))
		strbuf_printf(out, "%" PRIu64 " entries, signed and whole", r->n_sound);
	else
		strbuf_printf(out, "line %zu: %s; `azdeck audit verify` says more",
			      r->line ? r->line : r->n_lines, audit_fault_help(fault));
}

cJSON *audit_changes_log(const struct audit_report *report, const char *state,
			 const char *why_not)
{
	cJSON *row = cJSON_CreateObject();
	struct strbuf why;

	strbuf_init(&why, TEXT_MOST);
	if (report)
		say_report(report, &why);
	else
		strbuf_puts(&why, why_not);
	if (report)
		state = audit_report_is_sound(report) ? "sound" : "not sound";
	set(row, "kind", "log");
	set(row, "change", "log");
	set(row, "what", "audit log");
	set(row, "state", state);
	set(row, "why", why.p);
	set_time(row, "at", report ? report->last_ms : 0);
	strbuf_fini(&why);
	return row;
}
