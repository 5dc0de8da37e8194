/* See audit_print.h. Whether entries follow each other is seen without a key; who signed
 * them is for `azdeck audit verify` to say. */
#include "cli/audit_print.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "act/audit_entry.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"

struct walk {
	const struct audit_filter *filter;
	struct strbuf *out;
	size_t line, n_shown;
	uint64_t n;
	struct merkle_hash last;
	bool is_whole;
};

/* A JSON text without its quotes and escapes, fit for a terminal. */
static void put_plain(struct strbuf *out, const cJSON *value)
{
	struct strbuf text;

	if (cJSON_IsString(value)) {
		sanitize_line(out, str_from(value->valuestring));
		return;
	}
	strbuf_init(&text, AUDIT_LINE_MAX);
	json_print(&text, value);
	sanitize_line(out, strbuf_str(&text));
	strbuf_fini(&text);
}

static void put_row(struct walk *w, const struct audit_entry *entry, bool follows)
{
	static const struct json_limits limits = {.max_bytes = AUDIT_LINE_MAX,
						  .max_depth = JSON_MAX_DEPTH};
	struct err ignored;
	cJSON *document = json_parse(entry->document, &limits, NULL, &ignored);
	const cJSON *item;

	strbuf_printf(w->out, "%6" PRIu64 "%s ", entry->n, follows ? " " : "!");
	time_format_iso(w->out, entry->at_ms, false);
	strbuf_printf(w->out, " %-9.*s ", STR_ARG(entry->kind));
	put_plain(w->out, json_member(document, "by"));
	cJSON_ArrayForEach (item, json_member(document, "about")) {
		strbuf_puts(w->out, "  ");
		sanitize_line(w->out, str_from(item->string));
		strbuf_putc(w->out, '=');
		put_plain(w->out, item);
	}
	strbuf_putc(w->out, '\n');
	cJSON_Delete(document);
}

static void put_object(struct walk *w, const struct audit_entry *entry, bool follows)
{
	strbuf_printf(w->out, "%s{\"line\":%zu,\"follows\":%s,\"entry\":",
		      w->n_shown ? ",\n" : "", w->line, follows ? "true" : "false");
	if (entry)
		strbuf_put(w->out, entry->document);
	else
		strbuf_puts(w->out, "null");
	strbuf_putc(w->out, '}');
}

static bool is_wanted(const struct walk *w, const struct audit_entry *entry)
{
	return entry->at_ms >= w->filter->since_ms &&
	       (!w->filter->kind || str_eq(entry->kind, str_from(w->filter->kind)));
}

static void take_line(struct walk *w, struct str line)
{
	struct audit_entry entry;
	bool is_entry = audit_entry_parse(line, &entry);
	bool follows = is_entry && entry.n == w->n + 1 &&
		       memcmp(entry.prev.p, w->last.p, sizeof(w->last.p)) == 0;

	w->line++;
	w->is_whole = w->is_whole && follows;
	w->last = merkle_leaf(line);
	w->n = is_entry ? entry.n : w->n + 1;
	if (is_entry && !is_wanted(w, &entry))
		return;
	if (w->filter->is_json)
		put_object(w, is_entry ? &entry : NULL, follows);
	else if (is_entry)
		put_row(w, &entry, follows);
	else
		strbuf_printf(w->out, "     !  line %zu is no entry\n", w->line);
	w->n_shown++;
}

bool audit_print_entries(struct strbuf *out, struct str log,
			 const struct audit_filter *filter)
{
	struct walk w = {.filter = filter, .out = out, .is_whole = true};
	ptrdiff_t end;

	if (filter->is_json)
		strbuf_puts(out, "{\"schema\":\"azdeck.audit/1\",\"entries\":[");
	while ((end = str_find_char(log, '\n')) >= 0) {
		take_line(&w, str_sub(log, 0, (size_t)end));
		log = str_sub(log, (size_t)end + 1, log.n);
	}
	w.is_whole = w.is_whole && log.n == 0;
	if (filter->is_json)
		strbuf_printf(out, "],\"follows\":%s}\n", w.is_whole ? "true" : "false");
	else if (!w.is_whole)
		strbuf_puts(out, "not all of it follows (!); `azdeck audit verify` says "
				 "what was done to it\n");
	return w.is_whole;
}

static void put_span(struct strbuf *out, int64_t first_ms, int64_t last_ms)
{
	time_format_iso(out, first_ms, false);
	strbuf_puts(out, " to ");
	time_format_iso(out, last_ms, false);
}

static void put_entry_fault(struct strbuf *out, const struct audit_report *r)
{
	strbuf_printf(out, "line %zu", r->line);
	if (r->n)
		strbuf_printf(out, ", entry %" PRIu64, r->n);
	strbuf_printf(out, ": %s: %s", audit_fault_name(r->entry),
		      audit_fault_help(r->entry));
	if (r->entry == AUDIT_FAULT_DELETED)
		strbuf_printf(out, ": %" PRIu64 " to %" PRIu64, r->due, r->n - 1);
	else if (r->n != r->due)
		strbuf_printf(out, "; entry %" PRIu64 " belongs here", r->due);
	strbuf_putc(out, '\n');
	strbuf_puts(out, r->n_spans ? "sound:" : "no entry is sound");
	for (size_t i = 0; i < r->n_spans; i++)
		strbuf_printf(out, "%s %" PRIu64 " to %" PRIu64 " (from line %zu)",
			      i ? "," : "", r->spans[i].first, r->spans[i].last,
			      r->spans[i].line);
	strbuf_putc(out, '\n');
}

static void put_head_fault(struct strbuf *out, const struct audit_report *r)
{
	strbuf_printf(out, "head: %s: %s", audit_fault_name(r->head),
		      audit_fault_help(r->head));
	if (r->head_n)
		strbuf_printf(out, " (it speaks of %" PRIu64 " entries, there are %zu)",
			      r->head_n, r->n_lines);
	strbuf_putc(out, '\n');
	if (r->head == AUDIT_FAULT_HEAD_OLD && r->head_n + 1 == r->n_sound)
		strbuf_puts(out, "if azdeck was killed, the next entry puts this right "
				 "and says so\n");
}

static void put_text(struct strbuf *out, const struct audit_report *r,
		     const struct audit_how *how)
{
	if (audit_report_is_sound(r)) {
		strbuf_printf(out, "sound: %" PRIu64 " entries", r->n_sound);
		if (r->n_sound) {
			strbuf_puts(out, ", ");
			put_span(out, r->first_ms, r->last_ms);
		}
		strbuf_putc(out, '\n');
	}
	if (r->entry != AUDIT_FAULT_NONE)
		put_entry_fault(out, r);
	if (r->head != AUDIT_FAULT_NONE)
		put_head_fault(out, r);
	if (!how->checkpoint)
		return;
	if (r->checkpoint == AUDIT_FAULT_NONE)
		strbuf_printf(out,
			      "checkpoint: the log begins with its %" PRIu64 " entries\n",
			      how->checkpoint->n);
	else
		strbuf_printf(out,
			      "checkpoint: %s: %s (it was made of %" PRIu64
			      " entries, there are %zu)\n",
			      audit_fault_name(r->checkpoint),
			      audit_fault_help(r->checkpoint), how->checkpoint->n,
			      r->n_lines);
}

static void put_json(struct strbuf *out, const struct audit_report *r,
		     const struct audit_how *how, const char *path)
{
	strbuf_puts(out, "{\"schema\":\"azdeck.audit-verify/1\",\"file\":");
	json_print_text(out, str_from(path));
	strbuf_printf(out,
		      ",\"sound\":%s,\"lines\":%zu,\"soundEntries\":%" PRIu64
		      ",\"signaturesChecked\":%zu,\"spans\":[",
		      audit_report_is_sound(r) ? "true" : "false", r->n_lines, r->n_sound,
		      r->n_signatures);
	for (size_t i = 0; i < r->n_spans; i++)
		strbuf_printf(out,
			      "%s{\"line\":%zu,\"first\":%" PRIu64 ",\"last\":%" PRIu64
			      "}",
			      i ? "," : "", r->spans[i].line, r->spans[i].first,
			      r->spans[i].last);
	strbuf_puts(out, "],\"firstBad\":");
	if (r->entry == AUDIT_FAULT_NONE)
		strbuf_puts(out, "null");
	else
		strbuf_printf(out,
			      "{\"line\":%zu,\"entry\":%" PRIu64 ",\"due\":%" PRIu64
			      ",\"what\":\"%s\"}",
			      r->line, r->n, r->due, audit_fault_name(r->entry));
	strbuf_printf(out, ",\"head\":{\"entries\":%" PRIu64 ",\"what\":\"%s\"}",
		      r->head_n, audit_fault_name(r->head));
	if (how->checkpoint)
		strbuf_printf(out,
			      ",\"checkpoint\":{\"entries\":%" PRIu64 ",\"what\":\"%s\"}",
			      how->checkpoint->n, audit_fault_name(r->checkpoint));
	strbuf_puts(out, "}\n");
}

void audit_print_report(struct strbuf *out, const struct audit_report *r,
			const struct audit_how *how, const char *path, bool is_json)
{
	if (is_json)
		put_json(out, r, how, path);
	else
		put_text(out, r, how);
}
